using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Allocating;

/// <summary>Shares the pots of one category among its graded units.</summary>
public sealed class AllocatePool(RuleSetsOnRecord rules, CategoryFacts facts, ScoreStore scores, AllocationStore allocations)
{
    /// <returns>One allocation a pool of the scheme, in its order; none where it gives no money.</returns>
    /// <exception cref="InvalidOperationException">The award policy names a pool that the cycle does not have.</exception>
    public async Task<IReadOnlyList<AllocationResult>> Allocate(string run, string category, CancellationToken cancel)
    {
        var (_, ruleSet) = await rules.Of(run, cancel);
        var scheme = ruleSet.SchemeOf(category);
        if (scheme.Awards.Count == 0) return [];
        var compiled = Scorer.Create(ruleSet, scheme, ruleSet.Cycle!.AsOf).Compiled;
        var known = (await facts.Of(run, category, cancel)).ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
        var units = (await scores.Cards(run, category, cancel))
            .ConvertAll(stored => stored.Card)
            .ConvertAll<(UnitFacts Facts, ScoreCard Card)>(card => (known[card.Unit], card));
        var results = Allocator.AllocateAll(compiled, ruleSet.Cycle.Pools, units);
        foreach (var result in results) await allocations.Save(run, category, result, cancel);
        return results;
    }
}
