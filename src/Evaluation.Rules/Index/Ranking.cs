namespace Evaluation.Rules.Index;

/// <summary>Ranks of scores: the highest has rank 1, equal scores share the better rank, a missing score has none.</summary>
public static class Ranking
{
    /// <summary>The rank of every score, in the order of the scores; 0 where the score is missing (NaN). Scores are compared
    /// unrounded.</summary>
    public static int[] Of(ReadOnlySpan<double> scores)
    {
        var order = new int[scores.Length];
        var negative = new double[scores.Length];
        for (var unit = 0; unit < scores.Length; unit++)
        {
            order[unit] = unit;
            // Missing scores go last: they rank nothing, and nothing stands behind them.
            negative[unit] = double.IsNaN(scores[unit]) ? double.PositiveInfinity : -scores[unit];
        }

        Array.Sort(negative, order);
        var ranks = new int[scores.Length];
        for (var place = 0; place < order.Length; place++)
        {
            if (double.IsNaN(scores[order[place]])) continue;
            ranks[order[place]] = place > 0 && negative[place] == negative[place - 1] ? ranks[order[place - 1]] : place + 1;
        }

        return ranks;
    }

    /// <summary>
    /// The mean absolute rank change over the units that have a rank both times; NaN where there is none.
    /// </summary>
    public static double MeanChange(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        var (units, sum) = (0, 0);
        for (var unit = 0; unit < before.Length; unit++)
        {
            if (before[unit] == 0 || after[unit] == 0) continue;
            units++;
            sum += Math.Abs(before[unit] - after[unit]);
        }

        return units > 0 ? (double)sum / units : double.NaN;
    }
}
