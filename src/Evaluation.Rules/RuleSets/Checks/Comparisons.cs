using Evaluation.Rules.Feel;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>A comparison of a named thing with a fixed value, somewhere in a formula: <c>technical_staff &gt;= 3</c>.</summary>
/// <param name="Subject">What is compared: <c>value</c>, a metric, or the path of a list's metric.</param>
/// <param name="Operator">The comparison, with the subject on its left.</param>
/// <param name="Value">What it is compared with.</param>
/// <param name="Offset">Where in the formula, from 0.</param>
internal sealed record Comparison(string Subject, FeelOperator Operator, FeelValue Value, int Offset);

/// <summary>Finds the comparisons in a formula.</summary>
internal static class Comparisons
{
    /// <summary>Every comparison with a fixed value, in the order of the text.</summary>
    public static IEnumerable<Comparison> In(FeelNode node, string text, Constants constants)
    {
        foreach (var found in At(node, text, constants)) yield return found;
        foreach (var child in node.Children)
        {
            foreach (var found in In(child, text, constants)) yield return found;
        }
    }

    /// <summary>Every comparison of something computed (a ratio, a count) with a fixed number: <c>used / all &gt;=
    /// 0.8</c>.</summary>
    public static IEnumerable<(FeelNode Input, FeelOperator Operator, decimal Threshold)> Computed(
        FeelNode node, string text, Constants constants)
    {
        (FeelNode Input, IEnumerable<(FeelOperator Operator, FeelValue Value)> Tests)[] asked = node switch
        {
            FeelBinary binary when IsComparison(binary.Operator) =>
            [
                (binary.Left, Fixed(binary.Operator, binary.Right)), (binary.Right, Fixed(Flipped(binary.Operator),
                    binary.Left)),
            ],
            FeelBetween between => [(between.Value, Fixed(FeelOperator.GreaterOrEqual, between.Low)
                .Concat(Fixed(FeelOperator.LessOrEqual, between.High)))],
            FeelIn membership => [(membership.Value, membership.Tests.SelectMany(test => OfTest(test, text,
                constants)))],
            _ => [],
        };
        return asked
            .Where(one => SubjectOf(one.Input) is null && constants.Of(one.Input, text) is null)
            .SelectMany(one => one.Tests.Where(test => test.Value.IsNumber)
                .Select(test => (one.Input, test.Operator, test.Value.AsNumber())))
            .Concat(node.Children.SelectMany(child => Computed(child, text, constants)));

        IEnumerable<(FeelOperator, FeelValue)> Fixed(FeelOperator comparison, FeelNode end) =>
            constants.Of(end, text) is { } value ? [(comparison, value)] : [];
    }

    private static IEnumerable<Comparison> At(FeelNode node, string text, Constants constants)
    {
        switch (node)
        {
            case FeelBinary binary when IsComparison(binary.Operator):
                if (SubjectOf(binary.Left) is { } left && constants.Of(binary.Right, text) is { } right)
                {
                    yield return new Comparison(left, binary.Operator, right, binary.Offset);
                }
                else if (SubjectOf(binary.Right) is { } subject && constants.Of(binary.Left, text) is { } value)
                {
                    yield return new Comparison(subject, Flipped(binary.Operator), value, binary.Offset);
                }

                break;
            case FeelBetween between when SubjectOf(between.Value) is { } subject:
                if (constants.Of(between.Low, text) is { } low)
                {
                    yield return new Comparison(subject, FeelOperator.GreaterOrEqual, low, between.Offset);
                }

                if (constants.Of(between.High, text) is { } high)
                {
                    yield return new Comparison(subject, FeelOperator.LessOrEqual, high, between.Offset);
                }

                break;
            case FeelIn membership when SubjectOf(membership.Value) is { } subject:
                foreach (var test in membership.Tests.SelectMany(test => OfTest(test, text, constants)))
                {
                    yield return new Comparison(subject, test.Operator, test.Value, membership.Offset);
                }

                break;
        }
    }

    public static IEnumerable<(FeelOperator Operator, FeelValue Value)> OfTest(FeelNode test, string text, Constants constants)
    {
        (FeelOperator, FeelNode)[] parts = test switch
        {
            FeelComparisonTest comparison => [(comparison.Operator, comparison.Endpoint)],
            FeelInterval interval =>
            [
                (interval.LowClosed ? FeelOperator.GreaterOrEqual : FeelOperator.Greater, interval.Low),
                (interval.HighClosed ? FeelOperator.LessOrEqual : FeelOperator.Less, interval.High),
            ],
            _ => [(FeelOperator.Equal, test)],
        };
        foreach (var (op, node) in parts)
        {
            if (constants.Of(node, text) is not { } value) continue;
            if (value.Kind != FeelKind.List) yield return (op, value);
            else foreach (var item in value.AsList()) yield return (op, item);
        }
    }

    private static bool IsComparison(FeelOperator op) => op is FeelOperator.Equal or FeelOperator.NotEqual
        or FeelOperator.Less or FeelOperator.LessOrEqual or FeelOperator.Greater or FeelOperator.GreaterOrEqual;

    /// <summary>The name or path a node is. A parameter has a fixed value, so it is never the subject: ask for constants
    /// on the other side only.</summary>
    public static string? SubjectOf(FeelNode node) => node switch
    {
        FeelName name => name.Name,
        FeelPath path when SubjectOf(path.Source) is { } source => $"{source}.{path.Member}",
        _ => null,
    };

    /// <summary>The same comparison read from its other side.</summary>
    public static FeelOperator Flipped(FeelOperator op) => op switch
    {
        FeelOperator.Less => FeelOperator.Greater,
        FeelOperator.LessOrEqual => FeelOperator.GreaterOrEqual,
        FeelOperator.Greater => FeelOperator.Less,
        FeelOperator.GreaterOrEqual => FeelOperator.LessOrEqual,
        _ => op,
    };
}
