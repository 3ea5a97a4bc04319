using Evaluation.Jobs.Storage;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// What makes one step follow the other. The ledger says where a run is; a trigger only says "look". Every method may be
/// called at any time, by several nodes at once, and again after a crash: rows and triggers have natural keys.
/// </summary>
internal sealed partial class YearChain(
    RunStore ledger, YearSteps steps, ISchedulerFactory schedulers, TimeProvider time, ILogger<YearChain> log)
{
    /// <summary>Requests the next step when the one before is done, and triggers what waits to be taken.</summary>
    public async Task Advance(string run, CancellationToken cancellation)
    {
        var found = await ledger.Find(run, cancellation);
        if (found is not { State: "requested" or "running" }) return;
        if (found.State == "requested") await ledger.Started(run, cancellation);
        var rows = await ledger.Steps(run, cancellation);
        foreach (var step in steps.InOrder)
        {
            var shards = rows.Where(row => row.Step == step.Name).OrderBy(row => row.Ordinal).ToList();
            if (shards.Count == 0)
            {
                await ledger.RequestStep(run, step.Name, await step.Shards(run, cancellation), cancellation);
                shards = [.. (await ledger.Steps(run, cancellation)).Where(row => row.Step == step.Name).OrderBy(row => row.Ordinal)];
            }

            if (shards.All(shard => shard.State == "done")) continue;
            await Trigger(run, step, shards, cancellation);
            return;
        }
    }

    /// <summary>Looks after every run that is not finished.</summary>
    public async Task Sweep(CancellationToken cancellation)
    {
        var dead = await ledger.TakeBack(time.GetUtcNow() - Schedules.DeadAfter, Schedules.MostAttempts, cancellation);
        foreach (var shard in dead) LogTakenBack(shard.Run, shard.Step, shard.Shard);
        foreach (var node in (await ledger.NodesAtWork(cancellation)).Where(Claims.IsGone))
        {
            LogGone(node);
            await ledger.TakeBackFrom(node, cancellation);
        }

        foreach (var run in await ledger.Unfinished(cancellation))
        {
            try
            {
                await Advance(run, cancellation);
            }
            catch (Exception problem) when (problem is not OperationCanceledException && !DatabaseTrouble.IsPassing(problem))
            {
                // A step that cannot even be planned (a rule set that no longer loads) stops its run, not the others.
                LogCannotGoOn(problem, run);
                await ledger.Stop(run, problem.Message, cancellation);
            }
        }
    }

    private async Task Trigger(string run, YearStep step, List<RunStep> shards, CancellationToken cancellation)
    {
        var open = shards.Where(shard => shard.State != "done").ToList();
        var next = step.Turn is { } turn
            ? open.TakeWhile(shard => turn(shard.Shard) == turn(open[0].Shard))
            : open;
        var scheduler = await schedulers.GetScheduler(cancellation);
        foreach (var shard in next.Where(shard => shard.State == "requested"))
        {
            // The attempt is part of the key: a trigger that died with its node does not stand in the way.
            var trigger = TriggerBuilder.Create(time)
                .WithIdentity($"{step.Name} {shard.Shard} #{shard.Attempt}", run)
                .ForJob(Schedules.ShardJob)
                .UsingJobData(ShardId.RunKey, run)
                .UsingJobData(ShardId.StepKey, step.Name)
                .UsingJobData(ShardId.ShardKey, shard.Shard)
                .StartNow()
                .Build();
            await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellation);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Run}: {Step} {Shard} was left by a node that is gone; it is taken again")]
    private partial void LogTakenBack(string run, string step, string shard);

    [LoggerMessage(LogLevel.Information, "The node {Node} is gone; what it held is taken again")]
    private partial void LogGone(string node);

    [LoggerMessage(LogLevel.Error, "{Run} cannot go on")]
    private partial void LogCannotGoOn(Exception problem, string run);
}
