using System.Globalization;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.Allocation;

using static Tests.Scoring.Sample;

public sealed class AllocatorTests
{
    private static CompiledScheme Compiled(params AwardPolicy[] awards)
    {
        var scheme = Scheme(Indicator("A", "收入", "Income", "income", "income", new FormulaPoints(Feel("value")), 1000m,
            "yuan")) with
        {
            Grades = Grades([new("excellent", When(">= 900")), new("good", When("[500..900)"))]),
            Awards = awards,
        };
        return Scorer(scheme).Compiled;
    }

    // The total decides the grade: 900 and more is excellent, 500 and more good; staff is the coefficient.
    private static AllocationResult Allocate(
        AwardPolicy awards, decimal pot, params (string Unit, decimal Total, decimal Staff)[] units)
    {
        var compiled = Compiled(awards);
        return Allocator.Allocate(compiled, awards, Pool(pot), Graded(compiled, units));
    }

    private static List<(UnitFacts Facts, ScoreCard Card)> Graded(
        CompiledScheme compiled, params (string Unit, decimal Total, decimal Staff)[] units)
    {
        var scorer = Evaluation.Rules.Scoring.Scorer.Create(compiled.Rules, compiled.Scheme, compiled.AsOf);
        var facts = units.ToDictionary(
            unit => unit.Unit, unit => Facts(unit.Unit, ("income", unit.Total), ("staff", unit.Staff)));
        var cards = Grader.Grade(compiled, [.. facts.Values.Select(unit => (unit, scorer.Score(unit)))])
            .ToDictionary(card => card.Unit);
        return [.. units.Select(unit => (facts[unit.Unit], cards[unit.Unit]))];
    }

    private static string Amounts(AllocationResult result) => string.Join(' ', result.Awards.Select(award =>
        award.Unit + award.Amount.Yuan.ToString("0.##", CultureInfo.InvariantCulture)));

    [Fact]
    public void A_pot_is_shared_by_grade_and_spent_to_the_yuan()
    {
        var result = Allocate(Awards(), 1_000_000m, ("a", 950m, 1m), ("b", 600m, 1m), ("c", 100m, 1m));

        Amounts(result).ShouldBe("a666667 b333333 c0");
        result.Spent.ShouldBe(result.Pot);
        result.Unspent.ShouldBeNull();
    }

    [Fact]
    public void An_award_explains_itself_in_both_languages()
    {
        var award = Allocate(Awards("staff / 2"), 1_000_000m, ("a", 950m, 3m), ("b", 600m, 2m)).Awards[0];

        award.Because.Zh.ShouldBe(
            "优秀：基数 1,000,000.00 元 × 系数 1.5 = 1,500,000.00 元；总额 1,000,000.00 元按同一比例（0.5）分配，奖补 750,000.00 元（《办法》附件1 第B2项）。");
        award.Because.En.ShouldBe(
            "Excellent: base 1,000,000.00 CNY × coefficient 1.5 = 1,500,000.00 CNY; the pot of 1,000,000.00 CNY is shared at one rate (0.5): "
            + "award 750,000.00 CNY (Measures, Annex 1, item B2).");
    }

    [Fact]
    public void A_rounded_award_says_what_it_was_and_how_it_was_rounded()
    {
        var award = Allocate(Awards(), 100m, ("a", 950m, 1m), ("b", 600m, 1m)).Awards[0];

        award.Exact.ShouldBe(66.666666666667m);
        award.Because.Zh.ShouldContain("按同一比例（约 0.000067）分配，得 66.6667 元，按最大余数法取整到 1 元，奖补 67.00 元");
        award.Because.En.ShouldContain("at one rate (about 0.000067), which gives 66.6667 CNY, rounded to 1 CNY by largest remainder: award 67.00 CNY");
    }

    [Fact]
    public void A_floor_and_a_cap_hold_and_the_others_share_what_is_left()
    {
        var result = Allocate(Awards("staff", "100000", "400000"), 900_000m,
            ("a", 950m, 10m), ("b", 950m, 1m), ("c", 950m, 2m), ("d", 600m, 0.1m));

        // a is held at 400,000 and d at 100,000; b and c share 400,000 as 1 : 2.
        Amounts(result).ShouldBe("a400000 b133333 c266667 d100000");
        result.Awards.Select(award => award.Bound).ShouldBe(["cap", "", "", "floor"]);
        result.Awards[3].Because.En.ShouldContain("which is below the floor of 100,000.00 CNY, so the floor counts");
        result.Awards[0].Because.Zh.ShouldContain("按上限 400,000.00 元计");
    }

