namespace Evaluation.Rules.Index;

/// <summary>Where the rank of a unit lies under many sets of weights.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Nominal">Its rank under the nominal weights.</param>
/// <param name="Rank5">5 % quantile (R type 7).</param>
/// <param name="Median">Median.</param>
/// <param name="Rank95">95 % quantile.</param>
/// <param name="Min">Best rank.</param>
/// <param name="Max">Worst rank.</param>
public sealed record RankInterval(string Unit, int Nominal, double Rank5, double Median, double Rank95, int Min, int Max);

/// <summary>The scores and ranks of every unit under one set of weights, in the order of the index's units.</summary>
/// <param name="Set">The set.</param>
/// <param name="Scores">Scores; NaN where there is none.</param>
/// <param name="Ranks">Ranks; 0 where there is none.</param>
public sealed record RankedSet(WeightSet Set, double[] Scores, int[] Ranks);

/// <summary>How firm the ranks are when the weights are others.</summary>
public static class RankRobustness
{
    private const double LowShare = 0.05;
    private const double Half = 0.5;
    private const double HighShare = 0.95;

    /// <summary>The index under every set of weights.</summary>
    /// <exception cref="IndexSpecificationException">A set names an unknown code, or has a weight that cannot be one.</exception>
    public static IReadOnlyList<RankedSet> Of(CompositeIndex index, IReadOnlyList<WeightSet> sets)
    {
        var indicators = index.Counted.Values();
        var places = index.Aggregation.Codes.Select((code, place) => (code, place)).ToDictionary(pair => pair.code, pair => pair.place);
        return [.. sets.Select(set =>
        {
            var scores = index.Aggregation.Scores(indicators, Weights(index, set, places), index.Units);
            return new RankedSet(set, scores, Ranking.Of(scores));
        })];
    }

    /// <summary>The rank interval of every unit that has a rank, in the order of nominal ranks.</summary>
    public static IReadOnlyList<RankInterval> Intervals(CompositeIndex index, IReadOnlyList<RankedSet> sets)
    {
        var intervals = new List<RankInterval>();
        for (var unit = 0; unit < index.Units.Count; unit++)
        {
            if (index.Ranks[unit] == 0) continue;
            var ranks = sets.Select(set => set.Ranks[unit]).Where(rank => rank > 0).Select(rank => (double)rank).Order().ToArray();
            if (ranks.Length == 0) continue;
            intervals.Add(new(
                index.Units[unit], index.Ranks[unit],
                Quantile.OfSorted(ranks, LowShare), Quantile.OfSorted(ranks, Half), Quantile.OfSorted(ranks, HighShare),
                (int)ranks[0], (int)ranks[^1]));
        }

        return [.. intervals.OrderBy(interval => interval.Nominal)];
    }

    private static double[] Weights(CompositeIndex index, WeightSet set, Dictionary<string, int> places)
    {
        var weights = index.Weights.ToArray();
        foreach (var (code, weight) in set.Weights)
        {
            if (!places.TryGetValue(code, out var place))
            {
                throw new IndexSpecificationException(
                    $"The weight set {set.Id} names {code}, which is no indicator and no aggregate of the framework.");
            }

            weights[place] = double.IsFinite(weight) && weight >= 0
                ? weight
                : throw new IndexSpecificationException(FormattableString.Invariant(
                    $"The weight set {set.Id} gives {code} the weight {weight}: a weight is a number from 0 up."));
        }

        return weights;
    }
}
