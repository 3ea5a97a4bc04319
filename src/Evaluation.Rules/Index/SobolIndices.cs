namespace Evaluation.Rules.Index;

/// <summary>
/// Sobol indices from the outputs of a <see cref="SaltelliDesign"/>, with the estimators COINr uses:
/// first order S_i = mean(y_B · (y_ABi − y_A)) / V (Saltelli 2010), total T_i = Σ(y_A − y_ABi)² / (2 N V) (Jansen 1999),
/// where V is the sample variance of the outputs of A and B together.
/// </summary>
public static class SobolIndices
{
    private const double LowShare = 0.05;
    private const double HighShare = 0.95;

    /// <summary>The indices of every factor, in the order of the design's columns.</summary>
    /// <param name="outputs">N(d + 2) outputs in the order A, B, AB₁ … AB_d.</param>
    /// <param name="factors">d.</param>
    /// <exception cref="ArgumentException">The number of outputs does not fit, or they do not vary.</exception>
    public static IReadOnlyList<SobolIndex> Estimate(ReadOnlySpan<double> outputs, int factors)
    {
        var size = SizeOf(outputs, factors);
        var rows = new int[size];
        for (var row = 0; row < size; row++) rows[row] = row;
        if (!(Variance(outputs, rows) > 0))
        {
            throw new ArgumentException("The outputs of A and B do not vary: there is no variance to apportion.", nameof(outputs));
        }

        return Estimate(outputs, factors, rows);
    }

    /// <summary>
    /// The indices with bootstrap intervals: the N rows of the design are drawn anew with replacement (a row takes its
    /// outputs in A, B and every AB_i along), and every estimator, the variance included, is computed again.
    /// </summary>
    /// <param name="outputs">N(d + 2) outputs in the order A, B, AB₁ … AB_d.</param>
    /// <param name="factors">d.</param>
    /// <param name="draws">How many times; at least one.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <exception cref="ArgumentException">The number of outputs does not fit, or they do not vary.</exception>
    public static IReadOnlyList<SobolIndex> Estimate(
        ReadOnlySpan<double> outputs, int factors, int draws, CounterRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var estimates = Estimate(outputs, factors);
        var size = SizeOf(outputs, factors);
        var first = new List<double>[factors];
        var total = new List<double>[factors];
        for (var factor = 0; factor < factors; factor++) (first[factor], total[factor]) = ([], []);
        var rows = new int[size];
        for (var draw = 0; draw < draws; draw++)
        {
            for (var row = 0; row < size; row++) rows[row] = random.Below((long)draw * size + row, size);
            // Rows that all coincide vary no more: such a draw says nothing about shares of variance.
            if (!(Variance(outputs, rows) > 0)) continue;
            var again = Estimate(outputs, factors, rows);
            for (var factor = 0; factor < factors; factor++)
            {
                first[factor].Add(again[factor].First);
                total[factor].Add(again[factor].Total);
            }
        }

        return [.. estimates.Select((estimate, factor) => estimate with
        {
            FirstInterval = Between(first[factor]),
            TotalInterval = Between(total[factor]),
        })];
    }

    private static int SizeOf(ReadOnlySpan<double> outputs, int factors)
    {
        var size = factors < 1 ? 0 : outputs.Length / (factors + 2);
        return size >= 2 && size * (factors + 2) == outputs.Length
            ? size
            : throw new ArgumentException(
                $"{outputs.Length} outputs do not fit {factors} factors: a design has N(d + 2) rows, N at least 2.",
                nameof(outputs));
    }

    private static List<SobolIndex> Estimate(ReadOnlySpan<double> outputs, int factors, int[] rows)
    {
        var size = rows.Length;
        var variance = Variance(outputs, rows);
        var a = outputs[..size];
        var b = outputs[size..(2 * size)];
        var indices = new List<SobolIndex>(factors);
        for (var factor = 0; factor < factors; factor++)
        {
            var mixed = outputs.Slice((factor + 2) * size, size);
            double first = 0, total = 0;
            foreach (var row in rows)
            {
                var change = mixed[row] - a[row];
                first += b[row] * change;
                total += change * change;
            }

            indices.Add(new SobolIndex(first / size / variance, total / (2.0 * size * variance)));
        }

        return indices;
    }

    private static double Variance(ReadOnlySpan<double> outputs, int[] rows)
    {
        var size = rows.Length;
        double sum = 0;
        foreach (var row in rows) sum += outputs[row] + outputs[size + row];
        var mean = sum / (2 * size);
        double squares = 0;
        foreach (var row in rows)
        {
            var (a, b) = (outputs[row] - mean, outputs[size + row] - mean);
            squares += a * a + b * b;
        }

        return squares / (2 * size - 1);
    }

    private static Interval? Between(List<double> values)
    {
        if (values.Count == 0) return null;
        values.Sort();
        var ascending = values.ToArray();
        return new Interval(Quantile.OfSorted(ascending, LowShare), Quantile.OfSorted(ascending, HighShare));
    }
}
