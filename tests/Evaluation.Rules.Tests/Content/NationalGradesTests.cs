using System.Globalization;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;
using Xunit.Abstractions;

namespace Evaluation.Rules.Tests.Content;

/// <summary>Grades by rank against the published national lists of 2018 to 2022.</summary>
public sealed class NationalGradesTests(ITestOutputHelper output)
{
    private static readonly RuleSet Rules = Shipped.Load("reference/national-grade-quota");

    private static readonly Dictionary<string, string> GradeOf = new(StringComparer.Ordinal)
    {
        ["优秀"] = "excellent", ["良好"] = "good", ["合格"] = "qualified", ["较差"] = "poor",
    };

    [Fact]
    public void Every_published_grade_of_2018_to_2022_comes_out()
    {
        if (Shipped.Published("national-results/results_2018_2022.csv", output) is not { } path) return;
        var rows = File.ReadLines(path).Skip(1).Select(line => line.Split(',')).ToList();
        var graded = 0;
        foreach (var list in rows.GroupBy(row => int.Parse(row[0], CultureInfo.InvariantCulture)))
        {
            // The lists say nothing of scores: any that fall with the rank will do.
            var cards = Grade(list.Key, list.Select(row =>
                Unit(row[1], list.Count() - Index(row), poor: row[3] == "较差"))).ToDictionary(card => card.Unit, StringComparer.Ordinal);
            foreach (var row in list)
            {
                cards[row[1]].Grade.ShouldBe(GradeOf[row[3]], $"{list.Key}, rank {row[1]}, {row[2]}");
                graded++;
            }
        }

        graded.ShouldBe(rows.Count);
    }

    // The announcements: Guokebanji [2018] No. 117, [2019] No. 90, [2020] No. 103, [2021] No. 136, [2022] No. 139.
    [Theory]
    [InlineData(2018, 41, 60, 246, 26)]
    [InlineData(2019, 52, 89, 192, 11)]
    [InlineData(2020, 50, 100, 197, 9)]
    [InlineData(2021, 50, 100, 188, 8)]
    [InlineData(2022, 50, 100, 189, 6)]
    public void The_places_are_those_of_the_announcement(int year, int excellent, int good, int qualified, int poor)
    {
        var units = excellent + good + qualified + poor;
        var cards = Grade(year, Enumerable.Range(1, units).Select(rank =>
            Unit($"u{rank:D3}", units - rank, poor: rank > units - poor)));
        cards.CountBy(card => card.Grade!).ToDictionary().ShouldBe(
            new Dictionary<string, int> { ["excellent"] = excellent, ["good"] = good, ["qualified"] = qualified, ["poor"] = poor },
            ignoreOrder: true);
        cards.Take(excellent).ShouldAllBe(card => card.Grade == "excellent");
        cards.Skip(excellent).Take(good).ShouldAllBe(card => card.Grade == "good");
    }

    [Fact]
    public void A_unit_found_poor_ranks_last_and_takes_no_place_from_the_others()
    {
        var cards = Grade(2020, Enumerable.Range(1, 52).Select(rank => Unit($"u{rank:D2}", 100 - rank, poor: rank == 1)));
        cards[^1].Unit.ShouldBe("u01");
        cards[^1].Grade.ShouldBe("poor");
        cards.Count(card => card.Grade == "excellent").ShouldBe(50);
        cards.Single(card => card.Unit == "u51").Grade.ShouldBe("excellent");
        cards.Single(card => card.Unit == "u52").Grade.ShouldBe("good");
    }

    [Fact]
    public void Equal_totals_are_ordered_by_the_sharing_score()
    {
        var cards = Grade(2020, Enumerable.Range(1, 49).Select(rank => Unit($"u{rank:D2}", 900 - rank, poor: false))
            .Append(Unit("less-sharing", 500, false, sharing: 20))
            .Append(Unit("more-sharing", 500, false, sharing: 21)));
        cards.Single(card => card.Unit == "more-sharing").Grade.ShouldBe("excellent");
        cards.Single(card => card.Unit == "less-sharing").Grade.ShouldBe("good");
    }

    [Fact]
    public void Units_equal_in_everything_across_the_last_place_stop_the_run()
    {
        var units = Enumerable.Range(1, 49).Select(rank => Unit($"u{rank:D2}", 900 - rank, poor: false))
            .Append(Unit("a", 500, false, sharing: 20))
            .Append(Unit("b", 500, false, sharing: 20));
        Should.Throw<EdgeTieException>(() => Grade(2020, units));
    }

    [Fact]
    public void A_unit_poor_in_the_previous_round_takes_no_part()
    {
        var rectifying = Shipped.Facts("rectifying", new Dictionary<string, FeelValue>
        {
            ["total_score"] = 95m, ["poor_in_previous_round"] = "true",
        });
        var cards = Grade(2021, [rectifying, Unit("other", 60, poor: false)]);
        var card = cards.Single(one => one.Unit == "rectifying");
        card.Rank.ShouldBeNull();
        card.Grade.ShouldBeNull();
        cards.Single(one => one.Unit == "other").Rank.ShouldBe(1);
    }

    private static int Index(string[] row) => int.Parse(row[1], CultureInfo.InvariantCulture);

    private static UnitFacts Unit(string id, decimal total, bool poor, decimal? sharing = null) =>
        Shipped.Facts(id, new Dictionary<string, FeelValue>
        {
            ["total_score"] = total, ["sharing_score"] = sharing ?? total, ["veto_poor"] = poor ? "true" : "false",
        });

    private static IReadOnlyList<ScoreCard> Grade(int year, IEnumerable<UnitFacts> units) =>
        Shipped.Grade(Rules, Rules.Schemes[0], new DateOnly(year, 12, 31), units);
}
