namespace Evaluation.Rules.Feel;

/// <summary>The arithmetic operators (DMN 1.5, tables 55 to 58). Null where the standard gives null; an
/// <see cref="OverflowException"/> where decimal ends.</summary>
internal static class Arithmetic
{
    public static FeelValue? Add(Run run, FeelValue a, FeelValue b)
    {
        if (a.IsNumber && b.IsNumber)
        {
            return a.Amount + b.Amount;
        }
        switch (a.Kind, b.Kind)
        {
            case (FeelKind.String, FeelKind.String):
                run.CheckString((long)a.AsString().Length + b.AsString().Length);
                run.StepText((long)a.AsString().Length + b.AsString().Length);
                return a.AsString() + b.AsString();
            case (FeelKind.DayTimeDuration, FeelKind.DayTimeDuration):
                return FeelValue.DayTimeDuration(a.Amount + b.Amount);
            case (FeelKind.YearMonthDuration, FeelKind.YearMonthDuration):
                return FeelValue.YearMonthDuration((long)(a.Amount + b.Amount));
            case (FeelKind.DayTimeDuration or FeelKind.YearMonthDuration, _) when IsTemporal(b):
                return Shift(b, a.Kind, a.Amount);
            case (_, FeelKind.DayTimeDuration or FeelKind.YearMonthDuration) when IsTemporal(a):
                return Shift(a, b.Kind, b.Amount);
            default: return null;
        }
    }

    public static FeelValue? Subtract(FeelValue a, FeelValue b)
    {
        if (a.IsNumber && b.IsNumber)
        {
            return a.Amount - b.Amount;
        }
        switch (a.Kind, b.Kind)
        {
            case (FeelKind.DayTimeDuration, FeelKind.DayTimeDuration):
                return FeelValue.DayTimeDuration(a.Amount - b.Amount);
            case (FeelKind.YearMonthDuration, FeelKind.YearMonthDuration):
                return FeelValue.YearMonthDuration((long)(a.Amount - b.Amount));
            case (_, FeelKind.DayTimeDuration or FeelKind.YearMonthDuration) when IsTemporal(a):
                return Shift(a, b.Kind, -b.Amount);
            case (FeelKind.Time, FeelKind.Time): return Between(a.AsTime(), b.AsTime());
            case (FeelKind.Date or FeelKind.DateAndTime, FeelKind.Date or FeelKind.DateAndTime):
                return Between(Moment(a), Moment(b), a.Kind == FeelKind.Date, b.Kind == FeelKind.Date);
            default: return null;
        }
    }

    public static FeelValue? Multiply(FeelValue a, FeelValue b) =>
        a.IsNumber && b.IsNumber ? Product(a.Amount, b.Amount) : (a.Kind, b.Kind) switch
    {
        (FeelKind.DayTimeDuration, FeelKind.Number) or (FeelKind.Number, FeelKind.DayTimeDuration) =>
            FeelValue.DayTimeDuration(a.Amount * b.Amount),
        (FeelKind.YearMonthDuration, FeelKind.Number) or (FeelKind.Number, FeelKind.YearMonthDuration) =>
            FeelValue.YearMonthDuration((long)decimal.Truncate(a.Amount * b.Amount)),
        _ => (FeelValue?)null,
    };

    public static FeelValue? Divide(FeelValue a, FeelValue b)
    {
        if (b.Amount == 0)
        {
            return null;
        }
        return a.IsNumber && b.IsNumber ? Quotient(a.Amount, b.Amount) : (a.Kind, b.Kind) switch
        {
            (FeelKind.DayTimeDuration, FeelKind.Number) => FeelValue.DayTimeDuration(a.Amount / b.Amount),
            (FeelKind.YearMonthDuration, FeelKind.Number) =>
                FeelValue.YearMonthDuration((long)decimal.Truncate(a.Amount / b.Amount)),
            (FeelKind.DayTimeDuration, FeelKind.DayTimeDuration)
                or (FeelKind.YearMonthDuration, FeelKind.YearMonthDuration) => Quotient(a.Amount, b.Amount),
            _ => (FeelValue?)null,
        };
    }

