namespace Evaluation.Rules.Certainty;

/// <summary>How far ranks move.</summary>
internal static class RankChange
{
    /// <summary>Mean absolute change of the units ranked in both; 0 where there are none.</summary>
    public static double Mean(int[] before, int[] after)
    {
        var (sum, count) = Sum(before, after);
        return count == 0 ? 0.0 : (double)sum / count;
    }

    /// <summary>The same in decimals, to six of them.</summary>
    public static decimal MeanExact(int[] before, int[] after)
    {
        var (sum, count) = Sum(before, after);
        return count == 0 ? 0m : Math.Round((decimal)sum / count, 6, MidpointRounding.ToEven);
    }

    private static (long Sum, int Count) Sum(int[] before, int[] after)
    {
        var (sum, count) = (0L, 0);
        for (var unit = 0; unit < before.Length; unit++)
        {
            if (before[unit] == 0 || after[unit] == 0) continue;
            sum += Math.Abs(after[unit] - before[unit]);
            count++;
        }

        return (sum, count);
    }
}
