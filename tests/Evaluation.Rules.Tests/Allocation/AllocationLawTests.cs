using Evaluation.Rules.Allocation;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.Allocation;

/// <summary>What holds for every pot, whatever the claims: each law over ten thousand random pots.</summary>
public sealed class AllocationLawTests
{
    private const int Instances = 10_000;

    /// <summary>A pot and what units claim from it.</summary>
    public sealed record Sample(PotClaim[] Claims, PotTerms Terms)
    {
        public override string ToString() => $"{Terms}: {string.Join(' ', Claims)}";
    }

    // Bases repeat, so that ties are common; bounds are often missing.
    private static readonly Gen<decimal> Bases = Gen.Elements(0m, 1m, 1m, 2m, 3.5m, 7m, 10m, 33.333m, 100m, 1234.5678m);

    private static Gen<PotClaim> Claim(bool bounded) =>
        from basis in Bases
        from first in Gen.Elements(0m, 0m, 0m, 5m, 12.34m)
        from low in Gen.Elements(0m, 0m, 10m, 25.5m)
        from width in Gen.Elements(-1m, -1m, 0m, 30m, 200m)
        select bounded
            ? new PotClaim(basis, first, low, width < 0m ? null : Math.Max(low, first) + width)
            : new PotClaim(basis, 0m, 0m, null);

    private static Gen<Sample> Pot(bool bounded, params RoundingMethod[] methods) =>
        from count in Gen.Choose(1, 9)
        from claims in Claim(bounded).ArrayOf(count)
        from fen in Gen.Choose(0, 200_000)
        from step in Gen.Elements(0.01m, 0.01m, 1m, 0.5m)
        from method in Gen.Elements(methods)
        from spend in Gen.Elements(SpendRule.All, SpendRule.UpToCaps, SpendRule.AsNeeded)
        select new Sample(claims, new PotTerms(fen / 100m, spend, null, step, method, TiesOf(claims)));

    private static Comparison<int> TiesOf(PotClaim[] claims) => (one, other) =>
    {
        var order = claims[other].Basis.CompareTo(claims[one].Basis);
        return order != 0 ? order : one.CompareTo(other);
    };

    private static readonly RoundingMethod[] SpendingWhole =
    [
        RoundingMethod.LargestRemainder, RoundingMethod.Cumulative, RoundingMethod.DHondt, RoundingMethod.SainteLague,
        RoundingMethod.HuntingtonHill,
    ];

    private static void Law(Gen<Sample> samples, Func<Sample, PotSolution, bool> law) =>
        Prop.ForAll(samples.ToArbitrary(), sample =>
        {
            var (solution, _) = PotShare.Solve(sample.Claims, sample.Terms);
            return solution is null || law(sample, solution);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Instances));

    [Fact]
    public void The_pot_is_spent_to_the_last_whole_unit_or_every_claim_stands_at_its_cap() =>
        Law(Pot(bounded: true, SpendingWhole), (sample, solution) =>
        {
            if (sample.Terms.Spend == SpendRule.AsNeeded || sample.Claims.All(claim => claim.Basis == 0m)) return true;
            var left = sample.Terms.Pot!.Value - solution.Amounts.Sum();
            return solution.HasRate
                ? left >= 0m && left < sample.Terms.RoundTo
                : sample.Terms.Spend == SpendRule.UpToCaps
                    && solution.Amounts.Select((amount, i) => sample.Claims[i].Basis == 0m || amount == solution.High[i]).All(atCap => atCap);
        });

    [Fact]
    public void Floors_caps_bands_and_what_is_paid_first_hold_after_rounding() =>
        Law(Pot(bounded: true, [.. SpendingWhole, RoundingMethod.HalfUp, RoundingMethod.Down]), (sample, solution) =>
            sample.Claims.Select((claim, i) =>
                solution.Amounts[i] >= claim.First && solution.Amounts[i] >= claim.Low
                && (claim.High is not { } high || solution.Amounts[i] <= high)).All(holds => holds));

    [Fact]
    public void The_same_basis_gets_the_same_award_to_the_rounding_unit_and_a_larger_one_never_less() =>
        Law(Pot(bounded: false, RoundingMethod.LargestRemainder, RoundingMethod.HalfUp, RoundingMethod.Down, RoundingMethod.DHondt,
            RoundingMethod.SainteLague, RoundingMethod.HuntingtonHill), (sample, solution) =>
        {
            for (var one = 0; one < sample.Claims.Length; one++)
            {
                for (var other = 0; other < sample.Claims.Length; other++)
                {
                    var (less, more) = (solution.Amounts[one], solution.Amounts[other]);
                    if (sample.Claims[one].Basis < sample.Claims[other].Basis && less > more) return false;
                    if (sample.Claims[one].Basis == sample.Claims[other].Basis && Math.Abs(less - more) > sample.Terms.RoundTo) return false;
                }
            }

            return true;
        });

