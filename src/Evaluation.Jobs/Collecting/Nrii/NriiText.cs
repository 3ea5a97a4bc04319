using System.Globalization;
using System.Text.RegularExpressions;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>What the texts of the format mean.</summary>
internal static partial class NriiText
{
    private static readonly string[] Hours =
        ["yyyy-MM-dd HH", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d H"];

    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyyMMdd"];

    /// <summary>A time to the hour or finer, or a day; null where the text is neither.</summary>
    public static (DateTime At, bool HasHour)? Time(string text)
    {
        var (culture, none) = (CultureInfo.InvariantCulture, DateTimeStyles.None);
        if (DateTime.TryParseExact(text, Hours, culture, none, out var time)) return (time, true);
        return DateTime.TryParseExact(text, Days, culture, none, out var day) ? (day, false) : null;
    }

    /// <summary>
    /// Both ends of <c>2016-03-01 09至2016-03-01 12</c>-like text; the same text twice where it has one end.
    /// </summary>
    public static (string From, string To) Ends(string text)
    {
        var ends = Range().Split(text, 2);
        return ends.Length == 2 ? (ends[0].Trim(), ends[1].Trim()) : (text, "");
    }

    public static bool LooksLikeDate(string text) => Date().IsMatch(text);

    /// <summary>Numbers with their units in free text, clause by clause.</summary>
    public static IEnumerable<(string Clause, decimal Number, string Unit)> Quantities(string text)
    {
        foreach (var clause in Clauses().Split(text))
        {
            foreach (Match match in Quantity().Matches(clause))
            {
                var number = decimal.Parse(
                    match.Groups["number"].Value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
                yield return (clause, match.Groups["myriad"].Success ? number * TenThousand : number, match.Groups["unit"].Value);
            }
        }
    }

    /// <summary>万: ten thousand.</summary>
    public const decimal TenThousand = 10_000m;

    [GeneratedRegex(@"\s*(?:至|到|~|～|—+)\s*")]
    private static partial Regex Range();

    [GeneratedRegex(@"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")]
    private static partial Regex Date();

    [GeneratedRegex("[；;，、。]|,(?![0-9]{3})")]
    private static partial Regex Clauses();

    [GeneratedRegex(
        @"(?<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?<myriad>万)?"
        + "(?<unit>小时|机时|人次|人天|样品|台套|[个份件次人名项篇条种台样h张])?",
        RegexOptions.IgnoreCase)]
    private static partial Regex Quantity();
}
