using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Mutation;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>Worked cases of several units: places by rank, equal totals and edges can be shown, and are proved.</summary>
public sealed class UnitsCaseTests
{
    private const string Grades = """

        grades:
          source: { document: 试评办法, item: 第九条 }
          grades:
            - { grade: good, name: { zh: 良好, en: Good }, mark: "▲" }
            - { grade: fair, name: { zh: 合格, en: Fair }, mark: "●" }
          quotas:
            - { grade: good, percent: 50, rounding: down, at_least: 12 }
          rest: fair
          ties: { then: [ { by: card.points.R1, order: descending } ], at_edge: refuse }

        """;

    private const string Cases = """
        cases:
          - case: half of four units, equal totals by R1
            given: { network: all, effective_hours: 1000 }
            units:
              a: { external_hours: 500 }
              b: { external_hours: 200 }
              c: { external_hours: 500, network: none }
              d: { external_hours: 100 }
            expect:
              totals: { a: 30, b: 22, c: 20, d: 10 }
              ranks: { a: 1, b: 2, c: 3, d: 4 }
              grades: { a: good, b: good, c: fair, d: fair }
          - case: half of three units is one place
            given: { network: none, effective_hours: 1000 }
            units:
              a: { external_hours: 500 }
              b: { external_hours: 200 }
              c: { external_hours: 80 }
            expect: { grades: { a: good, b: fair } }
          - case: units equal in everything across the edge stop the run
            given: { network: all, external_hours: 500, effective_hours: 1000 }
            units: { a: {}, b: {} }
            expect: { refused: true }
        """;

    private static RuleTexts Ranked => new RuleTexts().With("scheme.yaml", RuleTexts.Scheme + Grades).With("cases.yaml", Cases);

    private static string Lines(RuleTexts texts) => string.Join('\n', RuleSetCheck.Run(texts.Folder).Lines);

    [Fact]
    public void Ranks_grades_totals_and_a_stop_come_out_as_expected() => Lines(Ranked).ShouldBe("");

    [Theory]
    [InlineData("b: good, c: fair", "b: fair, c: fair", "expects the grade fair for b, but the rules give good, rank 2")]
    [InlineData("a: 1, b: 2", "a: 1, b: 3", "expects rank 3 for b, but the rules give good, rank 2")]
    [InlineData("totals: { a: 30", "totals: { a: 31", "expects a total of 31 for a, but the rules give 30")]
    [InlineData("units: { a: {}, b: {} }", "units: { a: {} }", "expects grading to stop for a decision, but the rules give")]
    [InlineData("expect: { refused: true }", "expect: { grades: { a: good } }", "expects grades, but the rules give a stop")]
    public void What_comes_out_otherwise_is_told_with_the_unit(string old, string by, string message) =>
        Lines(Ranked.With("cases.yaml", old, by)).ShouldContain(message);

    [Theory]
    [InlineData("a: good, b: good", "a: good, e: good", "has no key 'e'")]
    [InlineData("a: good, b: good", "a: best, b: good", "'best' is not a grade of this scheme")]
    [InlineData("expect: { refused: true }", "expect: {}", "expects nothing")]
    [InlineData("units: { a: {}, b: {} }", "units: [ a, b ]", "are no mapping")]
    [InlineData("a: { external_hours: 500 }", "a: { outside_hours: 500 }", "which is no metric")]
    public void A_case_that_is_written_wrong_is_refused_with_the_mend(string old, string by, string message) =>
        Ranked.With("cases.yaml", old, by).Problems().ShouldContain(problem => problem.Message.Contains(message));

    [Fact]
    public void Places_least_totals_tie_keys_edges_and_the_grade_of_the_rest_are_changed_and_noticed()
    {
        var report = RuleSetMutation.Run(Ranked.Folder);
        var changes = report.Results.ToDictionary(result => result.Change, result => result.Fate);

        foreach (var change in new[]
        {
            "quota good percent: 50 → 45", "quota good rounding: down → up", "grade of the rest: fair → good",
            "ties at the edge: refuse → all_out", "R2 missing: zero → withhold", "R2 missing: zero → exclude",
            "R1 missing: withhold → zero",
        })
        {
            changes[change].ShouldBe(MutantFate.Killed, change);
        }

        changes.Keys.ShouldContain("quota good at_least: 12 → 13");
        changes.Keys.ShouldContain("order of tie key 1: descending → ascending");
        changes.Keys.ShouldContain("tie key 1: card.points.R1 → card.points.R2");
    }
}