    // For policies without band or guarantee; an eligibility threshold, too, moves money to those who newly reach it.
    [Fact]
    public void More_money_lowers_nobody() =>
        Prop.ForAll(Pot(bounded: true, RoundingMethod.Down, RoundingMethod.HalfUp).ToArbitrary(), Gen.Choose(1, 50_000).ToArbitrary(), (sample, more) =>
        {
            var (before, _) = PotShare.Solve(sample.Claims, sample.Terms);
            var (after, _) = PotShare.Solve(sample.Claims, sample.Terms with { Pot = sample.Terms.Pot + (more / 100m) });
            return before is null || after is null || before.Amounts.Zip(after.Amounts).All(pair => pair.First <= pair.Second);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Instances));

    [Fact]
    public void The_order_of_the_rows_does_not_matter() =>
        Law(Pot(bounded: true, [.. SpendingWhole, RoundingMethod.HalfUp, RoundingMethod.Down]), (sample, solution) =>
        {
            var last = sample.Claims.Length - 1;
            var reversed = sample.Claims.Reverse().ToArray();
            var (again, _) = PotShare.Solve(reversed, sample.Terms with
            {
                Ties = (one, other) => sample.Terms.Ties(last - one, last - other),
            });
            return again!.Amounts.Reverse().SequenceEqual(solution.Amounts);
        });

    [Fact]
    public void A_share_leaves_the_common_rate_only_at_a_bound() =>
        Law(Pot(bounded: true, RoundingMethod.Down), (sample, solution) => !solution.HasRate || sample.Claims.Select((claim, i) =>
        {
            if (claim.Basis == 0m) return true;
            var free = solution.First[i] + solution.FreeShare(claim.Basis);
            return solution.Held[i] switch
            {
                ClampedShare.Held.AtLow => free <= Math.Max(solution.Low[i], solution.First[i]),
                ClampedShare.Held.AtHigh => free >= solution.High[i],
                _ => free >= solution.Low[i] && (solution.High[i] is not { } high || free <= high),
            };
        }).All(holds => holds));

    // 128 bits and whole numbers without limit are two ways through the same arithmetic.
    [Fact]
    public void Small_and_large_numbers_are_shared_alike() =>
        Law(Pot(bounded: true, [.. SpendingWhole, RoundingMethod.HalfUp, RoundingMethod.Down]), (sample, solution) =>
        {
            // Where a rate is looked for, it does not matter in what the basis is counted.
            if (sample.Terms.Spend == SpendRule.AsNeeded) return true;
            var scaled = sample.Claims.Select(claim => claim with { Basis = claim.Basis * 1_000_000_000_000_000_000_000m }).ToArray();
            return PotShare.Solve(scaled, sample.Terms).Solution!.Amounts.SequenceEqual(solution.Amounts);
        });

    [Fact]
    public void Below_the_threshold_nobody_is_paid_and_the_money_goes_to_the_others() =>
        Law(from sample in Pot(bounded: false, RoundingMethod.LargestRemainder)
            from threshold in Gen.Elements(1m, 50m, 300m)
            select sample with { Terms = sample.Terms with { Threshold = threshold, Spend = SpendRule.UpToCaps } }, (sample, solution) =>
        {
            var sum = sample.Claims.Sum(claim => claim.Basis);
            if (sum == 0m) return true;
            for (var i = 0; i < sample.Claims.Length; i++)
            {
                var below = sample.Claims[i].Basis > 0m && sample.Claims[i].Basis * sample.Terms.Pot < sample.Terms.Threshold * sum;
                if (solution.BelowThreshold[i] != below || (below && solution.Amounts[i] != 0m)) return false;
            }

            var someoneLeft = sample.Claims.Where((claim, i) => claim.Basis > 0m && !solution.BelowThreshold[i]).Any();
            return !someoneLeft || sample.Terms.Pot - solution.Amounts.Sum() < sample.Terms.RoundTo;
        });

    [Fact]
    public void An_infeasible_pot_names_the_claims_that_bind() =>
        Prop.ForAll(Pot(bounded: true, RoundingMethod.LargestRemainder).ToArbitrary(), sample =>
        {
            var (solution, refusal) = PotShare.Solve(sample.Claims, sample.Terms);
            if (refusal is null) return solution is not null;
            var step = sample.Terms.RoundTo;
            decimal Least(PotClaim claim) => Math.Max(Up(claim.First), Up(claim.Low));
            decimal Up(decimal amount) => Math.Ceiling(amount / step) * step;
            return refusal.Trouble switch
            {
                PotTrouble.CrossedBounds => refusal.Claims.All(i => Least(sample.Claims[i]) > Math.Floor(sample.Claims[i].High!.Value / step) * step),
                PotTrouble.FirstExceedsPot => refusal.Sum == sample.Claims.Sum(claim => Up(claim.First)) && refusal.Sum > sample.Terms.Pot,
                PotTrouble.FloorsExceedPot => refusal.Sum == sample.Claims.Sum(Least) && refusal.Sum > sample.Terms.Pot,
                PotTrouble.CapsBelowPot => sample.Terms.Spend == SpendRule.All && refusal.Sum < sample.Terms.Pot,
                _ => false,
            };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Instances));
}
