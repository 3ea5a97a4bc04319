namespace Evaluation.Rules.Index;

/// <summary>
/// A cross-check of a ranking that needs no normalisation: units are compared pair by pair, and the weight of the
/// indicators in which one is better decides.
/// </summary>
public static class Outranking
{
    // The sum of many weights is off by less than this.
    private const double Rounding = 1e-12;

    /// <summary>
    /// The outranking matrix: entry (i, j) is the weight of the indicators in which unit i has more than unit j, plus half
    /// the weight of those in which they have the same, as a share of the weight of all indicators that both have; (i, j)
    /// and (j, i) sum to 1, the diagonal is 0. Two units without a common indicator draw.
    /// </summary>
    /// <param name="values">One row a unit, one value an indicator; more is better, a missing value is NaN.</param>
    /// <param name="weights">One weight an indicator, not negative, not all zero.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or the weights are all zero.</exception>
    public static double[,] Matrix(IReadOnlyList<double[]> values, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (var weight in weights) sum += weight;
        if (!(sum > 0)) throw new ArgumentException("The weights of an outranking matrix must not all be zero.", nameof(weights));
        var matrix = new double[values.Count, values.Count];
        for (var one = 0; one < values.Count; one++)
        {
            if (values[one].Length != weights.Length)
            {
                throw new ArgumentException($"Row {one} has {values[one].Length} values for {weights.Length} weights.", nameof(values));
            }

            for (var other = one + 1; other < values.Count; other++)
            {
                var share = Share(values[one], values[other], weights);
                matrix[one, other] = share;
                matrix[other, one] = 1 - share;
            }
        }

        return matrix;
    }

    /// <summary>
    /// Copeland scores: for each unit, the number of units it outranks (entry above one half) less the number that outrank
    /// it. An entry of one half, but for the rounding of the sum of weights, is a draw.
    /// </summary>
    public static int[] Copeland(double[,] matrix)
    {
        var units = matrix.GetLength(0);
        var scores = new int[units];
        for (var one = 0; one < units; one++)
        {
            for (var other = 0; other < units; other++)
            {
                if (one == other) continue;
                if (Beats(matrix[one, other])) scores[one]++;
                else if (Beats(1 - matrix[one, other])) scores[one]--;
            }
        }

        return scores;
    }

    /// <summary>Whether an entry of the matrix says that the first unit outranks the second.</summary>
    public static bool Beats(double entry) => entry > 0.5 + Rounding;

    /// <summary>The entry of the matrix for two rows.</summary>
    internal static double Share(double[] one, double[] other, ReadOnlySpan<double> weights)
    {
        double more = 0, same = 0, less = 0;
        for (var indicator = 0; indicator < weights.Length; indicator++)
        {
            if (one[indicator] > other[indicator]) more += weights[indicator];
            else if (one[indicator] < other[indicator]) less += weights[indicator];
            else if (one[indicator] == other[indicator]) same += weights[indicator];
        }

        var compared = more + same + less;
        return compared > 0 ? (more + same / 2) / compared : 0.5;
    }
}