    [Fact]
    public void Of_equal_remainders_the_greater_basis_goes_first_then_the_unit_id()
    {
        Amounts(Allocate(Awards(), 5m, ("b", 950m, 1m), ("a", 950m, 1m))).ShouldBe("b2 a3");
        Amounts(Allocate(Awards(), 4m, ("a", 600m, 1m), ("c", 950m, 1m), ("b", 600m, 1m))).ShouldBe("a1 c2 b1");
    }

    [Fact]
    public void Floors_above_the_pot_stop_the_run_and_name_the_units()
    {
        var stopped = Should.Throw<AllocationException>(() =>
            Allocate(Awards(floor: "600000"), 1_000_000m, ("b", 950m, 1m), ("a", 600m, 1m), ("c", 1m, 1m)));

        stopped.Units.ShouldBe(["a", "b"]);
        stopped.Reason.Zh.ShouldBe("2 个单位的下限合计 1,200,000.00 元，超过总额 1,000,000.00 元（a、b）；请增加总额、降低下限或减少获奖单位");
        stopped.Message.ShouldContain(
            "the floors of 2 units add up to 1,200,000.00 CNY, more than the pot of 1,000,000.00 CNY (a, b)");
    }

    [Fact]
    public void A_floor_above_a_cap_stops_the_run() =>
        Should.Throw<AllocationException>(() => Allocate(Awards(floor: "200", cap: "100"), 1000m, ("a", 950m, 1m)))
            .Units.ShouldBe(["a"]);

    [Fact]
    public void A_coefficient_that_cannot_be_computed_stops_the_run_and_says_what_is_missing() =>
        Should.Throw<AllocationException>(() => Allocate(Awards("faults / 2"), 1000m, ("a", 950m, 1m)))
            .Reason.En.ShouldContain(
                "the coefficient of a cannot be computed (scheme.yaml:1: \"Faults\" has no value)");

    [Fact]
    public void Caps_that_cannot_spend_the_pot_leave_a_named_rest()
    {
        var result = Allocate(Awards(cap: "100000"), 900_000m, ("a", 950m, 1m), ("b", 600m, 1m));

        Amounts(result).ShouldBe("a100000 b100000");
        result.Unspent!.En.ShouldBe("Every unit with an award is at its cap; 700,000.00 CNY are not awarded.");
    }

    [Fact]
    public void Without_an_eligible_unit_the_pot_stays_whole()
    {
        var result = Allocate(Awards(), 900_000m, ("a", 1m, 1m));

        result.Spent.ShouldBe(Money.Zero);
        result.Unspent!.Zh.ShouldBe("没有单位符合奖补条件，900,000.00 元未分配。");
        result.Awards[0].Because.Zh.ShouldBe("合格：该等次不设奖补（《办法》附件1 第B2项）。");
    }

    [Theory]
    [InlineData(RoundingMethod.Down, "a66666600 b33333300", "余 100.00 元")]
    [InlineData(RoundingMethod.HalfUp, "a66666700 b33333300", null)]
    [InlineData(RoundingMethod.LargestRemainder, "a66666700 b33333300", null)]
    public void Each_method_rounds_as_it_says(RoundingMethod method, string amounts, string? unspent)
    {
        var result = Allocate(Awards(roundTo: 100m, rounding: method), 100_000_000m, ("a", 950m, 1m), ("b", 600m, 1m));

        Amounts(result).ShouldBe(amounts);
        (result.Unspent?.Zh).ShouldBe(unspent is null ? null : $"取整到 100 元后{unspent}未分配。");
    }

    [Fact]
    public void Half_up_may_exceed_the_pot_and_discloses_it() =>
        Allocate(Awards(rounding: RoundingMethod.HalfUp), 3m, ("a", 950m, 1m), ("b", 950m, 1m))
            .Unspent!.En.ShouldBe(
                "Each award is rounded to 1 CNY on its own; together they exceed the pot by 1.00 CNY.");

    [Fact]
    public void A_pot_that_is_no_multiple_of_the_rounding_unit_leaves_less_than_one_unit()
    {
        var result = Allocate(Awards(roundTo: 10_000m), 105_000m, ("a", 950m, 1m), ("b", 600m, 1m));

        Amounts(result).ShouldBe("a70000 b30000");
        result.Unspent!.En.ShouldBe("After rounding to 10,000 CNY, 5,000.00 CNY are not awarded.");
    }

