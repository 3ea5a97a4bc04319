using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Tests.Allocation;

/// <summary>Award policies as files: what they may say, what they refuse, and how an award explains itself.</summary>
public sealed class PolicyTests
{
    private const string Head = """
        policy: sample
        name: { zh: 示例办法, en: Sample policy }
        source: { document: 示例办法, document_en: Sample measures, item: "3" }
        columns:
          grade: { name: { zh: 等次, en: Grade }, answers: [], missing: empty }
          tier: { name: { zh: 档次, en: Tier }, answers: [large, small], answer_names: { large: { zh: 大型, en: Large }, small: { zh: 小型, en: Small } }, missing: empty }
          x: { name: { zh: 依据, en: Basis }, unit: count, range: "[0..]", missing: 0 }
          previous: { name: { zh: 上年, en: Last year }, unit: yuan, range: "[0..]", missing: empty }

        """;

    private const string Tail = """
          round_to: 0.01
          rounding: largest_remainder
          source: { document: 示例办法, document_en: Sample measures, item: "3" }
        """;

    private static PolicyFile Policy(string body, string tail = Tail) => PolicyLoader.Load("sample.yaml", Head + body + "\n" + tail);

    private static PolicyOutcome Allocate(PolicyFile policy, decimal? budget, params (string Unit, (string, FeelValue)[] Values)[] units) =>
        PolicyRun.Of(policy, [.. units.Select(unit => new UnitFacts(
            unit.Unit, unit.Values.ToDictionary(pair => pair.Item1, pair => pair.Item2), new Dictionary<string, Provenance>()))], null, budget);

    private static (string, (string, FeelValue)[]) Unit(string unit, decimal x, decimal? previous = null) =>
        (unit, previous is { } known ? [("x", x), ("previous", known)] : [("x", x)]);

    private static string Because(string body, string tail = Tail) =>
        Should.Throw<RuleSetException>(() => Policy(body, tail)).Message;

    [Fact]
    public void Amounts_go_by_class_and_by_grade()
    {
        var policy = Policy("""
            budget: 300000
            awards:
              pool: p
              by: [ tier, grade ]
              amounts:
                large: { excellent: 200000, good: 100000 }
                small: { excellent: 100000 }
            """);
        var outcome = Allocate(policy, null,
            ("a", [("tier", "large"), ("grade", "excellent")]), ("b", [("tier", "small"), ("grade", "excellent")]),
            ("c", [("tier", "small"), ("grade", "good")]));

        outcome.Units.Select(unit => unit.Amount.Yuan).ShouldBe([200_000m, 100_000m, 0m]);
        outcome.Units[0].Because.Zh.ShouldBe("大型、excellent：基数 200,000.00 元；总额 300,000.00 元按同一比例（1）分配，奖补 200,000.00 元（示例办法第3项）。");
        outcome.Units[2].Because.En.ShouldContain("this grade gets no award");
    }

    [Fact]
    public void A_band_holds_around_last_year_and_the_others_bear_the_difference()
    {
        var policy = Policy("""
            budget: 1000
            awards:
              pool: p
              basis: x
              band: { low: 0.9, high: 1.1, of: previous }
              spend: all
            """);
        var outcome = Allocate(policy, null, Unit("grown", 6, 200), Unit("shrunk", 1, 400), Unit("new", 3));

        outcome.Units.Select(unit => unit.Amount.Yuan).ShouldBe([220m, 360m, 420m]);
        var award = outcome.Units[1].Awards[0];
        award.Bound.ShouldBe("band_low");
        award.Because.En.ShouldContain("which is below the lower end of the year-on-year band of 360.00 CNY, so the lower end");
        award.Lines.Select(line => line.Kind).ShouldBe([AwardLineKind.Formula, AwardLineKind.Redistribution, AwardLineKind.Bound]);
        award.Lines[0].Amount.ShouldBe(100m);
    }

    [Fact]
    public void The_lines_of_every_award_add_up_to_it()
    {
        var policy = Policy("""
            budget: 1000
            awards:
              pool: p
              eligible: [ { when: x > 0, otherwise: { zh: 没有依据, en: No basis } } ]
              exit: 0.5 * previous
              first: if previous = null then 0 else 0.1 * previous
              basis: x
              threshold: 30
              cap: 600
              guarantee: if previous = null then 0 else 0.2 * previous
            """);
        var outcome = Allocate(policy, null,
            Unit("capped", 70, 33.33m), Unit("free", 17, 10), Unit("net", 3, 700), Unit("tiny", 1), Unit("gone", 0, 77.77m));

        outcome.Spent.ShouldBe(outcome.Pot);
        foreach (var award in outcome.Units.SelectMany(unit => unit.Awards))
        {
            award.Lines.Sum(line => line.Amount).ShouldBe(award.Amount.Yuan, award.Unit);
        }

        outcome.Units.Select(unit => unit.Awards[0].Bound).ShouldBe(["cap", "", "guarantee", "threshold", "exit"]);
        outcome.Units[4].Because.En.ShouldBe("No basis; the exit guarantee is taken from the pot first: award 38.89 CNY (Sample measures, item 3).");
        outcome.Units[3].Because.En.ShouldContain("which is below the threshold: no award, the money returns to the pot");
    }

