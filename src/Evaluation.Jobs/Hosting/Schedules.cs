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
        quartz.AddTrigger(trigger => trigger
            .WithIdentity("sweep", "year")
            .ForJob(SweepJob)
            .WithSimpleSchedule(schedule => schedule
                .WithInterval(Sweep)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
    }
}
