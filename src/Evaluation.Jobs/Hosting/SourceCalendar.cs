using Evaluation.Jobs.Collecting.Pulling;
using Quartz;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// The schedule of a source: a cron expression (second minute hour day month weekday [year]) read in Beijing time. The
/// time between two of its moments is a period, and each period is pulled once.
/// </summary>
public sealed class SourceCalendar
{
    private static readonly TimeZoneInfo Beijing =
        TimeZoneInfo.CreateCustomTimeZone("Beijing", PullRequest.CivilOffset, "Beijing", "Beijing");

    private SourceCalendar(CronExpression cron) => Cron = cron;

    internal CronExpression Cron { get; }

    /// <summary>The calendar of an expression, or null when it is none.</summary>
    public static SourceCalendar? Parse(string cron)
    {
        try
        {
            return new SourceCalendar(new CronExpression(cron, Beijing));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The next moment after another, or null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => Cron.GetNextValidTimeAfter(after);

    /// <summary>The periods that ended since one was last entered: from moment to moment, the first from where that one ended.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Periods(DateTimeOffset enteredUntil, DateTimeOffset now)
    {
        var from = enteredUntil;
        while (Next(from) is { } to && to <= now)
        {
            yield return (from, to);
            from = to;
        }
    }
}
