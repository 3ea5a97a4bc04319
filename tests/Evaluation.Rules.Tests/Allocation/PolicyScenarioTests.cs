using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Tests.Allocation;

using static Tests.Scoring.Sample;

/// <summary>Another award policy on the units of a sealed run.</summary>
public sealed class PolicyScenarioTests
{
    private static PolicyFile Policy(string columns, string awards) => PolicyLoader.Load("policy.yaml", $$"""
        policy: other
        name: { zh: 另一办法, en: Another policy }
        source: { document: 示例, document_en: Sample, ours: true }
        budget: 400
        columns:
          unit: { name: { zh: 单位, en: Unit }, answers: [] }
        {{columns}}
        awards:
          pool: other
        {{awards}}
          round_to: 1
          rounding: largest_remainder
          source: { document: 示例, document_en: Sample, ours: true }
        """);

    private static IReadOnlyList<AllocationResult> Ask(PolicyFile policy)
    {
        var scheme = Scheme(Indicator("A", "收入", "Income", "income", "income", new FormulaPoints(Feel("value")), 1000m, "yuan")) with
        {
            Grades = Grades(quotas: [new RankQuota("excellent", Feel("1"), null, QuotaRounding.Down, null)]),
        };
        var scorer = Scorer(scheme);
        var units = new[] { Facts("a", ("income", 900m), ("staff", 3m)), Facts("b", ("income", 800m), ("staff", 1m)), Facts("withheld", ("staff", 9m)) };
        var cards = Grader.Grade(scorer.Compiled, [.. units.Select(facts => (facts, scorer.Score(facts)))]).ToDictionary(card => card.Unit);
        return PolicyScenario.Of(policy, [.. units.Select(facts => (facts, cards[facts.Unit]))], Day);
    }

    private static string Amounts(IReadOnlyList<AllocationResult> results) => string.Join(' ', results.Single().Awards.Select(award =>
        FormattableString.Invariant($"{award.Unit} {award.Grade} {award.Amount.Yuan:0}")));

    private const string Shared = """
          basis: people
          spend: up_to_caps
        """;

    [Fact]
    public void A_policy_shares_its_pot_among_the_units_that_have_a_rank() => Amounts(Ask(Policy(
        """
          people: { name: { zh: 人数, en: People }, unit: person, range: "[0..]", aliases: [staff] }
        """, Shared))).ShouldBe("a excellent 300 b qualified 100");

    [Fact]
    public void A_policy_goes_by_the_grades_of_the_cards() => Amounts(Ask(Policy(
        """
          grade: { name: { zh: 等次, en: Grade }, answers: [excellent, good, qualified, poor] }
        """, """
          amounts: { excellent: 70, qualified: 30 }
          spend: as_needed
        """))).ShouldBe("a excellent 70 b qualified 30");

    [Theory]
    [InlineData("""  people: { name: { zh: 人数, en: People }, unit: person }""", "需要列 people", "needs the column people")]
    [InlineData("""  people: { name: { zh: 人数, en: People }, unit: person, range: "[0..2]", aliases: [staff] }""", "不接受 a 的值 3", "does not take the value 3 of a")]
    public void What_the_run_does_not_have_is_named(string columns, string zh, string en)
    {
        var wrong = Should.Throw<ScenarioException>(() => Ask(Policy(columns, Shared)));

        wrong.Sentence.Zh.ShouldContain(zh);
        wrong.Sentence.En.ShouldContain(en);
    }
}