    // .NET gives 0 where a product is too small for it; that would be a wrong number.
    private static FeelValue? Product(decimal a, decimal b)
    {
        var product = a * b;
        return product == 0 && a != 0 && b != 0 ? (FeelValue?)null : product;
    }

    private static FeelValue? Quotient(decimal a, decimal b)
    {
        var quotient = a / b;
        return quotient == 0 && a != 0 ? (FeelValue?)null : quotient;
    }

    public static FeelValue? Power(FeelValue a, FeelValue b) =>
        a.IsNumber && b.IsNumber && DecimalMath.Power(a.Amount, b.Amount) is { } power ? power : (FeelValue?)null;

    private static bool IsTemporal(FeelValue value) =>
        value.Kind is FeelKind.Date or FeelKind.Time or FeelKind.DateAndTime;

    private static FeelValue? Shift(FeelValue value, FeelKind by, decimal amount)
    {
        switch (value.Kind)
        {
            case FeelKind.Date when by == FeelKind.YearMonthDuration:
                return value.AsFeelDate().PlusMonths(amount) is { } later ? FeelValue.Date(later) : (FeelValue?)null;
            case FeelKind.Date:
                // A date counts as its midnight; the result is the date on which that moment falls.
                return value.AsFeelDate().PlusDays(Math.Floor(amount / 86_400)) is { } day
                    ? FeelValue.Date(day)
                    : (FeelValue?)null;
            case FeelKind.Time when by == FeelKind.DayTimeDuration:
                return FeelValue.Time(Shift(value.AsTime(), amount));
            case FeelKind.DateAndTime when by == FeelKind.YearMonthDuration:
                var at = value.AsDateAndTime();
                return at.Date.PlusMonths(amount) is { } date
                    ? FeelValue.DateAndTime(at with { Date = date })
                    : (FeelValue?)null;
            case FeelKind.DateAndTime:
                return Shift(value.AsDateAndTime(), amount) is { } moved
                    ? FeelValue.DateAndTime(moved)
                    : (FeelValue?)null;
            default: return null;
        }
    }

    private static FeelTime Shift(FeelTime time, decimal seconds)
    {
        var total = time.SecondOfDay + seconds;
        total -= Math.Floor(total / 86_400) * 86_400;
        return time with { NanosecondOfDay = (long)(total * FeelTime.NanosecondsPerSecond) };
    }

    private static FeelDateAndTime? Shift(FeelDateAndTime at, decimal seconds)
    {
        // In a zone a duration is elapsed time, not a difference on the clock's face.
        if (at.Time.Zone is { } zone && at.InstantSeconds is { } instant
            && Zones.OffsetAt(zone, instant + seconds) is { } offset)
        {
            return FeelDateAndTime.FromLocalSeconds(instant + seconds + offset, null, zone);
        }
        return FeelDateAndTime.FromLocalSeconds(at.LocalSeconds + seconds, at.Time.OffsetSeconds, at.Time.Zone);
    }

    private static FeelValue? Between(FeelTime a, FeelTime b)
    {
        var (x, y) = (Comparison.TimeOffset(a), Comparison.TimeOffset(b));
        if (x is null != y is null)
        {
            return null;
        }
        return FeelValue.DayTimeDuration(a.SecondOfDay - (x ?? 0) - (b.SecondOfDay - (y ?? 0)));
    }

    internal static FeelDateAndTime Moment(FeelValue value) => value.Kind == FeelKind.DateAndTime
        ? value.AsDateAndTime()
        : new FeelDateAndTime(value.AsFeelDate(), new FeelTime(0, null, null));

    private static FeelValue? Between(FeelDateAndTime a, FeelDateAndTime b, bool aIsDate, bool bIsDate)
    {
        var (x, y) = (a.OffsetSeconds, b.OffsetSeconds);
        // A date stands for its midnight in UTC (10.3.2.3.6): from a moment without an offset it has no distance.
        if (aIsDate != bIsDate)
        {
            (x, y) = (aIsDate ? 0 : x, bIsDate ? 0 : y);
        }
        if (x is null != y is null)
        {
            return null;
        }
        return FeelValue.DayTimeDuration(a.LocalSeconds - (x ?? 0) - (b.LocalSeconds - (y ?? 0)));
    }
}
