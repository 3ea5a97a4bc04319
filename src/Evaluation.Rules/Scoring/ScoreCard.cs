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
    Bilingual Standing);
