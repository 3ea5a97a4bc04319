using System.Numerics;
using Evaluation.Rules.Allocation;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.Allocation;

public sealed class ClampedShareTests
{
    private static readonly Gen<(ClampedShare.Claim[] Claims, BigInteger Pot)> Instances =
        from count in Gen.Choose(1, 12)
        from weights in Gen.Choose(1, 1000).ArrayOf(count)
        from lows in Gen.Choose(0, 50).ArrayOf(count)
        from widths in Gen.Choose(-20, 200).ArrayOf(count)
        from pot in Gen.Choose(0, 2500)
        select (Enumerable.Range(0, count).Select(i => new ClampedShare.Claim(
            weights[i], lows[i], widths[i] < 0 ? null : lows[i] + widths[i])).ToArray(), (BigInteger)pot);

    [Fact]
    public void The_one_rate_spends_the_pot_and_a_share_leaves_it_only_at_a_bound() =>
        Prop.ForAll(Instances.ToArbitrary(), instance =>
        {
            var (claims, pot) = instance;
            var low = claims.Aggregate(BigInteger.Zero, (sum, claim) => sum + claim.Low);
            BigInteger? high = claims.Any(claim => claim.High is null)
                ? null
                : claims.Aggregate(BigInteger.Zero, (sum, claim) => sum + claim.High!.Value);
            var solution = ClampedShare.Solve(claims, pot);
            if (solution is null) return low > pot || high < pot;
            var spent =
                solution.Shares.Aggregate(BigInteger.Zero, (sum, share) => sum + share) == pot * solution.Denominator;
            return spent && claims.Select((claim, i) =>
            {
                var (share, free) = (solution.Shares[i], claim.Weight * solution.LambdaNumerator);
                var within = share >= claim.Low * solution.Denominator
                    && (claim.High is not { } cap || share <= cap * solution.Denominator);

                // Complementarity: below λ × weight only at the upper bound, above it only at the lower one.
                return within
                    && (share >= free || share == claim.High * solution.Denominator)
                    && (share <= free || share == claim.Low * solution.Denominator);
            }).All(holds => holds);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void More_money_never_lowers_a_share() =>
        Prop.ForAll(Instances.ToArbitrary(), Gen.Choose(0, 300).ToArbitrary(), (instance, more) =>
        {
            var before = ClampedShare.Solve(instance.Claims, instance.Pot);
            var after = ClampedShare.Solve(instance.Claims, instance.Pot + more);
            return before is null || after is null || before.Shares.Zip(after.Shares)
                .All(pair => pair.First * after.Denominator <= pair.Second * before.Denominator);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
}
