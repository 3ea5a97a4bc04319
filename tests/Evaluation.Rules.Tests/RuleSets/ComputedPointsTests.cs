using Evaluation.Rules.RuleSets.Checks;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>What <c>rules check</c> proves of points that are computed, and of thresholds beside the points.</summary>
public sealed class ComputedPointsTests
{
    private const string R1 = "indicators/R1-sharing.yaml";
    private const string R1Cases = "indicators/R1-sharing.cases.yaml";
    private const string Scheme = "scheme.yaml";
    private const string Value = "value: external_hours / effective_hours";

    private static readonly string Bands =
        RuleTexts.R1[RuleTexts.R1.IndexOf("  bands:", StringComparison.Ordinal)..RuleTexts.R1.IndexOf("max:",
            StringComparison.Ordinal)];

    private static RuleTexts With(string points) => new RuleTexts().With(R1, Bands, points + "\n");

    private static RuleTexts WithFormula(string formula) => With($"  formula: {formula}");

    private static RuleTexts WithItems(params string[] items) => With("  checklist:\n"
        + string.Join('\n', items.Select((item, at) => $"    - {{ {item}, name: {{ zh: 甲{at}, en: Item {at} }} }}")));

    private static RuleTexts Judged(string when, string effect) => new RuleTexts().With(Scheme, RuleTexts.Scheme + $$"""

        grades:
          source: { document: 试评办法, item: 第九条 }
          grades:
            - { grade: good, name: { zh: 良好, en: Good }, mark: "▲" }
            - { grade: poor, name: { zh: 较差, en: Poor }, mark: "▼" }
          bands:
            - { grade: good, when: ">= 20" }
            - { grade: poor, when: "< 20" }
        judgements:
          - judgement: small
            name: { zh: 判定, en: Judgement }
            when: {{when}}
            effect: { {{effect}} }
            source: { document: 试评办法, item: 第十条 }
        """);

    private static void Finds(RuleTexts texts, string path, string message, string mend)
    {
        var report = RuleSetCheck.Run(texts.Folder);
        report.Problems.ShouldContain(
            problem => problem.Location.Path == path && problem.Location.Line > 1
                && problem.Message.Contains(message) && problem.Mend.Contains(mend),
            string.Join('\n', report.Lines));
    }

    private static void FindsNothingLike(RuleTexts texts, string message) =>
        RuleSetCheck.Run(texts.Folder).Problems.ShouldNotContain(problem => problem.Message.Contains(message));

    [Fact]
    public void A_formula_that_exceeds_the_maximum_where_no_case_looks_is_refused() => Finds(
        WithFormula("40 * value"), R1, "more than the maximum of 20", "min(20, …)");

    [Fact]
    public void A_formula_that_goes_below_nothing_is_refused() => Finds(
        WithFormula("min(20, 40 * value) - 5"), R1, "R1 earns -5 points where value = 0, which is below 0",
            "max(0, …)");

    [Fact]
    public void A_formula_within_its_maximum_passes_also_without_a_declared_range() => FindsNothingLike(
        WithFormula("min(20, 40 * value)").With(R1, "range: \"[0..1]\"\n", ""), "R1 earns");

    [Fact]
    public void A_dip_between_two_numbers_of_a_formula_is_found() => Finds(
        WithFormula("if value > 0.7 and value < 0.701 then 0 else min(20, 40 * value)"),
        R1, "points go from 20 at 0.7 to 0 at 0.7", "correct the formula");

    [Fact]
    public void A_formula_that_falls_beside_other_facts_is_refused_with_the_case_they_stand_in() => Finds(
        WithFormula("if effective_hours > 10 then 20 - 20 * value else 20"),
        R1, "all else as in the case 'on a half', although higher is better", "direction");

    [Fact]
    public void Points_that_rise_twice_around_a_target_are_refused() => Finds(
        WithFormula("if value < 0.5 then 20 - 40 * abs(value - 0.25) else 20 - 40 * abs(value - 0.75)")
            .With(R1, "direction: higher", "direction: target"),
        R1, "points rise only once on the way to a target", "direction");

    [Fact]
    public void Points_that_rise_and_fall_around_a_target_pass() => FindsNothingLike(
        WithFormula("20 - 40 * abs(value - 0.5)").With(R1, "direction: higher", "direction: target"), "points go from");

    [Fact]
    public void A_checklist_that_gives_less_for_a_better_value_is_refused() => Finds(
        WithItems("when: value < 0.5, points: 15", "when: value >= 0.2, points: 5"),
        R1, "to 5 at 0.5, although higher is better", "correct the items");

    [Fact]
    public void Items_that_exclude_one_another_cannot_reach_a_maximum_of_both() => Finds(
        WithItems("when: value >= 0.5, points: 15", "when: value < 0.5, points: 5"),
        R1, "no unit can fulfil items worth more than 15 points, but max is 20", "correct max");

    [Fact]
    public void Items_of_a_value_that_exceed_the_maximum_together_are_refused() => Finds(
        WithItems("when: value >= 0.2, points: 20", "when: value >= 0.9, points: 5"),
        R1, "R1 earns 25 points", "limit them");

