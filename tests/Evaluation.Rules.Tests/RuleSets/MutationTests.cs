using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Mutation;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>Changing the rules one by one: the worked cases notice, or the report says where they do not.</summary>
public sealed class MutationTests
{
    private const string R1 = "indicators/R1-sharing.yaml";
    private const string R1Cases = "indicators/R1-sharing.cases.yaml";
    private const string EquivalentFile = "mutants.yaml";
    private const string OnAFifth =
        "  - { case: on a fifth, given: { external_hours: 200, effective_hours: 1000 }, expect: { points: 12 } }\n";
    private const string UnderAHalf =
        "  - { case: just under a half, given: { external_hours: 499, effective_hours: 1000 }, expect: { points: 12 } }\n";

    private static RuleTexts WithoutCasesOfTheMiddleBand =>
        new RuleTexts().With(R1Cases, OnAFifth, "").With(R1Cases, UnderAHalf, "");

    [Theory]
    [MemberData(nameof(Content.ShippedRulesTests.Folders), MemberType = typeof(Content.ShippedRulesTests))]
    public void The_worked_cases_of_every_rule_set_notice_at_least_95_of_100_changes(string folder)
    {
        var report = RuleSetMutation.Run(RuleFolder.Read(Path.Combine(Repository.Root(), "rules", folder)));

        report.Passed.ShouldBeTrue(string.Join('\n', report.Lines));
        report.Results.Where(result => result.Fate == MutantFate.Survived).ShouldBeEmpty("every survivor is explained");
        report.Killed.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public void A_band_without_a_case_is_reported_at_its_line()
    {
        var texts = WithoutCasesOfTheMiddleBand;
        var report = RuleSetMutation.Run(texts.Folder);

        report.Lines.ShouldContain(
            $"trial/{R1}:{texts.LineOf(R1, "[0.2..full_share)")}: survived: R1 points of band 2: 12 → 13");
        report.Passed.ShouldBe(report.Killed * 100 >= report.Total * 95);
    }

    [Fact]
    public void Without_worked_cases_nothing_is_noticed_and_the_report_fails()
    {
        var texts = new RuleTexts().Without(R1Cases).Without("indicators/R2-registration.cases.yaml");
        var report = RuleSetMutation.Run(texts.Folder);

        report.Killed.ShouldBe(0);
        report.Passed.ShouldBeFalse();
        report.Lines.Last().ShouldBe($"killed 0 of {report.Total} (0.0 %)");
    }

    [Fact]
    public void Numbers_operators_points_and_names_are_all_changed()
    {
        var changes = RuleSetMutation.Run(new RuleTexts().Folder).Results.Select(result => result.Change).ToList();

        changes.ShouldContain("R1 value: external_hours / effective_hours → external_hours * effective_hours");
        changes.ShouldContain("R1 value: external_hours / effective_hours → effective_hours / effective_hours");
        changes.ShouldContain("R1 band 1: >= full_share → > full_share");
        changes.ShouldContain("R1 band 3: < 0.2 → < 0.22");
        changes.ShouldContain("R1 points of band 2: 12 → 13");
        changes.ShouldContain("R1 max: 20 → 22");
        changes.ShouldContain("parameter full_share: 0.5 → 0.45");
        changes.ShouldContain("block sharing: 30 → 33");
        changes.ShouldContain("R2 band 2: \"some\" → \"all\"");
        changes.ShouldContain("R2 band 2: \"some\" → \"none\"");
    }

    [Fact]
    public void A_parameter_and_a_figure_that_only_awards_read_are_changed_too()
    {
        var texts = new RuleTexts().With("scheme.yaml", RuleTexts.Scheme
            .Replace("blocks:", """
                  many_hours:
                    name: { zh: 大户机时, en: Many hours }
                    unit: hour
                    values: [ { from: 2020-01-01, value: 700 } ]
                    source: { document: 试评办法, item: 第六条 }
                blocks:
                """, StringComparison.Ordinal) + """

            figures:
              - { figure: size, name: { zh: 规模, en: Size }, value: effective_hours / many_hours, unit: share }
              - { figure: shown, name: { zh: 展示, en: Shown }, value: effective_hours / 10, unit: hour }
            grades:
              source: { document: 试评办法, item: 第九条 }
              grades: [ { grade: good, name: { zh: 良好, en: Good }, mark: "▲" } ]
              bands: [ { grade: good, when: ">= 0" } ]
            awards:
              pool: trial
              amounts: { good: 1000 }
              coefficient: if card.figures.size >= 2 then 2 else 1
              round_to: 1
              rounding: down
              source: { document: 试评办法, item: 第十二条 }
            """);
        var changes = RuleSetMutation.Run(texts.Folder).Results.Select(result => result.Change).ToList();

        changes.ShouldContain("parameter many_hours: 700 → 770");
        changes.ShouldContain("figure size: effective_hours / many_hours → effective_hours * many_hours");
        changes.ShouldNotContain(change => change.StartsWith("figure shown"));
    }

    [Fact]
    public void Conditions_of_data_checks_and_of_rules_about_records_are_changed_and_their_cases_notice()
    {
        var results = RuleSetMutation.Run(WithDataRules.Folder).Results;

        Fate("records.yaml", "leave_out cheap: original_value < least_value → original_value <= least_value").ShouldBe(MutantFate.Killed);
        Fate("records.yaml", "parameter least_value: 500000 → 450000").ShouldBe(MutantFate.Killed);
        Fate("checks.yaml", "check too_many: external_hours > effective_hours → external_hours >= effective_hours").ShouldBe(MutantFate.Killed);
        Fate("checks.yaml", "check too_many: external_hours > effective_hours → effective_hours > effective_hours").ShouldBe(MutantFate.Killed);

        MutantFate Fate(string file, string change) =>
            results.Single(result => result.Location.Path == file && result.Change == change).Fate;
    }

    [Fact]
    public void A_rule_about_records_without_a_case_on_its_edge_is_reported_at_its_line()
    {
        var texts = WithDataRules.With("records.yaml", "      - { given: { original_value: \"500000\" }, holds: false }",
            "      - { given: { original_value: \"600000\" }, holds: false }");

        RuleSetMutation.Run(texts.Folder).Lines.ShouldContain(
            $"trial/records.yaml:{texts.LineOf("records.yaml", "when: original_value")}: survived: "
            + "leave_out cheap: original_value < least_value → original_value <= least_value");
    }

    [Fact]
    public void A_case_of_a_data_check_that_fails_as_it_is_forbids_changing_anything() =>
        Should.Throw<RuleSetException>(() => RuleSetMutation.Run(
                WithDataRules.With("checks.yaml", "external_hours: 101", "external_hours: 99").Folder))
            .Problems.ShouldContain(problem => problem.Location.Path == "checks.yaml");

    private static RuleTexts WithDataRules => new RuleTexts()
        .With("records.yaml", """
            parameters:
              least_value:
                name: { zh: 原值下限, en: Least original value }
                unit: yuan
                values: [ { from: 2014-12-31, value: 500000 } ]
                source: { document: 试评办法, item: 第十一条 }
            leave_out:
              - leave_out: cheap
                category: instruments
                name: { zh: 原值过低, en: Too cheap }
                when: original_value < least_value
                source: { document: 试评办法, item: 第十一条 }
                cases:
                  - { given: { original_value: "499999" }, holds: true }
                  - { given: { original_value: "500000" }, holds: false }
            """)
        .With("checks.yaml", """
            checks:
              - check: too_many
                name: { zh: 对外多于全部, en: More external than all }
                over: unit
                when: external_hours > effective_hours
                severity: blocking
                message: { zh: 对外机时过多, en: Too many external hours }
                cases:
                  - { case: all external, given: { external_hours: 100, effective_hours: 100 }, fires: false }
                  - { case: more than all, given: { external_hours: 101, effective_hours: 100 }, fires: true }
                source: { document: 试评办法, item: 第十二条 }
            """);

    [Fact]
    public void A_wrong_weight_is_refused_by_the_static_checks_and_counted_apart()
    {
        var report = RuleSetMutation.Run(new RuleTexts().Folder);

        var weight = report.Results.Single(result => result.Change == "block sharing: 30 → 33");
        weight.Fate.ShouldBe(MutantFate.Refused);
        weight.By.ShouldBe("the indicators of the block sharing add up to its weight");
        report.Total.ShouldBe(report.Results.Count - report.Refused);
    }

    [Fact]
    public void A_change_listed_as_equivalent_is_shown_with_its_reason_and_still_counts_as_not_killed()
    {
        var without = RuleSetMutation.Run(WithoutCasesOfTheMiddleBand.Folder);
        var report = RuleSetMutation.Run(WithoutCasesOfTheMiddleBand.With(EquivalentFile, Listed).Folder);

        report.Killed.ShouldBe(without.Killed);
        report.Total.ShouldBe(without.Total);
        report.Lines.ShouldContain(line => line.Contains(": equivalent: R1 points of band 2: 12 → 13")
            && line.EndsWith("(No unit stands there)"));
    }

    [Fact]
    public void An_entry_that_no_survivor_answers_to_is_refused()
    {
        var report = RuleSetMutation.Run(new RuleTexts().With(EquivalentFile, Listed).Folder);

        report.Passed.ShouldBeFalse();
        report.Lines.First().ShouldStartWith(
            "trial/mutants.yaml:2:5: error: no surviving mutant of indicators/R1-sharing.yaml is 'R1 points of band 2: 12 → 13'");
    }

    [Fact]
    public void Rules_whose_cases_fail_as_they_are_cannot_be_mutated() =>
        Should.Throw<RuleSetException>(() =>
            RuleSetMutation.Run(new RuleTexts().With(R1, "points: 12", "points: 11").Folder))
            .Problems.ShouldContain(problem => problem.Message.Contains("expects 12 points"));

    private const string Listed = $$"""
        equivalent:
          - file: {{R1}}
            change: "R1 points of band 2: 12 → 13"
            because: { zh: 没有单位正好在此, en: No unit stands there }
        """;
}
