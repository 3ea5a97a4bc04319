using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Scoring;

/// <summary>Where the intervals of a condition begin, seen from a value outside them.</summary>
internal static class ConditionEdges
{
    /// <summary>One interval of a condition; an end that is null is open to all sides or not known.</summary>
    internal readonly record struct Interval(decimal? Low, bool LowClosed, decimal? High, bool HighClosed)
    {
        /// <summary>The end that faces a value outside, and whether the condition holds there; null for a value
        /// inside.</summary>
        public (decimal At, bool Closed)? Facing(decimal value) =>
            Low >= value ? (Low.Value, LowClosed)
            : High <= value ? (High.Value, HighClosed)
            : null;
    }

    /// <summary>The condition's intervals, in the order of its text.</summary>
    public static Interval[] Intervals(CompiledScheme scheme, FeelValue[] slots, Condition condition)
    {
        if (scheme.FixedEdges.TryGetValue(condition, out var known)) return known;
        var intervals = Read(scheme, slots, condition);
        if (scheme.IsFixed(condition)) scheme.FixedEdges.TryAdd(condition, intervals);
        return intervals;
    }

    private static Interval[] Read(CompiledScheme scheme, FeelValue[] slots, Condition condition)
    {
        if (condition.Tests.Root.Negated) return [];
        return [.. condition.Tests.Root.Tests.Select(test => test switch
        {
            FeelComparisonTest { Operator: FeelOperator.GreaterOrEqual } c => new Interval(End(c.Endpoint), true, null, false),
            FeelComparisonTest { Operator: FeelOperator.Greater } c => new Interval(End(c.Endpoint), false, null, false),
            FeelComparisonTest { Operator: FeelOperator.LessOrEqual } c => new Interval(null, false, End(c.Endpoint), true),
            FeelComparisonTest { Operator: FeelOperator.Less } c => new Interval(null, false, End(c.Endpoint), false),
            FeelInterval i => new Interval(End(i.Low), i.LowClosed, End(i.High), i.HighClosed),
            FeelLiteral { Value.IsNumber: true } n => new Interval(End(n), true, End(n), true),
            _ => default,
        })];

        decimal? End(FeelNode node) => ConditionWords.Number(scheme, slots, node, condition.Text);
    }
}
