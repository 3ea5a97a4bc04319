namespace Evaluation.Rules.Index;

/// <summary>A range of values, both ends included.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record Interval(double Low, double High);
