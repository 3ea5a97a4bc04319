using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Schemes;

/// <summary>How a value earns points. Exactly one form an indicator.</summary>
public abstract record PointsRule;

/// <summary>One band of a table: a condition on the value, and the points it gives.</summary>
/// <param name="When">FEEL unary tests over the value.</param>
/// <param name="Points">Points given.</param>
public sealed record Band(Condition When, decimal Points);

/// <summary>A table of bands that covers the range of the value without gap or overlap.</summary>
/// <param name="Bands">In file order.</param>
public sealed record BandPoints(IReadOnlyList<Band> Bands) : PointsRule;

/// <summary>FEEL over <c>value</c> and the facts.</summary>
/// <param name="Formula">Gives the points.</param>
public sealed record FormulaPoints(Formula Formula) : PointsRule;

/// <summary>Linear between two posts and clamped outside them; <paramref name="Zero"/> may be above <paramref name="Full"/>.</summary>
/// <param name="Zero">The value that earns nothing.</param>
/// <param name="Full">The value that earns the maximum.</param>
public sealed record GoalpostPoints(decimal Zero, decimal Full) : PointsRule;

/// <summary>One item of a checklist.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="When">FEEL over <c>value</c> and the facts, true when fulfilled.</param>
/// <param name="Points">Points when fulfilled.</param>
public sealed record ChecklistItem(Bilingual Name, Formula When, decimal Points);

/// <summary>Points of every fulfilled item are added.</summary>
/// <param name="Items">In file order.</param>
public sealed record ChecklistPoints(IReadOnlyList<ChecklistItem> Items) : PointsRule;

/// <summary>How scores of a panel become one.</summary>
public enum PanelCombination
{
    /// <summary>Arithmetic mean.</summary>
    Mean,

    /// <summary>Middle value.</summary>
    Median,

    /// <summary>Mean without one highest and one lowest, when there are at least four.</summary>
    TrimmedMean,
}

/// <summary>Scores given by people. The indicator's value is the FEEL list of their scores.</summary>
/// <param name="Scorers">Who scores, as people say it.</param>
/// <param name="Minimum">Least score (earns nothing).</param>
/// <param name="Maximum">Greatest score (earns the maximum).</param>
/// <param name="Combine">How scores become one.</param>
public sealed record PanelPoints(Bilingual Scorers, decimal Minimum, decimal Maximum, PanelCombination Combine) : PointsRule;
