namespace Evaluation.Rules.Certainty;

/// <summary>Logarithm and exponential from additions, multiplications and divisions alone: the libraries of machines
/// differ in the last bit of theirs, and a result has to be the same bytes everywhere.</summary>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309;
    private const long Bias = 1023;
    private const int MantissaBits = 52;
    private const int Terms = 24;

    /// <summary>Natural logarithm of a positive normal number.</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (bits >> MantissaBits) - Bias;
        var mantissa = BitConverter.Int64BitsToDouble((bits & ((1L << MantissaBits) - 1)) | (Bias << MantissaBits));

        // ln m = 2 artanh((m − 1) ÷ (m + 1)) with m in [1, 2): the argument is below a third.
        var t = (mantissa - 1.0) / (mantissa + 1.0);
        var (square, sum) = (t * t, 0.0);
        for (var k = Terms; k >= 0; k--) sum = (sum * square) + (1.0 / ((2 * k) + 1));
        return (exponent * Ln2) + (2.0 * t * sum);
    }

    /// <summary>The exponential of a number that is not far from 0.</summary>
    public static double Exp(double x)
    {
        var twos = Math.Round(x / Ln2);
        var rest = x - (twos * Ln2);
        var sum = 1.0;
        for (var k = Terms; k >= 1; k--) sum = 1.0 + (sum * rest / k);
        return sum * BitConverter.Int64BitsToDouble(((long)twos + Bias) << MantissaBits);
    }
}
