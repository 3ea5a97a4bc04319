namespace Evaluation.Rules.Index;

/// <summary>How much of the variance of an output one factor explains.</summary>
/// <param name="First">First order: by the factor alone. An estimate, so that it may be slightly below 0.</param>
/// <param name="Total">Total: with every interaction the factor takes part in.</param>
public sealed record SobolIndex(double First, double Total)
{
    /// <summary>The 5–95 % bootstrap interval of the first-order index; absent when none was asked for.</summary>
    public Interval? FirstInterval { get; init; }

    /// <summary>The 5–95 % bootstrap interval of the total index; absent when none was asked for.</summary>
    public Interval? TotalInterval { get; init; }
}
