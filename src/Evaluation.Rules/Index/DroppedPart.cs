namespace Evaluation.Rules.Index;

/// <summary>What the ranking would be without one indicator or block.</summary>
/// <param name="Row">What was left out.</param>
/// <param name="MeanRankChange">Mean absolute rank change over all units; NaN where nothing could be ranked any more.</param>
/// <param name="Ranks">Ranks without it, in the order of the index's units; 0 where there is none.</param>
public sealed record DroppedPart(FrameworkRow Row, double MeanRankChange, int[] Ranks)
{
    /// <summary>Leaves out every row below the index itself, one at a time: indicators first, then the levels above.</summary>
    public static IReadOnlyList<DroppedPart> Of(CompositeIndex index)
    {
        var indicators = index.Counted.Values();
        var parts = new List<DroppedPart>();
        for (var place = 0; place < index.Aggregation.Codes.Count - 1; place++)
        {
            var weights = index.Weights.ToArray();
            weights[place] = 0;
            var ranks = Ranking.Of(index.Aggregation.Scores(indicators, weights, index.Units));
            parts.Add(new(
                index.Framework[index.Aggregation.Codes[place]], Ranking.MeanChange(index.Ranks, ranks), ranks));
        }

        return parts;
    }
}
