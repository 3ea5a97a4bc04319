using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Tests.RuleSets;

public sealed class LoaderTests
{
    private const string Whole = """

        judgements:
          - judgement: untruthful
            name: { zh: 数据不实, en: Untruthful data }
            when: network = "none" and card.total > 0
            effect: { cap_grade: poor }
            source: { document: 试评办法, item: 第九条 }
        figures:
          - { figure: rate, name: { zh: 率, en: Rate }, value: external_hours / effective_hours, unit: share }
        grades:
          source: { document: 试评办法, item: 第八条 }
          grades:
            - { grade: good, name: { zh: 良好, en: Good }, mark: "▲" }
            - { grade: poor, name: { zh: 较差, en: Poor }, mark: "▼" }
          quotas:
            - { grade: good, percent: 30, rounding: half_up, at_least: 12.5 }
          rest: poor
          ties:
            then: [ { by: card.blocks.sharing, order: descending } ]
            at_edge: refuse
        awards:
          pool: instruments
          amounts: { good: 500000 }
          coefficient: 1 + card.points.R1 / 20
          floor: 100000
          round_to: 1
          rounding: largest_remainder
          source: { document: 试评办法, item: 第十条 }
        """;

    [Fact]
    public void A_reference_folder_becomes_a_scheme_with_everything_its_files_say()
    {
        var rules = new RuleTexts().Load();

        rules.Cycle.ShouldBeNull();
        rules.Warnings.ShouldBeEmpty();
        rules.AsOf.ShouldBe(new DateOnly(2020, 1, 1));
        var scheme = rules.SchemeOf("instruments");
        scheme.Total.ShouldBe(30m);
        scheme.OutOf.ShouldBe(30m);
        scheme.Parameters["full_share"].On(new DateOnly(2020, 1, 1)).ShouldBe((FeelValue)0.5m);
        scheme.Parameters["full_share"].On(new DateOnly(2019, 12, 31)).ShouldBeNull();
        var sharing = scheme.Indicators.First();
        sharing.Id.ShouldBe("R1");
        sharing.Source.ShouldBe(new Source("试评办法", "第四条"));
        sharing.Given.ShouldBe(["external_hours", "effective_hours", "full_share"]);
        sharing.Range.ShouldBe(new ValueRange(0m, true, 1m, true));
        sharing.Points.ShouldBeOfType<BandPoints>().Bands.Select(band => band.Points).ShouldBe([20m, 12m, 0m]);
        sharing.Location.ToString().ShouldStartWith("indicators/R1-sharing.yaml:1");
        sharing.Cases.Count.ShouldBe(5);
        sharing.Cases[0].Given["external_hours"].ShouldBe((FeelValue)500m);
        sharing.Cases[0].Value.ShouldBe((FeelValue)0.5m);
        sharing.Cases[1].Value.ShouldBeNull();
        sharing.Cases[4].Expect.ShouldBe(ExpectedOutcome.Withheld);
        sharing.Cases[4].Given.ContainsKey("external_hours").ShouldBeFalse();
    }

    [Fact]
    public void Judgements_figures_grades_and_awards_are_read_as_written()
    {
        var scheme = new RuleTexts().With("scheme.yaml", RuleTexts.Scheme + Whole).Load().Schemes[0];

        scheme.Judgements.ShouldHaveSingleItem().Effect.ShouldBe(new CapGrade("poor"));
        scheme.Figures.ShouldHaveSingleItem().Unit.Code.ShouldBe("share");
        var grades = scheme.Grades.ShouldNotBeNull();
        grades.Rest.ShouldBe("poor");
        grades.EdgeTies.ShouldBe(EdgeTies.Refuse);
        grades.TieKeys.ShouldHaveSingleItem().Descending.ShouldBeTrue();
        var quota = grades.Quotas.ShouldHaveSingleItem();
        (quota.Percent!.Text, quota.Rounding, quota.AtLeast).ShouldBe(("30", QuotaRounding.HalfUp, 12.5m));
        var awards = scheme.Awards.ShouldHaveSingleItem();
        awards.Amounts.ShouldHaveSingleItem().Amount.ShouldBe(500000m);
        awards.Floor!.Text.ShouldBe("100000");
        awards.Cap.ShouldBeNull();
    }

    [Fact]
    public void A_unit_list_keeps_each_resource_with_its_id_and_its_metrics()
    {
        var rules = new RuleTexts()
            .With("indicators/R1-sharing.yaml", "given: [ external_hours, effective_hours, full_share ]",
                "given: [ instruments.used_hours, full_share ]")
            .With("indicators/R1-sharing.yaml", "external_hours / effective_hours",
                "mean(for i in instruments[used_hours > 0] return i.used_hours) / 1000")
            .With("indicators/R1-sharing.cases.yaml", """
                cases:
                  - case: two instruments
                    given:
                      instruments:
                        - { id: a, used_hours: 400.50 }
                        - { id: b }
                    expect: { points: 12 }
                """)
            .Load();

        var list = rules.Schemes[0].Indicators.First().Cases[0].Given["instruments"].AsList();
        list[0].AsContext()["used_hours"].ShouldBe((FeelValue)400.5m);
        list[1].AsContext()["id"].ShouldBe((FeelValue)"b");
        list[1].AsContext().Contains("used_hours").ShouldBeFalse();
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("-12.50")]
    [InlineData("1234567890123456789012345678")]
    public void Numbers_are_exact_decimals_whatever_the_culture(string number)
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            var rules = new RuleTexts()
                .With("indicators/R1-sharing.cases.yaml", "external_hours: 500,", $"external_hours: {number},").Load();
            rules.Schemes[0].Indicators.First().Cases[0].Given["external_hours"].AsNumber()
                .ShouldBe(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_metric_that_is_listed_but_not_used_is_a_warning_and_the_rule_set_loads()
    {
        var rules = new RuleTexts().With("indicators/R2-registration.yaml", "given: [ network ]", "given: [ network, effective_hours ]").Load();

        var warning = rules.Warnings.ShouldHaveSingleItem();
        warning.Location.Path.ShouldBe("indicators/R2-registration.yaml");
        warning.Location.Line.ShouldBe(5);
        warning.Message.ShouldContain("effective_hours");
    }
}
