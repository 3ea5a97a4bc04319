using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Grading;

/// <summary>The smallest change of one metric that lifts a unit's grade, while everything else stays as it is.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="From">Its value now.</param>
/// <param name="To">The nearest value, in the decimals in which the metric is reported, with which a new run gives a
/// better grade; the value one such step short of it does not.</param>
/// <param name="Grade">The grade then.</param>
/// <param name="Sentence">Both told in one sentence.</param>
public sealed record Lift(Metric Metric, FeelValue From, FeelValue To, string Grade, Bilingual Sentence)
{
    /// <summary>
    /// How large the change is next to the value now: hours and people can be compared so. From nothing, and from one
    /// answer to another, it is a whole.
    /// </summary>
    public decimal Relative { get; init; }
}
