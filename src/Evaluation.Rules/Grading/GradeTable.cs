using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Grading;

/// <summary>One grade, best first in the table.</summary>
/// <param name="Id">Code, e.g. <c>excellent</c>.</param>
/// <param name="Name">优秀 / Excellent.</param>
/// <param name="Mark">◆ ▲ ● ▼: the grade's mark on pages and reports.</param>
public sealed record Grade(string Id, Bilingual Name, string Mark);

/// <summary>A grade by score: a condition on the unrounded total.</summary>
/// <param name="Grade">Grade id.</param>
/// <param name="When">FEEL unary tests over the total.</param>
public sealed record ScoreBand(string Grade, Condition When);

/// <summary>How the number of places of a percentage quota is rounded.</summary>
public enum QuotaRounding
{
    /// <summary>Down to a whole number of units.</summary>
    Down,

    /// <summary>Up to a whole number of units.</summary>
    Up,

    /// <summary>Half goes up.</summary>
    HalfUp,
}

/// <summary>A grade by rank: so many places, counted or as a percentage of the units ranked.</summary>
/// <param name="Grade">Grade id.</param>
/// <param name="Count">FEEL giving the number of places (parameters allowed), or null.</param>
/// <param name="Percent">FEEL giving the percentage of ranked units, or null.</param>
/// <param name="Rounding">Rounding of a percentage.</param>
/// <param name="AtLeast">Least total for a place in this grade, or null: a place without such a unit stays
/// empty.</param>
public sealed record RankQuota(
    string Grade, Formula? Count, Formula? Percent, QuotaRounding Rounding, decimal? AtLeast);

/// <summary>What happens when units that tie after every key stand across the edge of a quota.</summary>
public enum EdgeTies
{
    /// <summary>All of them get the better grade.</summary>
    AllIn,

    /// <summary>None of them does.</summary>
    AllOut,

    /// <summary>The run stops and asks for a decision.</summary>
    Refuse,
}

/// <summary>One key of the order after the total: a value of the card, greater first.</summary>
/// <param name="By">FEEL over facts and <c>card</c>.</param>
/// <param name="Descending">True: greater first.</param>
public sealed record TieKey(Formula By, bool Descending)
{
    /// <summary>What the key is called in a scheme: a block, an indicator or a figure, else its formula.</summary>
    public Bilingual NameIn(Scheme scheme) => By.Expression.Root switch
    {
        FeelPath { Source: FeelPath { Member: "blocks" } } path
            when scheme.Blocks.FirstOrDefault(block => block.Id == path.Member) is { } block => block.Name,
        FeelPath { Source: FeelPath { Member: "points" } } path
            when scheme.Indicators.FirstOrDefault(indicator => indicator.Id == path.Member) is { } indicator =>
                indicator.Name,
        FeelPath { Source: FeelPath { Member: "figures" } } path
            when scheme.Figures.FirstOrDefault(figure => figure.Id == path.Member) is { } figure => figure.Name,
        _ => new Bilingual(By.Text, By.Text),
    };
}

/// <summary>
/// How units are ranked and graded. Ranking is by unrounded total (greatest first), then by the tie keys; units equal
/// in all of them share a rank (1, 2, 2, 4).
/// </summary>
/// <param name="Grades">Best first.</param>
/// <param name="Bands">Grades by score; empty when grades go by rank only.</param>
/// <param name="Quotas">Grades by rank, best first; empty when grades go by score only. Both: a unit needs
/// both.</param>
/// <param name="Rest">Grade id of units that no band and no quota takes, or null when bands cover everything.</param>
/// <param name="TieKeys">Keys after the total.</param>
/// <param name="EdgeTies">What happens to ties across a quota's edge.</param>
/// <param name="Source">Document and item.</param>
/// <param name="Location">File and line.</param>
public sealed record GradeTable(
    IReadOnlyList<Grade> Grades,
    IReadOnlyList<ScoreBand> Bands,
    IReadOnlyList<RankQuota> Quotas,
    string? Rest,
    IReadOnlyList<TieKey> TieKeys,
    EdgeTies EdgeTies,
    Source Source,
    FileLocation Location);
