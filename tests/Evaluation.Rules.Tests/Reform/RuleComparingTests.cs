using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Reform;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Tests.Reform;

using static Tests.Scoring.Sample;

/// <summary>The same data under other rules.</summary>
public sealed class RuleComparingTests
{
    private static readonly Scheme Income = Scheme(
        Indicator("A", "收入", "Income", "income", "income", new FormulaPoints(Feel("value")), 1000m, "yuan")) with
    {
        Grades = Grades([new("excellent", When(">= 900")), new("good", When("[500..900)"))]),
        Awards = [Awards()],
    };

    private static readonly UnitFacts[] Units =
    [
        .. new[] { ("a", 950m), ("b", 890m), ("c", 600m), ("d", 510m), ("e", 100m) }
            .Select(unit => Facts(unit.Item1, ("income", unit.Item2))),
    ];

    private static readonly Dictionary<string, ComparedName> Names = Units.ToDictionary(
        unit => unit.Unit,
        unit => new ComparedName(
            new("单位" + unit.Unit, "Unit " + unit.Unit),
            unit.Unit is "a" or "b" ? new("甲省", "Province A") : new("乙省", "Province B")));

    private static readonly Dictionary<string, decimal> Sizes = new() { ["a"] = 9m, ["b"] = 1m, ["c"] = 5m, ["d"] = 5m };

    private static Scheme Easier => Income with
    {
        Grades = Grades([new("excellent", When(">= 880")), new("good", When("[600..880)"))]),
    };

    private static (ComparedSide Side, IReadOnlyDictionary<string, UnitEdges> Edges) Side(Scheme scheme, decimal pot = 3_000_000m)
    {
        var scorer = Scorer(scheme);
        var sheets = Units.Select(unit => (unit, scorer.Score(unit))).ToList();
        var cards = Grader.Grade(scorer.Compiled, sheets);
        var facts = Units.ToDictionary(unit => unit.Unit);
        var pots = Allocator.AllocateAll(scorer.Compiled, [Pool(pot)], [.. cards.Select(card => (facts[card.Unit], card))]);
        var category = new CycleCategory("instruments", new("仪器", "Instruments"), [], null, false, null);
        return (new ComparedSide(category, scheme, cards, pots), UnitEdges.Of(scorer, sheets, cards));
    }

    private static RuleComparison Compare(Scheme? old, Scheme? now, decimal newPot = 3_000_000m)
    {
        var before = old is null ? default : Side(old);
        var after = now is null ? default : Side(now, newPot);
        return RuleComparing.Of(
            ("run", "cycle", "snapshot"), Rules(old ?? Income), Rules(now ?? Income), 20m, [],
            [new ComparedPair(before.Side, after.Side, Names, Sizes, after.Edges ?? new Dictionary<string, UnitEdges>())]);
    }

    [Fact]
    public void The_same_rules_give_an_identity_matrix_and_differences_of_nothing()
    {
        var same = Compare(Income, Income);

        same.Categories[0].Transitions.ShouldAllBe(move => move.From == move.To);
        same.Categories[0].Transitions.Sum(move => move.Units).ShouldBe(5);
        same.Units.ShouldAllBe(unit => unit.Difference == 0m && unit.Way == 0 && unit.OldTotal == unit.NewTotal);
        (same.GradesChanged, same.Difference).ShouldBe((0, 0m));
        same.Differences.ShouldBeEmpty();
    }

    [Fact]
    public void With_a_fixed_pot_the_differences_sum_to_nothing_and_winners_and_losers_are_told()
    {
        var reform = Compare(Income, Easier);

        reform.Difference.ShouldBe(0m);
        reform.Categories[0].Count("good", "excellent").ShouldBe(1);
        reform.Categories[0].Count("good", "good").ShouldBe(1);
        reform.Categories[0].Count("good", "qualified").ShouldBe(1);
        var units = reform.Units.ToDictionary(unit => unit.Unit);
        units["b"].Way.ShouldBe(1);
        units["d"].Way.ShouldBe(-1);
        // Before: 1,000,000 and three times 500,000 share 3 million; after: twice 1,000,000 and once 500,000.
        units["b"].Difference.ShouldBe(1_200_000m - 600_000m);
        units["d"].Difference.ShouldBe(-600_000m);
        units["a"].Difference.ShouldBe(0m);
        var (a, b) = (Group(reform, "Province A"), Group(reform, "Province B"));
        (a.Better, a.Worse, a.Winners, a.Losers, a.Difference).ShouldBe((1, 0, 1, 0, 600_000m));
        (b.Better, b.Worse, b.Winners, b.Losers, b.Difference).ShouldBe((0, 1, 0, 1, -600_000m));
        reform.Budget.ShouldHaveSingleItem().Difference.ShouldBe(0m);
        foreach (var by in Enum.GetValues<GroupedBy>())
        {
            reform.Groups.Where(group => group.By == by).Sum(group => group.Units).ShouldBe(5);
            reform.Groups.Where(group => group.By == by).Sum(group => group.Difference).ShouldBe(0m);
        }
    }

