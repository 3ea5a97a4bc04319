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
        var whole = claims.Select(claim => new WholeClaim<BigInteger>(
            claim.Weight, claim.Low, claim.High ?? BigInteger.Zero, claim.High is not null)).ToArray();
        if (RateSearch.Find(whole, pot) is not var (numerator, denominator)) return null;
        var held = new Held[whole.Length];
        var shares = new BigInteger[whole.Length];
        for (var i = 0; i < whole.Length; i++) shares[i] = whole[i].ShareAt(numerator, denominator, out held[i]);
        return new Solution(numerator, denominator, shares, held);
    }
}
