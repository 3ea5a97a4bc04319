using System.Globalization;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;
using Xunit.Abstractions;

namespace Evaluation.Rules.Tests.Content;

/// <summary>The cycle over figures published for 2017, on the figures themselves.</summary>
public sealed class PublishedFiguresTests(ITestOutputHelper output)
{
    private static readonly RuleSet Rules = Shipped.Load("2017-published");

    [Fact]
    public void Fourteen_Chongqing_units_are_evaluated_and_the_one_without_an_external_share_is_withheld()
    {
        if (Shipped.Published("real/chongqing_2017h1_units.csv", output) is not { } path) return;
        var units = File.ReadLines(path).Skip(1).Select(line => line.Split(',')).ToList();
        units.Count.ShouldBe(14);
        var cards = Grade("instruments", units.Select(row => Facts(row[0],
            ("instruments_count", row[1], 1m), ("utilisation", row[2], 0.01m), ("external_share", row[3], 0.01m))));
        cards.Count(card => card.Total is not null).ShouldBe(13);
        var withheld = cards.Single(card => card.Total is null);
        withheld.Unit.ShouldBe("招商局重庆交通科研设计院");
        withheld.Lines.Single(line => line.Id == "C1").Outcome.ShouldBe("Withheld");
        withheld.Lines.Single(line => line.Id == "B1").Points.ShouldBe(50m);
        cards[0].Unit.ShouldBe("万州出入境检验检疫局");
        cards[0].Total.ShouldBe(100m);
    }

    // Three rows re-typed from the table Chongqing published for the first half of 2017.
    [Theory]
    [InlineData("72.1", "43.4", 57.75)]
    [InlineData("92.9", "80", 86.45)]
    [InlineData("18.30", "6.67", 12.485)]
    public void Utilisation_and_external_share_count_alike(string utilisation, string external, decimal total)
    {
        var cards = Grade("instruments", [Facts("unit", ("utilisation", utilisation, 0.01m), ("external_share", external, 0.01m))]);
        cards[0].Total.ShouldBe(total);
    }

    [Fact]
    public void Every_Chongqing_unit_of_the_table_has_an_English_name()
    {
        var aliases = Rules.Imports.Single(profile => profile.Id == "chongqing").Units;
        aliases.Select(alias => alias.Unit).Distinct(StringComparer.Ordinal).Count().ShouldBe(14);
        if (Shipped.Published("real/chongqing_2017h1_units.csv", output) is not { } path) return;
        aliases.Select(alias => alias.Alias)
            .ShouldBe(File.ReadLines(path).Skip(1).Select(line => line.Split(',')[0]), ignoreOrder: true);
    }

    // CGIAR genebank reports of 2017: availability, safety duplication, passport completeness.
    [Fact]
    public void The_banana_collection_waits_for_its_safety_duplication_and_ICARDA_is_scored_on_all_three()
    {
        var cards = Grade("bio",
        [
            Facts("system", ("available_share", "79", 0.01m), ("safety_duplicated_share", "55", 0.01m)),
            Facts("icarda", ("available_share", "59", 0.01m), ("safety_duplicated_share", "29", 0.01m), ("pdci_mean", "6.76", 1m)),
            Facts("banana", ("available_share", "52.93", 0.01m)),
        ]);
        decimal.Round(cards.Single(card => card.Unit == "icarda").Total!.Value, 2).ShouldBe(52.63m);
        decimal.Round(cards.Single(card => card.Unit == "system").Total!.Value, 2).ShouldBe(74.44m);
        cards.Single(card => card.Unit == "system").Lines.Single(line => line.Id == "PDCI").Outcome.ShouldBe("NotApplicable");
        cards.Single(card => card.Unit == "banana").Total.ShouldBeNull();
    }

    // Sums of the report of DR-NTU (Data) for February 2025 and of US-MPC for June 2015.
    [Fact]
    public void The_two_repositories_are_scored_on_their_own_month()
    {
        var cards = Grade("data",
        [
            Facts("dr-ntu", ("data_views_unique", "24117", 1m), ("data_downloads_unique", "508", 1m)),
            Facts("us-mpc", ("data_views_unique", "3", 1m), ("data_downloads_unique", "1", 1m)),
        ]);
        decimal.Round(cards.Single(card => card.Unit == "dr-ntu").Total!.Value, 2).ShouldBe(42.11m);
        decimal.Round(cards.Single(card => card.Unit == "us-mpc").Total!.Value, 2).ShouldBe(33.33m);
        var data = Rules.Cycle!.Categories.Single(category => category.Id == "data");
        data.Periods.Count.ShouldBe(2);
        data.AcceptPartial.ShouldBeTrue();
        data.PeriodNote.ShouldNotBeNull();
    }

    [Fact]
    public void No_money_is_recommended_where_none_was_published()
    {
        Rules.Cycle!.Pools.ShouldBeEmpty();
        Rules.Schemes.ShouldAllBe(scheme => scheme.Awards.Count == 0);
    }

    [Fact]
    public void The_file_nobody_evaluates_is_named_with_its_reason()
    {
        var ignored = Rules.Imports.Single(profile => profile.Target == MappingTarget.Ignored);
        ignored.Files.ShouldBe(["national_rounds.csv"]);
        ignored.Reason.ShouldNotBeNull();
    }

    private static UnitFacts Facts(string unit, params (string Metric, string Cell, decimal Times)[] cells) =>
        Shipped.Facts(unit, cells.Where(cell => cell.Cell.Length > 0).Select(cell => KeyValuePair.Create(
            cell.Metric, FeelValue.Number(decimal.Parse(cell.Cell, CultureInfo.InvariantCulture) * cell.Times))));

    private static IReadOnlyList<ScoreCard> Grade(string category, IEnumerable<UnitFacts> units) =>
        Shipped.Grade(Rules, Rules.SchemeOf(category), Rules.Cycle!.AsOf, units);
}
