using System.Globalization;
using System.Text.RegularExpressions;
using Evaluation.Rules;

namespace Evaluation.Jobs.Reports;

/// <summary>
/// Says in words what simple unary tests say in FEEL: a comparison, a number or an interval, one or several of them.
/// Anything richer has no words here and is shown in FEEL alone.
/// </summary>
public static partial class ConditionInWords
{
    /// <summary>The words, or null where the condition is more than comparisons with numbers.</summary>
    public static Bilingual? Of(string unaryTests)
    {
        var parts = Separator().Split(unaryTests.Trim()).Select(Part).ToList();
        if (parts.Any(part => part is null)) return null;
        return new Bilingual(
            string.Join("，或", parts.Select(part => part!.Zh)), string.Join(", or ", parts.Select(part => part!.En)));
    }

    private static Bilingual? Part(string text)
    {
        if (text == "-") return new Bilingual("其他任何值", "any other value");
        if (Comparison().Match(text) is { Success: true } comparison)
        {
            var number = Number(comparison.Groups["number"].Value);
            return comparison.Groups["sign"].Value switch
            {
                ">=" => new Bilingual($"不低于 {number}", $"at least {number}"),
                ">" => new Bilingual($"高于 {number}", $"above {number}"),
                "<=" => new Bilingual($"不高于 {number}", $"at most {number}"),
                "<" => new Bilingual($"低于 {number}", $"below {number}"),
                _ => new Bilingual($"等于 {number}", $"exactly {number}"),
            };
        }

        if (Interval().Match(text) is not { Success: true } interval) return null;
        var (from, to) = (Number(interval.Groups["from"].Value), Number(interval.Groups["to"].Value));
        var fromIn = interval.Groups["open"].Value == "[";
        var toIn = interval.Groups["close"].Value == "]";
        return new Bilingual(
            (fromIn ? $"不低于 {from}" : $"高于 {from}") + " 且" + (toIn ? $"不高于 {to}" : $"低于 {to}"),
            (fromIn ? $"at least {from}" : $"above {from}") + " and " + (toIn ? $"at most {to}" : $"below {to}"));
    }

    private static string Number(string text) =>
        ReportText.Plain(decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\s*,\s*")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(?<sign>>=|<=|>|<|=)?\s*(?<number>-?\d+(\.\d+)?)$")]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^(?<open>[\[\(\]])\s*(?<from>-?\d+(\.\d+)?)\s*\.\.\s*(?<to>-?\d+(\.\d+)?)\s*(?<close>[\]\)\[])$")]
    private static partial Regex Interval();
}
