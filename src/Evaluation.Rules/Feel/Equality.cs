namespace Evaluation.Rules.Feel;

/// <summary>FEEL equality (DMN 1.5, table 53): null only equals null, values of different kinds can't be
/// compared.</summary>
internal static class Equality
{
    public static bool? AreEqual(FeelValue left, FeelValue right, Run? run = null)
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
            FeelKind.String => Texts(left.AsString(), right.AsString(), run),
            FeelKind.Boolean => left.IsTrue == right.IsTrue,
            FeelKind.Date or FeelKind.DayTimeDuration or FeelKind.YearMonthDuration => left.Amount == right.Amount,
            FeelKind.Time => Times(left.AsTime(), right.AsTime()),
            FeelKind.DateAndTime => Moments(left.AsDateAndTime(), right.AsDateAndTime()),
            FeelKind.List => Lists(left.AsList(), right.AsList(), run),
            FeelKind.Context => Contexts(left.AsContext(), right.AsContext(), run),
            FeelKind.Range => Ranges(left.AsRange(), right.AsRange()),
            _ => ReferenceEquals(left.Reference, right.Reference),
        };
    }

    private static bool Texts(string left, string right, Run? run)
    {
        run?.StepText(left.Length == right.Length ? left.Length : 0);
        return string.Equals(left, right, StringComparison.Ordinal);
    }

    // Only order knows how to treat a single offset (table 54): a local time is not equal to one that has an offset.
    private static bool Times(FeelTime left, FeelTime right) =>
        Comparison.TimeOffset(left) is null == Comparison.TimeOffset(right) is null
        && Comparison.Times(left, right) == 0;

    private static bool Moments(FeelDateAndTime left, FeelDateAndTime right) =>
        left.OffsetSeconds is null == right.OffsetSeconds is null && Comparison.Moments(left, right) == 0;

    private static bool Lists(IReadOnlyList<FeelValue> left, IReadOnlyList<FeelValue> right, Run? run)
    {
        StackGuard.Check();
        if (left.Count != right.Count)
        {
            return false;
        }
        for (var i = 0; i < left.Count; i++)
        {
            run?.Step();
            if (AreEqual(left[i], right[i], run) != true)
            {
                return false;
            }
        }
        return true;
    }

    private static bool Contexts(FeelContext left, FeelContext right, Run? run)
    {
        StackGuard.Check();
        if (left.Count != right.Count)
        {
            return false;
        }
        foreach (var (name, value) in left)
        {
            run?.Step();
            if (!right.TryGet(name, out var other) || AreEqual(value, other, run) != true)
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
        FeelKind.List => ListHash(value.AsList()),
        FeelKind.Context => ContextHash(value.AsContext()),
        FeelKind.Number or FeelKind.Date or FeelKind.DayTimeDuration or FeelKind.YearMonthDuration =>
            HashCode.Combine(value.Kind, value.Amount),
        FeelKind.DateAndTime => Comparison.WholeSecondsOf(value.AsDateAndTime()).GetHashCode(),
        FeelKind.Time => Comparison.WholeSecondsOf(value.AsTime()).GetHashCode(),
        _ => (int)value.Kind,
    };

    // A few items tell most lists apart; all of them, and what is in them, might be too many.
    private const int HashedItems = 8;

    private static int ListHash(IReadOnlyList<FeelValue> list)
    {
        var hash = new HashCode();
        hash.Add(list.Count);
        for (var i = 0; i < list.Count && i < HashedItems; i++)
        {
            hash.Add(ShallowHash(list[i]));
        }
        return hash.ToHashCode();
    }

    // The order of entries does not matter, so it must not enter.
    private static int ContextHash(FeelContext context)
    {
        var hash = context.Count;
        if (context.Count <= HashedItems)
        {
            foreach (var (name, value) in context)
            {
                hash ^= HashCode.Combine(name, ShallowHash(value));
            }
        }
        return hash;
    }

    private static int ShallowHash(FeelValue value) => value.Kind switch
    {
        FeelKind.List => value.AsList().Count,
        FeelKind.Context => value.AsContext().Count,
        _ => Hash(value),
    };
}

/// <summary>Equality within an evaluation, which counts what is compared.</summary>
internal sealed class CountedEquality(Run run) : IEqualityComparer<FeelValue>
{
    public bool Equals(FeelValue left, FeelValue right)
    {
        run.Step();
        return left.Kind == right.Kind && Equality.AreEqual(left, right, run) == true;
    }

    public int GetHashCode(FeelValue value) => Equality.Hash(value);
}
