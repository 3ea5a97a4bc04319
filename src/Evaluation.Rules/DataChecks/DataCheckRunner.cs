using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.DataChecks;

/// <summary>What the data checks of a category look at.</summary>
/// <param name="Category">The category with its periods.</param>
/// <param name="Facts">Facts of its units.</param>
/// <param name="Observations">The observations they were made of.</param>
/// <param name="Previous">Facts by unit in the last finished run before; empty where there was none.</param>
/// <param name="PreviousObservations">The observations of that run.</param>
/// <param name="Confirmed">Units whose owner confirmed their data as they stand.</param>
public sealed record CheckedData(
    CycleCategory Category,
    IReadOnlyList<UnitFacts> Facts,
    IReadOnlyCollection<MetricObservation> Observations,
    IReadOnlyDictionary<string, UnitFacts> Previous,
    IReadOnlyCollection<MetricObservation> PreviousObservations,
    IReadOnlySet<string> Confirmed);

/// <summary>Something a data check found.</summary>
/// <param name="Check">The check.</param>
/// <param name="Unit">Unit id.</param>
/// <param name="Resource">Resource id, or null.</param>
/// <param name="Metric">The metric it is about: of an observation its own, else the first one the check touches.</param>
/// <param name="Document">SHA-256 of the document, for observations.</param>
/// <param name="Locator">Where in the document, for observations.</param>
/// <param name="Message">What was found.</param>
public sealed record DataCheckHit(
    DataCheck Check, string Unit, string? Resource, string? Metric, string? Document, string? Locator, Bilingual Message);

/// <summary>Runs the data checks of a rule set over the data of one category.</summary>
public static class DataCheckRunner
{
    private const int HoursADay = 24;

    /// <summary>Everything that is found, check by check in file order, then in ordinal order of units and
    /// resources.</summary>
    public static IEnumerable<DataCheckHit> Run(RuleSet rules, CheckedData data)
    {
        var hours = data.Category.Periods.Sum(period => period.To.DayNumber - period.From.DayNumber) * HoursADay;
        foreach (var check in rules.DataChecks.Where(check => check.Category is null || check.Category == data.Category.Id))
        {
            var condition = new Condition(check, CheckScope.Of(rules.Metrics, check.Over));
            var hits = check.Over switch
            {
                CheckScope.Unit => OverUnits(rules, condition, data, hours),
                CheckScope.Observation => OverObservations(condition, data),
                _ => OverResources(rules, condition, data, hours),
            };
            foreach (var hit in hits) yield return hit;
        }
    }

    /// <summary>Whether a check finds something in the names and values given.</summary>
    /// <exception cref="FeelLimitException">The condition went over a limit.</exception>
    public static bool Fires(RuleSet rules, DataCheck check, FeelContext given) =>
        new Condition(check, CheckScope.Of(rules.Metrics, check.Over)).Holds(given);

    private sealed class Condition
    {
        private readonly CompiledFeel _when;

        public Condition(DataCheck check, CheckScope scope)
        {
            Check = check;
            _when = check.When.Expression.Compile(new FeelLayout(scope.Names));
        }

        public DataCheck Check { get; }

        public bool Holds(FeelContext about) => _when.Evaluate(_when.Layout.Fill(about)).IsTrue;
    }

    private static IEnumerable<DataCheckHit> OverUnits(RuleSet rules, Condition condition, CheckedData data, int hours)
    {
        var reported = Reported(rules, data, list: null);
        foreach (var unit in data.Facts)
        {
            var about = new FeelContext.Builder();
            foreach (var (name, value) in unit.Values) about.Set(name, value);
            about.Set(CheckScope.Confirmed, data.Confirmed.Contains(unit.Unit));
            about.Set(CheckScope.Previous, data.Previous.TryGetValue(unit.Unit, out var before)
                ? FeelValue.Context(new FeelContext(before.Values))
                : FeelValue.Null);
            about.Set(CheckScope.Reported, ContextOf(reported[(unit.Unit, null)]));
            about.Set(CheckScope.PeriodHours, (decimal)hours);
            if (HitOf(condition, about.Build(), unit.Unit, null) is { } hit) yield return hit;
        }
    }

    private static IEnumerable<DataCheckHit> OverResources(RuleSet rules, Condition condition, CheckedData data, int hours)
    {
        var list = condition.Check.Over;
        var reported = Reported(rules, data, list);
        foreach (var unit in data.Facts)
        {
            var before = data.Previous.TryGetValue(unit.Unit, out var earlier) ? Resources(earlier, list) : [];
            foreach (var (id, resource) in Resources(unit, list))
            {
                var about = resource
                    .With(CheckScope.Previous, before.TryGetValue(id, out var old) ? FeelValue.Context(old) : FeelValue.Null)
                    .With(CheckScope.Reported, ContextOf(reported[(unit.Unit, id)]))
                    .With(CheckScope.PeriodHours, (decimal)hours);
                if (HitOf(condition, about, unit.Unit, id) is { } hit) yield return hit;
            }
        }
    }

