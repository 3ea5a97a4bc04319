using System.Collections.Concurrent;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Scoring;

/// <summary>
/// Rule sets from the texts that the database keeps: what a run is scored by does not depend on the files of today.
/// </summary>
public sealed class RuleSetsOnRecord(RuleSetStore store, RunStore runs)
{
    private readonly ConcurrentDictionary<string, RuleSet> loaded = new(StringComparer.Ordinal);

    /// <summary>A run with the rule set it is evaluated by.</summary>
    /// <exception cref="KeyNotFoundException">There is no such run.</exception>
    public async Task<(Run Run, RuleSet Rules)> Of(string run, CancellationToken cancel)
    {
        var found = await runs.Find(run, cancel) ?? throw new KeyNotFoundException($"There is no run {run}.");
        return (found, await Named(found.RuleSetHash, cancel));
    }

    /// <summary>The rule set of that hash.</summary>
    public async Task<RuleSet> Named(string hash, CancellationToken cancel) => loaded.TryGetValue(hash, out var rules)
        ? rules
        : loaded.GetOrAdd(hash, RuleSetLoader.Load(await store.Load(hash, cancel)));
}
