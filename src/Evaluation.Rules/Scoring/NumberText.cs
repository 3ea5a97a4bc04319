using System.Globalization;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// Numbers as people read them: thousands separators, the decimals of the unit, and never so few that a value seems to
/// reach a threshold it does not reach. Independent of culture.
/// </summary>
internal static class NumberText
{
    // Beyond this many decimals a figure put in is cut for reading; the ledger's inputs keep every digit.
    private const int MostDecimalsOfInputs = 6;

    /// <summary>Decimals of points that were computed, unless more are needed.</summary>
    public const int MostDecimalsOfPoints = 4;

    private const int DecimalsOfDecimal = 28;

    /// <summary>Room the longest number takes: 29 digits, their separators, sign and point, and noughts added.</summary>
    public const int Longest = 80;

    private static readonly string[] Formats =
        [.. Enumerable.Range(0, DecimalsOfDecimal + 1).Select(decimals => FormattableString.Invariant($"N{decimals}"))];

    /// <summary>With thousands separators, at least and at most so many decimals (half-even).</summary>
    public static string Plain(decimal value, int least, int most)
    {
        Span<char> text = stackalloc char[Longest];
        return new string(text[..Write(text, value, least, most)]);
    }

    /// <summary>The same, written into a buffer.</summary>
    /// <returns>How many letters were written.</returns>
    public static int Write(Span<char> destination, decimal value, int least, int most)
    {
        var rounded = value.Scale <= most
            ? value : Math.Round(value, Math.Min(most, DecimalsOfDecimal), MidpointRounding.ToEven);
        if (ShortNumber.Of(rounded) is { } number) return number.Write(destination, least, Math.Max(least, most));
        var decimals = Math.Clamp(DecimalsOf(rounded), least, Math.Max(least, most));
        rounded.TryFormat(destination, out var written, Formats[decimals], CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>Writes a figure put into a formula, with its unit.</summary>
    public static void WriteInput(SentenceWriter to, decimal value, UnitOfMeasure unit, Language language) =>
        WriteWith(to, value, unit.LeastOfInput, MostOfInput(unit), unit, language);

    /// <summary>Decimals a figure put into a formula has at most.</summary>
    public static int MostOfInput(UnitOfMeasure unit) => Math.Max(unit.Decimals, MostDecimalsOfInputs);

    /// <summary>A threshold as the rule writes it; shares have two decimals at least (0.50).</summary>
    public static string Threshold(decimal value, UnitOfMeasure unit) =>
        Plain(value, unit.Code == "share" ? 2 : unit.Code == "yuan" ? unit.Decimals : 0, DecimalsOfDecimal);

    /// <summary>
    /// A value found: the decimals of the unit (two more when that shows it whole), and as many more as it takes to
    /// stay on its own side of every threshold.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="thresholds">Where the points change.</param>
    /// <param name="exact">Whether the value is shown whole.</param>
    public static ShownNumber Value(
        decimal value, UnitOfMeasure unit, ReadOnlySpan<decimal> thresholds, out bool exact)
    {
        var has = DecimalsOf(value);
        exact = has <= unit.Decimals + 2;
        if (exact) return new ShownNumber(value, unit.LeastOfValue, unit.Decimals + 2);

        var decimals = LeastDecimalsOfRatio(unit);
        var rounded = RoundedTelling(value, ref decimals, thresholds);
        exact = has <= decimals;
        return new ShownNumber(rounded, Math.Max(unit.LeastOfValue, decimals), decimals);
    }

    /// <summary>Decimals a value is shown with that cannot be shown whole: a ratio of whole things is not whole
    /// itself.</summary>
    public static int LeastDecimalsOfRatio(UnitOfMeasure unit) => Math.Max(unit.Decimals, 2);

    /// <summary>The same number with at least so many decimals: numbers of one scale are compared without more
    /// ado.</summary>
    public static decimal AtScale(decimal value, int decimals) => value + new decimal(0, 0, 0, false, (byte)decimals);

    /// <summary>Points: up to four decimals, more where fewer would show a maximum that was not reached.</summary>
    public static ShownNumber Points(decimal points, decimal max) => Points(points, [0m, max]);

    /// <summary>Points on a scale of their own, such as a total against grade thresholds.</summary>
    public static ShownNumber Points(decimal points, ReadOnlySpan<decimal> thresholds)
    {
        var decimals = MostDecimalsOfPoints;
        var rounded = RoundedTelling(points, ref decimals, thresholds);
        return new ShownNumber(rounded, 0, decimals);
    }

    /// <summary>Decimals in which a distance is told: all it has when they are few, else so many that rounding it up
    /// adds next to nothing.</summary>
    public static int DecimalsOfDistance(decimal distance, UnitOfMeasure unit)
    {
        if (unit.Decimals == 0) return 0;
        if (DecimalsOf(distance) <= unit.Decimals + 3) return DecimalsOf(distance);
        var decimals = unit.Decimals;
        while (decimals < DecimalsOfDecimal && Up(distance, decimals) > 1.01m * distance) decimals++;
        return decimals;
    }

    /// <summary>Rounded up: going that far gets there.</summary>
    public static decimal Up(decimal distance, int decimals) =>
        Math.Round(distance, decimals, MidpointRounding.ToPositiveInfinity);

    /// <summary>A number with its unit: <c>500 小时</c>, <c>500 h</c>, <c>72.3%</c>, <c>0.500</c>.</summary>
    public static string With(string number, UnitOfMeasure unit, Language language)
    {
        var after = unit.After(number, language);
        return after.Length == 0 ? number : number + after;
    }

    /// <summary>Writes a number with its unit.</summary>
    public static void WriteWith(
        SentenceWriter to, decimal value, int least, int most, UnitOfMeasure unit, Language language)
    {
        var at = to.Length;
        to.Add(value, least, most);
        to.Add(unit.After(to.Since(at), language));
    }

    /// <summary>Chinese text that follows a number: a space after a figure or a letter, none after a Han
    /// letter or before a comma.</summary>
    public static string Then(string before, string after) => NeedsSpace(before, after) ? before + " " + after : before + after;

    /// <summary>Whether a space stands between a number with its unit and the Chinese text that follows.</summary>
    public static bool NeedsSpace(ReadOnlySpan<char> before, string after) =>
        before.Length > 0 && after[0] != '，' && (char.IsAsciiLetterOrDigit(before[^1]) || before[^1] == '%');

    /// <summary>So many points, in English.</summary>
    public static string EnglishPoints(string number) => number == "1" ? "1 point" : number + " points";

    /// <summary>Decimals a number really has: 0.500 has one.</summary>
    public static int DecimalsOf(decimal value)
    {
        if (ShortNumber.Of(value) is { } number) return number.Decimals;
        if (ShortNumber.LastDigit(value) != 0) return value.Scale;
        var decimals = (int)value.Scale;
        while (decimals > 0 && Math.Round(value, decimals - 1, MidpointRounding.ToZero) == value) decimals--;
        return decimals;
    }

    // Rounded to so many decimals, or to the first number of more that keeps it on its side of every threshold.
    private static decimal RoundedTelling(decimal value, ref int decimals, ReadOnlySpan<decimal> thresholds)
    {
        if (value.Scale <= decimals) return value;
        var rounded = Math.Round(value, decimals, MidpointRounding.ToEven);
        while (decimals < DecimalsOfDecimal && !Tells(value, rounded, decimals, thresholds))
        {
            rounded = Math.Round(value, ++decimals, MidpointRounding.ToEven);
        }

        return rounded;
    }

    private static bool Tells(decimal value, decimal rounded, int decimals, ReadOnlySpan<decimal> thresholds)
    {
        foreach (var threshold in thresholds)
        {
            // Rounding passes over no threshold of as few decimals: it can only land on it.
            if (threshold.Scale <= decimals && rounded != threshold) continue;
            if (rounded.CompareTo(threshold) != value.CompareTo(threshold)) return false;
        }

        return true;
    }
}

/// <summary>A number rounded as it is shown to people.</summary>
/// <param name="Rounded">The number.</param>
/// <param name="Least">Decimals it has at least.</param>
/// <param name="Most">Decimals it has at most.</param>
internal readonly record struct ShownNumber(decimal Rounded, int Least, int Most)
{
    /// <summary>Writes it.</summary>
    public void Write(SentenceWriter to) => to.Add(Rounded, Least, Most);

    /// <inheritdoc/>
    public override string ToString() => NumberText.Plain(Rounded, Least, Most);
}
