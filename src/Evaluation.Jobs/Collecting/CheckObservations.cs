using System.Globalization;
using Evaluation.Jobs.Collecting.Institutions;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Jobs.Collecting;

/// <summary>Looks at the data of a run before they are locked, and writes down what people should know.</summary>
public sealed class CheckObservations(
    RuleSetsOnRecord rules, DocumentStore documents, UnitStore units, ObservationStore observations,
    DataCheckFindings dataChecks, FindingStore findings)
{
    private const string Blocking = "blocking";
    private const string Warning = "warning";
    private const string Info = "info";

    /// <returns>The findings, written down; a blocking one means that the run has to wait for people.</returns>
    public async Task<IReadOnlyList<Finding>> Check(string run, CancellationToken cancel)
    {
        var found = await Look(run, cancel);
        await WriteDown(run, found, cancel);
        return found;
    }

    /// <summary>Writes findings down with their run; one that is written down already stays as it is.</summary>
    public Task WriteDown(string run, IReadOnlyList<Finding> found, CancellationToken cancel) => findings.Save(run, found, cancel);

    /// <returns>What there is to find in the data as they hold in the run now; nothing is written down.</returns>
    public async Task<IReadOnlyList<Finding>> Look(string run, CancellationToken cancel)
    {
        var (_, ruleSet) = await rules.Of(run, cancel);
        var found = new List<Finding>();
        var read = await documents.OfRun(run, cancel);
        foreach (var document in read) found.AddRange(OfDocument(document));
        var evaluated = 0;
        foreach (var category in ruleSet.Cycle!.Categories)
        {
            var named = (await units.OfRun(run, category.Id, cancel)).ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
            var known = new List<MetricObservation>();
            await foreach (var observation in observations.OfRun(run, category.Id, cancel)) known.Add(observation);
            var ids = named.Keys.Union(known.Select(observation => observation.Unit), StringComparer.Ordinal).ToList();
            evaluated += ids.Count;
            found.AddRange(OfCategory(ruleSet, category, named, ids, known));
            found.AddRange(await dataChecks.Of(run, category, known, cancel));
        }

        if (evaluated == 0) found.Add(NothingToEvaluate(read.Count));
        return found;
    }

    private static Finding NothingToEvaluate(int documents) => new(
        "no-units", Blocking, null, null, null, null, null, null,
        new Bilingual(
            $"{documents} 个文件中没有任何参评单位的数据：请检查 --input 指向的文件夹和 imports/*.yaml 中的文件名",
            $"The {documents} files hold no data of any unit: look at the folders given by --input and at the file names "
            + "in imports/*.yaml."));

    private static IEnumerable<Finding> OfDocument(SourceDocument document)
    {
        if (document.Rejected == 0) yield break;
        yield return new Finding(
            "cells-refused", Warning, document.Category, null, null, null, document.Sha256, document.Name,
            new Bilingual(
                $"{document.Name}：{document.Rejected} 个单元格或行未被接受，其余 {document.Accepted} 条已读入；明细见来源页",
                $"{document.Name}: {document.Rejected} cells or rows were refused, the other {document.Accepted} were taken; "
                + "each refusal is listed with the source."));
    }

    private static IEnumerable<Finding> OfCategory(
        RuleSet ruleSet,
        CycleCategory category,
        IReadOnlyDictionary<string, UnitEntry> named,
        IReadOnlyList<string> ids,
        IReadOnlyList<MetricObservation> known)
    {
        if (ids.Count == 0)
        {
            yield return new Finding(
                "category-empty", Warning, category.Id, null, null, null, null, null,
                new Bilingual(
                    $"{category.Name.Zh}：没有参评单位的数据",
                    $"{category.Name.En}: there are no data of any unit."));
            yield break;
        }

        foreach (var finding in Ranges(ruleSet, known)) yield return finding;
        foreach (var finding in Flags(known)) yield return finding;
        foreach (var finding in Partial(category, known)) yield return finding;
        var counted = known.Where(observation => !Waits(category, observation)
                && category.Periods.Any(period => period.Covers(observation.Period)))
            .ToLookup(observation => observation.Unit, StringComparer.Ordinal);
        foreach (var unit in ids.Order(StringComparer.Ordinal))
        {
            if (!named.ContainsKey(unit)) yield return WithoutName(ruleSet, category, unit);
            foreach (var finding in CreditCode(category, unit)) yield return finding;
            foreach (var finding in Gaps(ruleSet, category, unit, counted[unit])) yield return finding;
        }
    }

    /// <summary>A unit that is known by its credit code, and the code fails its check: a warning, as such codes exist.</summary>
    private static IEnumerable<Finding> CreditCode(CycleCategory category, string unit) =>
        UnifiedCreditCode.WarningsOfUnit(unit).Select(warning => new Finding(
            "credit-code", Warning, category.Id, unit, null, null, null, null, warning));

    // Where a register is handed in, a unit that is not on it is a mistake; where none is, a unit is known by its name.
    private static Finding WithoutName(RuleSet ruleSet, CycleCategory category, string unit) => HasRegister(ruleSet, category)
        ? new("unit-unknown", Blocking, category.Id, unit, null, null, null, null, new Bilingual(
            $"{unit}：有数据，但不在{category.Name.Zh}的单位名册上：请更正编号，或把它加入名册",
            $"{unit} has data but is not on the register of {category.Name.En}: correct its id, or add it to the register."))
        : new("unit-unlisted", Info, category.Id, unit, null, null, null, null, new Bilingual(
            $"{unit}：映射方案未列出该单位，按文件中的名称参评",
            $"{unit} is not listed in a mapping profile and is evaluated under its name in the file."));

    private static bool HasRegister(RuleSet ruleSet, CycleCategory category) => ruleSet.Imports.Any(profile =>
        profile.Target == MappingTarget.Units
        && (profile.Category == category.Id || profile.Columns.ContainsKey("category")));

    /// <summary>Data that an indicator needs and nobody handed in: the indicator will be withheld, and the unit told.</summary>
    private static IEnumerable<Finding> Gaps(
        RuleSet ruleSet, CycleCategory category, string unit, IEnumerable<MetricObservation> known)
    {
        var metrics = known.Select(observation => observation.Metric).ToHashSet(StringComparer.Ordinal);
        var needed = ruleSet.SchemeOf(category.Id).Indicators
            .Where(indicator => indicator.Missing == MissingPolicy.Withhold)
            .SelectMany(indicator => indicator.Given.Except(indicator.Optional)
                .Where(code => ruleSet.Metrics.TryGetValue(code, out var metric)
                    && !metric.ReportedAs.Prepend(code).Any(metrics.Contains))
                .Select(code => (Metric: ruleSet.Metrics[code], Indicator: indicator)))
            .GroupBy(gap => gap.Metric.Code);
        foreach (var gap in needed)
        {
            var metric = gap.First().Metric;
            var indicators = string.Join(", ", gap.Select(one => one.Indicator.Id));
            yield return new Finding(
                "metric-missing", Warning, category.Id, unit, null, metric.Code, null, null,
                new Bilingual(
                    $"缺少“{metric.Name.Zh}”，指标 {indicators} 暂缓评分",
                    $"“{metric.Name.En}” is missing; indicator {indicators} waits for it."));
        }
    }

    private static IEnumerable<Finding> Ranges(RuleSet ruleSet, IEnumerable<MetricObservation> known)
    {
        foreach (var observation in known)
        {
            if (observation.Value is not { } value || !ruleSet.Metrics.TryGetValue(observation.Metric, out var metric)) continue;
            if (!(value < metric.Minimum) && !(value > metric.Maximum)) continue;
            var range = string.Create(CultureInfo.InvariantCulture, $"{metric.Minimum:0.######}…{metric.Maximum:0.######}");
            var text = value.ToString("0.######", CultureInfo.InvariantCulture);
            yield return On(observation, "implausible", Warning, new Bilingual(
                $"“{metric.Name.Zh}”为 {text} {metric.Unit.Name.Zh}，超出合理范围 {range}，请核实",
                $"“{metric.Name.En}” is {text} {metric.Unit.Name.En}, outside the plausible range {range}: please verify."));
        }
    }

    /// <summary>Flags that the importers set, counted by unit, metric and document rather than one by one.</summary>
    private static IEnumerable<Finding> Flags(IEnumerable<MetricObservation> known)
    {
        var flagged = known
            .SelectMany(observation => observation.Flags.Select(flag => (Flag: flag, Observation: observation)))
            .GroupBy(one => (one.Flag, one.Observation.Unit, one.Observation.Metric, one.Observation.Document));
        foreach (var group in flagged)
        {
            var first = group.First().Observation;
            var (flag, count) = (group.Key.Flag, group.Count());
            var name = FindingNames.FlagName(flag);
            yield return new Finding(
                FindingNames.OfFlag + flag, Info, first.Category, first.Unit, null, first.Metric, first.Document, first.Locator,
                new Bilingual(
                    $"{first.DocumentName}：{count} 个数值标有“{name.Zh}”，首个位于 {first.Locator}",
                    $"{first.DocumentName}: {count} values marked “{name.En}”, the first at {first.Locator}."));
        }
    }

    /// <summary>Figures that do not cover their whole period wait for complete ones: people should ask for them.</summary>
    private static IEnumerable<Finding> Partial(CycleCategory category, IEnumerable<MetricObservation> known)
    {
        var waiting = known.Where(one => Waits(category, one));
        foreach (var group in waiting.GroupBy(one => (one.Unit, one.Document, one.Period)))
        {
            var (first, count) = (group.First(), group.Count());
            yield return new Finding(
                "period-partial", Warning, first.Category, first.Unit, null, null, first.Document, first.Locator,
                new Bilingual(
                    $"{first.DocumentName}：期间 {first.Period} 的 {count} 个数值未覆盖整个期间，在完整的报告替换之前不参与评分",
                    $"{first.DocumentName}: {count} values of {first.Period} do not cover the whole period; they are not scored "
                    + "until a complete report replaces them."));
        }
    }

    private static bool Waits(CycleCategory category, MetricObservation observation) =>
        !category.AcceptPartial && observation.Flags.Contains(FactAssembler.PartialFlag);

    private static Finding On(MetricObservation observation, string code, string severity, Bilingual message) => new(
        code, severity, observation.Category, observation.Unit, observation.Resource, observation.Metric,
        observation.Document, observation.Locator, message);
}
