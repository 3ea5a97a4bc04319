using Evaluation.Rules.DataChecks;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.Tests.RuleSets;

namespace Evaluation.Rules.Tests.DataChecks;

public sealed class DataCheckTests
{
    private const string Checks = """
        checks:
          - check: too_many_hours
            name: { zh: 机时过多, en: Too many hours }
            over: instruments
            when: used_hours > period_hours
            severity: blocking
            message: { zh: "仪器 {id}：{used_hours} 小时，多于 {period_hours} 小时", en: "Instrument {id}: {used_hours} h, more than {period_hours} h." }
            cases:
              - { case: all hours of the year, given: { used_hours: 8760, period_hours: 8760 }, fires: false }
              - { case: one more, given: { used_hours: 8761, period_hours: 8760 }, fires: true }
            source: { document: 一天二十四小时, ours: true }
          - check: copied
            name: { zh: 沿用上年, en: Copied }
            over: unit
            when: effective_hours > 0 and effective_hours = previous.effective_hours and not(confirmed)
            severity: warning
            message: { zh: 与上年相同, en: The same as last year. }
            cases:
              - { case: the same, given: { effective_hours: 5, previous: { effective_hours: 5 }, confirmed: false }, fires: true }
              - { case: nothing before, given: { effective_hours: 5, confirmed: false }, fires: false }
            source: { document: 试评办法 }
          - check: flagged
            name: { zh: 带标记, en: Flagged }
            over: observation
            when: list contains(flags, "late")
            severity: info
            message: { zh: "{metric} 迟报", en: "{metric} came late." }
            cases:
              - { case: late, given: { flags: [ late ], metric: m }, fires: true }
              - { case: in time, given: { flags: [], metric: m }, fires: false }
            source: { document: 试评办法 }
        """;

    private static readonly Period Year = new(new(2025, 1, 1), new(2026, 1, 1));
    private static readonly CycleCategory Category = new("instruments", new("仪器", "Instruments"), [Year], null, false, null);

    private static RuleTexts Texts(string checks = Checks) => new RuleTexts().With("checks.yaml", checks);

    private static MetricObservation Seen(string metric, decimal value, string? resource = null, params string[] flags) => new(
        0, "u", resource, "instruments", metric, Year, value, null, "hour", new Dictionary<string, string>(), "sha", "f.csv",
        "row 2", flags);

    private static List<DataCheckHit> Run(
        RuleSet rules, MetricObservation[] now, MetricObservation[]? before = null, params string[] confirmed) =>
        [.. DataCheckRunner.Run(rules, new CheckedData(
            Category,
            FactAssembler.Assemble(rules, Category, now),
            now,
            FactAssembler.Assemble(rules, Category, before ?? []).ToDictionary(unit => unit.Unit),
            before ?? [],
            confirmed.ToHashSet()))];

    [Fact]
    public void Each_instrument_is_asked_and_the_finding_says_what_was_found()
    {
        var hits = Run(
            Texts().Load(), [Seen("instruments.used_hours", 9000m, "a"), Seen("instruments.used_hours", 8760m, "b")]);

        var hit = hits.ShouldHaveSingleItem();
        (hit.Unit, hit.Resource, hit.Metric).ShouldBe(("u", "a", "instruments.used_hours"));
        hit.Message.Zh.ShouldBe("仪器 a：9,000 小时，多于 8,760 小时");
        hit.Message.En.ShouldBe("Instrument a: 9,000 h, more than 8,760 h.");
    }

    [Fact]
    public void A_unit_is_compared_with_the_year_before()
    {
        var rules = Texts().Load();

        Run(rules, [Seen("effective_hours", 7m)], [Seen("effective_hours", 7m)]).Select(hit => hit.Check.Id).ShouldBe(["copied"]);
        Run(rules, [Seen("effective_hours", 7m)], [Seen("effective_hours", 6m)]).ShouldBeEmpty();
        Run(rules, [Seen("effective_hours", 7m)]).ShouldBeEmpty();
        Run(rules, [Seen("effective_hours", 7m)], [Seen("effective_hours", 7m)], "u").ShouldBeEmpty();
    }

    [Fact]
    public void A_finding_about_an_observation_names_its_place_in_the_document()
    {
        var hit = Run(Texts().Load(), [Seen("effective_hours", 7m, null, "late")]).ShouldHaveSingleItem();

        (hit.Metric, hit.Document, hit.Locator).ShouldBe(("effective_hours", "sha", "row 2"));
    }

    [Fact]
    public void An_observation_is_compared_with_the_others_of_its_metric_and_period_by_their_dimensions()
    {
        var rules = Texts().With("checks.yaml", "list contains(flags, \"late\")",
            "dimensions.kind = \"all\" and (some one in same_period satisfies one.dimensions.kind = \"part\" and one.value > value)").Load();
        MetricObservation Of(string kind, decimal value) =>
            Seen("effective_hours", value) with { Dimensions = new Dictionary<string, string> { ["kind"] = kind } };
        var later = new Period(Year.To, Year.To.AddYears(1));

        Run(rules, [Of("all", 7m), Of("part", 9m)]).ShouldHaveSingleItem().Metric.ShouldBe("effective_hours");
        Run(rules, [Of("all", 9m), Of("part", 9m)]).ShouldBeEmpty("equal is no contradiction");
        Run(rules, [Of("all", 7m), Of("part", 9m) with { Period = later }]).ShouldBeEmpty("another period");
        Run(rules, [Of("all", 7m), Of("part", 9m) with { Metric = "instruments.used_hours", Resource = "a" }]).ShouldBeEmpty("another metric");
    }

    [Theory]
    [InlineData("used_hours > period_hours", "used_hour > period_hours", "uses 'used_hour', which is not known here")]
    [InlineData("= previous.effective_hours and", "= previous.effective_hour and", "uses 'previous.effective_hour', which is not known here")]
    [InlineData("{id}：", "{ID}：", "uses 'ID', which is not known here")]
    [InlineData("{id}：", "{id +}：", "has something in braces that is not FEEL")]
    [InlineData("over: instruments", "over: gadgets", "which is not one of its values")]
    [InlineData("severity: blocking", "severity: fatal", "which is not one of its values")]
    [InlineData("given: { used_hours: 8761,", "given: { hours: 8761,", "gives 'hours', which is not known here")]
    public void What_a_check_cannot_mean_is_refused_where_it_stands(string old, string by, string message)
    {
        var problems = Texts().With("checks.yaml", old, by).Problems();

        problems.ShouldContain(problem => problem.ToString().Contains(message, StringComparison.Ordinal)
            && problem.Location.Path == "checks.yaml" && problem.Location.Line > 1);
    }

    [Fact]
    public void A_check_whose_cases_do_not_come_out_fails_the_rules_check()
    {
        RuleSetCheck.Run(Texts().Folder).Problems.ShouldNotContain(problem => problem.Location.Path == "checks.yaml");

        RuleSetCheck.Run(Texts().With("checks.yaml", "used_hours > period_hours", "used_hours >= period_hours").Folder)
            .Problems.ShouldContain(problem => problem.Message.Contains("finds something in the case 'all hours of the year'"));
        RuleSetCheck.Run(Texts().With("checks.yaml", "period_hours: 8760 }, fires: false", "period_hours: 1 }, fires: true").Folder)
            .Problems.ShouldContain(problem => problem.Message.Contains("no case of the check too_many_hours shows that it finds nothing"));
    }
}
