using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>Scores of a panel become one.</summary>
internal static class Panel
{
    // With fewer scores than this nothing is left to trim.
    internal const int LeastToTrim = 4;

    /// <summary>What scores count.</summary>
    internal static UnitOfMeasure Unit { get; } = UnitOfMeasure.All["point"];

    /// <summary>Whether a trimmed mean leaves out a highest and a lowest of so many scores.</summary>
    public static bool Trims(PanelCombination combination, int scores) =>
        combination == PanelCombination.TrimmedMean && scores >= LeastToTrim;

    /// <summary>The one score; there is at least one.</summary>
    public static decimal Combine(ReadOnlySpan<decimal> scores, PanelCombination combination)
    {
        // In this order, so that of equal scores the first stays first: 7.0 is not written as 7.
        decimal[] ordered = [.. scores.ToArray().Order()];
        if (combination == PanelCombination.Median)
        {
            var middle = ordered.Length / 2;
            return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2m;
        }

        var trim = Trims(combination, ordered.Length) ? 1 : 0;
        var sum = 0m;
        for (var i = trim; i < ordered.Length - trim; i++) sum += ordered[i];
        return sum / (ordered.Length - (2 * trim));
    }
}
