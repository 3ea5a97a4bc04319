using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Tests.Facts;

using static Tests.Scoring.Sample;

public sealed class FactAssemblerTests
{
    private static readonly Period Year = new(new(2025, 1, 1), new(2026, 1, 1));
    private static readonly Period FirstHalf = new(new(2025, 1, 1), new(2025, 7, 1));
    private static readonly Period SecondHalf = new(new(2025, 7, 1), new(2026, 1, 1));

    private static readonly CycleCategory Category = new(
        "instruments", new("仪器", "Instruments"), [Year], null, false, null);

    private static MetricObservation Seen(
        string metric, decimal? value, Period? period =
            null, string? resource = null, string? answer = null, string unit = "u", long id = 0) =>
        new(id, unit, resource, "instruments", metric, period ?? Year, value, answer, "hour",
            new Dictionary<string, string>(), "sha", "hours.csv", $"row {id}", []);

    private static IReadOnlyList<UnitFacts> Assemble(params MetricObservation[] observations) =>
        FactAssembler.Assemble(Rules(Scheme(ExternalUse())), Category, observations);

    [Fact]
    public void A_flow_is_added_over_the_periods() =>
        Assemble(Seen("effective_hours", 700m, FirstHalf), Seen("effective_hours", 300.5m, SecondHalf))[0]
            .Values["effective_hours"].ShouldBe((FeelValue)1000.5m);

    [Fact]
    public void Single_records_are_parts_of_a_total_and_do_not_count_beside_it()
    {
        MetricObservation Of(string record, decimal hours, string resource) =>
            Seen("effective_hours", hours, FirstHalf, resource) with { Dimensions = new Dictionary<string, string> { ["record"] = record } };

        Assemble(Of("a", 3m, "r1"), Of("b", 4m, "r1"))[0].Values["effective_hours"].ShouldBe((FeelValue)7m);
        Assemble(Of("a", 3m, "r1"), Of("b", 4m, "r2"), Seen("effective_hours", 10m, Year, "r1"))[0]
            .Values["effective_hours"].ShouldBe((FeelValue)14m, "r1 by its total, r2 by its record");
        Assemble(Of("a", 3m, "r1"), Of("b", 4m, "r2"), Seen("effective_hours", 20m, Year))[0]
            .Values["effective_hours"].ShouldBe((FeelValue)20m, "the unit's own total covers both");
        Assemble(Of("a", 3m, "r1"), Seen("effective_hours", 20m, SecondHalf))[0]
            .Values["effective_hours"].ShouldBe((FeelValue)23m, "a total of another half covers nothing of it");
    }

    [Theory]
    [InlineData("staff")]
    [InlineData("utilisation")]
    public void A_stock_and_a_ratio_are_the_latest(string metric) =>
        Assemble(Seen(metric, 0.7m, SecondHalf), Seen(metric, 0.9m, FirstHalf))[0].Values[metric].ShouldBe(
            (FeelValue)0.7m);

    [Fact]
    public void An_answer_is_the_latest_text() =>
        Assemble(Seen("portal", null, FirstHalf, answer: "no"), Seen("portal", null, SecondHalf, answer: "yes"))[0]
            .Values["portal"].ShouldBe((FeelValue)"yes");

    [Fact]
    public void Only_periods_inside_the_categorys_count()
    {
        var units = Assemble(
            Seen("effective_hours", 1m, new Period(new(2024, 12, 31), new(2025, 2, 1))),
            Seen("effective_hours", 2m, new Period(new(2025, 1, 1), new(2025, 2, 1))));

        units[0].Values["effective_hours"].ShouldBe((FeelValue)2m);
    }

    [Fact]
    public void A_rejected_value_is_never_used_and_its_metric_stays_absent()
    {
        var units = Assemble(Seen("effective_hours", 5m) with { Verification = VerificationState.Rejected });

        units.ShouldHaveSingleItem().Values.ShouldBeEmpty();
    }

    [Fact]
    public void Only_observations_with_the_dimensions_of_the_metric_count()
    {
        MetricObservation Requests(decimal value, string method) => Seen("requests", value) with
        {
            Dimensions = new Dictionary<string, string> { ["access_method"] = method },
        };

        Assemble(Requests(100m, "regular"), Requests(900m, "machine"))[0].Values["requests"].ShouldBe((FeelValue)100m);
    }

