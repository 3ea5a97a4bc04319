using Evaluation.Rules.RuleSets.Checks;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>What <c>rules check</c> refuses in a rule set that loads: each with file, line and mend.</summary>
public sealed class CheckTests
{
    private const string R1 = "indicators/R1-sharing.yaml";
    private const string R1Cases = "indicators/R1-sharing.cases.yaml";
    private const string R2 = "indicators/R2-registration.yaml";
    private const string Scheme = "scheme.yaml";

    private static RuleCheckReport Check(RuleTexts texts) => RuleSetCheck.Run(texts.Folder);

    private static void Finds(RuleTexts texts, string path, int line, string message, string mend)
    {
        var report = Check(texts);
        report.Failed.ShouldBeGreaterThan(0);
        report.Problems.ShouldContain(
            problem => problem.Location.Path == path && problem.Location.Line == line
                && problem.Message.Contains(message) && problem.Mend.Contains(mend),
            string.Join('\n', report.Lines));
    }

    [Fact]
    public void A_sound_rule_set_passes_and_every_check_and_case_is_counted()
    {
        var report = Check(new RuleTexts());

        report.Lines.ShouldBeEmpty();
        report.Failed.ShouldBe(0);
        report.Cases.Count.ShouldBe(9);
        report.Passed.ShouldBe(report.Checks.Count + 9);
        report.Checks.ShouldContain(check => check.Question == "the bands of R1 cover its range once");
        report.Checks.ShouldContain(check => check.Question == "every threshold of R1 has a case on it and one just under it");
    }

    [Fact]
    public void A_folder_that_does_not_load_fails_once_for_each_error()
    {
        var report = Check(new RuleTexts().With(R1, "max: 20", "max: many").With(Scheme, "total: 30", "total: thirty"));

        (report.Passed, report.Failed).ShouldBe((0, 2));
        report.Lines.ShouldBe([.. report.Lines.Where(line => line.StartsWith("trial/", StringComparison.Ordinal) && line.Contains(": error: "))]);
    }

    [Fact]
    public void Weights_that_sum_to_95_are_refused_with_the_sum_in_words()
    {
        var texts = new RuleTexts()
            .With(Scheme, "total: 30", "total: 100").With(Scheme, "weight: 30", "weight: 95")
            .With(R1, "max: 20", "max: 85").With(R1, "points: 20", "points: 85")
            .With(R1Cases, "points: 20", "points: 85");

        Finds(texts, Scheme, 1, "the total is 100, but sharing 95 = 95", "correct the total or a weight");
    }

    [Fact]
    public void Indicators_that_do_not_add_up_to_their_block_are_refused() =>
        Finds(new RuleTexts().With(Scheme, "weight: 30", "weight: 25").With(Scheme, "total: 30", "total: 25"), Scheme, 14,
            "the block sharing weighs 25, but R1 20 + R2 10 = 30", "correct the weight or a max");

    [Fact]
    public void A_gap_between_bands_is_named_exactly() =>
        Finds(new RuleTexts().With(R1, "[0.2..full_share)", "[0.2..0.4)"), R1, 12,
            "0.4 ≤ value < 0.5 gets no points", "widen a band");

    [Fact]
    public void A_gap_of_a_single_value_is_found() =>
        Finds(new RuleTexts().With(R1, "\">= full_share\"", "\"> full_share\""), R1, 12, "value = 0.5 gets no points", "widen a band");

    [Fact]
    public void A_gap_at_the_end_of_the_range_is_found() =>
        Finds(new RuleTexts().With(R1, "\">= full_share\"", "\"[full_share..1)\""), R1, 12, "value = 1 gets no points", "widen a band");

    [Fact]
    public void A_value_in_two_bands_is_refused() =>
        Finds(new RuleTexts().With(R1, "[0.2..full_share)", "[0.2..full_share]"), R1, 13,
            "value = 0.5 is in two bands: >= full_share (line 12) and [0.2..full_share]", "exactly one");

