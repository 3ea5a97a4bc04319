using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Tests.Allocation;

using static Tests.Scoring.Sample;

/// <summary>Questions to a sealed run, and the list that goes to finance.</summary>
public sealed class ScenarioTests
{
    private static readonly Cycle Year = new(
        "year", new("年度", "Year"), new Period(new(2025, 1, 1), new(2026, 1, 1)), Day, [], [Pool(900m)], [], 5, new("异议", "Object"),
        new("中心", "Centre"), [], Here);

    private static ScenarioResult Ask(params (string Name, string Value)[] settings)
    {
        var scheme = Scheme(Indicator("A", "收入", "Income", "income", "income", new FormulaPoints(Feel("value")), 1000m, "yuan")) with
        {
            Grades = Grades(quotas: [new RankQuota("excellent", Feel("places"), null, QuotaRounding.Down, null)]),
            Awards = [Awards("staff") with { Amounts = [new("excellent", 2m), new("qualified", 1m)] }],
        };
        var rules = Rules(scheme) with { Cycle = Year };
        var scorer = Evaluation.Rules.Scoring.Scorer.Create(rules, scheme, Day);
        var units = new[] { ("a", 900m), ("b", 800m), ("c", 700m) }
            .Select(unit => Facts(unit.Item1, ("income", unit.Item2), ("staff", 1m)))
            .Select(facts => (facts, scorer.Score(facts))).ToList();
        var cards = Grader.Grade(scorer.Compiled, units).ToDictionary(card => card.Unit);
        var awards = Allocator.AllocateAll(scorer.Compiled, Year.Pools, [.. units.Select(unit => (unit.facts, cards[unit.facts.Unit]))])
            .Single().Awards.ToDictionary(award => award.Unit);
        return new Scenario(settings.ToDictionary(pair => pair.Name, pair => pair.Value)).Of(
            rules, scheme, units, cards.Values.ToDictionary(card => card.Unit, card => (card, awards[card.Unit].Amount)));
    }

    private static string Amounts(ScenarioResult result) => string.Join(' ', result.Units.Select(unit =>
        FormattableString.Invariant($"{unit.Unit} {unit.Before.Yuan:0} to {unit.Amount.Yuan:0}")));

    [Fact]
    public void Without_a_setting_nothing_changes() => Amounts(Ask()).ShouldBe("a 360 to 360 b 360 to 360 c 180 to 180");

    [Theory]
    [InlineData("budget", "1800", "a 360 to 720 b 360 to 720 c 180 to 360")]
    [InlineData("cap", "300", "a 360 to 300 b 360 to 300 c 180 to 300")]
    [InlineData("amount.excellent", "1", "a 360 to 300 b 360 to 300 c 180 to 300")]
    [InlineData("places.excellent", "1", "a 360 to 450 b 360 to 225 c 180 to 225")]
    [InlineData("places", "3", "a 360 to 300 b 360 to 300 c 180 to 300")]
    [InlineData("coefficient", "if income > 850 then 2 else 1", "a 360 to 514 b 360 to 257 c 180 to 129")]
    public void Every_unit_s_difference_stands_beside_what_it_got(string name, string value, string expected)
    {
        var result = Ask((name, value));

        Amounts(result).ShouldBe(expected);
        result.Units.Sum(unit => unit.Difference.Yuan).ShouldBe((result.Amount - result.Before).Yuan);
    }

    [Theory]
    [InlineData("speed", "1", "sample has no setting 'speed', only: budget, coefficient")]
    [InlineData("budget", "much", "budget takes an amount of at least 0, not 'much'")]
    [InlineData("cap", "speed * 2", "cap uses 'speed', which is no metric, parameter or figure of sample")]
    [InlineData("cap", "2 *", "cap is not FEEL:")]
    public void A_setting_that_is_none_is_told(string name, string value, string expected) =>
        Should.Throw<ArgumentException>(() => Ask((name, value))).Message.ShouldContain(expected);

    [Fact]
    public void The_same_list_has_the_same_ids_and_no_two_payments_share_one()
    {
        var pools = Ask().Pools;
        var list = PaymentList.Of("run-1", pools);

        list.Select(line => line.Payment.Amount.Yuan).Sum().ShouldBe(900m);
        list.Select(line => line.Id).ShouldBe(PaymentList.Of("run-1", pools).Select(line => line.Id));
        list.Concat(PaymentList.Of("run-2", pools)).Select(line => line.Id).ShouldBeUnique();
        list[0].Id.ShouldMatch("^[0-9A-F]{4}(-[0-9A-F]{4}){3}$");
    }
}
