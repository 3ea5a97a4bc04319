using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Schemes;

/// <summary>A parameter's value from a date on.</summary>
/// <param name="From">First day in force.</param>
/// <param name="Value">The value; its type is the same on every date.</param>
public sealed record DatedValue(DateOnly From, FeelValue Value);

/// <summary>A dated number (or text) that formulas name: quota hours, rates, thresholds.</summary>
/// <param name="Code">snake_case name used in formulas.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Values">In order of date.</param>
/// <param name="Source">Document and item.</param>
/// <param name="Location">File and line.</param>
public sealed record Parameter(
    string Code,
    Bilingual Name,
    UnitOfMeasure Unit,
    IReadOnlyList<DatedValue> Values,
    Source Source,
    FileLocation Location)
{
    /// <summary>The value in force on a day, or null when none is.</summary>
    public FeelValue? On(DateOnly day) => Values.LastOrDefault(dated => dated.From <= day)?.Value;
}
