using Evaluation.Rules.Reform;

namespace Evaluation.Tests.Pages;

/// <summary>What the pages say of a run under other rules.</summary>
[Collection(PagesCollection.Name)]
public sealed class ComparisonTests(PagesFixture site)
{
    private RuleComparison Made => site.Year.Comparison.Comparison;

    [Fact]
    public void The_same_rules_give_the_same_results_from_the_database()
    {
        var same = site.Year.Same.Comparison;
        same.Units.Count().ShouldBe(site.Year.Cards.Count);
        same.Units.ShouldAllBe(unit => unit.OldTotal == unit.NewTotal && unit.OldRank == unit.NewRank
            && unit.OldGrade == unit.NewGrade && unit.Difference == 0m);
        same.Categories.SelectMany(category => category.Transitions).ShouldAllBe(move => move.From == move.To);
        same.Notes.ShouldBeEmpty();
        same.Differences.ShouldBeEmpty();
    }

    [Fact]
    public void A_softer_line_lifts_grades_and_with_the_pots_as_they_are_the_differences_sum_to_nothing()
    {
        Made.GradesChanged.ShouldBeGreaterThan(0);
        Made.Units.Where(unit => unit.OldGrade != unit.NewGrade).ShouldAllBe(unit => unit.Way == 1);
        Made.Difference.ShouldBe(0m);
        Made.Differences.ShouldHaveSingleItem().Zh.ShouldContain("80");
        Made.Categories.Where(category => category.Category != "bio").SelectMany(category => category.Units)
            .ShouldAllBe(unit => unit.OldGrade == unit.NewGrade && unit.Difference == 0m);
    }

    [Fact]
    public async Task The_list_leads_to_the_comparison_and_the_comparison_tells_what_differs_who_gains_and_what_it_costs()
    {
        var page = await site.NewPage();
        await page.GotoAsync($"/years/{site.Year.Year}/compare");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "reform" }).ClickAsync();
        page.Url.ShouldEndWith($"/compare/{site.Year.Comparison.Id}");
        var text = await page.Locator("main").InnerTextAsync();
        text.ShouldContain(Made.Differences[0].Zh);
        text.ShouldContain($"{Made.GradesChanged} 家等次有变");
        text.ShouldContain("规模最大的三分之一");
        text.ShouldContain("差额合计 0.00 元");
        var moved = Made.Units.First(unit => unit.Difference != 0m);
        text.ShouldContain(moved.Name.Zh);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Downloads_hold_the_comparison_as_it_is_kept_and_every_unit()
    {
        var files = $"/reports/comparisons/{site.Year.Comparison.Id}";
        (await site.Client.GetByteArrayAsync($"{files}/comparison.json")).ShouldBe(ComparisonJson.Write(Made));
        var rows = Csv.Parse(await site.Client.GetByteArrayAsync($"{files}/units.csv"));
        rows.Count.ShouldBe(1 + Made.Units.Count());
        rows.Skip(1).Sum(row => decimal.Parse(row[15], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(0m);
        foreach (var table in new[] { "transitions", "groups", "cliffs", "budget", "rules", "notes" })
        {
            Csv.Parse(await site.Client.GetByteArrayAsync($"{files}/{table}.csv")).Count.ShouldBeGreaterThan(0);
        }

        (await site.Client.GetAsync($"{files}/no-such-table.csv")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await site.Client.GetAsync($"/years/{site.Year.Year}/compare/nothing")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }
}
