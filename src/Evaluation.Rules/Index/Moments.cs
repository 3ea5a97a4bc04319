namespace Evaluation.Rules.Index;

/// <summary>Mean, standard deviation, skewness and kurtosis of values that are all there.</summary>
internal readonly record struct Moments(double Mean, double StandardDeviation, double Skewness, double Kurtosis)
{
    // Type 2 of Joanes and Gill (1998): unbiased under normality, what e1071 and spreadsheets call skewness and kurtosis.
    public static Moments Of(ReadOnlySpan<double> values)
    {
        double n = values.Length;
        var mean = Average(values);
        double second = 0, third = 0, fourth = 0;
        foreach (var value in values)
        {
            var away = value - mean;
            var square = away * away;
            second += square;
            third += square * away;
            fourth += square * square;
        }

        var deviation = n > 1 ? Math.Sqrt(second / (n - 1)) : double.NaN;
        var skewness = n > 2
            ? Math.Sqrt(n) * third / (second * Math.Sqrt(second)) * Math.Sqrt(n * (n - 1)) / (n - 2)
            : double.NaN;
        var kurtosis = n > 3
            ? ((n + 1) * (n * fourth / (second * second) - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
            : double.NaN;
        return new(mean, deviation, skewness, kurtosis);
    }

    // Twice over: the second round takes up what the rounding of the first left, as R's mean does.
    private static double Average(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values) sum += value;
        var mean = sum / values.Length;
        double rest = 0;
        foreach (var value in values) rest += value - mean;
        return mean + rest / values.Length;
    }
}