    [Fact]
    public void A_pot_that_changes_shows_in_the_budget_and_in_the_sum()
    {
        var reform = Compare(Income, Income, newPot: 2_000_000m);

        reform.Budget[0].ShouldBe(new ComparedPot(
            "pool", new("pool", "pool"), "instruments", 3_000_000m, 2_000_000m, 3_000_000m, 2_000_000m));
        reform.Difference.ShouldBe(-1_000_000m);
    }

    [Fact]
    public void Units_near_an_edge_are_on_a_cliff()
    {
        var reform = Compare(Income, Easier);

        reform.Units.Where(unit => unit.OnCliff).Select(unit => (unit.Unit, unit.Edge)).ShouldBe([("b", 10m), ("c", 0m)], ignoreOrder: true);
    }

    [Fact]
    public void Thirds_by_size_keep_equal_sizes_together_and_say_when_a_size_is_unknown()
    {
        var reform = Compare(Income, Easier);

        reform.Units.OrderBy(unit => unit.Unit).Select(unit => unit.Size).ShouldBe(
            [SizeClass.Large, SizeClass.Small, SizeClass.Small, SizeClass.Small, SizeClass.Unknown]);
        RuleComparing.Sizes(new Dictionary<string, decimal> { ["x"] = 1m, ["y"] = 2m, ["z"] = 3m })
            .OrderBy(size => size.Key).Select(size => size.Value).ShouldBe([SizeClass.Small, SizeClass.Medium, SizeClass.Large]);
        RuleComparing.Sizes(new Dictionary<string, decimal>()).ShouldBeEmpty();
    }

    [Fact]
    public void A_category_that_goes_or_comes_is_told_and_its_units_stay_in_the_table()
    {
        var gone = Compare(Income, null);
        gone.Notes.ShouldHaveSingleItem().Zh.ShouldContain("不再评价“仪器”：5 家单位");
        gone.Units.ShouldAllBe(unit => unit.NewGrade == null && unit.NewTotal == null);
        gone.Difference.ShouldBe(-3_000_000m);

        var come = Compare(null, Income);
        come.Notes.ShouldHaveSingleItem().En.ShouldContain("add \"Instruments\": its 5 units");
        come.Categories[0].Count(null, "excellent").ShouldBe(1);
    }

    [Fact]
    public void Grades_that_do_not_correspond_are_neither_better_nor_worse()
    {
        var renamed = Income with
        {
            Grades = Income.Grades! with
            {
                Grades = [new("top", new("优", "Top"), "◆"), new("qualified", new("合格", "Qualified"), "●")],
                Bands = [new("top", When(">= 900"))],
            },
            Awards = [],
        };
        var (before, after) = (Side(Income), Grader.Grade(
            Scorer(renamed).Compiled, [.. Units.Select(unit => (unit, Scorer(renamed).Score(unit)))]));
        var category = before.Side.Category;
        var comparison = RuleComparing.Of(
            ("run", "cycle", "snapshot"), Rules(Income), Rules(renamed), 1m, [],
            [new ComparedPair(before.Side, new ComparedSide(category, renamed, after, []), Names, Sizes, new Dictionary<string, UnitEdges>())]);

        comparison.Units.ShouldAllBe(unit => unit.Way == 0);
        comparison.Notes.ShouldHaveSingleItem().Zh.ShouldContain("等次设置不同");
        comparison.Differences.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_was_written_is_read_back_whole()
    {
        var bytes = ComparisonJson.Write(Compare(Income, Easier));

        ComparisonJson.Write(ComparisonJson.Read(bytes)).ShouldBe(bytes);
        System.Text.Encoding.UTF8.GetString(bytes).ShouldContain("甲省");
    }

    private static ComparedGroup Group(RuleComparison comparison, string name) =>
        comparison.Groups.Single(group => group.Name.En == name);
}
