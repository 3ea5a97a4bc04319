using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Scoring;

/// <summary>Judges, ranks and grades the units of one category of a run, and finds what would lift each grade.</summary>
public sealed class GradeCategory(RuleSetsOnRecord rules, CategoryFacts facts, ScoreStore scores)
{
    /// <returns>Units with a card.</returns>
    /// <exception cref="InvalidOperationException">A unit has no score sheet: the completeness check of the step.</exception>
    public async Task<int> Grade(string run, string category, CancellationToken cancel)
    {
        var (_, ruleSet) = await rules.Of(run, cancel);
        var scorer = Scorer.Create(ruleSet, ruleSet.SchemeOf(category), ruleSet.Cycle!.AsOf);
        var sheets = (await scores.Sheets(run, category, cancel)).ToDictionary(sheet => sheet.Unit, StringComparer.Ordinal);
        var units = new List<(UnitFacts Facts, ScoreSheet Sheet)>();
        foreach (var unit in await facts.Of(run, category, cancel))
        {
            units.Add(sheets.TryGetValue(unit.Unit, out var sheet)
                ? (unit, sheet)
                : throw new InvalidOperationException($"The unit {unit.Unit} of {category} was not scored."));
        }

        var cards = CategoryCards.Of(scorer, units);
        await scores.Save(run, cards, cancel);
        return cards.Count;
    }
}
