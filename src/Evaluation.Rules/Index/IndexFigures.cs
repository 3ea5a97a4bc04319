using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Index;

/// <summary>The figures of the resource index: sums, quotients and means of metrics, exact until they become coordinates.</summary>
public static class IndexFigures
{
    /// <summary>
    /// The figure of a subject, or null where its units do not have it. A sum divided by another takes only the units (or
    /// resources) that have both: half-known pairs would bend the quotient.
    /// </summary>
    public static decimal? Of(ResourceIndexIndicator indicator, IndexSubject subject)
    {
        var units = subject.Members.Where(member => member.Category == indicator.Category).Select(member => member.Facts).ToList();
        if (indicator.Per is { } per)
        {
            var pairs = units.SelectMany(unit => Pairs(unit, indicator.Metric, per)).ToList();
            var divisor = pairs.Sum(pair => pair.Per);
            return divisor > 0m ? pairs.Sum(pair => pair.Value) / divisor : null;
        }

        var values = units.Select(unit => Values(unit, indicator.Metric).ToList()).Where(known => known.Count > 0).ToList();
        if (values.Count == 0) return null;
        return values.Sum(known => known.Sum()) / (indicator.PerUnit ? values.Count : values.Sum(known => known.Count));
    }

    private static IEnumerable<decimal> Values(UnitFacts unit, Metric metric) =>
        Rows(unit, metric).Select(row => row(metric)).OfType<decimal>();

    private static IEnumerable<(decimal Value, decimal Per)> Pairs(UnitFacts unit, Metric metric, Metric per) =>
        Rows(unit, metric).Select(row => (Value: row(metric), Per: row(per)))
            .Where(pair => pair is { Value: not null, Per: not null })
            .Select(pair => (pair.Value!.Value, pair.Per!.Value));

    // The rows of a metric: the resources of its list, or the unit itself.
    private static IEnumerable<Func<Metric, decimal?>> Rows(UnitFacts unit, Metric metric)
    {
        if (metric.ResourceList is not { } list) return [of => unit.Values.TryGetValue(of.Code, out var found) ? Number(found) : null];
        return unit.Values.TryGetValue(list, out var resources)
            ? resources.AsList().Select(resource => (Func<Metric, decimal?>)(of => Number(resource.AsContext()[of.ShortCode])))
            : [];
    }

    private static decimal? Number(Feel.FeelValue value) => value.IsNumber ? value.AsNumber() : null;
}