    private static IEnumerable<DataCheckHit> OverObservations(Condition condition, CheckedData data)
    {
        var before = data.PreviousObservations
            .GroupBy(one => (one.Unit, one.Resource, one.Metric))
            .ToDictionary(same => same.Key, same => same.Where(one => one.Value is not null).Sum(one => one.Value!.Value));
        var samePeriod = SamePeriod(condition.Check, data.Observations);
        foreach (var one in data.Observations)
        {
            var known = before.TryGetValue((one.Unit, one.Resource, one.Metric), out var old);
            var about = FieldsOf(one)
                .With(CheckScope.Previous, known ? old : FeelValue.Null)
                .With(CheckScope.SamePeriod, samePeriod.GetValueOrDefault((one.Metric, one.Period), FeelValue.Null));
            if (!condition.Holds(about)) continue;
            var message = condition.Check.Message.Of(about);
            yield return new DataCheckHit(
                condition.Check, one.Unit, one.Resource, one.Metric, one.Document, one.Locator, message);
        }
    }

    // Only for a check that asks for it: the lists hold every observation once more.
    private static Dictionary<(string Metric, Period Period), FeelValue> SamePeriod(
        DataCheck check, IEnumerable<MetricObservation> observations) =>
        check.When.Expression.FreeNames.Contains(CheckScope.SamePeriod)
            ? observations.GroupBy(one => (one.Metric, one.Period)).ToDictionary(
                same => same.Key, same => FeelValue.List([.. same.Select(one => FeelValue.Context(FieldsOf(one)))]))
            : [];

    private static FeelContext FieldsOf(MetricObservation one) => new(new Dictionary<string, FeelValue>
    {
        ["metric"] = one.Metric,
        ["value"] = one.Value is { } value ? value : FeelValue.Null,
        ["answer"] = one.Answer,
        ["unit"] = one.Unit,
        ["resource"] = one.Resource,
        ["days"] = (decimal)(one.Period.To.DayNumber - one.Period.From.DayNumber),
        ["flags"] = FeelValue.List([.. one.Flags.Select(flag => FeelValue.String(flag))]),
        ["document"] = one.DocumentName,
        ["dimensions"] = ContextOf(one.Dimensions.Select(pair => (pair.Key, FeelValue.String(pair.Value)))),
    });

    private static DataCheckHit? HitOf(Condition condition, FeelContext about, string unit, string? resource) =>
        condition.Holds(about)
            ? new DataCheckHit(
                condition.Check, unit, resource, condition.Check.Touches.FirstOrDefault(), null, null,
                condition.Check.Message.Of(about))
            : null;

    private static Dictionary<string, FeelContext> Resources(UnitFacts unit, string list) =>
        unit.Values.TryGetValue(list, out var items) && items.Kind == FeelKind.List
            ? items.AsList().Select(item => item.AsContext())
                .ToDictionary(item => item[CheckScope.Id].AsString(), StringComparer.Ordinal)
            : [];

    // What outside systems report for metrics that have a code of their own, by unit and resource.
    private static ILookup<(string Unit, string? Resource), (string Name, FeelValue Value)> Reported(
        RuleSet rules, CheckedData data, string? list)
    {
        var aliases = rules.Metrics.Values.Where(metric => metric.ResourceList == list)
            .SelectMany(metric => metric.ReportedAs.Select(code => (Code: code, Metric: metric)))
            .ToLookup(alias => alias.Code, alias => alias.Metric, StringComparer.Ordinal);
        return data.Observations
            .Where(one => one.Value is not null && (list is null || one.Resource is not null))
            .Where(one => data.Category.Periods.Any(period => period.Covers(one.Period)))
            .SelectMany(one => aliases[one.Metric].Select(metric => (Observation: one, Metric: metric)))
            .GroupBy(one => (one.Observation.Unit, Resource: list is null ? null : one.Observation.Resource, one.Metric))
            .ToLookup(
                same => (same.Key.Unit, same.Key.Resource),
                same => (same.Key.Metric.ShortCode, (FeelValue)(same.Key.Metric.Kind == MetricKind.Flow
                    ? same.Sum(one => one.Observation.Value!.Value)
                    : same.MaxBy(one => (one.Observation.Period.To, one.Observation.Id)).Observation.Value!.Value)));
    }

    private static FeelValue ContextOf(IEnumerable<(string Name, FeelValue Value)> entries) => FeelValue.Context(
        new FeelContext(entries.Select(entry => new KeyValuePair<string, FeelValue>(entry.Name, entry.Value))));
}
