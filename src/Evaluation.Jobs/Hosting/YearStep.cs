namespace Evaluation.Jobs.Hosting;

/// <summary>One step of the year: how it is cut into shards, and how a shard is done.</summary>
/// <param name="Name">Code in the run ledger.</param>
/// <param name="Turn">
/// Where the order of the shards matters: the turn of a shard. Shards of one turn may be done at once, the turns come
/// one after the other. Null where all shards may be done at once.
/// </param>
/// <param name="Shards">The shards of a run, never none; the same on every call.</param>
/// <param name="Work">Does a shard; the text it returns is shown with the shard.</param>
internal sealed record YearStep(
    string Name,
    Func<string, string>? Turn,
    Func<string, CancellationToken, Task<IReadOnlyList<string>>> Shards,
    Func<string, string, ShardProgress, CancellationToken, Task<string?>> Work);
