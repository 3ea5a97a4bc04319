using Evaluation.Jobs.Storage;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Scoring;

/// <summary>Scores some units of a run, each on its own.</summary>
public sealed class ScoreUnits(RuleSetsOnRecord rules, CategoryFacts facts, ScoreStore scores)
{
    /// <returns>Units scored.</returns>
    public async Task<int> Score(string run, UnitRange range, CancellationToken cancel)
    {
        var (_, ruleSet) = await rules.Of(run, cancel);
        var scorer = Scorer.Create(ruleSet, ruleSet.SchemeOf(range.Category), ruleSet.Cycle!.AsOf);
        var units = range.Of(await facts.Of(run, range.Category, cancel)).ToList();
        await scores.Save(run, units.ConvertAll(scorer.Score), cancel);
        return units.Count;
    }
}
