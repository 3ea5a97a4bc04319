using System.Globalization;
using System.Text.RegularExpressions;

namespace Evaluation.Rules.Feel;

/// <summary>Dates and times as text: XML Schema's forms, and a zone id after @ (DMN 1.5, 10.3.4.1).</summary>
internal static partial class TemporalSyntax
{
    [GeneratedRegex(@"^(?<y>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-(?<m>[0-9]{2})-(?<d>[0-9]{2})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex DateForm { get; }

    [GeneratedRegex(@"^(?<h>[0-9]{2}):(?<m>[0-9]{2})(?::(?<s>[0-9]{2})(?:\.(?<f>[0-9]+))?)?" +
        @"(?:(?<utc>[zZ])|(?<sign>[+-])(?<oh>[0-9]{2}):(?<om>[0-9]{2})(?::(?<os>[0-9]{2}))?" +
        @"|@(?<zone>[A-Za-z0-9_+\-/]+))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex TimeForm { get; }

    /// <summary>The value of <c>@"…"</c>, or FEEL null.</summary>
    public static FeelValue AtLiteral(string text)
    {
        if (text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal))
        {
            return Durations.Parse(text);
        }
        if (text.Contains('T') && DateAndTime(text) is { } both)
        {
            return FeelValue.DateAndTime(both);
        }
        if (Date(text) is { } date)
        {
            return FeelValue.Date(date);
        }
        return Time(text) is { } time ? FeelValue.Time(time) : FeelValue.Null;
    }

    public static FeelDate? Date(string text)
    {
        var match = DateForm.Match(text);
        return match.Success && !text.EndsWith('\n')
            ? FeelDate.Create(Number(match, "y"), Number(match, "m"), Number(match, "d"))
            : null;
    }

    /// <summary>A time; 24:00:00 is midnight.</summary>
    public static FeelTime? Time(string text)
    {
        var match = TimeForm.Match(text);
        if (!match.Success || text.EndsWith('\n') || !match.Groups["s"].Success)
        {
            return null;
        }
        var (hour, minute, second) = (Number(match, "h"), Number(match, "m"), Number(match, "s"));
        var isMidnight = IsEndOfDay(text) && match.Groups["f"].Value.Trim('0').Length == 0;
        if ((hour > 23 && !isMidnight) || minute > 59 || second > 59)
        {
            return null;
        }
        hour %= 24;
        var fraction = match.Groups["f"].Value.PadRight(9, '0')[..9];
        var nanosecond = int.Parse(fraction, CultureInfo.InvariantCulture);
        var zone = match.Groups["zone"].Success ? match.Groups["zone"].Value : null;
        if (zone is not null && !Zones.Exists(zone))
        {
            return null;
        }
        if (!TryOffset(match, out var offset))
        {
            return null;
        }
        return FeelTime.At(hour, minute, second, nanosecond, offset, zone);
    }

    private static bool TryOffset(Match match, out int? offset)
    {
        offset = match.Groups["utc"].Success ? 0 : null;
        if (!match.Groups["sign"].Success)
        {
            return true;
        }
        var (hours, minutes) = (Number(match, "oh"), Number(match, "om"));
        var seconds = match.Groups["os"].Success ? Number(match, "os") : 0;
        var size = hours * 3600 + minutes * 60 + seconds;
        offset = match.Groups["sign"].Value == "-" ? -size : size;
        // XML Schema and java.time end at 14 and 18 hours; the standard's kit uses 18.
        return minutes < 60 && seconds < 60 && size <= 18 * 3600;
    }

    /// <summary>A date, T and a time; 24:00:00 is the next day's midnight.</summary>
    public static FeelDateAndTime? DateAndTime(string text)
    {
        var split = text.IndexOf('T');
        if (split < 0 || Date(text[..split]) is not { } date)
        {
            return null;
        }
        var rest = text[(split + 1)..];
        return Time(rest) is { } time && (IsEndOfDay(rest) ? date.PlusDays(1) : date) is { } day
            ? new FeelDateAndTime(day, time)
            : null;
    }

    private static bool IsEndOfDay(string time) => time.StartsWith("24:00:00", StringComparison.Ordinal);

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
