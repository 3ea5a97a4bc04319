using System.Numerics;

namespace Evaluation.Rules.Allocation;

/// <summary>What one unit claims from a pot, in numbers.</summary>
/// <param name="Basis">What it shares by; 0 for a unit that only has a fixed part.</param>
/// <param name="First">Paid from the pot first, besides the share.</param>
/// <param name="Low">The whole award is at least this.</param>
/// <param name="High">The whole award is at most this, or null.</param>
public readonly record struct PotClaim(decimal Basis, decimal First, decimal Low, decimal? High);

/// <summary>How a pot is shared, in numbers.</summary>
/// <param name="Pot">What there is, or null where amounts are only computed.</param>
/// <param name="Spend">What becomes of it.</param>
/// <param name="Threshold">A formula amount below it becomes 0, or null.</param>
/// <param name="RoundTo">Rounding unit.</param>
/// <param name="Rounding">Rounding method.</param>
/// <param name="Ties">Order of two claims, by index: of equal remainders the earlier one goes first.</param>
public sealed record PotTerms(
    decimal? Pot, SpendRule Spend, decimal? Threshold, decimal RoundTo, RoundingMethod Rounding, Comparison<int> Ties);

/// <summary>Why a pot cannot be shared.</summary>
public enum PotTrouble
{
    /// <summary>A least award is above the greatest one.</summary>
    CrossedBounds,

    /// <summary>What is paid first exceeds the pot.</summary>
    FirstExceedsPot,

    /// <summary>The least awards exceed the pot.</summary>
    FloorsExceedPot,

    /// <summary>The greatest awards together stay below a pot that must be spent.</summary>
    CapsBelowPot,

    /// <summary>Amounts paid as computed exceed the pot.</summary>
    AmountsExceedPot,

    /// <summary>Amounts that must add up to the pot do not.</summary>
    AmountsDoNotAddUp,
}

/// <summary>A pot cannot be shared: which claims bind, and what they add up to.</summary>
/// <param name="Trouble">Why.</param>
/// <param name="Claims">Indices of the claims that bind.</param>
/// <param name="Sum">What they add up to.</param>
public sealed record PotRefusal(PotTrouble Trouble, IReadOnlyList<int> Claims, decimal Sum);

/// <summary>How a pot was shared; one entry a claim, in their order.</summary>
public sealed class PotSolution
{
    private readonly BigInteger _plainNumerator;
    private readonly BigInteger _plainDenominator;
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    internal PotSolution(
        (BigInteger Numerator, BigInteger Denominator) plain, (BigInteger Numerator, BigInteger Denominator)? rate,
        decimal[] first, decimal[] low, decimal?[] high, bool[] below, ClampedShare.Held[] held, decimal[] amounts)
    {
        (_plainNumerator, _plainDenominator) = plain;
        (_numerator, _denominator) = rate ?? (BigInteger.Zero, BigInteger.One);
        HasRate = rate is not null;
        (First, Low, High, BelowThreshold, Held, Amounts) = (first, low, high, below, held, amounts);
    }

    /// <summary>False where every claim stands at its greatest award.</summary>
    public bool HasRate { get; }

    /// <summary>The rate of the formula alone: nobody has bounds, nobody falls below the threshold. To twelve
    /// decimals.</summary>
    public decimal PlainRate => Exact.Ratio(_plainNumerator, _plainDenominator);

    /// <summary>The common rate, to twelve decimals.</summary>
    public decimal Rate => Exact.Ratio(_numerator, _denominator);

    /// <summary>Paid first, in whole rounding units.</summary>
    public IReadOnlyList<decimal> First { get; }

    /// <summary>Least awards in whole rounding units.</summary>
    public IReadOnlyList<decimal> Low { get; }

    /// <summary>Greatest awards in whole rounding units.</summary>
    public IReadOnlyList<decimal?> High { get; }

