using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Schemes;

/// <summary>Which way of the value is better.</summary>
public enum Direction
{
    /// <summary>More is better.</summary>
    Higher,

    /// <summary>Less is better.</summary>
    Lower,

    /// <summary>Close to a target is better.</summary>
    Target,
}

/// <summary>What happens when a metric the indicator needs has no observation.</summary>
public enum MissingPolicy
{
    /// <summary>The indicator, and with it the unit's total, waits for the data.</summary>
    Withhold,

    /// <summary>The indicator scores 0 and says that it did so for lack of data.</summary>
    Zero,

    /// <summary>The indicator does not apply; the points of the others are re-scaled, and said so.</summary>
    Exclude,
}

/// <summary>A condition under which an indicator does not apply to a unit, with the reason shown.</summary>
/// <param name="When">FEEL over the facts; true means the indicator applies.</param>
/// <param name="Otherwise">The reason shown when it does not.</param>
public sealed record Applicability(Formula When, Bilingual Otherwise);

/// <summary>One indicator: the question, the value, how the value earns points, and the source of all that.</summary>
/// <param name="Id">Code unique in the scheme, e.g. <c>R1</c>.</param>
/// <param name="Name">Official name in both languages.</param>
/// <param name="Source">Document and item.</param>
/// <param name="Question">What it asks, in both languages.</param>
/// <param name="Given">Codes of the metrics and parameters it uses.</param>
/// <param name="Value">FEEL over the facts.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Range">Range the value can have.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Points">How the value earns points.</param>
/// <param name="Max">Most points it can earn.</param>
/// <param name="Missing">What happens without data.</param>
/// <param name="Applies">Condition of applicability, if any.</param>
/// <param name="Cases">Worked cases beside it.</param>
/// <param name="Location">File and line.</param>
public sealed record Indicator(
    string Id,
    Bilingual Name,
    Source Source,
    Bilingual Question,
    IReadOnlyList<string> Given,
    Formula Value,
    UnitOfMeasure Unit,
    ValueRange Range,
    Direction Direction,
    PointsRule Points,
    decimal Max,
    MissingPolicy Missing,
    Applicability? Applies,
    IReadOnlyList<WorkedCase> Cases,
    FileLocation Location)
{
    /// <summary>
    /// Codes of <see cref="Given"/> that may be absent: the formula then sees null and decides. The others are required.
    /// </summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Why the items of its checklist may give less than the maximum, or null where they have to reach
    /// it.</summary>
    public Bilingual? ShortOfMax { get; init; }

    /// <summary>Where the maximum is written.</summary>
    public FileLocation MaxLocation { get; init; } = Location;
}