    [Fact]
    public void Amounts_are_cut_at_one_rate_only_when_the_pot_is_not_enough()
    {
        var policy = Policy("""
            budget: 100
            awards:
              pool: p
              basis: x
              spend: as_needed
            """);
        Allocate(policy, null, Unit("a", 30), Unit("b", 50)).Units.Select(unit => unit.Amount.Yuan).ShouldBe([30m, 50m]);
        var cut = Allocate(policy, null, Unit("a", 150), Unit("b", 50));
        cut.Units.Select(unit => unit.Amount.Yuan).ShouldBe([75m, 25m]);
        cut.Units[0].Because.Zh.ShouldContain("核算数合计超过总额 100.00 元，按同一比例（0.5）压减");
        Allocate(policy, null, Unit("a", 30)).Pools[0].Unspent!.En.ShouldBe("After paying the amounts as computed, 70.00 CNY are not awarded.");
    }

    [Fact]
    public void Pools_share_a_budget_and_one_takes_the_rest()
    {
        var policy = Policy("""
            budget: 100.01
            awards:
              - pool: a
                name: { zh: 甲池, en: Pool A }
                pot: 0.5 * 100
                basis: x
                round_to: 0.01
                rounding: largest_remainder
                source: { document: 示例办法, document_en: Sample measures }
              - pool: b
                name: { zh: 乙池, en: Pool B }
                pot: rest
                basis: x * x
            """, Tail.Replace("  ", "    ", StringComparison.Ordinal));
        var outcome = Allocate(policy, null, Unit("u", 1), Unit("v", 3));

        outcome.Pools.Select(pool => pool.Pot.Yuan).ShouldBe([50m, 50.01m]);
        outcome.Spent.Yuan.ShouldBe(100.01m);
        outcome.Units.Select(unit => unit.Amount.Yuan).ShouldBe([12.5m + 5m, 37.5m + 45.01m]);
        outcome.Units[0].Because.En.ShouldStartWith("Pool A: ");
    }

    [Fact]
    public void Caps_that_cannot_spend_a_pot_that_must_be_spent_stop_and_are_named()
    {
        var policy = Policy("""
            budget: 1000
            awards: { pool: p, basis: x, cap: 100, spend: all, round_to: 1, rounding: largest_remainder, source: { document: 办法, document_en: Measures } }
            """, "");
        var stopped = Should.Throw<AllocationException>(() => Allocate(policy, null, Unit("b", 1), Unit("a", 2)));

        stopped.Units.ShouldBe(["a", "b"]);
        stopped.Reason.En.ShouldStartWith("the caps of 2 units add up to 200.00 CNY, less than the pot of 1,000.00 CNY that must be spent (a, b)");
        stopped.Reason.Zh.ShouldStartWith("2 个单位的上限合计 200.00 元，低于必须全部分配的总额 1,000.00 元（a、b）");
    }

    [Fact]
    public void Amounts_that_must_add_up_and_do_not_stop() =>
        Should.Throw<AllocationException>(() => Allocate(
            Policy("budget: 100\nawards:\n  pool: p\n  basis: x\n  spend: exactly"), null, Unit("a", 99))).Reason.En
            .ShouldBe("the amounts of 1 unit add up to 99.00 CNY, not to the pot of 100.00 CNY (a); check amounts and pot");

    [Fact]
    public void A_pot_that_differs_from_row_to_row_stops() =>
        Should.Throw<AllocationException>(() => Allocate(
            Policy("budget: x\nawards:\n  pool: p\n  basis: x"), null, Unit("a", 99), Unit("b", 98))).Reason.En
            .ShouldMatch(@"^the budget differs from row to row \(sample\.yaml:9.*\): 99 for a, 98 for b; make it the same$");

    [Theory]
    [InlineData("awards:\n  pool: p\n  basis: x", "the pool p shares out a pot, but there is none — add pot: or budget:")]
    [InlineData("budget: 1\nawards:\n  pool: p\n  basis: x\n  amounts: { a: 1 }", "the awards have amounts and a basis — keep one of the two")]
    [InlineData("budget: 1\nawards:\n  pool: p", "the awards have neither amounts nor a basis")]
    [InlineData("budget: 1\nawards:\n  pool: p\n  basis: y", "'basis' of the awards uses 'y', which is no metric and no parameter")]
    [InlineData("budget: 1\nawards:\n  pool: p\n  basis: x\n  band: { of: previous }", "the band has neither a low nor a high end")]
    [InlineData("budget: 1\nawards:\n  pool: p\n  basis: x\n  spend: quickly", "'spend' of 'awards' is")]
    [InlineData("budget: 1\nawards:\n  pool: p\n  basis: x\n  spend: as_computed", "amounts are paid as computed, but their rounding shares out a sum — write rounding: half_up, or rounding: down")]
    [InlineData("budget: 1\nawards:\n  pool: p\n  basis: x\n  flor: 1", "'awards' has no key 'flor'")]
    [InlineData("budget: 1\nawards:\n  pool: p\n  basis: x\n  pot: rest\n  payment: { instalments: [ { when: '< 1', months: [13] } ], source: { document: a } }", "13 is no month — write months as numbers from 1 to 12")]
    public void What_is_wrong_in_a_policy_is_told_with_its_line_and_its_mend(string body, string expected)
    {
        var message = Because(body);
        message.ShouldContain("sample.yaml:");
        message.ShouldContain(expected);
    }

    [Fact]
    public void A_parameter_may_be_set_and_an_unknown_one_is_named() =>
        Should.Throw<KeyNotFoundException>(() => Policy("budget: 1\nawards:\n  pool: p\n  basis: x")
            .With(new Dictionary<string, FeelValue> { ["speed"] = 1m })).Message.ShouldBe("The policy sample has no parameter 'speed', only: .");
}
