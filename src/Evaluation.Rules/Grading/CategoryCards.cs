using Evaluation.Rules.Facts;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Grading;

/// <summary>The score cards of a category, complete: judged, ranked, graded, and with what would lift each grade.</summary>
public static class CategoryCards
{
    // The nearest way up and two others; more would bury it.
    private const int MostLifts = 3;

    /// <summary>The cards, as <see cref="Grader.Grade"/> orders them.</summary>
    /// <param name="scorer">The scorer the sheets were made by.</param>
    /// <param name="units">Facts and sheet of every unit of the category.</param>
    /// <exception cref="EdgeTieException">Equal units stand across the edge of a quota whose rule is to
    /// refuse.</exception>
    public static IReadOnlyList<ScoreCard> Of(Scorer scorer, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet)> units)
    {
        var cards = Grader.Grade(scorer.Compiled, units);
        if (scorer.Compiled.Scheme.Grades is null) return cards;
        var search = new LiftSearch(scorer, units, cards);

        // One unit's search reads what all share and writes nothing but its own: the order of work does not matter.
        return [.. cards.AsParallel().AsOrdered().Select(card => card with
        {
            PointsToNext = search.PointsOf(card.Unit),
            Lifts = [.. search.Of(card.Unit).Take(MostLifts).Select(LineOf)],
        })];
    }

    private static LiftLine LineOf(Lift lift) =>
        new(lift.Metric.Code, lift.Metric.Name, lift.From, lift.To, lift.Metric.Unit, lift.Grade, lift.Sentence);
}
