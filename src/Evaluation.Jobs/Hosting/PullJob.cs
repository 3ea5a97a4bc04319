using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// Pulls what waits of one source, period after period. Whoever claims a period does it; a second trigger for the same
/// source finds it taken and does nothing.
/// </summary>
internal sealed partial class PullJob(
    PullSchedule schedule, PullStore pulls, PullSource job, Claims claims, ILogger<PullJob> log) : IJob
{
    public const string SourceKey = "source";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellation)
    {
        var source = (string)context.MergedJobDataMap[SourceKey]!;
        await schedule.EnterDue(source, cancellation);
        await PullWaiting(source, alsoPaused: false, cancellation);
    }

    /// <summary>Pulls the periods of a source that wait, the oldest first, until none is left or one fails.</summary>
    public async Task PullWaiting(string source, bool alsoPaused, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested
            && (alsoPaused || !await schedule.IsPaused(source, cancellation))
            && await pulls.Claim(source, claims.Node, cancellation) is { } claimed
            && await Do(claimed, cancellation))
        {
            // The next period.
        }
    }

    private async Task<bool> Do(SourcePull pull, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var heartbeat = Beat(pull.Id, ended.Token);
        try
        {
            await job.Pull(pull, claims.Node, _ => { }, cancellation);
            await pulls.Done(pull.Id, claims.Node, cancellation);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The node is asked to stop: the pull goes back with its mark, to be taken by anybody, at once.
            await pulls.Release(pull.Id, claims.Node, CancellationToken.None);
            return false;
        }
        catch (Exception problem) when (DatabaseTrouble.IsPassing(problem))
        {
            // Nothing of the page was kept; the pull is taken again from its mark when its heartbeat is too old.
            LogDatabaseAway(pull.Id, problem.Message);
            return false;
        }
        catch (Exception problem)
        {
            await pulls.Failed(pull.Id, claims.Node, InWords(pull.Id, problem), CancellationToken.None);
            return false;
        }
        finally
        {
            await ended.CancelAsync();
            await heartbeat;
        }
    }

    /// <summary>What people can mend is told as it is; anything else is told here with its trace.</summary>
    private Bilingual InWords(PullId pull, Exception problem)
    {
        if (problem is ImportException told) return told.Reason;
        if (problem is RuleSetException or IOException)
        {
            return new Bilingual($"本机问题：{problem.Message}", $"A problem of this machine: {problem.Message}");
        }

        LogFailed(problem, pull);
        return new Bilingual(
            $"程序出错（{problem.GetType().Name}），详情见程序日志；下次定时会再试",
            $"An error of the program ({problem.GetType().Name}), with its trace in the log; it is tried again at the next "
            + "schedule");
    }

    private async Task Beat(PullId pull, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Schedules.Heartbeat);
        try
        {
            while (await timer.WaitForNextTickAsync(ended)) await pulls.Heartbeat(pull, claims.Node, ended);
        }
        catch (OperationCanceledException)
        {
            // The pull has ended.
        }
        catch (Exception problem) when (DatabaseTrouble.IsPassing(problem))
        {
            LogDatabaseAway(pull, problem.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database went away during the pull {Pull}; it will go on ({Problem})")]
    private partial void LogDatabaseAway(PullId pull, string problem);

    [LoggerMessage(LogLevel.Error, "The pull {Pull} failed")]
    private partial void LogFailed(Exception problem, PullId pull);
}
