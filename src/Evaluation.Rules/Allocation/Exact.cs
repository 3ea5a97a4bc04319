using System.Numerics;

namespace Evaluation.Rules.Allocation;

/// <summary>Decimals as whole numbers of a common scale, and ratios of whole numbers as decimals.</summary>
internal static class Exact
{
    private const int DecimalsShown = 12;

    /// <summary>value × 10^scale; the scale is at least the value's own.</summary>
    public static BigInteger Scaled(decimal value, int scale)
    {
        // The three parts are unsigned, though they come as signed integers.
        var bits = decimal.GetBits(value);
        var magnitude = (Part(bits[2]) << 64) | (Part(bits[1]) << 32) | Part(bits[0]);
        return (value < 0m ? -magnitude : magnitude) * BigInteger.Pow(10, scale - value.Scale);
    }

    /// <summary>The greatest multiple of a positive step that is not above the value.</summary>
    public static BigInteger FloorTo(BigInteger value, BigInteger step) => value - Modulo(value, step);

    /// <summary>The least multiple of a positive step that is not below the value.</summary>
    public static BigInteger CeilingTo(BigInteger value, BigInteger step) => FloorTo(value + step - 1, step);

    /// <summary>numerator ÷ denominator to twelve decimals, half-even.</summary>
    public static decimal Ratio(BigInteger numerator, BigInteger denominator)
    {
        var scaled = numerator * BigInteger.Pow(10, DecimalsShown);
        var whole = BigInteger.DivRem(scaled, denominator, out var remainder);
        var twice = BigInteger.Abs(remainder) * 2;
        if (twice > denominator || (twice == denominator && !whole.IsEven)) whole += numerator.Sign;
        return (decimal)whole / 1_000_000_000_000m;
    }

    private static BigInteger Part(int bits) => unchecked((uint)bits);

    private static BigInteger Modulo(BigInteger value, BigInteger step)
    {
        var remainder = value % step;
        return remainder < 0 ? remainder + step : remainder;
    }
}
