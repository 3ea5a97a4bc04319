using System.Globalization;
using Evaluation.Jobs.Storage;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// Keeps the schedules of the sources. Rows say what is to be pulled; a trigger only says "look". Every method may be
/// called at any time, by several nodes at once, and again after a crash.
/// </summary>
internal sealed partial class PullSchedule(
    SourceStore sources, PullStore pulls, ISchedulerFactory schedulers, TimeProvider time, ILogger<PullSchedule> log)
{
    private string known = "";

    /// <summary>
    /// Enters the periods of a source that ended since the last one was entered, each once: however long nobody was awake,
    /// N missed schedules make N periods. What failed is tried again then.
    /// </summary>
    /// <returns>How many were entered.</returns>
    public async Task<int> EnterDue(string code, CancellationToken cancellation)
    {
        if (await sources.Find(code, cancellation) is not { IsPaused: false } source) return 0;
        if (SourceCalendar.Parse(source.Cron) is not { } calendar) return 0;
        await Plan(source, cancellation);
        var entered = await pulls.EnteredUntil(code, cancellation) ?? source.Since;
        var due = calendar.Periods(entered, time.GetUtcNow()).ToList();
        if (due.Count == 0) return 0;
        await pulls.RetryFailed(code, cancellation);
        return await pulls.Request(code, due, "schedule", cancellation);
    }

    /// <summary>Whether a source is paused: then what waits goes on waiting.</summary>
    public async Task<bool> IsPaused(string code, CancellationToken cancellation) =>
        await sources.Find(code, cancellation) is { IsPaused: true };

    /// <summary>Looks after every source: its trigger, pulls that dead nodes left, periods that wait.</summary>
    public async Task Sweep(CancellationToken cancellation)
    {
        await PlanAll(cancellation);
        var gone = (await pulls.NodesAtWork(cancellation)).Where(Claims.IsGone).ToList();
        var taken = await pulls.TakeBack(time.GetUtcNow() - Schedules.DeadAfter, gone, cancellation);
        if (taken > 0) LogTakenBack(taken);
        var scheduler = await schedulers.GetScheduler(cancellation);
        foreach (var waiting in await pulls.Waiting(cancellation))
        {
            // The attempt is part of the key: a trigger that died with its node does not stand in the way.
            var trigger = TriggerBuilder.Create(time)
                .WithIdentity(string.Create(CultureInfo.InvariantCulture, $"{waiting.Id} #{waiting.Attempt}"), "pull")
                .ForJob(Schedules.PullJob)
                .UsingJobData(PullJob.SourceKey, waiting.Id.Source)
                .WithExecutionGroup(Schedules.PullGroup)
                .StartNow()
                .Build();
            await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellation);
        }
    }

    /// <summary>
    /// A trigger for the next moment of a source's schedule. The moment is part of its key, so planning again changes
    /// nothing; a trigger of a schedule that was changed or paused meanwhile looks, and finds nothing to do.
    /// </summary>
    private async Task Plan(Source source, CancellationToken cancellation)
    {
        if (SourceCalendar.Parse(source.Cron)?.Next(time.GetUtcNow()) is not { } next) return;
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(string.Create(CultureInfo.InvariantCulture, $"{source.Code} {next:u}"), Schedules.SourceGroup)
            .ForJob(Schedules.PullJob)
            .UsingJobData(PullJob.SourceKey, source.Code)
            .WithExecutionGroup(Schedules.PullGroup)
            .StartAt(next)
            .Build();
        var scheduler = await schedulers.GetScheduler(cancellation);
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellation);
    }

    /// <summary>
    /// Plans every source when something about one has changed, whichever program changed it, and once a minute: what
    /// a node left undone when it died is made up then.
    /// </summary>
    private async Task PlanAll(CancellationToken cancellation)
    {
        var all = await sources.List(cancellation);
        var now = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm}\n")
            + string.Join('\n', all.Select(source => $"{source.Code} {source.Cron} {source.State}"));
        if (now == known) return;
        foreach (var source in all) await EnterDue(source.Code, cancellation);

        known = now;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} pulls were left by a node that is gone; they are taken again")]
    private partial void LogTakenBack(int count);
}
