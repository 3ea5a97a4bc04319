namespace Evaluation.Rules.Index;

/// <summary>
/// Logarithm and exponential from the four operations alone. Those of the C library differ in the last bit from one
/// machine to the next, and a difference in the last bit can turn a tie between two units into a rank.
/// </summary>
public static class StableMath
{
    // ln 2 in two parts: the upper has so few bits that its product with an exponent is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2OfE = 1.44269504088896338700;
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;
    private const double SqrtHalf = 0.70710678118654752440;
    private const int LogTerms = 11;
    private const int ExpTerms = 15;
    private const double LargestExp = 709.78;
    private const double SmallestExp = -708.3;

    /// <summary>The natural logarithm of a positive, normal number, to within two units of the last place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, not finite, or subnormal.</exception>
    public static double Log(double value)
    {
        if (!double.IsNormal(value) || value < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A logarithm needs a positive number.");
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> MantissaBits) - ExponentBias + 1;
        var half = BitConverter.Int64BitsToDouble((bits & ((1L << MantissaBits) - 1)) | ((long)(ExponentBias - 1) << MantissaBits));
        if (half < SqrtHalf)
        {
            half *= 2;
            exponent--;
        }

        // ln m = 2 artanh((m - 1) / (m + 1)), |(m - 1) / (m + 1)| ≤ 0.172 for m from √½ to √2.
        var ratio = (half - 1) / (half + 1);
        var square = ratio * ratio;
        double series = 0;
        for (var term = LogTerms; term >= 1; term--) series = square * (1.0 / (2 * term + 1) + series);
        return exponent * Ln2High + (2 * ratio + (2 * ratio * series + exponent * Ln2Low));
    }

    /// <summary>e to the power of a number, to within two units of the last place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The result would not be a normal number.</exception>
    public static double Exp(double value)
    {
        if (!(value is > SmallestExp and < LargestExp))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "The exponential leaves the range of numbers.");
        }

        var power = (int)Math.Round(value * Log2OfE, MidpointRounding.ToEven);
        var rest = value - power * Ln2High - power * Ln2Low;
        double series = 1;
        for (var term = ExpTerms; term >= 1; term--) series = 1 + rest / term * series;
        return Math.ScaleB(series, power);
    }
}
