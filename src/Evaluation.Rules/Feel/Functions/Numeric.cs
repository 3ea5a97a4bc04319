namespace Evaluation.Rules.Feel;

/// <summary>Rounding of decimals to a number of places, which may be negative (places before the point).</summary>
internal static class Rounding
{
    // Table 76: scale is in the range of decimal128's exponents.
    public const int MinScale = -6111;
    public const int MaxScale = 6176;

    public static decimal Round(decimal value, int scale, Func<decimal, decimal> toWhole)
    {
        if (scale > 28)
        {
            return value;
        }
        if (scale == 0)
        {
            return toWhole(value);
        }
        if (scale < -28)
        {
            return toWhole(value == 0 ? 0 : value > 0 ? 0.1m : -0.1m) == 0 ? 0 : throw new OverflowException();
        }
        if (scale < 0)
        {
            var unit = PowerOfTen(-scale);
            return toWhole(value / unit) * unit;
        }
        // Only the fraction is scaled up: the whole part may be too large for it.
        var whole = decimal.Truncate(value);
        var factor = PowerOfTen(scale);
        return whole + toWhole((value - whole) * factor) / factor;
    }

    private static decimal PowerOfTen(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }
        return power;
    }

    public static decimal Up(decimal value) => value < 0 ? Math.Floor(value) : Math.Ceiling(value);
    public static decimal Down(decimal value) => decimal.Truncate(value);
    public static decimal HalfUp(decimal value) => Math.Round(value, 0, MidpointRounding.AwayFromZero);
    public static decimal HalfEven(decimal value) => Math.Round(value, 0, MidpointRounding.ToEven);

    public static decimal HalfDown(decimal value)
    {
        var whole = decimal.Truncate(value);
        return Math.Abs(value - whole) > 0.5m ? whole + Math.Sign(value) : whole;
    }
}

/// <content>Numeric functions (table 76).</content>
internal static partial class Builtins
{
    private static void AddNumeric(Registry r)
    {
        r.Add("decimal", "n: n, scale: n", (c, a) => Round(c, a, Rounding.HalfEven));
        r.Add("floor", "n: n", (_, a) => Math.Floor(a[0].Amount));
        r.Add("floor", "n: n, scale: n", (c, a) => Round(c, a, Math.Floor));
        r.Add("ceiling", "n: n", (_, a) => Math.Ceiling(a[0].Amount));
        r.Add("ceiling", "n: n, scale: n", (c, a) => Round(c, a, Math.Ceiling));
        r.Add("round up", "n: n, scale: n", (c, a) => Round(c, a, Rounding.Up));
        r.Add("round down", "n: n, scale: n", (c, a) => Round(c, a, Rounding.Down));
        r.Add("round half up", "n: n, scale: n", (c, a) => Round(c, a, Rounding.HalfUp));
        r.Add("round half down", "n: n, scale: n", (c, a) => Round(c, a, Rounding.HalfDown));
        r.Add("abs", "n: nDY", (_, a) => a[0].Kind switch
        {
            FeelKind.Number => Math.Abs(a[0].Amount),
            FeelKind.DayTimeDuration => FeelValue.DayTimeDuration(Math.Abs(a[0].Amount)),
            _ => FeelValue.YearMonthDuration(Math.Abs((long)a[0].Amount)),
        });
        r.Add("modulo", "dividend: n, divisor: n", Modulo);
        r.Add("sqrt", "number: n", (c, a) =>
            Real(c, DecimalMath.Sqrt(a[0].Amount), "a negative number has no root", "负数没有平方根"));
        r.Add("log", "number: n", (c, a) =>
            Real(c, DecimalMath.Log(a[0].Amount), "only a number above zero has a logarithm", "只有正数才有对数"));
        r.Add("exp", "number: n", (c, a) => Real(c, DecimalMath.Exp(a[0].Amount), "the result is too small", "结果太小"));
        r.Add("odd", "number: n", (c, a) => Parity(a[0].Amount, 1));
        r.Add("even", "number: n", (c, a) => Parity(a[0].Amount, 0));
    }

    private static FeelValue Round(BuiltinCall call, FeelValue[] a, Func<decimal, decimal> toWhole)
    {
        var scale = a.Length > 1 ? decimal.Truncate(a[1].Amount) : 0;
        return scale is < Rounding.MinScale or > Rounding.MaxScale
            ? call.Null($"the number of places must be {Rounding.MinScale} to {Rounding.MaxScale}",
                $"小数位数须为 {Rounding.MinScale} 至 {Rounding.MaxScale}")
            : Rounding.Round(a[0].Amount, (int)scale, toWhole);
    }

    // The remainder has the divisor's sign: dividend - divisor * floor(dividend / divisor).
    private static FeelValue Modulo(BuiltinCall call, FeelValue[] a)
    {
        var (dividend, divisor) = (a[0].Amount, a[1].Amount);
        if (divisor == 0)
        {
            return call.Null("division by zero", "除数为零");
        }
        var remainder = dividend % divisor;
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? remainder + divisor : remainder;
    }

    // A series of decimals takes as long as some dozens of other operations.
    private const int StepsASeries = 30;

    private static FeelValue Real(BuiltinCall call, decimal? value, string en, string zh)
    {
        call.Run.Step(StepsASeries);
        return value is { } number ? number : call.Null(en, zh);
    }

    private static FeelValue Parity(decimal number, int rest) => Math.Abs(number % 2) == rest;
}
