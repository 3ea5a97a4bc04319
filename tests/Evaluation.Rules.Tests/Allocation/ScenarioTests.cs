using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.Allocation;

using static Tests.Scoring.Sample;

/// <summary>Questions to a sealed run, and the list that goes to finance.</summary>
public sealed class ScenarioTests
{
    private const int Instances = 1000;

    private static readonly Cycle Year = new(
        "year", new("年度", "Year"), new Period(new(2025, 1, 1), new(2026, 1, 1)), Day, [], [Pool(900m)], [], 5, new("异议", "Object"),
        new("中心", "Centre"), [], Here);

    private static (RuleSet Rules, Scheme Scheme) Asked { get; } = RulesOfTheYear();

    private static (RuleSet Rules, Scheme Scheme) RulesOfTheYear()
    {
        var scheme = Scheme(Indicator("A", "收入", "Income", "income", "income", new FormulaPoints(Feel("value")), 1000m, "yuan")) with
        {
            Grades = Grades(quotas: [new RankQuota("excellent", Feel("places"), null, QuotaRounding.Down, null)]),
            Awards = [Awards("staff") with { Amounts = [new("excellent", 2m), new("qualified", 1m)] }],
        };
        return (Rules(scheme) with { Cycle = Year }, scheme);
    }

    private static ScenarioResult Ask(params (string Name, string Value)[] settings)
    {
        var (rules, scheme) = Asked;
        var scorer = Evaluation.Rules.Scoring.Scorer.Create(rules, scheme, Day);
        var units = new[] { ("a", 900m), ("b", 800m), ("c", 700m) }
            .Select(unit => Facts(unit.Item1, ("income", unit.Item2), ("staff", 1m)))
            .Select(facts => (facts, scorer.Score(facts))).ToList();
        var cards = Grader.Grade(scorer.Compiled, units).ToDictionary(card => card.Unit);
        var before = Allocator.AllocateAll(
            scorer.Compiled, Year.Pools, [.. units.Select(unit => (unit.facts, cards[unit.facts.Unit]))]);
        return ScenarioResult.Of(
            before, new Scenario(settings.ToDictionary(pair => pair.Name, pair => pair.Value)).Of(rules, scheme, units));
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

    [Fact]
    public void A_question_has_one_form_whatever_the_order_and_spelling_of_its_settings()
    {
        var one = new Scenario(new Dictionary<string, string> { ["cap"] = " none ", ["budget"] = "1,800.50", ["amount.excellent"] = "2.0" });
        var other = new Scenario(new Dictionary<string, string> { ["amount.excellent"] = "2", ["budget"] = "1800.5", ["cap"] = "" });

        CanonicalJson.Write(one).ShouldBe("{\"amount.excellent\":\"2\",\"budget\":\"1800.5\",\"cap\":\"\"}\n");
        CanonicalJson.Write(other).ShouldBe(CanonicalJson.Write(one));
        CanonicalJson.Write(CanonicalJson.ReadScenario(CanonicalJson.Write(one))).ShouldBe(CanonicalJson.Write(one));
    }

    [Fact]
    public void The_same_settings_twice_give_the_same_bytes() => Law(asked =>
    {
        var bytes = CanonicalJson.Write(Ask(asked).Pools);
        CanonicalJson.Write(Ask([.. asked.Reverse()]).Pools).ShouldBe(bytes);
        CanonicalJson.Write(CanonicalJson.ReadAllocations(bytes)).ShouldBe(bytes);
    });

    [Fact]
    public void The_differences_of_the_units_always_add_up_to_the_difference_of_the_sums() => Law(asked =>
    {
        var result = Ask(asked);
        result.Difference.ShouldBe(result.Amount - result.Before);
        result.Amount.Yuan.ShouldBe(result.Pools.Sum(pool => pool.Spent.Yuan));
        result.Before.Yuan.ShouldBe(900m);
        result.Amount.ShouldBeLessThanOrEqualTo(new Money(result.Pools.Sum(pool => pool.Pot.Yuan)));
    });

    private static void Law(Action<(string, string)[]> law) =>
        Prop.ForAll(Settings.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(Instances));

    // Any budget, any places, any amounts, any cap; each of them there or not.
    private static Gen<(string, string)[]> Settings =>
        from budget in Gen.Choose(0, 10_000_000)
        from places in Gen.Choose(0, 5)
        from amount in Gen.Choose(0, 1000)
        from cap in Gen.Choose(0, 100_000)
        from taken in Gen.Choose(0, 15)
        select new[]
        {
            ("budget", (budget / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture)), ("places.excellent", $"{places}"),
            ("amount.qualified", $"{amount}"), ("cap", $"{cap}"),
        }.Where((_, place) => (taken & (1 << place)) != 0).ToArray();

    [Fact]
    public void A_unit_that_only_one_of_two_allocations_knows_gets_nothing_in_the_other()
    {
        var (before, now) = (Ask().Pools, Ask(("budget", "1800")).Pools);
        var without = before.Select(pool => pool with { Awards = [.. pool.Awards.Where(award => award.Unit != "c")] }).ToList();

        var result = ScenarioResult.Of(without, now);

        Amounts(result).ShouldBe("a 360 to 720 b 360 to 720 c 0 to 360");
        Amounts(ScenarioResult.Of(now, without)).ShouldBe("a 720 to 360 b 720 to 360 c 360 to 0");
    }

    [Fact]
    public void A_scenario_that_cannot_be_paid_names_the_units_that_bind()
    {
        var refused = Should.Throw<AllocationException>(() => Ask(("floor", "400")));

        refused.Units.ShouldBe(["a", "b", "c"]);
        refused.Reason.Zh.ShouldContain("下限合计 1,200.00 元，超过总额 900.00 元");
        refused.Reason.En.ShouldContain("the floors of 3 units add up to 1,200.00 CNY");
    }

    [Fact]
    public void What_may_be_set_is_what_the_policy_has_with_its_value()
    {
        var settings = ScenarioSetting.Of(Asked.Rules, Asked.Scheme);

        settings.Select(setting => $"{setting.Name} = {setting.Value}").ShouldBe(
            ["budget = 900", "amount.excellent = 2", "amount.qualified = 1", "places.excellent = places", "coefficient = staff", "places = 2"]);
        settings[3].Title.ShouldBe(new Bilingual("优秀名额", "Places, Excellent"));
        settings.Single(setting => setting.IsParameter).Name.ShouldBe("places");
    }

    [Theory]
    [InlineData("quota_hours", "1000", "封存的得分不会变", "the points of a sealed run stay")]
    [InlineData("budget", "1.005", "最多写到分", "to the fen")]
    [InlineData("budget", "-1", "不小于 0", "at least 0")]
    [InlineData("budget", "99999999999999999999", "不能是", "at least 0")]
    [InlineData("places.excellent", "-1", "不小于 0", "at least 0")]
    [InlineData("places.good", "1", "没有“places.good”", "no setting 'places.good'")]
    [InlineData("places", "many", "excellent 的名额“places”得不出", "the places of excellent, 'places', give no number")]
    [InlineData("places.excellent", "99999999999", "太大", "too large")]
    [InlineData("basis", "", "不是数字", "not FEEL")]
    [InlineData("cap", "sum(for i in 1..1000000000 return i)", "计算步数太多", "too many steps")]
    public void What_is_wrong_with_a_setting_is_told_in_both_languages(string name, string value, string zh, string en)
    {
        var wrong = Should.Throw<ScenarioException>(() => Ask((name, value)));

        wrong.Sentence.Zh.ShouldContain(zh);
        wrong.Sentence.En.ShouldContain(en);
        if (wrong.Setting is not { } setting) return;
        setting.ShouldBe(name);
        wrong.SentenceOf(new("总额", "Pot")).Zh.ShouldStartWith("总额 ");
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
