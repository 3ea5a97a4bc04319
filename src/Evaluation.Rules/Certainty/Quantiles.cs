namespace Evaluation.Rules.Certainty;

/// <summary>Quantiles of whole numbers (ranks, fen) in exact decimals: linear interpolation between order statistics,
/// type 7 of R.</summary>
internal static class Quantiles
{
    private const int Hundred = 100;
    private const int Low = 5;
    private const int Middle = 50;
    private const int High = 95;

    /// <summary>Where the values lie, each divided by the divisor; null where there is none.</summary>
    /// <param name="values">In any order; they are sorted in place.</param>
    /// <param name="divisor">1, or 100 for fen told in yuan.</param>
    public static DrawSpread? Of(long[] values, decimal divisor)
    {
        if (values.Length == 0) return null;
        Array.Sort(values);
        return new DrawSpread(
            values[0] / divisor, At(values, Low) / divisor, At(values, Middle) / divisor, At(values, High) / divisor,
            values[^1] / divisor);
    }

    /// <summary>A quantile of sorted values.</summary>
    public static decimal At(long[] sorted, int percent)
    {
        var (lower, rest) = Math.DivRem((sorted.Length - 1) * percent, Hundred);
        return rest == 0
            ? sorted[lower]
            : sorted[lower] + ((sorted[lower + 1] - sorted[lower]) * (decimal)rest / Hundred);
    }
}
