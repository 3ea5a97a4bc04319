using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Grading;

/// <summary>
/// Judges, ranks and grades the units of one category. The order in which units come in does not matter; the cards come
/// out in order of rank, then the units without rank in ordinal order of their ids.
/// </summary>
public static class Grader
{
    /// <summary>The score cards.</summary>
    /// <param name="scheme">The scheme the sheets were made by.</param>
    /// <param name="units">Facts and sheet of every unit of the category.</param>
    /// <exception cref="EdgeTieException">Equal units stand across the edge of a quota whose rule is to
    /// refuse.</exception>
    /// <exception cref="ArgumentException">A unit comes twice, or the number of places of a quota cannot be
    /// computed.</exception>
    public static IReadOnlyList<ScoreCard> Grade(
        CompiledScheme scheme, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet)> units)
    {
        var twice = units.GroupBy(unit => unit.Sheet.Unit, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"The unit {twice.Key} comes twice.", nameof(units));
        }

        var candidates = units.Select(unit => CandidateOf(scheme, unit.Facts, unit.Sheet)).ToList();
        var placed = Ranking.Of(candidates.Where(candidate => candidate.TakesPart), scheme.Scheme.Grades);
        var standing = new StandingWords(scheme, placed.Count);
        var graded = scheme.Scheme.Grades is { } table
            ? new GradeAssignment(scheme, table, placed).Of()
            : placed.Select(_ => new GradeDecision(null, null, null, null)).ToList();

        var cards = new List<ScoreCard>(units.Count);
        for (var i = 0; i < placed.Count; i++)
        {
            cards.Add(Card(placed[i].Candidate, placed[i].Rank, placed.Count, graded[i].Grade,
                standing.Of(placed[i], graded[i])));
        }

        cards.AddRange(candidates
            .Where(candidate => !candidate.TakesPart)
            .OrderBy(candidate => candidate.Sheet.Unit, StringComparer.Ordinal)
            .Select(candidate => Card(candidate, null, placed.Count, null, standing.OfUnranked(candidate))));
        return cards;
    }

    /// <summary>One unit made ready for ranking.</summary>
    internal static Candidate CandidateOf(CompiledScheme scheme, UnitFacts facts, ScoreSheet sheet)
    {
        var judged = JudgementLedger.Apply(scheme, facts, sheet);
        var keys = new List<FeelValue>();
        if (scheme.Scheme.Grades is { TieKeys.Count: > 0 } grades)
        {
            var slots = scheme.Slots(facts);
            var total = sheet.Complete ? judged.Points : (decimal?)null;
            var card = new CardContext(sheet.Lines, sheet.Blocks, total) { Figures = sheet.Figures };
            scheme.SetCard(slots, card.ToFeel(), sheet.Figures);
            keys.AddRange(grades.TieKeys.Select(key => scheme.Formula(key.By).Evaluate(slots)));
        }

        return new Candidate(facts, sheet, judged, keys);
    }

    private static ScoreCard Card(Candidate candidate, int? rank, int ranked, string? grade, Bilingual standing)
    {
        var (sheet, judged) = (candidate.Sheet, candidate.Judged);
        return new ScoreCard(
            sheet.Unit, sheet.Category, sheet.Scheme, [.. sheet.Lines, .. judged.Lines], sheet.Blocks, sheet.Figures,
            judged.Points, candidate.TakesPart ? judged.Points : null, rank, ranked, grade, standing);
    }
}
