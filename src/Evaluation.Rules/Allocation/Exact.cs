using System.Numerics;

namespace Evaluation.Rules.Allocation;

/// <summary>Decimals as whole numbers of a common scale, and ratios of whole numbers as decimals.</summary>
internal static class Exact
{
    private const int DecimalsShown = 12;

    /// <summary>Decimals a number needs: 0.500 needs one.</summary>
    public static int ScaleOf(decimal value)
    {
        var (magnitude, scale) = Parts(value);
        while (scale > 0)
        {
            var (rest, digit) = UInt128.DivRem(magnitude, 10);
            if (digit != 0) break;
            (magnitude, scale) = (rest, scale - 1);
        }

        return scale;
    }

    /// <summary>value × 10^scale; the scale is at least what the value needs.</summary>
    public static BigInteger Scaled(decimal value, int scale)
    {
        var (magnitude, own) = Parts(value);
        BigInteger whole = magnitude;
        whole = own <= scale ? whole * BigInteger.Pow(10, scale - own) : whole / BigInteger.Pow(10, own - scale);
        return value < 0m ? -whole : whole;
    }

    /// <summary>The same in 128 bits, where it is known to fit.</summary>
    public static Int128 ScaledShort(decimal value, int scale)
    {
        var (magnitude, own) = Parts(value);
        for (; own < scale; own++) magnitude = unchecked(magnitude * 10);
        for (; own > scale; own--) magnitude /= 10;
        return unchecked((Int128)magnitude);
    }

    /// <summary>The greatest multiple of a positive step that is not above the value.</summary>
    public static T FloorTo<T>(T value, T step)
        where T : IBinaryInteger<T>
    {
        if (step == T.One) return value;
        var remainder = value % step;
        return value - (T.IsNegative(remainder) ? remainder + step : remainder);
    }

    /// <summary>The least multiple of a positive step that is not below the value.</summary>
    public static T CeilingTo<T>(T value, T step)
        where T : IBinaryInteger<T> => FloorTo(value + step - T.One, step);

    /// <summary>numerator ÷ denominator to twelve decimals, half-even.</summary>
    public static decimal Ratio(BigInteger numerator, BigInteger denominator)
    {
        var scaled = numerator * BigInteger.Pow(10, DecimalsShown);
        var whole = BigInteger.DivRem(scaled, denominator, out var remainder);
        var twice = BigInteger.Abs(remainder) * 2;
        if (twice > denominator || (twice == denominator && !whole.IsEven)) whole += numerator.Sign;
        return (decimal)whole / 1_000_000_000_000m;
    }

    private static (UInt128 Magnitude, int Scale) Parts(decimal value)
    {
        // The three parts are unsigned, though they come as signed integers.
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        unchecked
        {
            return (new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]), value.Scale);
        }
    }
}
