namespace Evaluation.Jobs.Hosting;

/// <summary>One step of the year: how it is cut into shards, and how a shard is done.</summary>
/// <param name="Name">Code in the run ledger.</param>
/// <param name="OneAfterTheOther">True when the order of the shards matters.</param>
/// <param name="Shards">The shards of a run, never none; the same on every call.</param>
/// <param name="Work">Does a shard; the text it returns is shown with the shard.</param>
internal sealed record YearStep(
    string Name,
    bool OneAfterTheOther,
    Func<string, CancellationToken, Task<IReadOnlyList<string>>> Shards,
    Func<string, string, ShardProgress, CancellationToken, Task<string?>> Work);