    [Fact]
    public void A_metric_of_the_unit_is_added_over_its_resources() =>
        Assemble(Seen("income", 5m, resource: "b"), Seen("income", 7m, resource: "a"))[0].Values["income"].ShouldBe(
            (FeelValue)12m);

    [Fact]
    public void Metrics_of_resources_become_one_list_ordered_by_id()
    {
        var facts = Assemble(
            Seen("instruments.effective_hours", 3m, FirstHalf, "i-2"),
            Seen("instruments.effective_hours", 4m, SecondHalf, "i-2"),
            Seen("instruments.effective_hours", 9m, resource: "i-1"),
            Seen("instruments.condition", null, resource: "i-3", answer: "good"))[0];

        facts.Values["instruments"].ToString().ShouldBe(
            "[{id: \"i-1\", effective_hours: 9}, {id: \"i-2\", effective_hours: 7}, {id: \"i-3\", condition: \"good\"}]");
    }

    [Fact]
    public void Provenance_names_documents_first_locators_and_every_observation()
    {
        var facts = Assemble(
            Seen("effective_hours", 1m, FirstHalf, id: 9) with { Flags = ["late"] },
            Seen("effective_hours", 2m, SecondHalf, id: 4),
            Seen("staff", 3m, FirstHalf, id: 5), Seen("staff", 4m, SecondHalf, id: 6))[0];

        var hours = facts.Provenance["effective_hours"];
        hours.Documents.ShouldBe(["hours.csv"]);
        hours.Locators.ShouldBe(["row 9", "row 4"]);
        hours.Observations.ShouldBe([4, 9]);
        hours.Flags.ShouldBe(["late"]);
        facts.Provenance["staff"].Observations.ShouldBe([6]);
    }

    [Fact]
    public void A_flow_seen_twice_for_one_day_is_flagged() =>
        Assemble(Seen("effective_hours", 1m, FirstHalf), Seen("effective_hours", 2m, Year))[0]
            .Provenance["effective_hours"].Flags.ShouldBe([FactAssembler.OverlapFlag]);

    [Fact]
    public void A_level_stated_for_each_resource_is_the_sum_of_the_latest_of_each_unless_the_unit_states_its_own()
    {
        var each = new[]
        {
            Seen("staff", 1m, FirstHalf, "r-1"), Seen("staff", 0m, SecondHalf, "r-1"), Seen("staff", 1m, FirstHalf, "r-2"),
            Seen("staff", 1m, SecondHalf, "r-3"),
        };

        Assemble(each)[0].Values["staff"].ShouldBe((FeelValue)2m);
        Assemble([.. each, Seen("staff", 7m, FirstHalf)])[0].Values["staff"].ShouldBe((FeelValue)7m);
    }

    [Fact]
    public void A_figure_that_does_not_cover_its_period_counts_only_where_the_cycle_accepts_it()
    {
        var partial = Seen("staff", 3m) with { Flags = [FactAssembler.PartialFlag] };

        Assemble(partial)[0].Values.ShouldBeEmpty();
        FactAssembler.Assemble(Rules(Scheme(ExternalUse())), Category with { AcceptPartial = true }, [partial])[0].Values["staff"].ToString()
            .ShouldBe("3");
    }

    [Fact]
    public void Units_come_in_ordinal_order_whatever_the_order_of_observations()
    {
        var one = Assemble(Seen("staff", 1m, unit: "b"), Seen("staff", 1m, unit: "a"), Seen("staff", 1m, unit: "B"));

        one.Select(unit => unit.Unit).ShouldBe(["B", "a", "b"]);
    }

    [Fact]
    public void Other_categories_and_unknown_metrics_are_passed_over()
    {
        Assemble(Seen("staff", 1m) with { Category = "data" }).ShouldBeEmpty();
        Assemble(Seen("nobody_knows", 1m))[0].Values.ShouldBeEmpty();
    }

    [Fact]
    public void What_outside_systems_report_fills_in_where_nothing_is_stated_under_the_metrics_own_code()
    {
        var facts = Assemble(
            Seen("inst_hours", 800m, FirstHalf, "i-1"), Seen("inst_hours", 100m, SecondHalf, "i-1"),
            Seen("inst_hours", 5m, resource: "i-2"), Seen("instruments.effective_hours", 7m, resource: "i-2"))[0];

        facts.Values["instruments"].ToString().ShouldBe(
            "[{id: \"i-1\", effective_hours: 900}, {id: \"i-2\", effective_hours: 7}]");
        facts.Values["inst_hours"].ShouldBe((FeelValue)905m);
    }
}
