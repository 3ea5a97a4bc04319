using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Scoring;

/// <summary>Where the intervals of a condition begin, seen from a value outside them.</summary>
internal static class ConditionEdges
{
    /// <summary>The ends of the condition's intervals that face the value, and whether the condition holds there.</summary>
    public static IEnumerable<(decimal At, bool Closed)> Facing(
        CompiledScheme scheme, FeelValue[] slots, Condition condition, decimal value)
    {
        foreach (var test in condition.Tests.Root.Negated ? [] : condition.Tests.Root.Tests)
        {
            var (low, lowClosed, high, highClosed) = test switch
            {
                FeelComparisonTest { Operator: FeelOperator.GreaterOrEqual } c => (End(c.Endpoint), true, null, false),
                FeelComparisonTest { Operator: FeelOperator.Greater } c => (End(c.Endpoint), false, null, false),
                FeelComparisonTest { Operator: FeelOperator.LessOrEqual } c => (null, false, End(c.Endpoint), true),
                FeelComparisonTest { Operator: FeelOperator.Less } c => (null, false, End(c.Endpoint), false),
                FeelInterval i => (End(i.Low), i.LowClosed, End(i.High), i.HighClosed),
                FeelLiteral { Value.IsNumber: true } n => (End(n), true, End(n), true),
                _ => ((decimal?)null, false, (decimal?)null, false),
            };
            if (low >= value) yield return (low.Value, lowClosed);
            else if (high <= value) yield return (high.Value, highClosed);
        }

        decimal? End(FeelNode node) => ConditionWords.Number(scheme, slots, node, condition.Text);
    }
}
