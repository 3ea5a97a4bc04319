using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Checks;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>What <c>rules check</c> proves beyond bands and weights: dead rules, contradictions, units, copied
/// sources.</summary>
public sealed class ProofTests
{
    private const string R1 = "indicators/R1-sharing.yaml";
    private const string R2 = "indicators/R2-registration.yaml";
    private const string Scheme = "scheme.yaml";
    private const string R1Value = "value: external_hours / effective_hours";

    private const string Grades = """

        grades:
          source: { document: 试评办法, item: 第九条 }
          grades:
            - { grade: good, name: { zh: 良好, en: Good }, mark: "▲" }
            - { grade: fair, name: { zh: 合格, en: Fair }, mark: "●" }
            - { grade: poor, name: { zh: 较差, en: Poor }, mark: "▼" }
          bands:
            - { grade: good, when: ">= 20" }
            - { grade: fair, when: "[10..20)" }
            - { grade: poor, when: "< 10" }
        judgements:

        """;

    private static RuleTexts Judged(params string[] judgements) =>
        new RuleTexts().With(Scheme, RuleTexts.Scheme + Grades
        + string.Join('\n', judgements.Select((judgement, at) =>
            $"  - {{ judgement: j{at + 1}, name: {{ zh: 判定, en: Judgement }}, {judgement}, source: {{ document: 试评办法, item: 第十条 }} }}")));

    private static void Finds(RuleTexts texts, string path, int line, string message, string mend)
    {
        var report = RuleSetCheck.Run(texts.Folder);
        report.Problems.ShouldContain(
            problem => problem.Location.Path == path && problem.Location.Line == line
                && problem.Message.Contains(message) && problem.Mend.Contains(mend),
            string.Join('\n', report.Lines));
    }

    private static void FindsNothingLike(RuleTexts texts, string message) =>
        RuleSetCheck.Run(texts.Folder).Problems.ShouldNotContain(problem => problem.Message.Contains(message));

    private static int LineOfJudgement(RuleTexts texts, int number) => texts.LineOf(Scheme, $"judgement: j{number}");

    [Fact]
    public void One_condition_with_two_different_grades_is_refused()
    {
        var texts = Judged("when: network = \"none\", effect: { grade: poor }",
            "when: network  =  \"none\", effect: { grade: fair }");

        Finds(texts, Scheme, LineOfJudgement(texts, 2), "but one sets the grade poor and the other fair",
            "exclude each other");
    }

    [Theory]
    [InlineData("cap_total: 15", "cap_total: 12.5", "one caps the total at 15 and the other at 12.5")]
    [InlineData("cap_grade: fair", "cap_grade: poor", "one caps the grade at fair and the other at poor")]
    public void One_condition_with_two_different_caps_is_refused(string first, string second, string message)
    {
        var texts = Judged($"when: network = \"none\", effect: {{ {first} }}", $"when: network = \"none\", effect: {{ {second} }}");

        Finds(texts, Scheme, LineOfJudgement(texts, 2), message, "exclude each other");
    }

    [Fact]
    public void Caps_that_grow_stricter_as_a_fact_gets_worse_are_no_contradiction() => FindsNothingLike(
        Judged("when: external_hours < 200, effect: { cap_total: 15 }", "when: external_hours < 100, effect: { cap_total: 10 }"),
        "can hold for the same unit");

    [Fact]
    public void Overlapping_conditions_on_the_same_fact_with_different_grades_are_refused()
    {
        var texts = Judged("when: external_hours < 10, effect: { grade: poor }",
            "when: external_hours < 20, effect: { grade: fair }");

        Finds(texts, Scheme, LineOfJudgement(texts, 2), "one sets the grade poor and the other fair",
            "exclude each other");
    }

    [Fact]
    public void Conditions_that_exclude_each_other_do_not_contradict() => FindsNothingLike(
        Judged("when: external_hours < 10, effect: { grade: poor }",
            "when: \"external_hours in [10..20)\", effect: { grade: fair }"), "can hold for the same unit");

    [Fact]
    public void A_cap_below_a_grade_that_is_set_is_refused()
    {
        var texts = Judged("when: network = \"none\", effect: { cap_grade: fair }",
            "when: external_hours > 100, effect: { grade: good }");

        Finds(texts, Scheme, LineOfJudgement(texts, 2), "the first caps the grade at fair and the second sets good",
            "keep one of the two");
    }

    [Fact]
    public void A_cap_above_a_grade_that_is_set_is_no_contradiction() => FindsNothingLike(
        Judged("when: network = \"none\", effect: { cap_grade: fair }",
            "when: external_hours < 5, effect: { grade: poor }"), "can hold for the same unit");

    [Fact]
    public void A_judgement_on_what_cannot_occur_is_refused()
    {
        var texts = Judged("when: external_hours < 0, effect: { grade: poor }");

        Finds(texts, Scheme, LineOfJudgement(texts, 1),
            "can never hold: the values that can occur are external_hours ≥ 0", "declared range");
    }

    [Fact]
    public void A_judgement_on_a_total_beyond_the_scheme_is_refused()
    {
        var texts = Judged("when: card.total > 31, effect: { grade: poor }");

        Finds(texts, Scheme, LineOfJudgement(texts, 1), "the values that can occur are 0 ≤ card.total ≤ 30",
            "correct the condition");
    }

    [Fact]
    public void A_condition_that_wants_two_things_at_once_is_refused()
    {
        var texts = Judged("when: external_hours > 20 and external_hours < 10, effect: { grade: poor }");

        Finds(texts, Scheme, LineOfJudgement(texts, 1), "no external_hours is all of that at once",
            "correct the condition");
    }

