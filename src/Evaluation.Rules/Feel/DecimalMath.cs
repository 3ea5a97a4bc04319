namespace Evaluation.Rules.Feel;

/// <summary>Powers, roots, exponentials and logarithms on decimals: computed in decimal, so that they are the same
/// on every machine, and exact where the result is.</summary>
internal static class DecimalMath
{
    private const decimal Ln2 = 0.6931471805599453094172321215m;
    private const decimal Ln10 = 2.3025850929940456840179914547m;

    /// <summary>The power, or null where there is none in real numbers; throws <see cref="OverflowException"/> when
    /// it is too large.</summary>
    public static decimal? Power(decimal x, decimal y)
    {
        if (y == decimal.Truncate(y))
        {
            return WholePower(x, y);
        }
        if (x < 0)
        {
            return null;
        }
        if (x == 0)
        {
            return y > 0 ? 0m : null;
        }
        if (y == 0.5m)
        {
            return Sqrt(x);
        }
        return Log(x) is { } log && Exp(log * y) is { } power ? Settle(power) : null;
    }

    // 8 ** (1/3) comes out as 1.9999…9 in the last places; a whole number within the error is meant.
    private static decimal Settle(decimal value)
    {
        var whole = Math.Round(value, 0);
        return Math.Abs(value - whole) < 1e-22m * Math.Max(1, Math.Abs(whole)) ? whole : value;
    }

    private static decimal? WholePower(decimal x, decimal y)
    {
        if (x == 0)
        {
            return y > 0 ? 0m : y == 0 ? 1m : null;
        }
        if (x == 1 || y == 0)
        {
            return 1m;
        }
        if (x == -1)
        {
            return y % 2 == 0 ? 1m : -1m;
        }
        if (Math.Abs(y) > 2_000_000)
        {
            // Only a base within a millionth of 1 stays finite; its logarithm tells.
            return Log(Math.Abs(x)) is { } log && Exp(log * y) is { } far ? (x < 0 && y % 2 != 0 ? -far : far) : null;
        }
        var power = Squares(x, (int)Math.Abs(y));
        if (y > 0)
        {
            return power == 0 ? null : power;
        }
        if (power is 0 or null)
        {
            return Squares(1 / x, (int)-y);
        }
        var inverse = 1 / power.Value;
        return inverse == 0 ? null : inverse;
    }

    private static decimal? Squares(decimal x, int n)
    {
        var result = 1m;
        while (true)
        {
            if ((n & 1) == 1)
            {
                result *= x;
            }
            n >>= 1;
            if (n == 0)
            {
                return result == 0 ? null : result;
            }
            x *= x;
            if (x == 0)
            {
                return null;
            }
        }
    }

    /// <summary>The root, or null of a negative number.</summary>
    public static decimal? Sqrt(decimal x)
    {
        if (x < 0)
        {
            return null;
        }
        if (x == 0)
        {
            return 0m;
        }
        var root = (decimal)Math.Sqrt((double)x);
        for (var i = 0; i < 4; i++)
        {
            root = (root + x / root) / 2;
        }
        var exact = Math.Round(root, 14);
        var fits = exact != 0 && exact <= 8_900_000_000_000m && Scale(exact) <= 14;
        return fits && exact * exact == x ? Trim(exact) : root;
    }

    private static int Scale(decimal value) => (decimal.GetBits(value)[3] >> 16) & 0xFF;

    internal static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    /// <summary>e to the power of x; throws <see cref="OverflowException"/> when too large, null when too
    /// small.</summary>
    public static decimal? Exp(decimal x)
    {
        if (x == 0)
        {
            return 1m;
        }
        if (x > 67)
        {
            throw new OverflowException();
        }
        if (x < -65)
        {
            return null;
        }
        // x = n ln 2 + r with |r| at most ln 2 / 2, so that the series ends quickly.
        var n = (int)Math.Round(x / Ln2, MidpointRounding.AwayFromZero);
        var r = x - n * Ln2;
        decimal sum = 1, term = 1;
        for (var k = 1; k < 60 && term != 0; k++)
        {
            term = term * r / k;
            sum += term;
        }
        for (; n > 0; n--)
        {
            sum *= 2;
        }
        for (; n < 0; n++)
        {
            sum /= 2;
        }
        return sum == 0 ? null : sum;
    }

    /// <summary>The natural logarithm, or null of zero and negative numbers.</summary>
    public static decimal? Log(decimal x)
    {
        if (x <= 0)
        {
            return null;
        }
        if (x == 1)
        {
            return 0m;
        }
        // x = m · 10^t · 2^n with m near 1; then ln m = 2 artanh((m-1)/(m+1)).
        var (t, n) = (0, 0);
        for (; x >= 10; t++)
        {
            x /= 10;
        }
        for (; x < 1; t--)
        {
            x *= 10;
        }
        for (; x > 1.4142135623730950488016887242m; n++)
        {
            x /= 2;
        }
        var z = (x - 1) / (x + 1);
        var square = z * z;
        decimal sum = 0, term = z;
        for (var k = 1; k < 200 && term != 0; k += 2)
        {
            sum += term / k;
            term *= square;
        }
        return 2 * sum + n * Ln2 + t * Ln10;
    }
}
