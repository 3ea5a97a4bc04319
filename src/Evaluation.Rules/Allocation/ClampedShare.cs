using System.Numerics;

namespace Evaluation.Rules.Allocation;

/// <summary>
/// Shares a pot in proportion to weights within bounds: every share is clamp(λ × weight, low, high) with the one λ that
/// spends the pot. Exact: whole numbers and ratios of whole numbers, no floating point.
/// </summary>
public static class ClampedShare
{
    /// <summary>One claim on the pot.</summary>
    /// <param name="Weight">Positive weight, in any common unit.</param>
    /// <param name="Low">Least share, at least 0.</param>
    /// <param name="High">Greatest share, or null for none; never below <paramref name="Low"/>.</param>
    public readonly record struct Claim(BigInteger Weight, BigInteger Low, BigInteger? High);

    /// <summary>Which bound held a share.</summary>
    public enum Held
    {
        /// <summary>None: the share is λ × weight.</summary>
        Free,

        /// <summary>The lower bound: λ × weight would be less.</summary>
        AtLow,

        /// <summary>The upper bound: λ × weight would be more.</summary>
        AtHigh,
    }

    /// <summary>The solution: λ as a ratio, and every share as a ratio with the common denominator.</summary>
    /// <param name="LambdaNumerator">λ = numerator ÷ denominator, in pot units per weight unit.</param>
    /// <param name="Denominator">Positive; common to λ and the shares.</param>
    /// <param name="Shares">Numerators of the shares in the order of the claims.</param>
    /// <param name="Held">Which bound held each share.</param>
    public sealed record Solution(
        BigInteger LambdaNumerator, BigInteger Denominator, IReadOnlyList<BigInteger> Shares, IReadOnlyList<Held> Held);

    /// <summary>Solves Σ clamp(λ × weight, low, high) = pot.</summary>
    /// <returns>The solution, or null when the lower bounds exceed the pot or the upper bounds cannot spend
    /// it.</returns>
    public static Solution? Solve(IReadOnlyList<Claim> claims, BigInteger pot)
    {
        var low = claims.Aggregate(BigInteger.Zero, (sum, claim) => sum + claim.Low);
        if (low > pot || claims.Count == 0) return null;

        // As λ grows, a claim leaves its lower bound at low ÷ weight and meets its upper bound at high ÷ weight.
        // Between two such points the sum is constant + λ × slope, so that λ is one division.
        var points = new List<Breakpoint>(2 * claims.Count);
        for (var i = 0; i < claims.Count; i++)
        {
            points.Add(new Breakpoint(i, claims[i].Low, claims[i].Weight, Leaves: true));
            if (claims[i].High is { } high) points.Add(new Breakpoint(i, high, claims[i].Weight, Leaves: false));
        }

        points.Sort();
        var constant = low;
        var slope = BigInteger.Zero;
        foreach (var point in points)
        {
            // The sum at this point is constant + slope × amount ÷ weight; when it reaches the pot, λ lies before it.
            if ((constant * point.Weight) + (slope * point.Amount) >= pot * point.Weight && slope > 0) break;
            constant += point.Leaves ? -point.Amount : point.Amount;
            slope += point.Leaves ? point.Weight : -point.Weight;
        }

        // Without slope every claim stands at its upper bound, and together they stay below the pot.
        return slope > 0 ? At(claims, pot - constant, slope) : null;
    }

    private static Solution At(IReadOnlyList<Claim> claims, BigInteger numerator, BigInteger denominator)
    {
        var shares = new BigInteger[claims.Count];
        var held = new Held[claims.Count];
        for (var i = 0; i < claims.Count; i++)
        {
            var claim = claims[i];
            var free = claim.Weight * numerator;
            var low = claim.Low * denominator;
            held[i] = free < low ? Held.AtLow
                : claim.High is { } cap && free > cap * denominator ? Held.AtHigh
                : Held.Free;
            shares[i] = held[i] switch
            {
                Held.AtLow => low,
                Held.AtHigh => claim.High!.Value * denominator,
                _ => free,
            };
        }

        return new Solution(numerator, denominator, shares, held);
    }

    private readonly record struct Breakpoint(int Claim, BigInteger Amount, BigInteger Weight, bool Leaves)
        : IComparable<Breakpoint>
    {
        // amount ÷ weight without dividing; of equal points a claim first leaves its lower bound, then meets its upper.
        public int CompareTo(Breakpoint other)
        {
            var order = (Amount * other.Weight).CompareTo(other.Amount * Weight);
            if (order != 0) return order;
            order = other.Leaves.CompareTo(Leaves);
            return order != 0 ? order : Claim.CompareTo(other.Claim);
        }
    }
}
