using System.Globalization;
using System.Text.RegularExpressions;
using Evaluation.Rules;

namespace Evaluation.Web.Showing;

/// <summary>
/// What the shards of a step report, added up and said in both languages: counts, sums of money and hashes have a fixed
/// form; anything else (a problem) is shown as it was written.
/// </summary>
public static partial class StepWords
{
    /// <summary>One text for all shards; null when they report nothing.</summary>
    public static Bilingual? Of(IReadOnlyList<string> messages)
    {
        if (messages.Count == 0) return null;
        if (Numbers(messages, Counted()) is { } counted)
        {
            var words = messages.Select(message => Counted().Match(message).Groups["what"].Value).Distinct().ToList();
            if (words is [var word]) return Count(counted[0], word);
        }

        if (Numbers(messages, Imported()) is { } read)
        {
            return new(
                $"接受 {Say(read[0])}，拒绝 {Say(read[1])}，更正 {Say(read[2])}，标记 {Say(read[3])}",
                $"accepted {Say(read[0])}, refused {Say(read[1])}, replaced {Say(read[2])}, flagged {Say(read[3])}");
        }

        if (messages.All(message => message == NotExamined)) return new("规则没有规定稳健性检验", NotExamined);
        if (messages.All(message => message == NoIndex)) return new("本年度规则没有定义指数", NoIndex);
        var paid = messages.Where(message => message != NoMoney).ToList();
        if (paid.Count == 0) return new("本方案不分配资金", NoMoney);
        if (Numbers(paid, Allocated()) is { } money)
        {
            return new(
                $"资金 {Wording.Money(money[0])} 元，分配 {Wording.Money(money[1])} 元",
                $"pot CNY {Wording.Money(money[0])}, allocated CNY {Wording.Money(money[1])}");
        }

        var all = string.Join("; ", messages.Distinct(StringComparer.Ordinal));
        return new(all, all);
    }

    private const string NotExamined = "no robustness declared";

    private const string NoMoney = "no money in this scheme";
    private const string NoIndex = "no index in these rules";

    private static Bilingual Count(decimal number, string word)
    {
        var zh = word switch
        {
            "instruments" => "台（套）仪器",
            "units" => "家单位",
            "findings" => "条发现",
            "excluded" => "项资源不计入",
            "reports" => "份报告",
            "fragile" => "个等次不稳",
            "subjects" => "个排名对象",
            _ => null,
        };
        var en = $"{Say(number)} {(number == 1 ? word.TrimEnd('s') : word)}";
        return new(zh is null ? en : $"{Say(number)} {zh}", en);
    }

    private static string Say(decimal number) => Wording.Plain(number);

    /// <summary>The sums of the numbers in messages that all have one form, or null when one has another.</summary>
    private static decimal[]? Numbers(IReadOnlyList<string> messages, Regex form)
    {
        var matches = messages.Select(message => form.Match(message)).ToList();
        if (matches.Exists(match => !match.Success)) return null;
        return
        [
            .. Enumerable.Range(0, matches[0].Groups["n"].Captures.Count).Select(place => matches.Sum(
                match => decimal.Parse(match.Groups["n"].Captures[place].Value, NumberStyles.Number, CultureInfo.InvariantCulture))),
        ];
    }

    [GeneratedRegex(@"^(?<n>\d+) (?<what>[a-z]+)$")]
    private static partial Regex Counted();

    [GeneratedRegex(@"^(.*: )?accepted (?<n>\d+) rejected (?<n>\d+) replaced (?<n>\d+) flagged (?<n>\d+)$")]
    private static partial Regex Imported();

    [GeneratedRegex(@"^pot (?<n>[\d,.]+) spent (?<n>[\d,.]+)$")]
    private static partial Regex Allocated();
}