    [Fact]
    public void A_condition_without_any_fact_in_it_is_refused()
    {
        var texts = Judged("when: full_share > 1, effect: { grade: poor }");

        Finds(texts, Scheme, LineOfJudgement(texts, 1), "can never hold: it asks nothing of the facts",
            "delete the condition");
    }

    [Fact]
    public void A_branch_of_a_formula_that_is_never_taken_is_refused() => Finds(
        new RuleTexts().With(R1, R1Value,
            "value: if effective_hours < 0 then 0 else external_hours / effective_hours"), R1, 6,
        "the condition effective_hours < 0 of the value of R1 can never hold", "correct the condition");

    [Fact]
    public void An_item_of_a_checklist_for_an_answer_that_is_none_is_refused() => Finds(
        new RuleTexts().With(R2, "'\"none\"', points: 0", "'\"none\", \"whole\"', points: 0")
            .With(R2, "missing: zero",
                "missing: zero\napplies: { when: 'network = \"whole\"', otherwise: { zh: 不适用, en: None } }"), R2, 16,
        "can never hold: the values that can occur are network = \"all\", \"none\", \"some\"", "declared range");

    [Fact]
    public void Hours_plus_yuan_is_refused() => Finds(
        Money().With(R1, R1Value, "value: (external_hours + fees) / effective_hours"), R1, 6,
        "the value of R1 adds hours and yuan: ", "bring both to the same unit");

    [Fact]
    public void Hours_compared_with_yuan_are_refused() => Finds(
        Money().With(R1, R1Value, "value: if external_hours > fees then 1 else external_hours / effective_hours"), R1,
            6,
        "compares hours and yuan", "bring both to the same unit");

    [Fact]
    public void Money_by_the_hour_as_a_share_of_money_by_the_hour_is_in_order() => FindsNothingLike(
        Money().With(R1, R1Value, "value: min(1, (fees / external_hours) / (fees / effective_hours))"), "yuan");

    [Fact]
    public void Hours_declared_as_a_share_are_refused() => Finds(
        new RuleTexts().With(R1, R1Value, "value: max(external_hours, effective_hours)"), R1, 6,
        "the value of R1 is hours, but its unit is declared as share", "correct the unit");

    [Fact]
    public void A_share_with_a_threshold_above_1_is_refused() => Finds(
        new RuleTexts().With(R1, "range: \"[0..1]\"\n", "").With(R1, ">= full_share", ">= 50")
            .With(R1, "[0.2..full_share)", "[0.2..50)")
            .With(R1, ", full_share ]", " ]"), R1, 11,
        "R1 is a share, but its threshold 50 is above 1", "unit: percent");

    [Fact]
    public void A_per_cent_declared_as_a_share_is_refused() => Finds(
        Percent().With(R1, R1Value, "value: utilisation"), R1, 6,
        "the value of R1 is per cent, but its unit is declared as share", "divide it by 100");

    [Fact]
    public void A_per_cent_divided_by_100_is_a_share() => FindsNothingLike(
        Percent().With(R1, R1Value, "value: utilisation / 100"), "per cent");

    [Fact]
    public void A_per_cent_compared_as_a_share_is_refused() => Finds(
        Percent().With(R1, R1Value, "value: if utilisation > 0.5 then 1 else external_hours / effective_hours"), R1, 6,
        "compares utilisation, which is in per cent, with 0.5 as if it were a share", "bring both to the same unit");

    [Fact]
    public void Two_indicators_with_the_same_source_are_refused() => Finds(
        new RuleTexts().With(R2, "item: 第五条", "item: 第四条"), R2, 1,
        "the source of R2 is that of R1 (indicators/R1-sharing.yaml:1:1)", "cite the item of each");

    [Fact]
    public void A_figure_of_a_case_outside_the_range_of_its_metric_is_refused() => Finds(
        new RuleTexts().With("indicators/R1-sharing.cases.yaml", "external_hours: 499", "external_hours: -1"),
        "indicators/R1-sharing.cases.yaml", 3,
        "the case 'just under a half' gives external_hours = -1, but metrics.yaml says external_hours ≥ 0",
        "correct the figure");

    private static RuleTexts Money() => Metric("fees", "yuan");

    private static RuleTexts Percent() => Metric("utilisation", "percent");

    private static RuleTexts Metric(string code, string unit) => new RuleTexts()
        .With("metrics.yaml", RuleTexts.Metrics + $$"""

              {{code}}:
                name: { zh: 指标, en: Metric }
                unit: {{unit}}
                kind: {{(unit == "percent" ? "ratio" : "flow")}}
                from: { zh: 单位填报, en: Reported by the unit }
            """)
        .With(R1, "given: [ external_hours,", $"given: [ {code}, external_hours,");

    [Fact]
    public void An_award_of_a_size_that_no_instalment_pays_is_refused()
    {
        var folder = RuleFolder.Read(Path.Combine(Repository.Root(), "rules/reference/canada-instalments"));
        var texts = folder.Files.ToDictionary(one => one.Key, one => one.Value);
        texts["policy.yaml"] = texts["policy.yaml"].Replace("\"[100000..500000)\"", "\"[200000..500000)\"");
        var problems = RuleSetCheck.Run(new RuleFolder("gap", texts)).Problems;

        RuleSetCheck.Run(folder).Problems.ShouldBeEmpty();
        problems.ShouldContain(
            problem => problem.Location.Path == "policy.yaml" && problem.Message.Contains("is not paid"),
            string.Join('\n', problems));
    }
}