    private static readonly Gen<(decimal Pot, (string Unit, decimal Total, decimal Staff)[] Units, int Floor,
        int Cap)> AnyPot =
        from pot in Gen.Choose(1, 5_000_000)
        from fen in Gen.Choose(0, 99)
        from totals in Gen.Elements(950m, 600m, 100m).ArrayOf(9)
        from staff in Gen.Choose(0, 400).ArrayOf(9)
        from floor in Gen.Elements(0, 0, 1000, 50_000)
        from cap in Gen.Elements(0, 0, 200_000, 60_000)
        select (pot + (fen / 100m),
            Enumerable.Range(0, 9).Select(i => ($"u{i}", totals[i], staff[i] / 7m)).ToArray(), floor, cap);

    [Fact]
    public void Awards_sum_to_the_pot_hold_their_bounds_and_follow_the_basis_whatever_the_order()
    {
        Prop.ForAll(AnyPot.ToArbitrary(), sample =>
        {
            var policy = Awards(
                "staff", sample.Floor == 0 ? null : sample.Floor.ToString(CultureInfo.InvariantCulture),
                sample.Cap == 0 ? null : sample.Cap.ToString(CultureInfo.InvariantCulture), 0.01m);
            AllocationResult result;
            try
            {
                result = Allocate(policy, sample.Pot, sample.Units);
            }
            catch (AllocationException stopped)
            {
                // Only floors can make this policy infeasible, and every unit named has one.
                return sample.Floor > 0 && stopped.Units.Count * (decimal)sample.Floor > sample.Pot;
            }

            var paid = result.Awards.Where(award => award.Basis > 0m).ToList();
            var spent = paid.Count == 0
                ? 0m : sample.Cap > 0 ? Math.Min(sample.Pot, paid.Count * (decimal)sample.Cap)
                : sample.Pot;
            var bounded = paid.All(
                award => award.Amount.Yuan >= sample.Floor && (sample.Cap == 0 || award.Amount.Yuan <= sample.Cap));
            var ordered = paid.All(one => paid.All(other => one.Basis <= other.Basis || one.Amount >= other.Amount));
            var again = Allocate(policy, sample.Pot, [.. sample.Units.Reverse()]);
            var sameOrder = again.Awards.Reverse().Select(award => award.Amount).SequenceEqual(
                result.Awards.Select(award => award.Amount));
            return result.Spent.Yuan == spent && bounded && ordered && sameOrder
                && (result.Unspent is null) == (result.Spent == result.Pot);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void Amounts_alone_are_those_of_the_awards_with_their_words_and_stop_where_those_stop()
    {
        Prop.ForAll(AnyPot.ToArbitrary(), sample =>
        {
            var floor = sample.Floor == 0 ? null : sample.Floor.ToString(CultureInfo.InvariantCulture);
            var first = Awards("staff", floor) with
            {
                Ties = [new TieKey(Feel("staff"), Descending: false)],
            };
            var second = Awards(roundTo: 100m) with
            {
                Pool = "second", Ties = [new TieKey(Feel("card.rank"), Descending: true)],
            };
            var compiled = Compiled(first, second);
            Pool[] pools = [Pool(sample.Pot), Pool(sample.Pot / 3m) with { Id = "second" }];
            var units = Graded(compiled, sample.Units);
            decimal[] told;
            try
            {
                var pots = Allocator.AllocateAll(compiled, pools, units);
                told = [.. units.Select((_, i) => pots.Sum(pot => pot.Awards[i].Amount.Yuan))];
            }
            catch (AllocationException stopped)
            {
                return Should.Throw<AllocationException>(() => Allocator.SumOfAll(compiled, pools, units)).Message
                    == stopped.Message;
            }

            return Allocator.SumOfAll(compiled, pools, units).SequenceEqual(told);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void Claims_kept_by_grade_give_the_amounts_of_claims_read_anew_when_grades_change_hands()
    {
        Prop.ForAll(AnyPot.ToArbitrary(), sample =>
        {
            var compiled = Compiled(Awards("staff", cap: "70000") with
            {
                Ties = [new TieKey(Feel("staff"), Descending: false)],
            });
            Pool[] pools = [Pool(sample.Pot)];
            var units = Graded(compiled, sample.Units);
            var known = new ClaimsByGrade();
            return Enumerable.Range(0, 2 * units.Count).All(turn =>
            {
                var cards = units.Select((unit, i) => (unit.Facts, unit.Card with
                {
                    Grade = units[(i + turn) % units.Count].Card.Grade,
                    Rank = (i + turn) % 7 == 0 ? null : unit.Card.Rank,
                })).ToList();
                return Allocator.SumOfAll(compiled, pools, cards, known)
                    .SequenceEqual(Allocator.SumOfAll(compiled, pools, cards));
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }
}