    [Fact]
    public void A_band_outside_the_range_is_refused() =>
        Finds(new RuleTexts().With(R1, "- { when: \"< 0.2\", points: 0 }", "- { when: \"[0..0.2)\", points: 0 }\n    - { when: \"< 0\", points: 0 }"),
            R1, 15, "the band < 0 can never apply", "correct the band or the range");

    [Fact]
    public void A_band_whose_values_cannot_be_told_is_refused() =>
        Finds(new RuleTexts().With(R1, "\"< 0.2\"", "\"< 0.2 * external_hours\""), R1, 14,
            "cannot be told", "write comparisons, ranges or values");

    [Fact]
    public void An_answer_without_a_band_is_refused() =>
        Finds(new RuleTexts().With(R2, "    - { when: '\"some\"', points: 4 }\n", ""), R2, 11, "value = \"some\" gets no points", "widen a band");

    [Fact]
    public void An_answer_in_two_bands_is_refused() =>
        Finds(new RuleTexts().With(R2, "'\"none\"'", "'not(\"all\")'"), R2, 13, "value = \"some\" is in two bands", "exactly one");

    [Fact]
    public void Points_that_fall_while_the_value_gets_better_are_refused() =>
        Finds(new RuleTexts().With(R1, "direction: higher", "direction: lower"), R1, 13,
            "as the value rises, although lower is better", "or the direction");

    [Fact]
    public void A_maximum_nobody_can_reach_is_refused() =>
        Finds(new RuleTexts().With(R1, "points: 20 }", "points: 15 }").With(R1Cases, "points: 20", "points: 15"), R1, 15,
            "the best band gives 15 points, but max is 20", "correct max");

    [Fact]
    public void A_parameter_without_a_value_on_the_day_of_a_case_withholds_the_points() =>
        Finds(new RuleTexts().With(R1Cases, "case: on a half,", "case: on a half, as_of: 2019-12-31,"), R1Cases, 2,
            "the case 'on a half' expects 20 points, but the rules give withheld", "correct the rule, or the case");

    [Fact]
    public void A_threshold_without_a_case_on_it_is_refused() =>
        Finds(new RuleTexts().With(R1Cases, "given: { external_hours: 200,", "given: { external_hours: 201,"), R1, 13,
            "no worked case of R1 has value = 0.2, exactly on the threshold", "add a case whose value is 0.2");

    [Fact]
    public void A_threshold_without_a_case_just_under_it_is_refused() =>
        Finds(new RuleTexts().With(R1Cases, "given: { external_hours: 499,", "given: { external_hours: 480,"), R1, 12,
            "no worked case of R1 has value just under the threshold 0.5", "add a case with 0.485 ≤ value < 0.5");

    [Fact]
    public void An_indicator_without_cases_is_refused() =>
        Finds(new RuleTexts().Without(R1Cases), R1, 1, "the indicator R1 has no worked case", "add indicators/R1-sharing.cases.yaml");

    [Fact]
    public void A_case_that_expects_other_points_fails_with_both_numbers()
    {
        var texts = new RuleTexts().With(R1Cases, "expect: { points: 20, value: 0.5 }", "expect: { points: 19, value: 0.6 }");

        Finds(texts, R1Cases, 2, "the case 'on a half' expects 19 points, but the rules give 20 (value 0.5)", "correct the rule, or the case");
        Finds(texts, R1Cases, 2, "the case 'on a half' expects the value 0.6, but the rules give 0.5", "correct the rule, or the case");
        Check(texts).Cases.Count(one => !one.Passed).ShouldBe(1);
    }

    [Fact]
    public void A_case_that_expects_points_where_data_are_missing_fails_with_the_reason() =>
        Finds(new RuleTexts().With(R1Cases, "expect: { outcome: withheld }", "expect: { points: 0 }"), R1Cases, 6,
            "expects 0 points, but the rules give withheld", "correct the rule, or the case");

