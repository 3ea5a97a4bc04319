using System.Numerics;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// A number of at most twenty digits (64 bits) that is not negative, ready to be written: what sentences are full of. Written as
/// the invariant format <c>N</c> writes it, without asking a culture.
/// </summary>
internal readonly struct ShortNumber
{
    private const int GroupOf = 3;
    private const uint Ten = 10;

    private static readonly ulong[] Powers =
        [.. Enumerable.Range(0, 20).Select(power => (ulong)BigInteger.Pow(Ten, power))];

    private readonly ulong _digits;

    private ShortNumber(ulong digits, int decimals) => (_digits, Decimals) = (digits, decimals);

    /// <summary>Decimals the number really has.</summary>
    public int Decimals { get; }

    /// <summary>The number without its trailing noughts; null where it is negative or longer.</summary>
    public static ShortNumber? Of(decimal number)
    {
        Span<int> bits = [0, 0, 0, 0];
        decimal.GetBits(number, bits);
        if (bits[3] < 0 || bits[2] != 0) return null;
        var digits = unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var decimals = (int)number.Scale;
        while (decimals > 0)
        {
            var (shorter, last) = Math.DivRem(digits, Ten);
            if (last != 0) break;
            (digits, decimals) = (shorter, decimals - 1);
        }

        return new ShortNumber(digits, decimals);
    }

    /// <summary>The last digit of a number of any length, whether it stands before or behind the point.</summary>
    public static int LastDigit(decimal number)
    {
        // Two to the power of 32 ends with 6, and so do its powers.
        const uint Carried = 6;
        Span<int> bits = [0, 0, 0, 0];
        decimal.GetBits(number, bits);
        var (low, middle, high) = unchecked(((uint)bits[0], (uint)bits[1], (uint)bits[2]));
        return (int)(((low % Ten) + (Carried * (middle % Ten)) + (Carried * (high % Ten))) % Ten);
    }

    /// <summary>Writes it with thousands separators and at least and at most so many decimals; the number has no
    /// more.</summary>
    /// <returns>How many letters were written.</returns>
    public int Write(Span<char> destination, int least, int most)
    {
        var decimals = Math.Clamp(Decimals, least, most);
        var whole = Math.Max(DigitsOf(_digits) - Decimals, 1);
        var length = whole + ((whole - 1) / GroupOf) + (decimals > 0 ? 1 + decimals : 0);
        var text = destination[..length];
        var digits = _digits;
        var at = length;
        unchecked
        {
            while (at > length - (decimals - Decimals)) text[--at] = '0';
            for (var i = 0; i < Decimals; i++) text[--at] = NextDigit(ref digits);
            if (decimals > 0) text[--at] = '.';
            for (var i = 0; at > 0; i++)
            {
                if (i == GroupOf)
                {
                    text[--at] = ',';
                    i = 0;
                }

                text[--at] = NextDigit(ref digits);
            }
        }

        return length;
    }

    private static char NextDigit(ref ulong digits)
    {
        var before = digits;
        digits /= Ten;
        return unchecked((char)('0' + (before - (digits * Ten))));
    }

    private static int DigitsOf(ulong number)
    {
        var digits = 1;
        while (digits < Powers.Length && number >= Powers[digits]) digits++;
        return digits;
    }
}
