using Quartz;

namespace Evaluation.Jobs.Hosting;

/// <summary>Every schedule and every waiting time of the jobs, in one place.</summary>
internal static class Schedules
{
    public const string Scheduler = "evaluation";

    /// <summary>How often runs are looked after: requested ones started, shards of dead nodes given to others.</summary>
    public static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);

    /// <summary>How often a node says that it is still at work on its shards.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// A shard whose node has said nothing for so long is taken again. Should the node live after all, the shard is done
    /// twice, which changes nothing: every result row has a natural key.
    /// </summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(6);

    /// <summary>A shard that killed its node so often is not tried again by itself.</summary>
    public const int MostAttempts = 6;

    public static readonly TimeSpan ClusterCheckin = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan ClusterPatience = TimeSpan.FromSeconds(4);
    public static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);

    public static readonly JobKey ShardJob = new("shard", "year");
    public static readonly JobKey SweepJob = new("sweep", "year");
    public static readonly JobKey PullJob = new("pull", "sources");

    /// <summary>Triggers of the sources, each for the next moment of its source's schedule.</summary>
    public const string SourceGroup = "sources";

    /// <summary>Pulls mostly wait for others: so many may be under way on a node besides the shards of runs.</summary>
    public const string PullGroup = "pulls";

    public const int PullsANode = 4;

    /// <summary>Shards of runs at the same time on a node: they keep the processors busy.</summary>
    public static readonly int ShardsANode = Math.Clamp(Environment.ProcessorCount, 2, 16);

    public static void Register(IQuartzBuilder quartz)
    {
        quartz.AddJob<ShardJob>(job => job
            .WithIdentity(ShardJob)
            .WithDescription("One shard of one step of a run")
            .StoreDurably());
        quartz.AddJob<SweepJob>(job => job
            .WithIdentity(SweepJob)
            .WithDescription("Looks after runs: starts requested ones, takes up what dead nodes left")
            .StoreDurably());
        quartz.AddJob<PullJob>(job => job
            .WithIdentity(PullJob)
            .WithDescription("Pulls what waits of one source, period after period")
            .StoreDurably());
        quartz.UseExecutionLimits(limits => limits.ForGroup(PullGroup, PullsANode).ForDefaultGroup(ShardsANode));
        quartz.AddTrigger(trigger => trigger
            .WithIdentity("sweep", "year")
            .ForJob(SweepJob)
            .WithSimpleSchedule(schedule => schedule
                .WithInterval(Sweep)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
    }
}