    /// <summary>Whether the formula amount was below the threshold, so that the claim gets nothing.</summary>
    public IReadOnlyList<bool> BelowThreshold { get; }

    /// <summary>Which bound held each award.</summary>
    public IReadOnlyList<ClampedShare.Held> Held { get; }

    /// <summary>The awards.</summary>
    public IReadOnlyList<decimal> Amounts { get; }

    /// <summary>basis × the rate of the formula alone, to twelve decimals.</summary>
    public decimal PlainShare(decimal basis) => Times(basis, _plainNumerator, _plainDenominator);

    /// <summary>basis × the common rate, to twelve decimals.</summary>
    public decimal FreeShare(decimal basis) => Times(basis, _numerator, _denominator);

    private static decimal Times(decimal basis, BigInteger numerator, BigInteger denominator)
    {
        var scale = Exact.ScaleOf(basis);
        return Exact.Ratio(Exact.Scaled(basis, scale) * numerator, denominator * BigInteger.Pow(10, scale));
    }
}

/// <summary>
/// Shares one pot in exact arithmetic: what is paid first comes off the top, formula amounts below the threshold return,
/// one rate for everybody within bounds, one rounding. Pure numbers; the order of the claims does not matter.
/// </summary>
public static class PotShare
{
    /// <summary>Shares the pot.</summary>
    /// <returns>The solution, or why there is none.</returns>
    public static (PotSolution? Solution, PotRefusal? Refusal) Solve(IReadOnlyList<PotClaim> claims, PotTerms terms)
    {
        var scales = PotScales.Of(claims, terms);
        return scales.FitsInt128
            ? new PotProblem<Int128>(claims, terms, scales, Exact.ScaledShort).Solve()
            : new PotProblem<BigInteger>(claims, terms, scales, Exact.Scaled).Solve();
    }
}

/// <summary>The common scales of a pot's numbers: of money, and of what it is shared by.</summary>
/// <param name="Money">Decimals of amounts.</param>
/// <param name="Weight">Decimals of bases.</param>
/// <param name="FitsInt128">Whether every product that sharing forms fits 127 bits.</param>
internal readonly record struct PotScales(int Money, int Weight, bool FitsInt128)
{
    // What 127 bits hold, in decimal digits, with room for the factors of two and ten that rounding takes.
    private const int DigitsOfInt128 = 36;

    public static PotScales Of(IReadOnlyList<PotClaim> claims, PotTerms terms)
    {
        var money = Math.Max(Exact.ScaleOf(terms.Pot ?? 0m), Exact.ScaleOf(terms.RoundTo));
        var (weight, amount, basis) = (0, terms.Pot ?? 0m, 0m);
        foreach (var claim in claims)
        {
            weight = Math.Max(weight, Exact.ScaleOf(claim.Basis));
            money = Math.Max(money, Math.Max(Exact.ScaleOf(claim.First), Exact.ScaleOf(claim.Low)));
            basis = Math.Max(basis, claim.Basis);
            amount = Math.Max(amount, Math.Max(claim.First, claim.Low));
            if (claim.High is not { } high) continue;
            money = Math.Max(money, Exact.ScaleOf(high));
            amount = Math.Max(amount, high);
        }

        // Sums over all claims of products of a weight, an amount and, for a rate of 1, the two powers of ten.
        var digits = WholeDigits(amount) + money + WholeDigits(basis) + weight + WholeDigits(claims.Count);
        var atRateOne = WholeDigits(Math.Max(basis, amount)) + (2 * Math.Max(money, weight)) + WholeDigits(claims.Count)
            + WholeDigits(terms.RoundTo);
        return new PotScales(money, weight, Math.Max(digits, atRateOne) <= DigitsOfInt128);
    }

    private static int WholeDigits(decimal value)
    {
        var digits = 1;
        for (var rest = decimal.Truncate(value); rest >= 10; rest = decimal.Truncate(rest / 10)) digits++;
        return digits;
    }
}