    [Fact]
    public void An_answer_compared_with_a_truth_value_is_refused() =>
        Finds(new RuleTexts().With(R2, "missing: zero", "missing: zero\napplies: { when: network != true, otherwise: { zh: 不适用, en: None } }"), R2, 16,
            "compares 'network' with true, but its values are the texts \"all\", \"some\", \"none\"", "compare it with one of its answers");

    [Theory]
    [InlineData("unit: hour, times: 24", "is taken times 24, but hour becomes hour times 1", "delete times")]
    [InlineData("unit: day", "is taken times 1, but day becomes hour times 24", "write times: 24")]
    [InlineData("unit: yuan", "is in yuan, but effective_hours is in hour, and one cannot become the other", "correct the unit")]
    public void An_imported_column_in_a_unit_that_does_not_fit_is_refused(string unit, string message, string mend) =>
        Finds(new RuleTexts().With("imports/hours.yaml", $$"""
            files: [ "hours.csv" ]
            format: csv
            target: observations
            category: instruments
            source: { zh: 机时表, en: Table of hours }
            period: { from: 2025-01-01, to: 2026-01-01 }
            columns: { unit: institution }
            metrics:
              - { column: hours, metric: effective_hours, {{unit}} }
            """), "imports/hours.yaml", 9, message, mend);

    private const string Grades = """

        grades:
          source: { document: 试评办法, item: 第八条 }
          grades:
            - { grade: good, name: { zh: 良好, en: Good }, mark: "▲" }
            - { grade: poor, name: { zh: 较差, en: Poor }, mark: "▼" }
          bands:
            - { grade: good, when: ">= 24" }
            - { grade: poor, when: "< 24" }
        """;

    private const string WholeCases = """
        cases:
          - case: on the edge of good
            given: { network: some, external_hours: 600, effective_hours: 1000 }
            expect: { total: 24, grade: good, points: { R1: 20, R2: 4 } }
          - case: just under good
            given: { network: none, external_hours: 600, effective_hours: 1000 }
            expect: { total: 20, grade: poor }
        """;

    private static RuleTexts Graded() => new RuleTexts()
        .With(Scheme, RuleTexts.Scheme + Grades)
        .With("cases.yaml", WholeCases);

    [Fact]
    public void A_grade_band_needs_a_whole_case_just_under_its_edge() =>
        Finds(Graded(), Scheme, 25, "no worked case of the grades has total just under the threshold 24", "or total = 23");

    [Fact]
    public void Whole_cases_are_scored_judged_and_graded()
    {
        var texts = Graded().With(R2, "points: 0 }", "points: 3 }")
            .With("indicators/R2-registration.cases.yaml", "given: { network: none }, expect: { points: 0 }", "given: { network: none }, expect: { points: 3 }")
            .With("cases.yaml", "total: 20, grade: poor", "total: 23, grade: poor");

        Check(texts).Lines.ShouldBeEmpty();
        Finds(texts.With("cases.yaml", "total: 23, grade: poor", "total: 23, grade: good"), "cases.yaml", 5,
            "expects the grade good, but the rules give poor", "correct the rule, or the case");
    }

    [Fact]
    public void A_total_without_a_grade_is_refused() =>
        Finds(Graded().With(Scheme, "\"< 24\"", "\"< 23.5\""), Scheme, 20, "23.5 ≤ total < 24 gets no grade", "widen a band");

    [Fact]
    public void A_better_grade_for_a_lower_total_is_refused() =>
        Finds(Graded().With(Scheme, "grade: good, when: \">= 24\"", "grade: good, when: \"< 20\"").With(Scheme, "when: \"< 24\"", "when: \">= 20\""),
            Scheme, 26, "has a better grade than", "correct one of the two bands");

