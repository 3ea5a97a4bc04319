using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Certainty;

/// <summary>How a cycle wants the certainty of its results examined: <c>robustness</c> in <c>cycle.yaml</c>. Every
/// figure is declared there; none has a value of its own here.</summary>
/// <param name="Seed">Whole number the draws follow from: the same seed gives the same draws everywhere.</param>
/// <param name="Draws">Number of weight draws.</param>
/// <param name="Noise">A weight is drawn evenly from weight × (1 ± noise).</param>
/// <param name="FragileBelow">A grade that holds in less than this share of the draws is fragile.</param>
/// <param name="Choices">Other choices that are varied together with the weights, or null.</param>
/// <param name="Source">Where the figures come from; says so where they are ours.</param>
/// <param name="Location">File and line.</param>
public sealed record Robustness(
    long Seed,
    int Draws,
    decimal Noise,
    decimal FragileBelow,
    ChoiceSpec? Choices,
    Source Source,
    FileLocation Location);

/// <summary>A choice of the method that could have been made otherwise.</summary>
public enum Choice
{
    /// <summary>The weights as declared, or one of the weight draws.</summary>
    Weights,

    /// <summary>Blocks are added up, or their shares are multiplied (geometric mean with the block weights).</summary>
    Aggregation,

    /// <summary>An indicator's points as declared, or its raw value between the least and the greatest of the
    /// category.</summary>
    Scaling,

    /// <summary>Missing data as declared (zero or left out), or the category's mean in their place.</summary>
    Missing,

    /// <summary>What does not apply is left out and the rest re-scaled, or it counts nothing of its
    /// maximum.</summary>
    Rescaling,
}

/// <summary>Which choices are varied, and how often.</summary>
/// <param name="Vary">The choices, in file order.</param>
/// <param name="Sample">Size N of the sample: the study takes N × (choices + 2) rankings.</param>
/// <param name="Bootstrap">Number of resamples behind each interval.</param>
/// <param name="GeometricFloor">Share at which a block that earned nothing enters a geometric mean, so that one zero
/// does not wipe out all others.</param>
public sealed record ChoiceSpec(IReadOnlyList<Choice> Vary, int Sample, int Bootstrap, decimal GeometricFloor);
