using System.Globalization;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Records;

/// <summary>What became of a record, in one sentence of each language.</summary>
public static class UseWords
{
    private const int Decimals = 2;

    /// <summary>The time and money counted, and where the rest went.</summary>
    public static Bilingual Of(CountedUse counted)
    {
        var zh = new List<string>();
        var en = new List<string>();
        if (counted.Exclusion is { } rule)
        {
            var source = Citation.Of(rule.Source);
            Say($"规则不计：{rule.Name.Zh}（{source.Zh}）", $"left out by rule: {rule.Name.En} ({source.En})");
        }

        if (counted.Why.HasFlag(UseReasons.Open)) Say("未结束，没有机时", "it has not ended: no hours");
        if (counted.Why.HasFlag(UseReasons.Samples)) Say("按样品计数，不是机时", "it counts samples, not hours");
        if (counted.Why.HasFlag(UseReasons.Count)) Say("按次数计数，不是机时", "it counts times, not hours");
        if (counted.Outside > TimeSpan.Zero)
        {
            Say($"{Hours(counted.Outside)} 小时在评价期外", $"{Hours(counted.Outside)} h lie outside the period");
        }

        if (counted.Overlapped > TimeSpan.Zero)
        {
            Say($"{Hours(counted.Overlapped)} 小时与同一台仪器更早开始的记录重叠，只计一次",
                $"{Hours(counted.Overlapped)} h overlap records of the instrument that began earlier, and count once");
        }

        if (counted.StatedLess > TimeSpan.Zero)
        {
            Say($"记录自报的机时比起止时间少 {Hours(counted.StatedLess)} 小时",
                $"the record itself claims {Hours(counted.StatedLess)} h less than it lasted");
        }

        if (counted.Why.HasFlag(UseReasons.InvoiceUsed))
        {
            Say("发票已用于更早的记录，费用不计", "an earlier record names the same invoice: the fee is refused");
        }

        var time = counted.Counted > TimeSpan.Zero
            ? new Bilingual($"计 {Hours(counted.Counted)} 小时", $"{Hours(counted.Counted)} h counted")
            : new Bilingual("不计机时", "no hours counted");
        return zh.Count == 0
            ? new Bilingual($"{time.Zh}。", $"{time.En}.")
            : new Bilingual($"{time.Zh}：{string.Join("；", zh)}。", $"{time.En}: {string.Join("; ", en)}.");

        void Say(string chinese, string english)
        {
            zh.Add(chinese);
            en.Add(english);
        }
    }

    /// <summary>Hours with two decimals.</summary>
    public static string Hours(TimeSpan time) =>
        Math.Round(decimal.Divide(time.Ticks, TimeSpan.TicksPerHour), Decimals, MidpointRounding.AwayFromZero)
            .ToString("#,##0.##", CultureInfo.InvariantCulture);
}
