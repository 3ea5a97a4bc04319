using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Tests.RuleSets;

public sealed class ImportLoadingTests
{
    private const string Path = "imports/hours.yaml";

    private const string Hours = """
        files: [ "hours_*.csv" ]
        format: csv
        target: observations
        category: instruments
        source: { zh: 机时表, en: Table of hours }
        period: { from: 2025-01-01, to: 2026-01-01 }
        columns: { unit: institution }
        metrics:
          - { column: hours, metric: effective_hours, unit: hour, missing: ["-", "*"] }
        """;

    private static RuleProblem Refused(string old, string by) => new RuleTexts().With(Path, Hours).With(Path, old, by).Problem();

    [Fact]
    public void A_profile_says_which_column_is_which_metric()
    {
        var profile = new RuleTexts().With(Path, Hours).Load().Imports.ShouldHaveSingleItem();

        profile.Id.ShouldBe("hours");
        profile.Encoding.ShouldBe("auto");
        profile.Delimiter.ShouldBe(",");
        profile.Columns["unit"].ShouldBe("institution");
        profile.Period.ShouldBe(new Period(new DateOnly(2025, 1, 1), new DateOnly(2026, 1, 1)));
        var column = profile.Metrics.ShouldHaveSingleItem();
        (column.Metric, column.Times).ShouldBe(("effective_hours", 1m));
        column.MissingMarks.ShouldBe(["-", "*"]);
    }

    [Fact]
    public void Files_that_nobody_reads_are_declared_with_the_reason()
    {
        var profile = new RuleTexts().With(Path, """
            files: [ "notes*.csv" ]
            target: ignore
            source: { zh: 说明, en: Notes }
            reason: { zh: 没有数据, en: There are no figures in it }
            """).Load().Imports.ShouldHaveSingleItem();

        profile.Target.ShouldBe(MappingTarget.Ignored);
        profile.Reason!.En.ShouldBe("There are no figures in it");
    }

    [Fact]
    public void A_column_for_a_metric_nobody_defined_is_refused()
    {
        var problem = Refused("metric: effective_hours", "metric: efective_hours");

        problem.Location.ToString().ShouldStartWith($"{Path}:9");
        problem.Message.ShouldBe("the import fills 'efective_hours', which is no metric");
        problem.Mend.ShouldContain("write 'effective_hours'");
    }

    [Fact]
    public void A_column_role_nobody_knows_is_refused()
    {
        var problem = Refused("{ unit: institution }", "{ unit: institution, resorce: no }");

        problem.Location.Line.ShouldBe(7);
        problem.Mend.ShouldBe("write 'resource'");
    }

    [Fact]
    public void Figures_without_a_period_are_refused()
    {
        var problem = Refused("period: { from: 2025-01-01, to: 2026-01-01 }\n", "");

        problem.Message.ShouldBe("the import does not say which period its figures belong to");
        problem.Mend.ShouldContain("period_column");
    }

    [Fact]
    public void A_period_that_ends_before_it_begins_is_refused() =>
        Refused("to: 2026-01-01", "to: 2024-01-01").Message.ShouldBe("the period of the import hours ends before it begins");
}