    [Theory]
    [InlineData("percent")]
    [InlineData("hour")]
    public void A_band_that_ends_at_a_parameter_of_another_unit_is_refused(string unit) => Finds(
        new RuleTexts().With(Scheme, "unit: share", $"unit: {unit}"), R1, "a band of R1 compares a share and",
            "same unit");

    [Fact]
    public void A_band_that_ends_at_a_per_cent_divided_by_100_is_in_order() => RuleSetCheck.Run(new RuleTexts()
        .With(Scheme, "unit: share", "unit: percent").With(Scheme, "value: 0.5", "value: 50")
        .With(R1, ">= full_share", ">= full_share / 100").With(R1, "..full_share)", "..full_share / 100)").Folder)
        .Lines.ShouldBeEmpty();

    [Theory]
    [InlineData("sum([external_hours, full_share]) / effective_hours", "takes the sum of hours and a share")]
    [InlineData("if external_hours in (> full_share) then 1 else external_hours / effective_hours",
        "compares hours and a share")]
    public void Units_that_do_not_go_together_are_found_in_lists_and_memberships(string value, string message) => Finds(
        new RuleTexts().With(R1, Value, "value: " + value), R1, message, "same unit");

    [Fact]
    public void A_rule_of_a_table_that_compares_hours_with_a_share_is_refused() => Finds(
        TableTexts.With(["\"all\"|>= full_share|10", "\"all\"|< full_share|6", .. TableTexts.Rules[2..]])
            .With(TableTexts.R2, "given: [ network, external_hours ]",
                "given: [ network, external_hours, full_share ]"),
        TableTexts.Table, "rule 1 of the table of R2 compares hours and a share", "same unit");

    [Theory]
    [InlineData("if effective_hours >= 50 then external_hours / effective_hours else 0",
        "effective_hours = 50, exactly on")]
    [InlineData("if effective_hours >= 50 then external_hours / effective_hours else 0",
        "effective_hours just under the threshold 50")]
    [InlineData("if external_hours / effective_hours > 0.7 then 1 else external_hours / effective_hours",
        "external_hours / effective_hours = 0.7, exactly on")]
    public void A_threshold_inside_a_value_needs_its_cases(string value, string message) => Finds(
        new RuleTexts().With(R1, Value, "value: " + value), R1, message, "add a case");

    [Fact]
    public void A_threshold_inside_a_value_with_its_cases_passes() => FindsNothingLike(new RuleTexts()
        .With(R1, Value, "value: if effective_hours >= 50 then external_hours / effective_hours else 0")
        .With(R1Cases, RuleTexts.R1Cases + """

          - { case: on 50 h, given: { external_hours: 50, effective_hours: 50 }, expect: { points: 20 } }
          - { case: just under 50 h, given: { external_hours: 49, effective_hours: 49 }, expect: { points: 0 } }
        """), "no worked case");

    [Fact]
    public void A_threshold_of_each_resource_needs_its_cases() => Finds(new RuleTexts()
        .With(R1, "given: [ external_hours,", "given: [ instruments.used_hours, external_hours,")
        .With(R1, Value, "value: count(instruments[used_hours >= 10]) / count(instruments)"),
        R1, "no worked case of R1 has instruments.used_hours = 10, exactly on the threshold", "add a case");

    [Fact]
    public void A_threshold_of_when_an_indicator_applies_needs_its_cases() => Finds(new RuleTexts()
        .With(R1, "missing: withhold",
            "missing: withhold\napplies: { when: effective_hours > 50, otherwise: { zh: 小, en: small } }"),
        R1, "effective_hours = 50, exactly on the threshold", "add a case");

    [Fact]
    public void A_threshold_of_a_judgement_needs_whole_cases() => Finds(
        Judged("effective_hours < 50", "cap_grade: poor"),
        Scheme, "no worked case of the judgement small has effective_hours = 50, exactly on the threshold",
            "add a case");

    [Theory]
    [InlineData("cap_grade: good", "caps the grade at good, which is the best there is")]
    [InlineData("cap_total: 30", "caps the total at 30, but no total is above 30")]
    public void A_cap_that_never_lowers_anything_is_refused(string effect, string message) => Finds(
        Judged("network = \"none\"", effect), Scheme, message, "correct the cap");

    [Fact]
    public void A_condition_that_every_figure_fulfils_is_refused() => Finds(
        Judged("effective_hours >= 0", "cap_grade: poor"), Scheme,
            "always holds: the values that can occur are effective_hours ≥ 0", "delete it");

    [Fact]
    public void Quotas_of_more_than_all_units_are_refused() => Finds(Judged("network = \"none\"", "cap_grade: poor")
        .With(Scheme, RuleTexts.Scheme + """

            grades:
              source: { document: 试评办法, item: 第九条 }
              grades:
                - { grade: good, name: { zh: 良好, en: Good }, mark: "▲" }
                - { grade: fair, name: { zh: 合格, en: Fair }, mark: "●" }
              quotas:
                - { grade: good, percent: 60, rounding: half_up }
                - { grade: fair, percent: 50, rounding: half_up }
              rest: fair
              ties: { at_edge: all_in }
            """), Scheme, "the quotas come to 110 per cent of the units", "at most 100");
}
