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
        var entered = await pulls.EnteredUntil(code, cancellation) ?? source.Since;
        var due = calendar.Periods(entered, time.GetUtcNow()).ToList();
        if (due.Count == 0) return 0;
        await pulls.RetryFailed(code, cancellation);
        return await pulls.Request(code, due, "schedule", cancellation);
    }

    /// <summary>Looks after every source: its trigger, pulls that dead nodes left, periods that wait.</summary>
    public async Task Sweep(CancellationToken cancellation)
    {
        await KeepTriggers(cancellation);
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

    /// <summary>The cron triggers follow the rows: added, changed and paused sources, whichever program changed them.</summary>
    private async Task KeepTriggers(CancellationToken cancellation)
    {
        var all = await sources.List(cancellation);
        var now = string.Join('\n', all.Select(source => $"{source.Code} {source.Cron} {source.State}"));
        if (now == known) return;
        var scheduler = await schedulers.GetScheduler(cancellation);
        foreach (var source in all)
        {
            var key = new TriggerKey(source.Code, Schedules.SourceGroup);
            if (source.IsPaused || SourceCalendar.Parse(source.Cron) is not { } calendar)
            {
                await scheduler.UnscheduleJob(key, cancellation);
                continue;
            }

            // A node that wakes up after missed moments looks once; the rows say how many periods that makes. The
            // periods missed while the trigger did not exist yet are entered at once.
            await EnterDue(source.Code, cancellation);
            var trigger = TriggerBuilder.Create(time)
                .WithIdentity(key)
                .ForJob(Schedules.PullJob)
                .UsingJobData(PullJob.SourceKey, source.Code)
                .WithExecutionGroup(Schedules.PullGroup)
                .WithCronSchedule(
                    calendar.Cron, cron => cron.WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build();
            await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellation);
        }

        known = now;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} pulls were left by a node that is gone; they are taken again")]
    private partial void LogTakenBack(int count);
}
