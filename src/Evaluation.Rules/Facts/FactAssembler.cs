using System.Globalization;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Facts;

/// <summary>
/// Observations become facts. A flow is added over periods (and over resources, when the metric is one of the unit
/// itself); a stock, a ratio and an answer are the latest, a stock that is stated for each resource the sum of the latest
/// of each. What nobody observed stays absent: it never becomes 0.
/// </summary>
public static class FactAssembler
{
    /// <summary>How many locators a provenance names; the ids of all observations are kept.</summary>
    public const int LocatorsNamed = 3;

    /// <summary>Added to the flags when observations of a flow share a day and may therefore be counted
    /// twice.</summary>
    public const string OverlapFlag = "overlapping-periods";

    /// <summary>
    /// Carried by figures that do not cover their whole period: they are kept and shown, and do not count until a
    /// complete figure for the same thing replaces them, unless the cycle accepts them for the category.
    /// </summary>
    public const string PartialFlag = "partial";

    /// <summary>The facts of every unit of a category.</summary>
    /// <param name="rules">Gives the metrics.</param>
    /// <param name="category">Gives the category and the periods that count.</param>
    /// <param name="observations">Any observations; those of other categories are passed over.</param>
    /// <returns>
    /// One a unit that has any observation in the category, in ordinal order. An observation counts when its metric is
    /// known, its period lies inside one of the category's, it carries the dimensions the metric asks for, it covers its
    /// whole period (<see cref="PartialFlag"/>) or the category accepts partial ones, and nobody rejected it; a figure of
    /// one record (<see cref="MetricObservation.RecordDimension"/>) where no total covers it. A figure of a resource list
    /// needs a resource: without one it has no place in the list.
    /// </returns>
    public static IReadOnlyList<UnitFacts> Assemble(
        RuleSet rules, CycleCategory category, IReadOnlyCollection<MetricObservation> observations) =>
        Assemble(rules.Metrics, category, observations);

    /// <summary>The facts of every unit of a category, where the metrics are at hand and no rule set is.</summary>
    /// <param name="metrics">The metrics by code.</param>
    /// <param name="category">Gives the category and the periods that count.</param>
    /// <param name="observations">Any observations; those of other categories are passed over.</param>
    public static IReadOnlyList<UnitFacts> Assemble(
        IReadOnlyDictionary<string, Metric> metrics, CycleCategory category, IReadOnlyCollection<MetricObservation> observations)
    {
        var meanings = Meanings(metrics);
        var units = new SortedDictionary<string, List<(Metric, MetricObservation)>>(StringComparer.Ordinal);
        foreach (var observation in observations)
        {
            if (observation.Category != category.Id) continue;
            if (!units.TryGetValue(observation.Unit, out var kept)) units.Add(observation.Unit, kept = []);
            foreach (var metric in meanings[observation.Metric])
            {
                if (Counts(metric, category, observation)) kept.Add((metric, observation));
            }
        }

        return [.. units.Select(unit => FactsOf(unit.Key, unit.Value))];
    }

    // Code of an observation → the metrics it speaks of: the one of that code, and those that are reported under it.
    private static ILookup<string, Metric> Meanings(IReadOnlyDictionary<string, Metric> metrics) => metrics.Values
        .SelectMany(metric => metric.ReportedAs.Prepend(metric.Code).Select(code => (Code: code, Metric: metric)))
        .ToLookup(meaning => meaning.Code, meaning => meaning.Metric, StringComparer.Ordinal);

    private static bool Counts(Metric metric, CycleCategory category, MetricObservation observation) =>
        observation.Verification != VerificationState.Rejected
        && (category.AcceptPartial || !observation.Flags.Contains(PartialFlag))
        && (observation.Value is not null || (metric.Kind == MetricKind.Answer && observation.Answer is not null))
        && (metric.ResourceList is null || observation.Resource is not null)
        && category.Periods.Any(period => period.Covers(observation.Period))
        && metric.Only.All(only =>
            observation.Dimensions.TryGetValue(only.Key, out var value) && value == only.Value);

    private static UnitFacts FactsOf(string unit, List<(Metric Metric, MetricObservation Observation)> observations)
    {
        var values = new SortedDictionary<string, FeelValue>(StringComparer.Ordinal);
        var provenance = new SortedDictionary<string, Provenance>(StringComparer.Ordinal);
        var lists = new SortedDictionary<string, SortedDictionary<string, SortedDictionary<string, FeelValue>>>(
            StringComparer.Ordinal);
        foreach (var group in observations.GroupBy(one => one.Metric.Code, StringComparer.Ordinal))
        {
            var metric = group.First().Metric;
            var ordered = InOrder(WithoutParts([.. UnderOneCode(metric, group.Select(one => one.Observation))]));
            provenance[metric.Code] = ProvenanceOf(metric, ordered);
            if (metric.ResourceList is not { } list)
            {
                values[metric.Code] = Combine(metric, ordered);
                continue;
            }

            if (!lists.TryGetValue(list, out var resources))
            {
                lists.Add(list, resources = new(StringComparer.Ordinal));
            }

            foreach (var resource in ordered.GroupBy(observation => observation.Resource!, StringComparer.Ordinal))
            {
                if (!resources.TryGetValue(resource.Key, out var entries))
                {
                    resources.Add(resource.Key, entries = new(StringComparer.Ordinal));
                }

                entries[metric.ShortCode] = Combine(metric, [.. resource]);
            }
        }

        foreach (var (list, resources) in lists)
        {
            values[list] = FeelValue.List([.. resources.Select(resource => Context(resource.Key, resource.Value))]);
        }

        return new UnitFacts(unit, values, provenance);
    }

