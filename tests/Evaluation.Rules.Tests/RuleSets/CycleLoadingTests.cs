using Evaluation.Rules.Allocation;
using Evaluation.Rules.RuleSets.Checks;

namespace Evaluation.Rules.Tests.RuleSets;

public sealed class CycleLoadingTests
{
    private const string Cycle = """
        cycle: "2026"
        name: { zh: 试评年度, en: Trial year }
        period: { from: 2025-01-01, to: 2026-01-01 }
        as_of: 2025-12-31
        publisher: { zh: 平台中心, en: Platform center }
        legal_basis: [ { zh: 试评办法, en: Trial measures } ]
        categories:
          - category: instruments
            name: { zh: 仪器, en: Instruments }
        pools:
          - { pool: instruments, name: { zh: 仪器奖补, en: Instruments }, pot: 18000000 }
        deadlines:
          - { step: confirm, name: { zh: 确认, en: Confirm }, by: 2026-03-31 }
          - { step: publish, name: { zh: 公布, en: Publish }, by: 2026-09-30 }
        objection: { working_days: 5, how: { zh: 书面提出, en: In writing } }
        """;

    private static RuleTexts Year(string scheme = RuleTexts.Scheme) => new RuleTexts()
        .With("cycle.yaml", Cycle)
        .With("instruments/scheme.yaml", scheme)
        .With("instruments/indicators/R1.yaml", RuleTexts.R1)
        .With("instruments/indicators/R2.yaml", RuleTexts.R2)
        .Without("scheme.yaml")
        .Without("indicators/R1-sharing.yaml").Without("indicators/R1-sharing.cases.yaml")
        .Without("indicators/R2-registration.yaml").Without("indicators/R2-registration.cases.yaml");

    [Fact]
    public void A_year_has_its_period_pools_deadlines_and_a_scheme_for_each_category()
    {
        var rules = Year().Load();

        var cycle = rules.Cycle.ShouldNotBeNull();
        cycle.Id.ShouldBe("2026");
        cycle.Period.ToString().ShouldBe("2025-01-01/2025-12-31");
        rules.AsOf.ShouldBe(new DateOnly(2025, 12, 31));
        cycle.Categories.ShouldHaveSingleItem().Periods.ShouldBe([cycle.Period]);
        cycle.Pools.ShouldHaveSingleItem().Pot.ShouldBe(new Money(18000000m));
        cycle.Deadlines.Select(deadline => deadline.Step).ShouldBe(["confirm", "publish"]);
        cycle.ObjectionWorkingDays.ShouldBe(5);
        rules.SchemeOf("instruments").Id.ShouldBe("trial");
    }

    [Theory]
    [InlineData("to: 2026-01-01", "to: 2025-01-01", 3, "the period of the cycle ends before it begins")]
    [InlineData("working_days: 5", "working_days: 0.5", 15, "'working_days' is not a whole number of days")]
    [InlineData("by: 2026-03-31", "by: 2026-10-31", 14, "the deadline 'publish' is before the one above it")]
    [InlineData("pot: 18000000", "pot: 0.005", 11, "the pot of the pool instruments is not an amount of money")]
    [InlineData("    name: { zh: 仪器, en: Instruments }", "    name: { zh: 仪器, en: Instruments }\n    periods: [ { from: 2024-01-01, to: 2025-01-01 } ]", 8,
        "the category instruments has other periods than the cycle, but does not say why")]
    public void What_makes_no_sense_in_a_cycle_is_refused(string old, string by, int line, string message)
    {
        var problem = Year().With("cycle.yaml", old, by).Problem();

        problem.Location.Path.ShouldBe("cycle.yaml");
        problem.Location.Line.ShouldBe(line);
        problem.Message.ShouldStartWith(message);
    }

    [Fact]
    public void A_category_without_a_scheme_is_refused()
    {
        var problem = Year().With("cycle.yaml", "category: instruments", "category: instrument").Problems()
            .Single(problem => problem.Message.Contains("has no scheme"));

        problem.Location.Path.ShouldBe("cycle.yaml");
        problem.Location.Line.ShouldBe(8);
        problem.Mend.ShouldBe("add instrument/scheme.yaml");
    }

    [Fact]
    public void A_scheme_in_the_folder_of_another_category_is_refused() =>
        Year(RuleTexts.Scheme.Replace("category: instruments", "category: data", StringComparison.Ordinal)).Problem()
            .Mend.ShouldBe("write category: instruments, or move the folder");

    [Fact]
    public void A_parameter_without_a_value_on_the_day_of_the_cycle_is_refused()
    {
        var report = RuleSetCheck.Run(Year(RuleTexts.Scheme.Replace("from: 2020-01-01", "from: 2026-01-01", StringComparison.Ordinal)).Folder);

        var problem = report.Problems.Single(problem => problem.Message.StartsWith(
            "the parameter full_share has no value on 2025-12-31", StringComparison.Ordinal));
        problem.Location.Path.ShouldBe("instruments/scheme.yaml");
        problem.Location.Line.ShouldBe(8);
        problem.Mend.ShouldContain("add the value that was in force on that day");
    }

    [Fact]
    public void An_award_from_a_pool_the_cycle_does_not_have_is_refused()
    {
        var report = RuleSetCheck.Run(Year(RuleTexts.Scheme + """

            grades:
              source: { document: 试评办法 }
              grades: [ { grade: good, name: { zh: 良好, en: Good }, mark: "▲" } ]
              bands: [ { grade: good, when: "-" } ]
            awards:
              pool: instrument
              amounts: { good: 1 }
              round_to: 1
              rounding: down
              source: { document: 试评办法 }
            """).Folder);

        var problem = report.Problems.Single(problem => problem.Message == "cycle.yaml has no pool 'instrument'");
        problem.Location.Line.ShouldBe(24);
        problem.Mend.ShouldBe("write 'instruments'");
    }
}
