using System.Globalization;

namespace Evaluation.Rules.Feel;

/// <summary>A day of the proleptic Gregorian calendar, years -999,999,999 to 999,999,999 (XML Schema's
/// range).</summary>
/// <param name="Year">The year; there is a year 0, as in ISO 8601.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to the month's last.</param>
public readonly record struct FeelDate(int Year, int Month, int Day) : IComparable<FeelDate>
{
    internal const int MaxYear = 999_999_999;

    /// <summary>The date of a .NET date.</summary>
    public static FeelDate From(DateOnly date) => new(date.Year, date.Month, date.Day);

    /// <summary>The .NET date; throws <see cref="InvalidOperationException"/> outside years 1 to 9999.</summary>
    public DateOnly ToDateOnly() => Year is >= 1 and <= 9999
        ? new DateOnly(Year, Month, Day)
        : throw new InvalidOperationException($"The date {this} lies outside the years 1 to 9999.");

    /// <summary>Days since 1970-01-01.</summary>
    public long EpochDay
    {
        get
        {
            // Days from civil: years run from March, so that the leap day is a year's last day.
            long y = Month <= 2 ? Year - 1L : Year;
            var era = (y >= 0 ? y : y - 399) / 400;
            var yearOfEra = y - era * 400;
            var dayOfYear = (153 * (Month + (Month > 2 ? -3 : 9)) + 2) / 5 + Day - 1;
            return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
        }
    }

    /// <summary>The date so many days after 1970-01-01.</summary>
    public static FeelDate FromEpochDay(long days)
    {
        var z = days + 719468;
        var era = (z >= 0 ? z : z - 146096) / 146097;
        var dayOfEra = z - era * 146097;
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var march = (5 * dayOfYear + 2) / 153;
        var day = (int)(dayOfYear - (153 * march + 2) / 5 + 1);
        var month = (int)(march < 10 ? march + 3 : march - 9);
        return new FeelDate((int)(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), month, day);
    }

    /// <summary>The date where there is such a day, else null.</summary>
    internal static FeelDate? Create(long year, long month, long day) =>
        Math.Abs(year) <= MaxYear && month is >= 1 and <= 12 && day >= 1 && day <= DaysIn((int)year, (int)month)
            ? new FeelDate((int)year, (int)month, (int)day)
            : null;

    internal static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    internal static int DaysIn(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>1 for Monday to 7 for Sunday (ISO 8601).</summary>
    public int Weekday => (int)(((EpochDay + 3) % 7 + 7) % 7) + 1;

    /// <summary>1 for 1 January.</summary>
    public int DayOfYear => (int)(EpochDay - new FeelDate(Year, 1, 1).EpochDay) + 1;

    internal FeelDate? PlusDays(decimal days)
    {
        var day = EpochDay + days;
        return day > MaxYear * 366m || day < MaxYear * -366m ? null : Checked(FromEpochDay((long)day));
    }

    internal FeelDate? PlusMonths(decimal months)
    {
        var total = Year * 12m + (Month - 1) + months;
        if (Math.Abs(total) > MaxYear * 12m)
        {
            return null;
        }
        var year = (int)Math.Floor(total / 12);
        var month = (int)(total - year * 12m) + 1;
        return new FeelDate(year, month, Math.Min(Day, DaysIn(year, month)));
    }

    private static FeelDate? Checked(FeelDate date) => Math.Abs((long)date.Year) <= MaxYear ? date : null;

    /// <inheritdoc/>
    public int CompareTo(FeelDate other) => EpochDay.CompareTo(other.EpochDay);

    /// <summary>ISO 8601, such as 2025-11-22; the year has at least four digits.</summary>
    public override string ToString()
    {
        var year = Math.Abs((long)Year).ToString("0000", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{(Year < 0 ? "-" : "")}{year}-{Month:00}-{Day:00}");
    }
}

/// <summary>A time of day. At most one of offset and zone is given; neither means local time.</summary>
/// <param name="NanosecondOfDay">0 to 86,399,999,999,999.</param>
/// <param name="OffsetSeconds">The distance from UTC in seconds, or null.</param>
/// <param name="Zone">An IANA zone id such as Asia/Shanghai, or null.</param>
public sealed record FeelTime(long NanosecondOfDay, int? OffsetSeconds, string? Zone)
{
    internal const long NanosecondsPerSecond = 1_000_000_000;
    internal const long NanosecondsPerDay = 86_400 * NanosecondsPerSecond;

    /// <summary>0 to 23.</summary>
    public int Hour => (int)(NanosecondOfDay / NanosecondsPerSecond / 3600);
    /// <summary>0 to 59.</summary>
    public int Minute => (int)(NanosecondOfDay / NanosecondsPerSecond / 60 % 60);
    /// <summary>0 to 59, without its fraction.</summary>
    public int Second => (int)(NanosecondOfDay / NanosecondsPerSecond % 60);
    /// <summary>The fraction of the second in nanoseconds.</summary>
    public int Nanosecond => (int)(NanosecondOfDay % NanosecondsPerSecond);

    /// <summary>The seconds since midnight with their fraction.</summary>
    internal decimal SecondOfDay => (decimal)NanosecondOfDay / NanosecondsPerSecond;

    internal static FeelTime At(int hour, int minute, int second, int nanosecond = 0, int? offset = null,
        string? zone = null)
        => new((hour * 3600L + minute * 60 + second) * NanosecondsPerSecond + nanosecond, offset, zone);

    /// <summary>ISO 8601, such as 08:30:00+08:00; a zone follows after @.</summary>
    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Hour:00}:{Minute:00}:{Second:00}");
        if (Nanosecond != 0)
        {
            text += "." + Nanosecond.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        }
        return text + (Zone is not null ? "@" + Zone : OffsetSeconds is { } offset ? OffsetText(offset) : "");
    }

    private static string OffsetText(int offset)
    {
        if (offset == 0)
        {
            return "Z";
        }
        var size = Math.Abs(offset);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{(offset < 0 ? '-' : '+')}{size / 3600:00}:{size / 60 % 60:00}");
        return size % 60 == 0 ? text : text + string.Create(CultureInfo.InvariantCulture, $":{size % 60:00}");
    }
}