    // What is stated under the metric's own code holds; what an outside format reports fills what is missing.
    private static IEnumerable<MetricObservation> UnderOneCode(Metric metric, IEnumerable<MetricObservation> observations) =>
        metric.ReportedAs.Count == 0
            ? observations
            : observations.GroupBy(one => metric.ResourceList is null ? null : one.Resource, StringComparer.Ordinal)
                .SelectMany(same =>
                {
                    var byCode = same.ToLookup(one => one.Metric, StringComparer.Ordinal);
                    return byCode[metric.ReportedAs.Prepend(metric.Code).First(byCode.Contains)];
                });

    // Figures of single records (one use, one service) are parts of a total: where a total of the unit or of the same
    // resource covers them, it counts, and they do not count a second time.
    private static IEnumerable<MetricObservation> WithoutParts(List<MetricObservation> observations)
    {
        if (!observations.Exists(IsOfRecord)) return observations;
        var totals = observations.Where(one => !IsOfRecord(one)).ToLookup(one => one.Resource ?? "", StringComparer.Ordinal);
        return observations.Where(one => !IsOfRecord(one)
            || !totals[""].Concat(totals[one.Resource ?? ""]).Any(total => total.Period.Covers(one.Period)));
    }

    private static bool IsOfRecord(MetricObservation observation) =>
        observation.Dimensions.ContainsKey(MetricObservation.RecordDimension);

    private static FeelValue Context(string id, SortedDictionary<string, FeelValue> entries) =>
        FeelValue.Context(new FeelContext(
            entries.Where(entry => entry.Key != "id").Prepend(new("id", FeelValue.String(id)))));

    // Total order, so that "latest" does not depend on the order in which the store returns rows.
    private static List<MetricObservation> InOrder(IEnumerable<MetricObservation> observations) =>
        [.. observations
            .OrderBy(observation => observation.Period.To)
            .ThenBy(observation => observation.Period.From)
            .ThenBy(observation => observation.Id)
            .ThenBy(observation => observation.Resource, StringComparer.Ordinal)
            .ThenBy(observation => observation.DocumentName, StringComparer.Ordinal)
            .ThenBy(observation => observation.Locator, StringComparer.Ordinal)];

    private static FeelValue Combine(Metric metric, List<MetricObservation> ordered)
    {
        if (metric.Kind == MetricKind.Answer)
        {
            var last = ordered[^1];
            return last.Answer ?? last.Value!.Value.ToString(
                "0.############################", CultureInfo.InvariantCulture);
        }

        return metric.Kind switch
        {
            MetricKind.Flow => ordered.Sum(observation => observation.Value!.Value),
            MetricKind.Stock when metric.ResourceList is null => Parts(ordered).Sum(part => part[^1].Value!.Value),
            _ => ordered[^1].Value!.Value,
        };
    }

    // A level that the unit states for itself holds; where it is stated for each of its resources, the latest of each
    // are added.
    private static IEnumerable<List<MetricObservation>> Parts(List<MetricObservation> ordered)
    {
        var own = ordered.Where(observation => observation.Resource is null && observation.Dimensions.Count == 0).ToList();
        return own.Count > 0
            ? [own]
            : ordered.GroupBy(Coordinates, StringComparer.Ordinal).Select(part => part.ToList());
    }

    private static string Coordinates(MetricObservation observation) =>
        observation.Resource + "\n" + string.Join('\n', observation.Dimensions
            .OrderBy(dimension => dimension.Key, StringComparer.Ordinal)
            .Select(dimension => dimension.Key + "=" + dimension.Value));

    private static Provenance ProvenanceOf(Metric metric, List<MetricObservation> ordered)
    {
        var used = metric.Kind switch
        {
            MetricKind.Flow => ordered,
            MetricKind.Stock when metric.ResourceList is null => [.. Parts(ordered).Select(part => part[^1])],
            _ => [.. ordered.GroupBy(observation => metric.ResourceList is null ? null : observation.Resource)
                .Select(resource => resource.Last())],
        };
        var flags = used.SelectMany(observation => observation.Flags).ToHashSet(StringComparer.Ordinal);
        if (metric.Kind == MetricKind.Flow && Overlaps(used)) flags.Add(OverlapFlag);
        return new Provenance(
            [.. used.Select(observation => observation.DocumentName).Distinct(StringComparer.Ordinal)],
            [.. used.Select(observation => observation.Locator).Distinct(StringComparer.Ordinal).Take(LocatorsNamed)],
            [.. used.Where(observation => observation.Id != 0).Select(observation => observation.Id).Order()],
            [.. flags.Order(StringComparer.Ordinal)]);
    }

    // One resource, the same coordinates, a day in common: a yearly and a monthly figure side by side.
    private static bool Overlaps(List<MetricObservation> observations) =>
        observations
            .GroupBy(Coordinates, StringComparer.Ordinal)
            .Any(same =>
            {
                var periods = same.Select(observation => observation.Period).OrderBy(period => period.From).ToList();
                return periods.Zip(periods.Skip(1)).Any(pair => pair.First.Overlaps(pair.Second));
            });
}
