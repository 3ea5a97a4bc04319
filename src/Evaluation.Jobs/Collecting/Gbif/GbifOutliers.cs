namespace Evaluation.Jobs.Collecting.Gbif;

/// <summary>Months that are far below the months around them.</summary>
internal static class GbifOutliers
{
    /// <summary>Months to each side that a month is compared with.</summary>
    private const int Around = 6;

    /// <param name="counts">Counts by month, in order.</param>
    /// <param name="below">The share of the median of the months around, below which a month is one; null for none.</param>
    /// <returns>Places of the outliers.</returns>
    public static HashSet<int> Among(IReadOnlyList<decimal> counts, decimal? below)
    {
        var found = new HashSet<int>();
        if (below is not { } share) return found;
        for (var i = 0; i < counts.Count; i++)
        {
            var (first, end) = (Math.Max(0, i - Around), Math.Min(counts.Count, i + Around + 1));
            var others = Enumerable.Range(first, end - first)
                .Where(place => place != i)
                .Select(place => counts[place])
                .Order()
                .ToList();
            if (others.Count > 0 && counts[i] < share * others[others.Count / 2]) found.Add(i);
        }

        return found;
    }
}
