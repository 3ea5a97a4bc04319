using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Allocating;

/// <summary>Shares the pot of one category among its graded units.</summary>
public sealed class AllocatePool(RuleSetsOnRecord rules, CategoryFacts facts, ScoreStore scores, AllocationStore allocations)
{
    /// <returns>The allocation, or null where the scheme gives no money.</returns>
    /// <exception cref="InvalidOperationException">The award policy names a pool that the cycle does not have.</exception>
    public async Task<AllocationResult?> Allocate(string run, string category, CancellationToken cancel)
    {
        var (_, ruleSet) = await rules.Of(run, cancel);
        var scheme = ruleSet.SchemeOf(category);
        if (scheme.Awards is not { } policy) return null;
        var pool = ruleSet.Cycle!.Pools.FirstOrDefault(pool => pool.Id == policy.Pool)
            ?? throw new InvalidOperationException(
                $"{policy.Location}: the cycle has no pool '{policy.Pool}': add it to cycle.yaml.");
        var compiled = Scorer.Create(ruleSet, scheme, ruleSet.Cycle.AsOf).Compiled;
        var known = (await facts.Of(run, category, cancel)).ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
        var units = (await scores.Cards(run, category, cancel))
            .ConvertAll(stored => stored.Card)
            .ConvertAll<(UnitFacts Facts, ScoreCard Card)>(card => (known[card.Unit], card));
        var result = Allocator.Allocate(compiled, pool, units);
        await allocations.Save(run, category, result, cancel);
        return result;
    }
}
