using Evaluation.Rules.Feel;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>For which values a condition holds, exactly; null where that cannot be told from its text.</summary>
internal sealed class ConditionSets(Constants constants, string text)
{
    private const string Input = "?";
    private const string Negation = "not";

    /// <summary>The values that unary tests match.</summary>
    public ValueSet? Of(FeelTests tests)
    {
        if (tests.Tests.Count == 0) return ValueSet.All;
        var matched = Any(tests.Tests);
        return tests.Negated ? matched?.Not() : matched;
    }

    private ValueSet? Any(IEnumerable<FeelNode> tests)
    {
        var any = ValueSet.None;
        foreach (var test in tests)
        {
            if (OfTest(test) is not { } set) return null;
            any = any.Or(set);
        }

        return any;
    }

    private ValueSet? OfTest(FeelNode test) => test switch
    {
        FeelComparisonTest comparison => Compared(comparison.Operator, constants.Of(comparison.Endpoint, text)),
        FeelInterval interval => OfInterval(interval),
        _ when constants.Of(test, text) is { } value => Equal(value),
        _ => OfCondition(test),
    };

    private ValueSet? OfInterval(FeelInterval interval) =>
        constants.NumberOf(interval.Low, text) is { } low && constants.NumberOf(interval.High, text) is { } high
            ? ValueSet.Of(NumberSet.Between(low, interval.LowClosed, high, interval.HighClosed))
            : null;

    /// <summary>The values that stand so to a fixed one; null where that cannot be told.</summary>
    public static ValueSet? Compared(FeelOperator comparison, FeelValue? endpoint)
    {
        if (endpoint is not { } value) return null;
        switch (comparison)
        {
            case FeelOperator.Equal: return Equal(value);
            case FeelOperator.NotEqual: return Equal(value)?.Not();
        }

        if (!value.IsNumber) return null;
        var number = value.AsNumber();
        return comparison switch
        {
            FeelOperator.Less => ValueSet.Of(NumberSet.Below(number, included: false)),
            FeelOperator.LessOrEqual => ValueSet.Of(NumberSet.Below(number, included: true)),
            FeelOperator.Greater => ValueSet.Of(NumberSet.Above(number, included: false)),
            FeelOperator.GreaterOrEqual => ValueSet.Of(NumberSet.Above(number, included: true)),
            _ => null,
        };
    }

    private static ValueSet? Equal(FeelValue value) => value.Kind switch
    {
        FeelKind.Number => ValueSet.Of(NumberSet.Only(value.AsNumber())),
        FeelKind.String => ValueSet.Of(TextSet.Of([value.AsString()])),
        FeelKind.Boolean => ValueSet.None with { True = value.IsTrue, False = value.IsFalse },
        FeelKind.Null => ValueSet.None,
        FeelKind.List => value.AsList().Aggregate(
            (ValueSet?)ValueSet.None, (any, item) => Equal(item) is { } set ? any?.Or(set) : null),
        FeelKind.Range => OfRange(value.AsRange()),
        _ => null,
    };

    private static ValueSet? OfRange(FeelRange range)
    {
        var below = range.High.IsNull ? NumberSet.All
            : range.High.TryNumber(out var high) ? NumberSet.Below(high, range.HighClosed) : null;
        var above = range.Low.IsNull ? NumberSet.All
            : range.Low.TryNumber(out var low) ? NumberSet.Above(low, range.LowClosed) : null;
        return below is null || above is null ? null : ValueSet.Of(above.And(below));
    }

    // A condition written over the input itself: ? >= 1 and ? < 2.
    private ValueSet? OfCondition(FeelNode node)
    {
        switch (node)
        {
            case FeelBinary { Operator: FeelOperator.And } and:
                return OfCondition(and.Left) is { } a && OfCondition(and.Right) is { } b ? a.And(b) : null;
            case FeelBinary { Operator: FeelOperator.Or } or:
                return OfCondition(or.Left) is { } c && OfCondition(or.Right) is { } d ? c.Or(d) : null;
            case FeelBinary binary when IsInput(binary.Left):
                return Compared(binary.Operator, constants.Of(binary.Right, text));
            case FeelBinary binary when IsInput(binary.Right):
                return Compared(Comparisons.Flipped(binary.Operator), constants.Of(binary.Left, text));
            case FeelBetween between when IsInput(between.Value):
                return constants.NumberOf(between.Low, text) is { } low && constants.NumberOf(between.High, text) is { } high
                    ? ValueSet.Of(NumberSet.Between(low, true, high, true))
                    : null;
            case FeelIn @in when IsInput(@in.Value):
                return Any(@in.Tests);
            case FeelCall { Function: FeelName { Name: Negation }, Arguments: [var only] }:
                return OfCondition(only.Value)?.Not();
            default:
                return IsInput(node) ? ValueSet.None with { True = true } : null;
        }
    }

    private static bool IsInput(FeelNode node) => node is FeelName { Name: Input };
}
