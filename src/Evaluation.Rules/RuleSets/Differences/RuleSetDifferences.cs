using Evaluation.Rules.Certainty;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>
/// Says in sentences what a newer rule set does otherwise than an older one: the year, the schemes with their
/// indicators,
/// parameters, grades, judgements and awards, and the metrics. Comments, cases and the order of keys are no difference.
/// </summary>
public static class RuleSetDifferences
{
    /// <summary>Every difference: the year first, then scheme by scheme, then the metrics.</summary>
    public static IReadOnlyList<Difference> Of(RuleSet old, RuleSet now)
    {
        var found = new DifferenceList();
        if (old.Cycle is { } before && now.Cycle is { } after) Year(found, before, after);
        foreach (var (earlier, later) in Schemes(found, old, now)) new SchemeDifferences(found, earlier, later).Find();
        foreach (var (earlier, later) in found.Pair(old.Policies, now.Policies, policy => policy.Id,
            policy => new Bilingual($"奖补办法“{policy.Name.Zh}”", $"the award policy \"{policy.Name.En}\""), policy => policy.Location))
        {
            new SchemeDifferences(found, earlier.Scheme, later.Scheme).Find();
            found.Formula(later.Name, new("预算总额", "the budget"), earlier.Budget, later.Budget, later.Location);
            found.Text(later.Name, new("金额单位", "what amounts are counted in"), earlier.Currency, later.Currency,
                later.Location);
            Metrics(found, earlier.Rules, later.Rules);
        }

        Metrics(found, old, now);
        new DataRuleDifferences(found).Find(old, now);
        return found.Found;
    }

    // Two reference folders hold one scheme each: they are meant to be compared whatever they are called.
    private static IReadOnlyList<(Scheme Old, Scheme Now)> Schemes(DifferenceList found, RuleSet old, RuleSet now) =>
        old.Schemes.Count == 1 && now.Schemes.Count == 1
            ? [(old.Schemes[0], now.Schemes[0])]
            : found.Pair(old.Schemes, now.Schemes, scheme => scheme.Category,
                scheme => new Bilingual($"类别方案“{scheme.Name.Zh}”", $"the scheme \"{scheme.Name.En}\""), scheme =>
                    scheme.Location);

    private static void Year(DifferenceList found, Cycle old, Cycle now)
    {
        var where = new Bilingual("年度安排", "The year");
        found.Text(where, new("名称", "its name"), old.Name, now.Name, now.Location);
        found.Text(where, new("发布单位", "the publisher"), old.Publisher, now.Publisher, now.Location);
        Basis(found, where, old, now);
        found.Changed(where, new("评价周期", "the evaluated period"), PeriodOf(old.Period), PeriodOf(now.Period),
            now.Location);
        found.Changed(where, new("参数取值日", "the day whose parameters are in force"), Day(old.AsOf), Day(now.AsOf),
            now.Location);
        found.Number(where, new("异议期工作日数", "the number of working days for objections"), old.ObjectionWorkingDays,
            now.ObjectionWorkingDays, now.Location);
        found.Text(where, new("提出异议的办法", "how to object"), old.ObjectionHow, now.ObjectionHow, now.Location);
        Robustness(found, where, old.Robustness, now);
        foreach (var (before, after) in found.Pair(old.Deadlines, now.Deadlines, deadline => deadline.Step,
            deadline => new Bilingual($"时限“{deadline.Name.Zh}”（{deadline.By:yyyy-MM-dd}）",
                $"the deadline \"{deadline.Name.En}\" ({deadline.By:yyyy-MM-dd})"),
            _ => now.Location))
        {
            found.Changed(where, new($"“{after.Name.Zh}”的时限", $"the deadline \"{after.Name.En}\""), Day(before.By),
                Day(after.By), now.Location);
            found.Text(where, new($"时限“{after.Name.Zh}”的名称", $"the name of the deadline \"{after.Name.En}\""),
                before.Name,
                after.Name, now.Location);
        }

        foreach (var (before, after) in found.Pair(old.Pools, now.Pools, pool => pool.Id,
            pool => new Bilingual($"资金池“{pool.Name.Zh}”", $"the pool \"{pool.Name.En}\""), _ => now.Location))
        {
            found.Number(where, new($"资金池“{after.Name.Zh}”的金额（元）", $"the pool \"{after.Name.En}\" (CNY)"),
                before.Pot.Yuan, after.Pot.Yuan, now.Location);
            found.Text(where, new($"资金池“{after.Name.Zh}”的名称", $"the name of the pool \"{after.Name.En}\""), before.Name,
                after.Name, now.Location);
        }

        foreach (var (before, after) in found.Pair(old.Categories, now.Categories, category => category.Id,
            category => new Bilingual($"类别“{category.Name.Zh}”", $"the category \"{category.Name.En}\""), _ =>
                now.Location))
        {
            OneCategory(found, before, after, now.Location);
        }
    }

    private static void OneCategory(DifferenceList found, CycleCategory before, CycleCategory after, FileLocation place)
    {
        var where = new Bilingual($"类别“{after.Name.Zh}”", $"Category \"{after.Name.En}\"");
        found.Text(where, new("名称", "the name"), before.Name, after.Name, place);
        found.Changed(where, new("数据周期", "the periods of data"), Periods(before), Periods(after), place);
        found.Text(where, new("数据周期的说明", "the note on the periods"), before.PeriodNote, after.PeriodNote, place);
        found.Changed(where, new("不完整期间的数据", "figures that cover only part of their period"), Partial(before),
            Partial(after), place);
        found.Text(where, new("不完整期间的说明", "the note on partial figures"), before.PartialNote, after.PartialNote, place);
        found.Changed(where, new("规模的数据项", "what tells how large a unit is"), DifferenceList.Quoted(before.Size),
            DifferenceList.Quoted(after.Size), place);
    }

