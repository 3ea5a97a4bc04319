using System.Numerics;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>
/// Shares a pot by the award policy of a scheme: base(grade) × coefficient is a unit's basis, its award is
/// clamp(λ × basis, floor, cap) with the one λ that spends the pot, rounded by the declared method. Exact throughout.
/// </summary>
public static class Allocator
{
    /// <summary>The awards.</summary>
    /// <param name="scheme">A scheme with an award policy.</param>
    /// <param name="pool">The pool the policy names.</param>
    /// <param name="units">Facts and card of every unit of the category, in any order.</param>
    /// <returns>One award a unit, zero awards included, in the order of the units given.</returns>
    /// <exception cref="AllocationException">The floors exceed the pot, a floor exceeds a cap, or a coefficient,
    /// floor or cap cannot be computed; names the units.</exception>
    /// <exception cref="ArgumentException">The scheme has no award policy, or it names another pool.</exception>
    public static AllocationResult Allocate(
        CompiledScheme scheme, Pool pool, IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> units)
    {
        var policy = scheme.Scheme.Awards
            ?? throw new ArgumentException($"The scheme {scheme.Scheme.Id} has no award policy.", nameof(scheme));
        if (policy.Pool != pool.Id)
        {
            throw new ArgumentException(
                $"The award policy of {scheme.Scheme.Id} names the pool {policy.Pool}, not {pool.Id}.", nameof(pool));
        }

        var claims = units.Select(unit => Claims.Of(scheme, policy, unit.Facts, unit.Card)).ToList();
        var paid = claims.Where(claim => claim.Basis > 0m).ToList();
        var shares = paid.Count == 0 ? Shares.Nothing : Share(policy, pool, paid);
        var words = new AwardWords(scheme, policy, pool);
        var awards = claims.Select(claim => AwardOf(pool, claim, shares, words)).ToList();
        var spent = new Money(awards.Sum(award => award.Amount.Yuan));
        return new AllocationResult(pool.Id, pool.Pot, spent, words.Unspent(spent, shares), awards);
    }

    private static Award AwardOf(Pool pool, Claim claim, Shares shares, AwardWords words)
    {
        if (!shares.ByUnit.TryGetValue(claim.Unit, out var share)) share = new Share(ClampedShare.Held.Free, 0m, 0m);
        var bound =
            share.Held switch { ClampedShare.Held.AtLow => "floor", ClampedShare.Held.AtHigh => "cap", _ => "" };
        return new Award(
            claim.Unit, pool.Id, claim.Grade, claim.Base, claim.Coefficient, claim.Basis, bound, share.Exact,
            new Money(share.Amount), words.Because(claim, share, shares));
    }

    private static Shares Share(AwardPolicy policy, Pool pool, List<Claim> paid)
    {
        var unit = policy.RoundTo;
        var scale = paid.SelectMany(claim => new[] { claim.Basis, claim.Floor ?? 0m, claim.Cap ?? 0m })
            .Append(pool.Pot.Yuan).Append(unit).Max(amount => amount.Scale);
        var step = Exact.Scaled(unit, scale);

        // Bounds count in whole rounding units, inward, so that no rounding can break them.
        var claims = paid.Select(claim => new ClampedShare.Claim(
            Exact.Scaled(claim.Basis, scale),
            claim.Floor is { } floor ? Exact.CeilingTo(Exact.Scaled(floor, scale), step) : BigInteger.Zero,
            claim.Cap is { } cap ? Exact.FloorTo(Exact.Scaled(cap, scale), step) : null)).ToList();
        RefuseCrossedBounds(pool, paid, claims);

        var pot = Exact.Scaled(pool.Pot.Yuan, scale);
        var toSpend = policy.Rounding == RoundingMethod.LargestRemainder ? Exact.FloorTo(pot, step) : pot;
        RefuseFloorsAbove(toSpend, pool, paid, claims);

        var solution = ClampedShare.Solve(claims, toSpend);
        if (solution is null) return AllAtCap(paid, claims, scale);
        var order = Enumerable.Range(0, paid.Count)
            .OrderByDescending(i => paid[i].Basis)
            .ThenBy(i => paid[i].Unit, StringComparer.Ordinal).ToList();
        var whole = Apportionment.Round(solution.Shares, solution.Denominator * step, policy.Rounding, order);
        return new Shares(
            Exact.Ratio(solution.LambdaNumerator, solution.Denominator),
            paid.Select((claim, i) => (claim.Unit, Share: new Share(
                    solution.Held[i],
                    Exact.Ratio(solution.Shares[i], solution.Denominator * BigInteger.Pow(10, scale)),
                    (decimal)whole[i] * unit)))
                .ToDictionary(share => share.Unit, share => share.Share, StringComparer.Ordinal));
    }

    private static Shares AllAtCap(List<Claim> paid, List<ClampedShare.Claim> claims, int scale) => new(
        null,
        paid.Select((claim, i) => (claim.Unit, Amount: Exact.Ratio(claims[i].High!.Value, BigInteger.Pow(10, scale))))
            .ToDictionary(
                share => share.Unit,
                share => new Share(ClampedShare.Held.AtHigh, share.Amount, share.Amount),
                StringComparer.Ordinal));

    private static void RefuseCrossedBounds(Pool pool, List<Claim> paid, List<ClampedShare.Claim> claims)
    {
        var crossed = paid.Where((_, i) => claims[i].High < claims[i].Low).Select(claim => claim.Unit)
            .Order(StringComparer.Ordinal).ToList();
        if (crossed.Count == 0) return;
        throw new AllocationException(
            pool.Id,
            new Bilingual(
                $"{string.Join("、", crossed)} 的奖补下限高于上限，请修改奖补办法的上下限",
                $"the floor is above the cap for {string.Join(", ", crossed)}; mend floor or cap of the award policy"),
            crossed);
    }

    private static void RefuseFloorsAbove(BigInteger pot, Pool pool, List<Claim> paid, List<ClampedShare.Claim> claims)
    {
        var floors = claims.Aggregate(BigInteger.Zero, (sum, claim) => sum + claim.Low);
        if (floors <= pot) return;
        var binding =
            paid.Where((_, i) => claims[i].Low > 0).Select(claim => claim.Unit).Order(StringComparer.Ordinal).ToList();
        var sum = new Money(paid.Sum(claim => claim.Floor ?? 0m));
        throw new AllocationException(
            pool.Id,
            new Bilingual(
                $"{binding.Count} 个单位的下限合计 {sum} 元，超过总额 {pool.Pot} 元（{string.Join("、", binding)}）；请增加总额、降低下限或减少获奖单位",
                $"the floors of {binding.Count} units add up to {sum} CNY, more than the pot of {pool.Pot} CNY "
                + $"({string.Join(", ", binding)}); raise the pot, lower the floor, or award fewer units"),
            binding);
    }
}
