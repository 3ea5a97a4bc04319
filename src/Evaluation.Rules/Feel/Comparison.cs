namespace Evaluation.Rules.Feel;

/// <summary>Order of values of one kind (DMN 1.5, table 54); null where two values have none.</summary>
internal static class Comparison
{
    public static int? Compare(FeelValue left, FeelValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return left.Amount.CompareTo(right.Amount);
        }
        if (left.Kind != right.Kind)
        {
            return null;
        }
        return left.Kind switch
        {
            FeelKind.String => CodePoints(left.AsString(), right.AsString()),
            FeelKind.Date or FeelKind.DayTimeDuration or FeelKind.YearMonthDuration =>
                left.Amount.CompareTo(right.Amount),
            FeelKind.Time => Times(left.AsTime(), right.AsTime()),
            FeelKind.DateAndTime => Moments(left.AsDateAndTime(), right.AsDateAndTime()),
            _ => null,
        };
    }

    /// <summary>Where one of the two has no offset, the other's holds for both (table 54); two that are then the same
    /// are neither equal nor is one before the other.</summary>
    public static int? Times(FeelTime left, FeelTime right) => InOrder(
        WholeSecond(left.SecondOfDay), TimeOffset(left), WholeSecond(right.SecondOfDay), TimeOffset(right));

    internal static int? TimeOffset(FeelTime time) => time.OffsetSeconds ?? (time.Zone is { } zone
        ? Zones.Offset(zone, new FeelDateAndTime(new FeelDate(1970, 1, 1), time))
        : null);

    /// <summary>As for times.</summary>
    public static int? Moments(FeelDateAndTime left, FeelDateAndTime right) => InOrder(
        WholeSecond(left.LocalSeconds), left.OffsetSeconds, WholeSecond(right.LocalSeconds), right.OffsetSeconds);

    private static int? InOrder(decimal left, int? a, decimal right, int? b)
    {
        var order = (left - (a ?? b ?? 0)).CompareTo(right - (b ?? a ?? 0));
        return order == 0 && a is null != b is null ? null : order;
    }

    /// <summary>What equal times have in common.</summary>
    internal static decimal WholeSecondsOf(FeelTime time) => WholeSecond(time.SecondOfDay) - (TimeOffset(time) ?? 0);

    /// <summary>What equal moments have in common.</summary>
    internal static decimal WholeSecondsOf(FeelDateAndTime moment) =>
        WholeSecond(moment.LocalSeconds) - (moment.OffsetSeconds ?? 0);

    // The conformance kit compares times by the second (0068-feel-equality, time_005 and datetime_003_a).
    private static decimal WholeSecond(decimal seconds) => Math.Floor(seconds);

    // UTF-16 order is not code point order once surrogates meet U+E000 and above.
    private static int CodePoints(string left, string right)
    {
        var shared = Math.Min(left.Length, right.Length);
        for (var i = 0; i < shared; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a != b)
            {
                return char.IsSurrogate(a) != char.IsSurrogate(b) ? (char.IsSurrogate(a) ? 1 : -1) : a.CompareTo(b);
            }
        }
        return left.Length.CompareTo(right.Length);
    }
}
