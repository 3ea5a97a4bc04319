using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>Points of a block.</summary>
/// <param name="Block">Block id.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Points">Points earned (after re-scaling).</param>
/// <param name="Max">Maximum of what applies (after re-scaling).</param>
public sealed record BlockScore(string Block, Bilingual Name, decimal Points, decimal Max);

/// <summary>A figure shown with the score.</summary>
/// <param name="Id">Figure id.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Value">Value; FEEL null when it cannot be computed.</param>
/// <param name="Unit">Unit.</param>
public sealed record FigureValue(string Id, Bilingual Name, FeelValue Value, UnitOfMeasure Unit);

/// <summary>
/// The score of one unit on its own, before it is compared with others: a pure function of facts, scheme and date.
/// Made by <c>Scorer</c>, completed by <c>Grader</c>.
/// </summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Category">Category.</param>
/// <param name="Scheme">Scheme id.</param>
/// <param name="Lines">The points ledger: one line an indicator, in scheme order.</param>
/// <param name="Blocks">Points by block.</param>
/// <param name="Figures">Shown, not scored.</param>
/// <param name="Points">Sum of the lines.</param>
/// <param name="Complete">False when an indicator is withheld: then there is no total, no rank, no grade, no
/// award.</param>
public sealed record ScoreSheet(
    string Unit,
    string Category,
    string Scheme,
    IReadOnlyList<LedgerLine> Lines,
    IReadOnlyList<BlockScore> Blocks,
    IReadOnlyList<FigureValue> Figures,
    decimal Points,
    bool Complete);

/// <summary>
/// The immutable result of one unit: ledger, judgements, total, rank and grade. The lines (judgements included) sum to
/// <see cref="Points"/>.
/// </summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Category">Category.</param>
/// <param name="Scheme">Scheme id.</param>
/// <param name="Lines">The points ledger: indicators in scheme order, then judgements that held.</param>
/// <param name="Blocks">Points by block.</param>
/// <param name="Figures">Shown, not scored.</param>
/// <param name="Points">Sum of the lines.</param>
/// <param name="Total">The total, or null when an indicator is withheld or the unit is excluded.</param>
/// <param name="Rank">Rank among <paramref name="Ranked"/> units, or null when not ranked.</param>
/// <param name="Ranked">Number of units ranked in the category.</param>
/// <param name="Grade">Grade id, or null when not graded.</param>
/// <param name="Standing">One sentence: why this rank and grade (quota, band, tie key, judgement), or why none.</param>
public sealed record ScoreCard(
    string Unit,
    string Category,
    string Scheme,
    IReadOnlyList<LedgerLine> Lines,
    IReadOnlyList<BlockScore> Blocks,
    IReadOnlyList<FigureValue> Figures,
    decimal Points,
    decimal? Total,
    int? Rank,
    int Ranked,
    string? Grade,
    Bilingual Standing)
{
    /// <summary>Changes of one metric that would lift the grade by themselves, the smallest first; empty at the best
    /// grade, without a grade, and where no single metric does it.</summary>
    public IReadOnlyList<LiftLine> Lifts { get; init; } = [];

    /// <summary>The total that would lift the grade; null at the best grade, without a grade, and where none does.</summary>
    public LiftLine? PointsToNext { get; init; }
}

/// <summary>A change of one metric, or of the total, that would lift a unit's grade, all else equal and the other units as they are.</summary>
/// <param name="Metric">Metric code; <c>card.total</c> for the total.</param>
/// <param name="Name">Its name in both languages.</param>
/// <param name="From">Its value now.</param>
/// <param name="To">The nearest value that lifts the grade.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Grade">The grade then.</param>
/// <param name="Sentence">All of it in one sentence.</param>
public sealed record LiftLine(
    string Metric, Bilingual Name, FeelValue From, FeelValue To, UnitOfMeasure Unit, string Grade, Bilingual Sentence);
