namespace Evaluation.Rules.Index;

/// <summary>
/// What one column looks like, as COINr's <c>get_stats</c> tells it. Standard deviation, skewness and kurtosis are those of
/// a sample (type 2 of Joanes and Gill 1998, which spreadsheets use); NaN where there are too few values or they do not
/// differ.
/// </summary>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Median">Median.</param>
/// <param name="StandardDeviation">Sample standard deviation.</param>
/// <param name="Skewness">Sample skewness.</param>
/// <param name="Kurtosis">Sample excess kurtosis.</param>
/// <param name="Units">Units in the table.</param>
/// <param name="Available">Values that are there.</param>
/// <param name="NonZero">Values that are there and not 0.</param>
/// <param name="Unique">Different values.</param>
/// <param name="Same">How often the most frequent value occurs.</param>
public sealed record ColumnStatistics(
    double Min,
    double Max,
    double Mean,
    double Median,
    double StandardDeviation,
    double Skewness,
    double Kurtosis,
    int Units,
    int Available,
    int NonZero,
    int Unique,
    int Same)
{
    /// <summary>The statistics of a column.</summary>
    public static ColumnStatistics Of(ReadOnlySpan<double> column)
    {
        var present = Present(column);
        if (present.Length == 0)
        {
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, column.Length, 0, 0, 0, 0);
        }

        var moments = Moments.Of(present);
        var ascending = present.ToArray();
        Array.Sort(ascending);
        var counts = ascending.CountBy(value => value).ToList();
        return new(
            ascending[0], ascending[^1], moments.Mean, Quantile.OfSorted(ascending, 0.5),
            moments.StandardDeviation, moments.Skewness, moments.Kurtosis,
            column.Length, present.Length, present.Count(value => value != 0), counts.Count, counts.Max(count => count.Value));
    }

    /// <summary>The values that are there, in their order.</summary>
    internal static double[] Present(ReadOnlySpan<double> column)
    {
        var present = new List<double>(column.Length);
        foreach (var value in column)
        {
            if (!double.IsNaN(value)) present.Add(value);
        }

        return [.. present];
    }
}
