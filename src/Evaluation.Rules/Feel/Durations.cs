using System.Globalization;
using System.Text;

namespace Evaluation.Rules.Feel;

/// <summary>Both kinds of duration as text (ISO 8601, XML Schema).</summary>
internal static class Durations
{
    public static string DayTimeText(decimal seconds)
    {
        if (seconds == 0)
        {
            return "PT0S";
        }
        var text = new StringBuilder(seconds < 0 ? "-P" : "P");
        var left = Math.Abs(seconds);
        var days = Math.Floor(left / 86_400);
        left -= days * 86_400;
        if (days != 0)
        {
            text.Append(days.ToString("0", CultureInfo.InvariantCulture)).Append('D');
        }
        if (left != 0)
        {
            text.Append('T');
            Part(text, Math.Floor(left / 3600), 'H');
            Part(text, Math.Floor(left / 60) % 60, 'M');
            Part(text, left % 60, 'S');
        }
        return text.ToString();
    }

    public static string YearMonthText(long months)
    {
        if (months == 0)
        {
            return "P0M";
        }
        var text = new StringBuilder(months < 0 ? "-P" : "P");
        var size = Math.Abs(months);
        Part(text, size / 12, 'Y');
        Part(text, size % 12, 'M');
        return text.ToString();
    }

    private static void Part(StringBuilder text, decimal amount, char unit)
    {
        if (amount != 0)
        {
            text.Append(FeelValue.NumberText(amount)).Append(unit);
        }
    }

    /// <summary>The duration a text stands for, or FEEL null.</summary>
    public static FeelValue Parse(string text)
    {
        var at = text.StartsWith('-') ? 1 : 0;
        var negative = at == 1;
        if (at >= text.Length || text[at++] != 'P' || at >= text.Length)
        {
            return FeelValue.Null;
        }
        try
        {
            return YearMonth(text, at, negative) ?? DayTime(text, at, negative) ?? FeelValue.Null;
        }
        catch (OverflowException)
        {
            return FeelValue.Null;
        }
    }

    private static FeelValue? YearMonth(string text, int at, bool negative)
    {
        var parts = 0;
        decimal months = 0;
        parts += Take(text, ref at, 'Y', false, out var years);
        parts += Take(text, ref at, 'M', false, out var rest);
        months = years * 12 + rest;
        return parts == 0 || at != text.Length || months > FeelDate.MaxYear * 12m
            ? (FeelValue?)null
            : FeelValue.YearMonthDuration((long)(negative ? -months : months));
    }

    private static FeelValue? DayTime(string text, int at, bool negative)
    {
        var parts = Take(text, ref at, 'D', false, out var days);
        decimal hours = 0, minutes = 0, seconds = 0;
        if (at < text.Length && text[at] == 'T')
        {
            at++;
            var times = Take(text, ref at, 'H', false, out hours) + Take(text, ref at, 'M', false, out minutes)
                + Take(text, ref at, 'S', true, out seconds);
            if (times == 0)
            {
                return null;
            }
            parts += times;
        }
        var total = days * 86_400 + hours * 3600 + minutes * 60 + seconds;
        return parts == 0 || at != text.Length ? (FeelValue?)null
            : FeelValue.DayTimeDuration(negative ? -total : total);
    }

    private static int Take(string text, ref int at, char unit, bool fraction, out decimal amount)
    {
        amount = 0;
        var end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (fraction && text[end] == '.' && end > at)))
        {
            end++;
        }
        if (end == at || end >= text.Length || text[end] != unit
            || !decimal.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out amount))
        {
            amount = 0;
            return 0;
        }
        at = end + 1;
        return 1;
    }
}