/// <summary>A day and a time of day; offset or zone are the time's.</summary>
public sealed record FeelDateAndTime(FeelDate Date, FeelTime Time)
{
    /// <summary>Seconds since 1970-01-01T00:00:00 of the value as it stands, its offset left aside.</summary>
    internal decimal LocalSeconds => Date.EpochDay * 86_400m + Time.SecondOfDay;

    /// <summary>The distance from UTC in seconds: the offset, or what the zone had at that moment; null without
    /// either.</summary>
    public int? OffsetSeconds => Time.OffsetSeconds ?? (Time.Zone is { } zone ? Zones.Offset(zone, this) : null);

    /// <summary>Seconds since 1970-01-01T00:00:00Z; null where there is neither offset nor zone.</summary>
    internal decimal? InstantSeconds => OffsetSeconds is { } offset ? LocalSeconds - offset : null;

    internal static FeelDateAndTime? FromLocalSeconds(decimal seconds, int? offset, string? zone)
    {
        var days = Math.Floor(seconds / 86_400m);
        if (Math.Abs(days) > FeelDate.MaxYear * 366m)
        {
            return null;
        }
        var date = FeelDate.FromEpochDay((long)days);
        if (Math.Abs((long)date.Year) > FeelDate.MaxYear)
        {
            return null;
        }
        var nanoseconds = (long)((seconds - days * 86_400m) * FeelTime.NanosecondsPerSecond);
        return new FeelDateAndTime(date, new FeelTime(nanoseconds, offset, zone));
    }

    internal static FeelDateAndTime From(DateTimeOffset moment)
    {
        var nanoseconds = moment.TimeOfDay.Ticks * 100;
        var offset = (int)moment.Offset.TotalSeconds;
        return new FeelDateAndTime(FeelDate.From(DateOnly.FromDateTime(moment.DateTime)),
            new FeelTime(nanoseconds, offset, null));
    }

    /// <summary>The same moment in a zone, or null where the zone is unknown or the moment has no offset.</summary>
    internal FeelDateAndTime? InUtc() => InstantSeconds is { } instant ? FromLocalSeconds(instant, 0, null) : null;

    /// <summary>ISO 8601, such as 2025-11-22T08:30:00+08:00.</summary>
    public override string ToString() => Date + "T" + Time;
}

/// <summary>Zone ids of the IANA data base, as installed with .NET or the operating system.</summary>
internal static class Zones
{
    public static bool Exists(string zone) => Find(zone) is not null;

    /// <summary>The zone's distance from UTC in seconds at a local time; in years .NET can't hold, that of the
    /// nearest year with the same calendar.</summary>
    public static int? Offset(string zone, FeelDateAndTime local)
    {
        return Find(zone) is { } found
            ? (int)found.GetUtcOffset(Moment(local, DateTimeKind.Unspecified)).TotalSeconds
            : null;
    }

    /// <summary>The zone's distance from UTC in seconds at a moment, given in seconds since
    /// 1970-01-01T00:00:00Z.</summary>
    public static int? OffsetAt(string zone, decimal instant) =>
        Find(zone) is { } found && FeelDateAndTime.FromLocalSeconds(instant, 0, null) is { } utc
            ? (int)found.GetUtcOffset(Moment(utc, DateTimeKind.Utc)).TotalSeconds
            : null;

    private static DateTime Moment(FeelDateAndTime value, DateTimeKind kind)
    {
        var year = value.Date.Year is >= 2 and <= 9998
            ? value.Date.Year
            : FeelDate.IsLeap(value.Date.Year) ? 9996 : 9998;
        return new DateTime(year, value.Date.Month, value.Date.Day, value.Time.Hour, value.Time.Minute,
            value.Time.Second, kind);
    }

    private static TimeZoneInfo? Find(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null;
}