    private static Bilingual Partial(CycleCategory category) => category.AcceptPartial
        ? new("计分", "are scored")
        : new("不计分", "are not scored");

    private static void Basis(DifferenceList found, Bilingual where, Cycle old, Cycle now)
    {
        foreach (var (before, after) in found.Pair(old.LegalBasis, now.LegalBasis, document => document.Zh,
            document => new Bilingual($"年度安排的依据文件“{document.Zh}”",
                $"the document \"{document.En}\" that the year rests on"),
            _ => now.Location))
        {
            found.Text(where, new($"依据文件“{after.Zh}”", "a document it rests on"), before, after, now.Location);
        }
    }

    private static void Robustness(DifferenceList found, Bilingual where, Robustness? old, Cycle now)
    {
        var after = now.Robustness;
        found.Number(where, new("稳健性检验的抽样次数", "the number of draws of the robustness examination"), old?.Draws,
            after?.Draws, now.Location);
        found.Changed(where, new("稳健性检验的随机种子", "the seed of the robustness examination"), Seed(old), Seed(after),
            now.Location);
        found.Number(where, new("稳健性检验的权重变动", "the noise of the weights"), old?.Noise, after?.Noise, now.Location);
        found.Number(where, new("等次不稳的界限", "the share below which a grade is fragile"), old?.FragileBelow,
            after?.FragileBelow, now.Location);
        found.Changed(where, new("稳健性检验一并变动的做法", "the choices that the robustness examination varies"), Choices(old),
            Choices(after),
            now.Location);
        found.Source(where, new("稳健性检验的依据", "the source of the robustness examination"), old?.Source, after?.Source,
            now.Location);
    }

    // A seed is a name, not an amount: no separators.
    private static Bilingual Seed(Robustness? robustness) => robustness is null ? DifferenceList.Written(null)
        : DifferenceList.Plain($" {robustness.Seed} ");

    private static Bilingual Choices(Robustness? robustness) =>
        DifferenceList.Quoted(robustness?.Choices is not { } choices ? null
        : string.Join(", ", choices.Vary.Select(choice => choice.ToString().ToLowerInvariant()))
            + $"; {choices.Sample} / {choices.Bootstrap} / {FeelText(choices.GeometricFloor)}");

    private static string FeelText(decimal number) => DifferenceList.Written(number).En;

    private static Bilingual Periods(CycleCategory category)
    {
        var periods = category.Periods.Select(PeriodOf).ToList();
        return new($" {string.Join("、", periods.Select(period => period.Zh.Trim()))} ",
            string.Join(", ", periods.Select(period => period.En)));
    }

    private static Bilingual PeriodOf(Period period)
    {
        var last = period.To.AddDays(-1);
        return new($" {period.From:yyyy-MM-dd} 至 {last:yyyy-MM-dd} ", $"{period.From:yyyy-MM-dd} to {last:yyyy-MM-dd}");
    }

    private static Bilingual Day(DateOnly day) => DifferenceList.Plain($" {day:yyyy-MM-dd} ");

    private static void Metrics(DifferenceList found, RuleSet old, RuleSet now)
    {
        foreach (var (before, after) in found.Pair(old.Metrics.Values, now.Metrics.Values, metric => metric.Code,
            metric => new Bilingual($"指标数据 {metric.Code}（{metric.Name.Zh}）",
                $"the metric {metric.Code} ({metric.Name.En})"), metric => metric.Location))
        {
            var where = new Bilingual($"指标数据 {after.Code}（{after.Name.Zh}）", $"Metric {after.Code} ({after.Name.En})");
            found.Text(where, new("名称", "the name"), before.Name, after.Name, after.Location);
            found.Text(where, new("来源", "where it comes from"), before.ComesFrom, after.ComesFrom, after.Location);
            found.Changed(where, new("计量单位", "the unit"), CodeWords.Unit(before.Unit), CodeWords.Unit(after.Unit),
                after.Location);
            found.Changed(where, new("汇总方式", "how observations combine"), CodeWords.Kind(before.Kind),
                CodeWords.Kind(after.Kind),
                after.Location);
            found.Number(where, new("下限", "the least plausible value"), before.Minimum, after.Minimum, after.Location);
            found.Number(where, new("上限", "the greatest plausible value"), before.Maximum, after.Maximum,
                after.Location);
            found.Changed(where, new("可选答案", "the answers"), Answers(before), Answers(after), after.Location);
            found.Changed(where, new("答案的名称", "the names of the answers"), AnswerNames(before), AnswerNames(after),
                after.Location);
            found.Changed(where, new("对应的报送代码", "the codes it is reported as"),
                DifferenceList.Quoted(DifferenceList.Joined(before.ReportedAs)),
                DifferenceList.Quoted(DifferenceList.Joined(after.ReportedAs)), after.Location);
            found.Changed(where, new("只取的坐标", "the only dimensions that count"),
                DifferenceList.Quoted(DifferenceList.Joined(before.Only)),
                DifferenceList.Quoted(DifferenceList.Joined(after.Only)), after.Location);
        }
    }

    private static Bilingual AnswerNames(Metric metric)
    {
        var names = metric.AnswerNames.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)
            .ToList();
        return DifferenceList.Quoted(names.Count == 0 ? null : new Bilingual(
            string.Join("、", names.Select(name => name.Zh)), string.Join(", ", names.Select(name => name.En))));
    }

    private static Bilingual Answers(Metric metric) => DifferenceList.Quoted(string.Join(", ", metric.Answers));
}
