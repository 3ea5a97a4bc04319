using Evaluation.Jobs.Storage;
using Evaluation.Rules.Reform;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Comparing;

/// <summary>The results of a run as they are on record.</summary>
public sealed class ComparedResults(ScoreStore scores, AllocationStore allocations)
{
    public async Task<ComparedSide> Of(string run, RuleSet rules, CycleCategory category, CancellationToken cancel) => new(
        category,
        rules.SchemeOf(category.Id),
        (await scores.Cards(run, category.Id, cancel)).ConvertAll(stored => stored.Card),
        (await allocations.OfRun(run, category.Id, cancel)).ConvertAll(stored => stored.Result));
}
