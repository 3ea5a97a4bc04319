namespace Evaluation.Rules.Feel;

/// <content>Temporal functions (table 79) and the present moment (table 71), which is always given from
/// outside.</content>
internal static partial class Builtins
{
    private static readonly string[] Weekdays =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];

    private static void AddTemporal(Registry r)
    {
        r.Add("day of year", "date: dm", (_, a) => (decimal)Day(a[0]).DayOfYear);
        r.Add("day of week", "date: dm", (_, a) => Weekdays[Day(a[0]).Weekday - 1]);
        r.Add("month of year", "date: dm", (_, a) => Months[Day(a[0]).Month - 1]);
        r.Add("week of year", "date: dm", (_, a) => (decimal)WeekOfYear(Day(a[0])));
        r.Add("now", "", (c, _) => c.Run.Now is { } now
            ? FeelValue.DateAndTime(FeelDateAndTime.From(now))
            : NoClock(c));
        r.Add("today", "", (c, _) => c.Run.Now is { } now ? DateOnly.FromDateTime(now.DateTime) : NoClock(c));
    }

    private static FeelDate Day(FeelValue value) => Arithmetic.Moment(value).Date;

    private static FeelValue NoClock(BuiltinCall call) =>
        call.Null("no moment was given to evaluate at", "未给定计算时点");

    // ISO 8601: a week belongs to the year that has its Thursday.
    private static int WeekOfYear(FeelDate date)
    {
        var thursday = FeelDate.FromEpochDay(date.EpochDay + 4 - date.Weekday);
        return (thursday.DayOfYear - 1) / 7 + 1;
    }
}
