namespace Evaluation.Rules.Index;

/// <summary>Quantiles by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), R's own.</summary>
public static class Quantile
{
    /// <summary>A quantile of values that are already in ascending order.</summary>
    /// <param name="ascending">At least one value, none of them missing, in ascending order.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <exception cref="ArgumentException">There is no value, or the probability is outside its range.</exception>
    public static double OfSorted(ReadOnlySpan<double> ascending, double probability)
    {
        if (ascending.IsEmpty) throw new ArgumentException("A quantile needs at least one value.", nameof(ascending));
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentException("The probability of a quantile lies between 0 and 1.", nameof(probability));
        }

        var place = (ascending.Length - 1) * probability;
        var below = (int)place;
        var part = place - below;
        return part > 0
            ? (1 - part) * ascending[below] + part * ascending[below + 1]
            : ascending[below];
    }

    /// <summary>A quantile of values in any order; they stay as they are.</summary>
    /// <exception cref="ArgumentException">There is no value, or the probability is outside its range.</exception>
    public static double Of(ReadOnlySpan<double> values, double probability)
    {
        var ascending = values.ToArray();
        Array.Sort(ascending);
        return OfSorted(ascending, probability);
    }
}
