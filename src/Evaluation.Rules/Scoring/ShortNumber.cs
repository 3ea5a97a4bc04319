namespace Evaluation.Rules.Scoring;

/// <summary>
/// A positive number of at most nineteen digits, ready to be written: what sentences are full of. Written as the
/// invariant format <c>N</c> writes it, without asking a culture.
/// </summary>
internal readonly struct ShortNumber
{
    private const int GroupOf = 3;

    private readonly ulong _digits;

    private ShortNumber(ulong digits, int decimals) => (_digits, Decimals) = (digits, decimals);

    /// <summary>Decimals the number really has.</summary>
    public int Decimals { get; }

    /// <summary>The number without its trailing noughts; null where it is not positive or longer.</summary>
    public static ShortNumber? Of(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        if (number <= 0m || bits[2] != 0) return null;
        var digits = unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var decimals = (int)number.Scale;
        while (decimals > 0)
        {
            var (shorter, last) = Math.DivRem(digits, 10UL);
            if (last != 0) break;
            (digits, decimals) = (shorter, decimals - 1);
        }

        return new ShortNumber(digits, decimals);
    }

    /// <summary>With thousands separators, at least and at most so many decimals; the number has no more.</summary>
    public string Text(int least, int most)
    {
        var decimals = Math.Clamp(Decimals, least, most);
        Span<char> text = stackalloc char[64];
        var (at, digits) = (text.Length, _digits);
        for (var i = decimals; i > Decimals; i--) text[--at] = '0';
        for (var i = 0; i < Decimals; i++)
        {
            (digits, var last) = Math.DivRem(digits, 10UL);
            text[--at] = (char)('0' + last);
        }

        if (decimals > 0) text[--at] = '.';
        var written = 0;
        do
        {
            if (written > 0 && written % GroupOf == 0) text[--at] = ',';
            (digits, var last) = Math.DivRem(digits, 10UL);
            text[--at] = (char)('0' + last);
            written++;
        }
        while (digits > 0);
        return new string(text[at..]);
    }
}
