namespace Evaluation.Rules.Feel;

/// <summary>Properties of temporal values and ranges (DMN 1.5, table 65).</summary>
internal static class Properties
{
    /// <summary>The property, FEEL null where it has no value, or null where the kind has no such property.</summary>
    public static FeelValue? Get(FeelValue value, string name) => value.Kind switch
    {
        FeelKind.Date => Day(value.AsFeelDate(), name) ?? Midnight(name),
        FeelKind.DateAndTime => Day(value.AsDateAndTime().Date, name)
            ?? Clock(value.AsDateAndTime().Time, value.AsDateAndTime().OffsetSeconds, name),
        FeelKind.Time => Clock(value.AsTime(), Comparison.TimeOffset(value.AsTime()), name),
        FeelKind.DayTimeDuration => DayTime(value.AsSeconds(), name),
        FeelKind.YearMonthDuration => YearMonth(value.AsMonths(), name),
        FeelKind.Range => Ends(value.AsRange(), name),
        _ => (FeelValue?)null,
    };

    private static FeelValue? Day(FeelDate date, string name) => name switch
    {
        "year" => (decimal)date.Year,
        "month" => (decimal)date.Month,
        "day" => (decimal)date.Day,
        "weekday" => (decimal)date.Weekday,
        _ => (FeelValue?)null,
    };

    // A date is a date and time at midnight UTC (10.3.2.3.5): its clock reads zero.
    private static FeelValue? Midnight(string name) => name switch
    {
        "hour" or "minute" or "second" => 0m,
        "time offset" => FeelValue.DayTimeDuration(0),
        "timezone" => FeelValue.Null,
        _ => (FeelValue?)null,
    };

    private static FeelValue? Clock(FeelTime time, int? offset, string name) => name switch
    {
        "hour" => (decimal)time.Hour,
        "minute" => (decimal)time.Minute,
        "second" => time.SecondOfDay % 60,
        "time offset" => offset is { } seconds ? FeelValue.DayTimeDuration(seconds) : FeelValue.Null,
        "timezone" => time.Zone,
        _ => (FeelValue?)null,
    };

    private static FeelValue? DayTime(decimal seconds, string name) => name switch
    {
        "days" => decimal.Truncate(seconds / 86_400),
        "hours" => decimal.Truncate(seconds / 3600) % 24,
        "minutes" => decimal.Truncate(seconds / 60) % 60,
        "seconds" => seconds % 60,
        _ => (FeelValue?)null,
    };

    private static FeelValue? YearMonth(long months, string name) => name switch
    {
        "years" => (decimal)(months / 12),
        "months" => (decimal)(months % 12),
        _ => (FeelValue?)null,
    };

    private static FeelValue? Ends(FeelRange range, string name) => name switch
    {
        "start" => range.Low,
        "end" => range.High,
        "start included" => range.LowClosed,
        "end included" => range.HighClosed,
        _ => (FeelValue?)null,
    };
}
