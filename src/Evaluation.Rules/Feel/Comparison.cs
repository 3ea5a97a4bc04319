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

    /// <summary>Times with and without an offset can't be compared; with one they are compared in UTC.</summary>
    public static int? Times(FeelTime left, FeelTime right)
    {
        var (a, b) = (TimeOffset(left), TimeOffset(right));
        if (a is null != b is null)
        {
            return null;
        }
        var difference = WholeSecond(left) - (a ?? 0) - (WholeSecond(right) - (b ?? 0));
        return Math.Sign(difference);
    }

    internal static int? TimeOffset(FeelTime time) => time.OffsetSeconds ?? (time.Zone is { } zone
        ? Zones.Offset(zone, new FeelDateAndTime(new FeelDate(1970, 1, 1), time))
        : null);

    public static int? Moments(FeelDateAndTime left, FeelDateAndTime right)
    {
        var (a, b) = (left.InstantSeconds, right.InstantSeconds);
        if (a is null != b is null)
        {
            return null;
        }
        return Math.Floor(a ?? left.LocalSeconds).CompareTo(Math.Floor(b ?? right.LocalSeconds));
    }

    // The value of a time is made of its hour, minute and second (10.3.2.3.4), of which the second is a whole number.
    private static long WholeSecond(FeelTime time) => time.NanosecondOfDay / FeelTime.NanosecondsPerSecond;

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
