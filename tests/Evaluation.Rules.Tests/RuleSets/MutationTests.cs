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
    }

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
