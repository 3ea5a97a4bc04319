namespace Evaluation.Rules.Feel;

/// <content>Boolean functions (table 72) and those over lists of booleans.</content>
internal static partial class Builtins
{
    private static void AddBoolean(Registry r)
    {
        r.Add("not", "negand: a", (_, a) =>
            a[0].IsTrue ? FeelValue.False : a[0].IsFalse ? FeelValue.True : FeelValue.Null);
        r.Add("all", "list: l", (_, a) => AllOrAny(a[0].AsList(), FeelValue.False));
        r.Add("all", "list: a*", (_, a) => AllOrAny(a, FeelValue.False));
        r.Add("any", "list: l", (_, a) => AllOrAny(a[0].AsList(), FeelValue.True));
        r.Add("any", "list: a*", (_, a) => AllOrAny(a, FeelValue.True));
        r.Add("is", "value1: a, value2: a", (_, a) => Is(a[0], a[1]));
    }

    private static FeelValue AllOrAny(IReadOnlyList<FeelValue> items, FeelValue decisive)
    {
        var unknown = false;
        foreach (var item in items)
        {
            if (ReferenceEquals(item.Reference, decisive.Reference))
            {
                return decisive;
            }
            unknown |= !item.IsBoolean;
        }
        return unknown ? FeelValue.Null : decisive.IsFalse;
    }

    // Same kind and same value in every part: 10:00Z and 11:00+01:00 are equal, but the one is not the other.
    private static bool Is(FeelValue a, FeelValue b)
    {
        if (a.Kind != b.Kind)
        {
            return false;
        }
        return a.Kind switch
        {
            FeelKind.Time => a.AsTime() == b.AsTime(),
            FeelKind.DateAndTime => a.AsDateAndTime() == b.AsDateAndTime(),
            _ => Equality.AreEqual(a, b) == true,
        };
    }
}
