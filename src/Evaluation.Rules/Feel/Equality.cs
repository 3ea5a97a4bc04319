namespace Evaluation.Rules.Feel;

/// <summary>FEEL equality (DMN 1.5, table 53): null only equals null, values of different kinds can't be
/// compared.</summary>
internal static class Equality
{
    public static bool? AreEqual(FeelValue left, FeelValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return left.Amount == right.Amount;
        }
        if (left.IsNull || right.IsNull)
        {
            return left.IsNull && right.IsNull;
        }
        if (left.Kind != right.Kind)
        {
            return null;
        }
        return left.Kind switch
        {
            FeelKind.String => string.Equals(left.AsString(), right.AsString(), StringComparison.Ordinal),
            FeelKind.Boolean => left.IsTrue == right.IsTrue,
            FeelKind.Date or FeelKind.DayTimeDuration or FeelKind.YearMonthDuration => left.Amount == right.Amount,
            FeelKind.Time => Times(left.AsTime(), right.AsTime()),
            FeelKind.DateAndTime => Moments(left.AsDateAndTime(), right.AsDateAndTime()),
            FeelKind.List => Lists(left.AsList(), right.AsList()),
            FeelKind.Context => Contexts(left.AsContext(), right.AsContext()),
            FeelKind.Range => Ranges(left.AsRange(), right.AsRange()),
            _ => ReferenceEquals(left.Reference, right.Reference),
        };
    }

    private static bool Times(FeelTime left, FeelTime right) => Comparison.Times(left, right) == 0;

    private static bool Moments(FeelDateAndTime left, FeelDateAndTime right) => Comparison.Moments(left, right) == 0;

    private static bool Lists(IReadOnlyList<FeelValue> left, IReadOnlyList<FeelValue> right)
    {
        StackGuard.Check();
        if (left.Count != right.Count)
        {
            return false;
        }
        for (var i = 0; i < left.Count; i++)
        {
            if (AreEqual(left[i], right[i]) != true)
            {
                return false;
            }
        }
        return true;
    }

    private static bool Contexts(FeelContext left, FeelContext right)
    {
        StackGuard.Check();
        if (left.Count != right.Count)
        {
            return false;
        }
        foreach (var (name, value) in left)
        {
            if (!right.TryGet(name, out var other) || AreEqual(value, other) != true)
            {
                return false;
            }
        }
        return true;
    }

    private static bool Ranges(FeelRange left, FeelRange right) =>
        left.IsComparison == right.IsComparison && left.LowClosed == right.LowClosed
            && left.HighClosed == right.HighClosed
        && AreEqual(left.Low, right.Low) == true && AreEqual(left.High, right.High) == true;

    public static int Hash(FeelValue value) => value.Kind switch
    {
        FeelKind.Null => 0,
        FeelKind.String => value.AsString().GetHashCode(StringComparison.Ordinal),
        FeelKind.Boolean => value.IsTrue ? 1 : 2,
        FeelKind.List => HashCode.Combine(FeelKind.List, value.AsList().Count),
        FeelKind.Context => HashCode.Combine(FeelKind.Context, value.AsContext().Count),
        FeelKind.Number or FeelKind.Date or FeelKind.DayTimeDuration or FeelKind.YearMonthDuration =>
            HashCode.Combine(value.Kind, value.Amount),
        // Equal moments may be written with different offsets, so nothing but the kind may enter.
        _ => (int)value.Kind,
    };
}
