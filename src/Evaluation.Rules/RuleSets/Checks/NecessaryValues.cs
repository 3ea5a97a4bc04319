using Evaluation.Rules.Feel;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>
/// What must be so when a condition holds: for each thing it compares with fixed values, the values that thing can then
/// have. A thing the condition says nothing certain about is not named.
/// </summary>
internal sealed class NecessaryValues(Constants constants, string text)
{
    private const string Negation = "not";

    private static readonly Dictionary<string, ValueSet> Nothing = new(StringComparer.Ordinal);

    /// <summary>Subject → the values it can have while the condition holds.</summary>
    public IReadOnlyDictionary<string, ValueSet> Of(FeelNode node) => node switch
    {
        FeelBinary { Operator: FeelOperator.And } and => Both(Of(and.Left), Of(and.Right)),
        FeelBinary { Operator: FeelOperator.Or } or => Either(Of(or.Left), Of(or.Right)),
        FeelCall { Function: FeelName { Name: Negation }, Arguments: [{ Value: FeelBinary only }] } => Denied(only),
        FeelIn membership => OfMembership(membership),
        _ => Comparisons.In(node, text, constants).Where(comparison => IsWhole(node, comparison))
            .Select(OfComparison).Aggregate((IReadOnlyDictionary<string, ValueSet>)Nothing, Both),
    };

    /// <summary>The one thing a plain comparison asks, and exactly the values it holds for; null for anything
    /// else.</summary>
    public static (string Subject, ValueSet Values)? Exact(Constants constants, string text, FeelNode node) =>
        node is FeelBinary { Operator: not (FeelOperator.And or FeelOperator.Or) } or FeelBetween or FeelIn
        && new NecessaryValues(constants, text).Of(node) is { Count: 1 } found
            ? (found.Keys.First(), found.Values.First())
            : null;

    // Comparisons deeper inside the node (in an if, a filter, an argument) need not hold for the whole to hold.
    private static bool IsWhole(FeelNode node, Comparison comparison) =>
        comparison.Offset == node.Offset && node is FeelBinary or FeelBetween;

    private static IReadOnlyDictionary<string, ValueSet> OfComparison(Comparison comparison) =>
        !comparison.Value.IsNull && ConditionSets.Compared(comparison.Operator, comparison.Value) is { } set
            ? new Dictionary<string, ValueSet>(StringComparer.Ordinal) { [comparison.Subject] = set }
            : Nothing;

    private IReadOnlyDictionary<string, ValueSet> Denied(FeelBinary only)
    {
        if (only.Operator is FeelOperator.And or FeelOperator.Or) return Nothing;
        return Of(only).ToDictionary(pair => pair.Key, pair => pair.Value.Not(), StringComparer.Ordinal);
    }

    private IReadOnlyDictionary<string, ValueSet> OfMembership(FeelIn membership)
    {
        if (Comparisons.SubjectOf(membership.Value) is not { } subject) return Nothing;
        var any = ValueSet.None;
        foreach (var test in membership.Tests)
        {
            var parts = Comparisons.OfTest(test, text, constants).ToList();
            if (parts.Count == 0 || parts.Any(part => part.Value.IsNull)) return Nothing;
            var sets = parts.Select(part => ConditionSets.Compared(part.Operator, part.Value)).ToList();
            if (sets.Contains(null)) return Nothing;
            var isInterval = test is FeelInterval;
            any = any.Or(sets.Aggregate(isInterval ? ValueSet.All : ValueSet.None, (all, set) => isInterval
                ? all.And(set!) : all.Or(set!)));
        }

        return new Dictionary<string, ValueSet>(StringComparer.Ordinal) { [subject] = any };
    }

    private static IReadOnlyDictionary<string, ValueSet> Both(
        IReadOnlyDictionary<string, ValueSet> left, IReadOnlyDictionary<string, ValueSet> right) =>
            left.Keys.Union(right.Keys)
        .ToDictionary(
            subject => subject,
            subject => left.GetValueOrDefault(subject, ValueSet.All)
                .And(right.GetValueOrDefault(subject, ValueSet.All)),
            StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, ValueSet> Either(
        IReadOnlyDictionary<string, ValueSet> left, IReadOnlyDictionary<string, ValueSet> right) =>
            left.Keys.Intersect(right.Keys)
        .ToDictionary(subject => subject, subject => left[subject].Or(right[subject]), StringComparer.Ordinal);
}
