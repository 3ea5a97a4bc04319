using System.Globalization;

namespace Evaluation.Jobs.Collecting.Nemo;

/// <summary>A stretch of time between two instants.</summary>
internal readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To)
{
    public bool Overlaps(Stretch other) => From < other.To && other.From < To;

    /// <summary>What is left of it without the others, in order.</summary>
    public IEnumerable<Stretch> Without(IEnumerable<Stretch> others)
    {
        var (at, end) = (From, To);
        foreach (var other in others.Where(Overlaps).OrderBy(one => one.From))
        {
            if (other.From > at) yield return new Stretch(at, other.From);
            if (other.To > at) at = other.To;
        }

        if (at < end) yield return new Stretch(at, end);
    }
}

/// <summary>The clock of the place where the instruments are: which day an instant belongs to there.</summary>
internal sealed class NemoClock
{
    private readonly TimeZoneInfo zone;

    /// <param name="named">A time zone such as Asia/Shanghai, an offset such as +08:00, or null for UTC.</param>
    /// <param name="profile">Profile that names it, for the message.</param>
    public NemoClock(string? named, string profile)
    {
        if (named is null) zone = TimeZoneInfo.Utc;
        else if (TimeSpan.TryParse(named.TrimStart('+'), CultureInfo.InvariantCulture, out var offset))
        {
            zone = TimeZoneInfo.CreateCustomTimeZone(named, offset, named, named);
        }
        else if (TimeZoneInfo.TryFindSystemTimeZoneById(named, out var found)) zone = found;
        else
        {
            throw new ImportException(
                $"导入配置 imports/{profile}.yaml 的 time_zone“{named}”不是本机知道的时区。请写 Asia/Shanghai 这样的名称，或 +08:00 这样的时差。",
                $"The time_zone '{named}' in imports/{profile}.yaml is none that this machine knows. Write a name such as "
                + "Asia/Shanghai or an offset such as +08:00.");
        }
    }

    /// <summary>The time that clocks of the place show.</summary>
    public DateTime Civil(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    public DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Civil(instant));

    /// <summary>Day by day, at most 24 hours each, also on the day on which clocks are put back.</summary>
    public IEnumerable<(DateOnly Day, decimal Hours)> Days(Stretch stretch)
    {
        var at = stretch.From;
        while (at < stretch.To)
        {
            var day = Day(at);
            var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
            var next = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
            var until = next < stretch.To ? next : stretch.To;
            var length = until - at;
            yield return (day, HoursOf(length > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : length));
            at = until;
        }
    }

    // To a millionth of an hour, as observations are kept.
    private static decimal HoursOf(TimeSpan length) =>
        Math.Round(length.Ticks / (decimal)TimeSpan.TicksPerHour, 6, MidpointRounding.AwayFromZero);
}
