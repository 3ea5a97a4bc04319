namespace Evaluation.Rules.Schemes;

/// <summary>The range a value can have, for the coverage check of bands.</summary>
/// <param name="Minimum">Least value, or null for no lower end.</param>
/// <param name="MinimumIncluded">Whether the least value itself can occur.</param>
/// <param name="Maximum">Greatest value, or null for no upper end.</param>
/// <param name="MaximumIncluded">Whether the greatest value itself can occur.</param>
public sealed record ValueRange(decimal? Minimum, bool MinimumIncluded, decimal? Maximum, bool MaximumIncluded)
{
    /// <summary>All numbers.</summary>
    public static ValueRange Everything { get; } = new(null, false, null, false);
}
