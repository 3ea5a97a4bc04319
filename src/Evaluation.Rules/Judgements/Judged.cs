using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Judgements;

/// <summary>What the judgements of a scheme left of one unit's score.</summary>
/// <param name="Lines">A ledger line for every judgement that held, in file order.</param>
/// <param name="Points">The points after all of them.</param>
/// <param name="CapGrade">The judgement that caps the grade (of several the strictest), or null.</param>
/// <param name="SetGrade">The judgement that sets the grade (of several the worst), or null.</param>
/// <param name="Excluded">The judgement that excludes the unit, or null.</param>
/// <param name="Undecided">Judgements whose condition has no answer, with the reason; they count as not
/// holding.</param>
public sealed record Judged(
    IReadOnlyList<LedgerLine> Lines,
    decimal Points,
    Judgement? CapGrade,
    Judgement? SetGrade,
    Judgement? Excluded,
    IReadOnlyList<(Judgement Judgement, Bilingual Reason)> Undecided);
