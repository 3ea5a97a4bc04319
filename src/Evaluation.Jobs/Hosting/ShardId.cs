namespace Evaluation.Jobs.Hosting;

/// <summary>A shard of a step of a run: the natural key of a row of the run ledger.</summary>
internal sealed record ShardId(string Run, string Step, string Shard)
{
    public const string RunKey = "run";
    public const string StepKey = "step";
    public const string ShardKey = "shard";

    public override string ToString() => $"{Run} {Step} {Shard}";
}
