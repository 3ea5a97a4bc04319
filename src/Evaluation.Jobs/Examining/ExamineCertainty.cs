using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Examining;

/// <summary>Examines how certain the results of one category are.</summary>
public sealed class ExamineCertainty(RuleSetsOnRecord rules, CategoryFacts facts, CertaintyStore studies)
{
    /// <param name="progress">Told the number of draws done and of all of them.</param>
    /// <returns>The study, or null where the cycle declares no examination.</returns>
    public async Task<CategoryCertainty?> Examine(
        string run, string category, Action<long, long> progress, CancellationToken cancel)
    {
        var (_, ruleSet) = await rules.Of(run, cancel);
        var study = Study(ruleSet, category, await facts.Of(run, category, cancel), progress, cancel);
        if (study is not null) await studies.Save(run, study, cancel);
        return study;
    }

    /// <summary>The study of a category, from rules and facts alone.</summary>
    internal static CategoryCertainty? Study(
        RuleSet rules, string category, IReadOnlyList<UnitFacts> facts, Action<long, long>? progress = null,
        CancellationToken cancel = default)
    {
        if (rules.Cycle!.Robustness is not { } spec) return null;
        var scheme = rules.SchemeOf(category);
        return CertaintyStudy.Of(
            Scorer.Create(rules, scheme, rules.Cycle.AsOf), spec, rules.Cycle.Pools, facts,
            done => progress?.Invoke(done, spec.Draws), cancel);
    }
}
