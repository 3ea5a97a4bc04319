using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// What became of one indicator of one unit: exactly one of <see cref="Scored"/>, <see cref="Withheld"/>,
/// <see cref="NotApplicable"/>. There is no fourth, and no silence.
/// </summary>
public abstract record IndicatorOutcome;

/// <summary>The indicator earned points.</summary>
/// <param name="Value">The value found, unrounded.</param>
/// <param name="Points">Points earned, before any re-scaling.</param>
/// <param name="Decided">Index of the band, checklist item or rule of a table that decided, or null for other forms.</param>
/// <param name="ForLackOfData">True when <c>missing: zero</c> gave 0.</param>
public sealed record Scored(FeelValue Value, decimal Points, int? Decided,
    bool ForLackOfData = false) : IndicatorOutcome;

/// <summary>The indicator, and with it the unit's total, waits.</summary>
/// <param name="Code">Machine-readable reason: <c>missing:metric_code</c>, <c>null-value</c>, <c>no-band</c>,
/// <c>no-rule</c>, <c>rules-disagree</c>, <c>out-of-range</c>, <c>not-enough-scores</c>.</param>
/// <param name="Reason">The reason in both languages.</param>
public sealed record Withheld(string Code, Bilingual Reason) : IndicatorOutcome;

/// <summary>The indicator does not apply to the unit.</summary>
/// <param name="Code">Machine-readable reason: <c>excluded:metric_code</c>, <c>not-applicable</c>.</param>
/// <param name="Reason">The reason in both languages.</param>
public sealed record NotApplicable(string Code, Bilingual Reason) : IndicatorOutcome;
