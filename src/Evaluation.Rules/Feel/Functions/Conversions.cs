namespace Evaluation.Rules.Feel;

/// <content>Conversion functions (table 71).</content>
internal static partial class Builtins
{
    private static void AddConversions(Registry r)
    {
        r.Add("string", "from: a", (c, a) => a[0].IsNull ? FeelValue.Null : FeelText.Display(a[0], c.Run));
        r.Add("number", "from: s, grouping separator: s!, decimal separator: s!", NumberWithSeparators);
        r.Add("date", "from: s", (c, a) => TemporalSyntax.Date(a[0].AsString()) is { } date
            ? FeelValue.Date(date)
            : NoSuch(c, a[0], "date", "日期"));
        r.Add("date", "from: dm", (_, a) => FeelValue.Date(Arithmetic.Moment(a[0]).Date));
        r.Add("date", "year: n, month: n, day: n", (c, a) =>
            FeelDate.Create(Whole(a[0]), Whole(a[1]), Whole(a[2])) is { } date ? FeelValue.Date(date) : NoDay(c));
        r.Add("date and time", "from: s", DateAndTimeOf);
        r.Add("date and time", "date: dm, time: t", (_, a) =>
            FeelValue.DateAndTime(new FeelDateAndTime(Arithmetic.Moment(a[0]).Date, a[1].AsTime())));
        r.Add("time", "from: s", (c, a) => TemporalSyntax.Time(a[0].AsString()) is { } time
            ? FeelValue.Time(time)
            : NoSuch(c, a[0], "time", "时刻"));
        r.Add("time", "from: tmd", (_, a) => a[0].Kind switch
        {
            FeelKind.Time => a[0],
            FeelKind.DateAndTime => FeelValue.Time(a[0].AsDateAndTime().Time),
            _ => FeelValue.Time(new FeelTime(0, 0, null)),
        });
        r.Add("time", "hour: n, minute: n, second: n, offset: D!?", TimeOf);
        r.Add("duration", "from: s", (c, a) => Durations.Parse(a[0].AsString()) is { IsNull: false } duration
            ? duration
            : NoSuch(c, a[0], "duration", "时长"));
        r.Add("years and months duration", "from: dm, to: dm", (_, a) =>
            FeelValue.YearMonthDuration(MonthsBetween(Arithmetic.Moment(a[0]).Date, Arithmetic.Moment(a[1]).Date)));
    }

    private static long Whole(FeelValue value) => (long)decimal.Truncate(value.Amount);

    private static FeelValue NoSuch(BuiltinCall call, FeelValue text, string en, string zh) =>
        call.Null($"{text} is no {en}", $"{text} 不是{zh}");

    private static FeelValue NoDay(BuiltinCall call) => call.Null("there is no such day", "没有这一天");

    private static FeelValue NumberWithSeparators(BuiltinCall call, FeelValue[] a)
    {
        var (grouping, point) = (a[1].StringOrNull, a[2].StringOrNull);
        if (grouping is not (null or " " or "," or ".") || point is not (null or "." or ",")
            || (grouping is not null && grouping == point))
        {
            return call.Null("separators are a blank, a comma or a point, and must differ", "分隔符只能是空格、逗号或点，且不得相同");
        }
        return NumberOf(call, a[0].AsString(), grouping, point ?? ".");
    }

    private static FeelValue NumberOf(BuiltinCall call, string text, string? grouping, string point)
    {
        var plain = grouping is null ? text : text.Replace(grouping, "", StringComparison.Ordinal);
        if (point == "," && plain.Contains('.'))
        {
            return NoSuch(call, text, "number", "数值");
        }
        plain = point == "," ? plain.Replace(',', '.') : plain;
        return NumberSyntax.Parse(plain) is { } number ? number : NoSuch(call, text, "number", "数值");
    }

    private static FeelValue DateAndTimeOf(BuiltinCall call, FeelValue[] a)
    {
        var text = a[0].AsString();
        if (TemporalSyntax.DateAndTime(text) is { } both)
        {
            return FeelValue.DateAndTime(both);
        }
        return TemporalSyntax.Date(text) is { } date
            ? FeelValue.DateAndTime(new FeelDateAndTime(date, new FeelTime(0, null, null)))
            : NoSuch(call, a[0], "date and time", "日期时间");
    }

    private static FeelValue TimeOf(BuiltinCall call, FeelValue[] a)
    {
        var (hour, minute, second) = (Whole(a[0]), Whole(a[1]), a[2].Amount);
        int? offset = a.Length > 3 && !a[3].IsNull ? (int)a[3].AsSeconds() : null;
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or >= 60 || Math.Abs(offset ?? 0) > 18 * 3600)
        {
            return call.Null("there is no such time", "没有这一时刻");
        }
        var nanosecond = (int)((second - decimal.Truncate(second)) * FeelTime.NanosecondsPerSecond);
        return FeelValue.Time(FeelTime.At((int)hour, (int)minute, (int)second, nanosecond, offset));
    }

    // Whole months: the last one counts once its day is reached.
    private static long MonthsBetween(FeelDate from, FeelDate to)
    {
        var months = (to.Year - (long)from.Year) * 12 + to.Month - from.Month;
        if (months > 0 && to.Day < from.Day)
        {
            return months - 1;
        }
        return months < 0 && to.Day > from.Day ? months + 1 : months;
    }
}