    // R2 as a list of one item, that the hours suffice.
    private static RuleTexts WithChecklist(int points, string more = "") => new RuleTexts()
        .With(R2, RuleTexts.R2.Replace("given: [ network ]", "given: [ effective_hours ]", StringComparison.Ordinal)
            .Replace("value: network", "value: effective_hours", StringComparison.Ordinal)
            .Replace("unit: answer", "unit: hour", StringComparison.Ordinal)
            .Replace("""
              bands:
                - { when: '"all"', points: 10 }
                - { when: '"some"', points: 4 }
                - { when: '"none"', points: 0 }
            """, $$"""
              checklist:
                - { when: effective_hours >= 1000, points: {{points}}, name: { zh: 足, en: Enough } }
            """, StringComparison.Ordinal) + more)
        .With("indicators/R2-registration.cases.yaml",
            $"cases:\n  - {{ case: full, given: {{ effective_hours: 1000 }}, expect: {{ points: {points} }} }}");

    [Fact]
    public void A_checklist_that_falls_short_of_its_maximum_is_refused() =>
        Finds(WithChecklist(8), R2, 12, "all items of the checklist give 8 points, but max is 10", "short_of_max");

    [Fact]
    public void A_checklist_that_is_said_to_fall_short_passes_and_is_refused_when_it_does_not()
    {
        const string Said = "\nshort_of_max: { zh: 原表如此, en: So the table has it }";

        Check(WithChecklist(8, Said)).Problems.ShouldNotContain(problem => problem.Message.Contains("checklist"));
        Finds(WithChecklist(10, Said), R2, 12, "short_of_max says that the checklist falls short, but its items give 10 of 10 points",
            "delete short_of_max");
    }

    [Fact]
    public void A_threshold_inside_a_checklist_needs_its_cases()
    {
        var texts = WithChecklist(10);

        Finds(texts, R2, 11, "no worked case of R2 has effective_hours just under the threshold 1000", "add a case with 950 ≤ effective_hours < 1000");
    }

    [Fact]
    public void An_answer_that_does_not_exist_is_refused_in_a_list_of_answers_too() =>
        Finds(new RuleTexts().With(R2, "missing: zero", "missing: zero\napplies: { when: 'network in (\"all\", \"sone\")', otherwise: { zh: 不适用, en: None } }"), R2, 16,
            "compares 'network' with \"sone\"", "compare it with one of its answers");

    [Fact]
    public void A_whole_case_without_a_total_is_reported_once()
    {
        var report = Check(Graded().With("cases.yaml", "given: { network: some, external_hours: 600, effective_hours: 1000 }", "given: { network: some }"));

        report.Problems.Where(problem => problem.Location.Path == "cases.yaml").ShouldHaveSingleItem()
            .Message.ShouldStartWith("the case 'on the edge of good' expects a total of 24, but the rules give withheld:");
    }

    [Fact]
    public void A_points_formula_that_falls_is_refused()
    {
        var texts = new RuleTexts()
            .With(R1, RuleTexts.R1[RuleTexts.R1.IndexOf("  bands:", StringComparison.Ordinal)..RuleTexts.R1.IndexOf("max:", StringComparison.Ordinal)],
                "  formula: 20 - 20 * value\n")
            .With(R1, ", full_share ]", " ]");

        Finds(texts, R1, 11, "points go from 20 at 0 to", "correct the formula, or the direction");
    }

    [Fact]
    public void A_points_formula_needs_a_case_that_earns_the_maximum()
    {
        var texts = new RuleTexts()
            .With(R1, RuleTexts.R1[RuleTexts.R1.IndexOf("  bands:", StringComparison.Ordinal)..RuleTexts.R1.IndexOf("max:", StringComparison.Ordinal)],
                "  formula: 18 * value\n")
            .With(R1, ", full_share ]", " ]");

        Finds(texts, R1, 12, "no worked case of R1 earns the maximum of 20 points", "add a case that earns it");
    }
}
