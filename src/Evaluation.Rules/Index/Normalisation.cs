namespace Evaluation.Rules.Index;

/// <summary>How indicators in different units are brought to one scale.</summary>
public enum NormalisationMethod
{
    /// <summary>Not at all: the data are normalised already.</summary>
    None,

    /// <summary>Linear between the smallest and the largest value.</summary>
    MinMax,

    /// <summary>Distance from the mean in standard deviations.</summary>
    ZScore,

    /// <summary>Place from below: the smallest value has 1, equal values share the lower place.</summary>
    Rank,

    /// <summary>Units that are worse: the rank less 1.</summary>
    Borda,

    /// <summary>Share of the other units that are worse.</summary>
    PercentileRank,

    /// <summary>1 less the distance to the largest value, as a share of the range.</summary>
    DistanceToMaximum,

    /// <summary>Fraction of the largest value.</summary>
    FractionOfMaximum,
}

/// <summary>Brings columns to one scale, more is better. The definitions are those of COINr.</summary>
public static class Normalisation
{
    /// <summary>
    /// One column on the common scale; missing values stay missing. Where <see cref="SaysNothing"/> holds, the values that
    /// come out are no numbers to reckon with: missing, or infinite for a fraction of 0.
    /// </summary>
    /// <param name="column">The values.</param>
    /// <param name="direction">-1 where less is better: the sign is turned first.</param>
    /// <param name="method">The method.</param>
    /// <param name="scale">Where min–max puts the smallest and the largest value.</param>
    public static double[] Apply(double[] column, int direction, NormalisationMethod method, Interval scale)
    {
        if (method == NormalisationMethod.None) return column;
        var values = direction == 1 ? column : Array.ConvertAll(column, value => -value);
        var present = ColumnStatistics.Present(values);
        if (present.Length == 0) return values;
        if (NeedsRange(method) && present.Min() == present.Max()) return Array.ConvertAll(values, _ => double.NaN);
        return method switch
        {
            NormalisationMethod.MinMax => MinMax(values, present, scale),
            NormalisationMethod.ZScore => ZScore(values, present),
            NormalisationMethod.Rank => Places(values, present, shift: 1, divisor: 1),
            NormalisationMethod.Borda => Places(values, present, shift: 0, divisor: 1),
            NormalisationMethod.PercentileRank => Places(values, present, shift: 0, divisor: present.Length - 1),
            NormalisationMethod.DistanceToMaximum => DistanceToMaximum(values, present),
            NormalisationMethod.FractionOfMaximum => FractionOfMaximum(values, present),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "an unknown method"),
        };
    }

    /// <summary>
    /// Whether a column cannot tell units apart by a method: it has no value, its values do not differ and the method
    /// divides by their range, or its best value is 0 and the method divides by that.
    /// </summary>
    public static bool SaysNothing(ReadOnlySpan<double> column, int direction, NormalisationMethod method)
    {
        var present = ColumnStatistics.Present(column);
        if (present.Length == 0) return true;
        return method == NormalisationMethod.FractionOfMaximum
            ? (direction == 1 ? present.Max() : present.Min()) == 0
            : NeedsRange(method) && present.Min() == present.Max();
    }

    private static bool NeedsRange(NormalisationMethod method) => method
        is NormalisationMethod.MinMax or NormalisationMethod.ZScore or NormalisationMethod.DistanceToMaximum
        or NormalisationMethod.PercentileRank;

    private static double[] MinMax(double[] values, double[] present, Interval scale)
    {
        var (least, most) = (present.Min(), present.Max());
        return Array.ConvertAll(values, value => (value - least) / (most - least) * (scale.High - scale.Low) + scale.Low);
    }

    private static double[] ZScore(double[] values, double[] present)
    {
        var moments = Moments.Of(present);
        return Array.ConvertAll(values, value => (value - moments.Mean) / moments.StandardDeviation);
    }

    private static double[] Places(double[] values, double[] present, int shift, double divisor)
    {
        var ascending = present.ToArray();
        Array.Sort(ascending);
        var below = new Dictionary<double, int>();
        for (var place = 0; place < ascending.Length; place++) below.TryAdd(ascending[place], place);
        return Array.ConvertAll(values, value => double.IsNaN(value) ? value : (below[value] + shift) / divisor);
    }

    private static double[] DistanceToMaximum(double[] values, double[] present)
    {
        var (least, most) = (present.Min(), present.Max());
        return Array.ConvertAll(values, value => 1 - (most - value) / (most - least));
    }

    private static double[] FractionOfMaximum(double[] values, double[] present)
    {
        var most = present.Max();
        return Array.ConvertAll(values, value => value / most);
    }
}
