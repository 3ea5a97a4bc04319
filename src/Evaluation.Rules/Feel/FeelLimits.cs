namespace Evaluation.Rules.Feel;

/// <summary>
/// How far one expression may go. Work is counted in steps (an iteration, a call, an item looked at), not in seconds,
/// so that an expression that is refused here is refused on every machine; ten million steps take about a second.
/// </summary>
public sealed record FeelLimits
{
    /// <summary>The limits that hold unless others are given.</summary>
    public static FeelLimits Default { get; } = new();

    /// <summary>Longest expression text, in characters.</summary>
    public int TextLength { get; init; } = 100_000;
    /// <summary>Deepest nesting of an expression.</summary>
    public int Depth { get; init; } = 250;
    /// <summary>Deepest chain of calls of functions that an expression defines.</summary>
    public int Recursion { get; init; } = 400;
    /// <summary>Most steps in one evaluation.</summary>
    public long Steps { get; init; } = 10_000_000;
    /// <summary>Longest list.</summary>
    public int ListSize { get; init; } = 1_000_000;
    /// <summary>Longest string, in characters.</summary>
    public int StringLength { get; init; } = 1_000_000;
}

/// <summary>An expression went over one of the <see cref="FeelLimits"/>; the message names the limit.</summary>
public sealed class FeelLimitException(string message) : Exception(message);
