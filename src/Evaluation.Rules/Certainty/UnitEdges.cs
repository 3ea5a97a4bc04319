using Evaluation.Rules.Facts;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>How far the next grades of a unit are, the points of all others held.</summary>
/// <param name="Better">Distance to a better grade, or null where points alone lead to none.</param>
/// <param name="Worse">Distance to a worse grade, or null.</param>
public sealed record UnitEdges(GradeEdge? Better, GradeEdge? Worse)
{
    /// <summary>The nearer of the two in points, or null.</summary>
    public decimal? Nearest => (Better?.Distance, Worse?.Distance) switch
    {
        ({ } up, { } down) => Math.Min(up, down),
        var (up, down) => up ?? down,
    };

    /// <summary>The edges of every ranked unit of a category by id; empty where the scheme gives no grades.</summary>
    /// <param name="scorer">The scorer the sheets were made by.</param>
    /// <param name="units">Facts and sheet of every unit.</param>
    /// <param name="cards">Their cards.</param>
    public static IReadOnlyDictionary<string, UnitEdges> Of(
        Scorer scorer, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet)> units, IReadOnlyList<ScoreCard> cards)
    {
        if (scorer.Compiled.Scheme.Grades is not { } table) return new Dictionary<string, UnitEdges>();
        var contest = new Contest(scorer, [.. units.Where(unit => unit.Sheet.Complete)]);
        var search = new EdgeSearch(contest, scorer.Compiled, table, cards);
        return Enumerable.Range(0, contest.Units).AsParallel()
            .Where(unit => contest.Of(unit).TakesPart)
            .Select(unit => (contest.Of(unit).Sheet.Unit, Edges: search.Of(unit)))
            .ToDictionary(found => found.Unit, found => found.Edges, StringComparer.Ordinal);
    }
}
