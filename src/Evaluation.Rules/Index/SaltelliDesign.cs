namespace Evaluation.Rules.Index;

/// <summary>
/// The design of Saltelli (2010) for Sobol indices of d factors, each drawn uniformly from [0, 1): two matrices A and B of
/// N rows, then for each factor a copy of A with that factor's column taken from B. N(d + 2) rows in the order A, B,
/// AB₁ … AB_d, which is also the order of the outputs that <see cref="SobolIndices"/> expects.
/// </summary>
public sealed class SaltelliDesign
{
    private readonly CounterRandom random;

    /// <summary>A design.</summary>
    /// <param name="factors">d, at least two: with one factor there is nothing to apportion.</param>
    /// <param name="size">N, the rows of A, at least two.</param>
    /// <param name="random">Where the draws come from; the same source gives the same design.</param>
    /// <exception cref="ArgumentException">Too few factors or rows.</exception>
    public SaltelliDesign(int factors, int size, CounterRandom random)
    {
        if (factors < 2) throw new ArgumentException("A Sobol design needs at least two factors.", nameof(factors));
        if (size < 2) throw new ArgumentException("A Sobol design needs at least two rows.", nameof(size));
        Factors = factors;
        Size = size;
        this.random = random;
    }

    /// <summary>The number of factors, d.</summary>
    public int Factors { get; }

    /// <summary>The number of rows of A and of B, N.</summary>
    public int Size { get; }

    /// <summary>The number of runs: N(d + 2).</summary>
    public int Rows => Size * (Factors + 2);

    /// <summary>The value of a factor in a row of the whole design, in [0, 1).</summary>
    public double this[int row, int factor]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(factor, Factors);
            var matrix = row / Size;
            var fromB = matrix == 1 || matrix == factor + 2;
            return random.Fraction((long)(row % Size) * 2 * Factors + (fromB ? Factors : 0) + factor);
        }
    }
}
