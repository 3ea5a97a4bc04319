using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Judgements;

/// <summary>What a judgement does when its condition holds.</summary>
public abstract record JudgementEffect;

/// <summary>The grade can be at most this one.</summary>
/// <param name="Grade">Grade id.</param>
public sealed record CapGrade(string Grade) : JudgementEffect;

/// <summary>The total can be at most this many points; the difference becomes a ledger line.</summary>
/// <param name="Points">Greatest total.</param>
public sealed record CapTotal(decimal Points) : JudgementEffect;

/// <summary>The grade is this one whatever the score says, and the unit ranks after all others.</summary>
/// <param name="Grade">Grade id.</param>
public sealed record SetGrade(string Grade) : JudgementEffect;

/// <summary>Points are added or taken; a ledger line of its own.</summary>
/// <param name="Points">FEEL giving the points (negative takes).</param>
public sealed record AdjustPoints(Formula Points) : JudgementEffect;

/// <summary>The unit takes no part in ranking, grades and awards.</summary>
public sealed record ExcludeUnit : JudgementEffect;

/// <summary>A veto, cap, adjustment or exclusion. Applied in file order by one function; each that holds leaves a
/// ledger line.</summary>
/// <param name="Id">Code unique in the scheme.</param>
/// <param name="Name">What it is called, in both languages.</param>
/// <param name="When">FEEL over facts, findings and <c>card</c>. Null counts as not holding, and is said.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Source">Article.</param>
/// <param name="Location">File and line.</param>
public sealed record Judgement(
    string Id,
    Bilingual Name,
    Formula When,
    JudgementEffect Effect,
    Source Source,
    FileLocation Location);
