using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>Scores of a panel become one.</summary>
internal static class Panel
{
    // With fewer scores than this nothing is left to trim.
    internal const int LeastToTrim = 4;

    /// <summary>Whether a trimmed mean leaves out a highest and a lowest of so many scores.</summary>
    public static bool Trims(PanelCombination combination, int scores) =>
        combination == PanelCombination.TrimmedMean && scores >= LeastToTrim;

    /// <summary>The one score; there is at least one.</summary>
    public static decimal Combine(IReadOnlyList<decimal> scores, PanelCombination combination)
    {
        var ordered = scores.Order().ToList();
        if (combination == PanelCombination.Median)
        {
            var middle = ordered.Count / 2;
            return ordered.Count % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2m;
        }

        var kept = Trims(combination, ordered.Count) ? ordered[1..^1] : ordered;
        return kept.Sum() / kept.Count;
    }
}
