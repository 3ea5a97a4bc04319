namespace Evaluation.Rules.Scoring;

/// <summary>
/// A number of at most nineteen digits that is not negative, ready to be written: what sentences are full of. Written as
/// the invariant format <c>N</c> writes it, without asking a culture.
/// </summary>
internal readonly struct ShortNumber
{
    private const int GroupOf = 3;
    private const uint Ten = 10;

    private readonly ulong _digits;

    private ShortNumber(ulong digits, int decimals) => (_digits, Decimals) = (digits, decimals);

    /// <summary>Decimals the number really has.</summary>
    public int Decimals { get; }

    /// <summary>The number without its trailing noughts; null where it is negative or longer.</summary>
    public static ShortNumber? Of(decimal number)
    {
        Span<int> bits = stackalloc int[4];
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
        Span<int> bits = stackalloc int[4];
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
        Span<char> text = stackalloc char[NumberText.Longest];
        var (at, digits) = (text.Length, _digits);
        for (var i = decimals; i > Decimals; i--) text[--at] = '0';
        for (var i = 0; i < Decimals; i++)
        {
            (digits, var last) = Math.DivRem(digits, Ten);
            text[--at] = (char)('0' + last);
        }

        if (decimals > 0) text[--at] = '.';
        var written = 0;
        do
        {
            if (written > 0 && written % GroupOf == 0) text[--at] = ',';
            (digits, var last) = Math.DivRem(digits, Ten);
            text[--at] = (char)('0' + last);
            written++;
        }
        while (digits > 0);
        text[at..].CopyTo(destination);
        return text.Length - at;
    }
}
