using Quartz;

namespace Evaluation.Jobs.Hosting;

/// <summary>The sweeper, run by one node of the cluster at a time.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(YearChain chain, PullSchedule pulls) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellation)
    {
        await chain.Sweep(cancellation);
        await pulls.Sweep(cancellation);
    }
}
