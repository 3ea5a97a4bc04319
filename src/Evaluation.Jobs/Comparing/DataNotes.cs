using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Jobs.Comparing;

/// <summary>What has to be known about the data when a run is computed under other rules.</summary>
internal static class DataNotes
{
    /// <param name="old">The rules of the run.</param>
    /// <param name="now">The other rules.</param>
    /// <param name="before">The category in the run, or null.</param>
    /// <param name="after">The category under the other rules.</param>
    /// <param name="facts">What the snapshot gives under the other rules.</param>
    public static IEnumerable<Bilingual> Of(
        RuleSet old, RuleSet now, CycleCategory? before, CycleCategory after, IReadOnlyList<UnitFacts> facts)
    {
        if (before is not null && !before.Periods.SequenceEqual(after.Periods))
        {
            yield return new(
                $"“{after.Name.Zh}”：新规则的数据周期不同；为了只比较规则，仍取这次运行的周期（{Periods(before)}）。",
                $"\"{after.Name.En}\": the other rules name other periods of data; to compare rules alone, those of the run count ({Periods(before)}).");
        }

        var absent = Absent(old, now, before, after, facts).ToList();
        if (absent.Count > 0)
        {
            yield return new(
                $"“{after.Name.Zh}”：新规则用到快照里没有的数据：{string.Join("、", absent.Select(metric => metric.Name.Zh))}；"
                    + "缺数据的得分行按新规则办理（暂缓、记零或不计），差异里含有这一影响。",
                $"\"{after.Name.En}\": the other rules use data the snapshot does not hold: "
                    + $"{string.Join(", ", absent.Select(metric => metric.Name.En))}. Lines without data are treated as the other rules say "
                    + "(withheld, zero, left out), and the differences include that.");
        }

        foreach (var (was, will) in Remeasured(old, now, after))
        {
            yield return new(
                $"“{will.Name.Zh}”的计量单位由“{was.Unit.Name.Zh}”改为“{will.Unit.Name.Zh}”：快照里的数值按原单位记录，没有换算。",
                $"The unit of \"{will.Name.En}\" is \"{will.Unit.Name.En}\" instead of \"{was.Unit.Name.En}\": the figures of the snapshot are in "
                    + "the old unit and are not converted.");
        }
    }

    private static IEnumerable<Metric> Absent(
        RuleSet old, RuleSet now, CycleCategory? before, CycleCategory after, IReadOnlyList<UnitFacts> facts)
    {
        var used = before is null ? [] : Given(old, before.Id).Select(metric => metric.Code).ToHashSet(StringComparer.Ordinal);
        return Given(now, after.Id).Where(metric =>
            !used.Contains(metric.Code) && !facts.Any(unit => unit.Provenance.ContainsKey(metric.Code)));
    }

    private static IEnumerable<(Metric Was, Metric Will)> Remeasured(RuleSet old, RuleSet now, CycleCategory after) =>
        Given(now, after.Id)
            .Where(metric => old.Metrics.TryGetValue(metric.Code, out var was) && was.Unit.Code != metric.Unit.Code)
            .Select(metric => (old.Metrics[metric.Code], metric));

    private static IEnumerable<Metric> Given(RuleSet rules, string category) =>
        rules.SchemeOf(category).Indicators.SelectMany(indicator => indicator.Given).Distinct(StringComparer.Ordinal)
            .Select(code => rules.Metrics.GetValueOrDefault(code)).OfType<Metric>();

    private static string Periods(CycleCategory category) => string.Join(", ", category.Periods.Select(period => period.ToString()));
}
