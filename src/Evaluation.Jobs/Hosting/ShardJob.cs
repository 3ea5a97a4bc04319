using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// Takes one shard of a step, does it, and lets the chain go on. Whoever claims a shard first does it; a second trigger
/// for the same shard finds it taken and does nothing.
/// </summary>
internal sealed partial class ShardJob(
    RunStore ledger, YearChain chain, YearSteps steps, Claims claims, ILogger<ShardJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellation)
    {
        var data = context.MergedJobDataMap;
        var shard = new ShardId((string)data[ShardId.RunKey]!, (string)data[ShardId.StepKey]!, (string)data[ShardId.ShardKey]!);
        if (!await ledger.Claim(shard.Run, shard.Step, shard.Shard, claims.Node, cancellation)) return;
        var progress = new ShardProgress();
        using (claims.Hold(shard, progress))
        {
            if (!await Do(shard, progress, cancellation)) return;
        }

        await chain.Advance(shard.Run, cancellation);
    }

    private async Task<bool> Do(ShardId shard, ShardProgress progress, CancellationToken cancellation)
    {
        try
        {
            var message = await steps.Named(shard.Step).Work(shard.Run, shard.Shard, progress, cancellation);
            // The last word of the shard, which the heartbeat may not have carried yet: what is done stays counted.
            if (progress.Total > 0)
            {
                await ledger.Heartbeat(
                    shard.Run, shard.Step, shard.Shard, claims.Node, progress.Done, progress.Total, cancellation);
            }

            await ledger.Done(shard.Run, shard.Step, shard.Shard, message, cancellation);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The node is asked to stop: the shard goes back to be taken by anybody, at once.
            await ledger.Release(shard.Run, shard.Step, shard.Shard, CancellationToken.None);
            return false;
        }
        catch (Exception problem) when (DatabaseTrouble.IsPassing(problem))
        {
            // The database went away in the middle: nothing of the shard was kept, and it is taken again when its
            // heartbeat is too old. To say so in the database would need the database.
            LogDatabaseAway(shard, problem.Message);
            return false;
        }
        catch (Exception problem)
        {
            // What people can mend is told by the ledger; anything else is told here with its trace.
            if (!IsForPeople(problem)) LogFailed(problem, shard);
            await ledger.Failed(shard.Run, shard.Step, shard.Shard, problem.Message, CancellationToken.None);
            return false;
        }
    }

    private static bool IsForPeople(Exception problem) => problem is ImportException or BlockingFindingsException
        or RuleSetException or EdgeTieException or AllocationException or ReportRenderingException or IOException;

    [LoggerMessage(LogLevel.Warning, "The database went away during {Shard}; it will be done again ({Problem})")]
    private partial void LogDatabaseAway(ShardId shard, string problem);

    [LoggerMessage(LogLevel.Error, "{Shard} failed")]
    private partial void LogFailed(Exception problem, ShardId shard);
}
