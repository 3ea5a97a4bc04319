using System.Globalization;
using System.Text.RegularExpressions;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Mcpd;

/// <summary>How much of a date is known.</summary>
internal enum DatePrecision
{
    Year,
    Month,
    Day,
}

/// <summary>
/// A date of a passport, <c>YYYYMMDD</c>, where <c>00</c> or <c>--</c> stand for a month or day that nobody knows.
/// </summary>
/// <param name="Period">The days it may be: a whole year, a whole month, or one day.</param>
internal sealed partial record PassportDate(Period Period, DatePrecision Precision)
{
    /// <summary>The date, or null where the text is none.</summary>
    public static PassportDate? Read(string text)
    {
        if (!Form().IsMatch(text)) return null;
        var (month, day) = (Known(text[4..6]), Known(text[6..]));
        if (month is null) return day is null ? From($"{text[..4]}0101", DatePrecision.Year) : null;
        return day is null
            ? From($"{text[..4]}{month}01", DatePrecision.Month)
            : From($"{text[..4]}{month}{day}", DatePrecision.Day);
    }

    private static PassportDate? From(string text, DatePrecision precision)
    {
        if (!DateOnly.TryParseExact(
                text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)) return null;
        var end = precision switch
        {
            DatePrecision.Year => first.AddYears(1),
            DatePrecision.Month => first.AddMonths(1),
            _ => first.AddDays(1),
        };
        return new PassportDate(new Period(first, end), precision);
    }

    private static string? Known(string part) => part is "00" or "--" ? null : part;

    [GeneratedRegex(@"^\d{4}(\d\d|--){2}$")]
    private static partial Regex Form();
}
