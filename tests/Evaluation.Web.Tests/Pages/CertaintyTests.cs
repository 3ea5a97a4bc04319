using System.Globalization;
using Evaluation.Jobs.Reports;
using Evaluation.Rules;
using Evaluation.Rules.Certainty;

namespace Evaluation.Tests.Pages;

/// <summary>What pages and downloads say of the certainty of results.</summary>
[Collection(PagesCollection.Name)]
public sealed class CertaintyTests(PagesFixture site)
{
    private const string Category = "instruments";

    private CategoryCertainty Study => site.Year.Certainty[Category];

    [Theory]
    [InlineData("zh", Language.Zh)]
    [InlineData("en", Language.En)]
    public async Task The_score_card_tells_the_sentences_the_interval_and_the_mark(string query, Language language)
    {
        var unit = Study.Units.First(known => known is { Edges: not null, Matters: not null });
        var page = await site.NewPage();
        await page.GotoAsync($"/years/{site.Year.Year}/{Category}/{unit.Unit}?lang={query}");
        var text = await page.Locator("#certainty").InnerTextAsync();
        text.ShouldContain(unit.Because.In(language));
        text.ShouldContain(unit.Edges!.In(language));
        text.ShouldContain(unit.Matters!.In(language));
        text.ShouldContain(CertaintyText.Mark(unit.Fragile).In(language));
        text.ShouldContain(CertaintyText.Rank(unit.Ranks!.Low));
        text.ShouldContain(CertaintyText.Share(unit.GradeHolds!.Value));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_filter_for_fragile_grades_shows_those_and_no_others()
    {
        var (category, study) = site.Year.Certainty.MaxBy(known => known.Value.Fragile);
        var fragile = study.Units.Where(unit => unit.Fragile).Select(unit => unit.Unit).ToList();
        fragile.ShouldNotBeEmpty();
        var page = await site.NewPage();
        await page.GotoAsync($"/years/{site.Year.Year}/{category}?certainty=fragile");
        (await page.Locator("table.ranking tbody tr").CountAsync()).ShouldBe(fragile.Count);
        foreach (var row in await page.Locator("table.ranking tbody tr").AllInnerTextsAsync())
        {
            row.ShouldContain(CertaintyText.Mark(true).Zh);
        }

        var rows = Csv.Parse(await site.Client.GetByteArrayAsync(await page.Locator("a.download").First.GetAttributeAsync("href")));
        rows.Skip(1).Select(row => row[1]).ShouldBe(fragile, ignoreOrder: true);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_year_counts_fragile_grades_and_the_category_page_names_weights_choices_and_pairs()
    {
        var page = await site.NewPage();
        await page.GotoAsync($"/years/{site.Year.Year}");
        var sum = site.Year.Certainty.Values.Sum(study => study.Fragile);
        (await page.Locator("#certainty").InnerTextAsync()).ShouldContain($"{sum} 个不稳");

        await page.GotoAsync($"/years/{site.Year.Year}/certainty/{Category}");
        var text = await page.Locator("main").InnerTextAsync();
        text.ShouldContain(Study.Weights.First().Name.Zh);
        text.ShouldContain(CertaintyText.Name(Study.Choices!.Factors.First().Choice).Zh);
        text.ShouldContain($"有 {Study.Check.Disagreeing.Count.ToString("N0", CultureInfo.InvariantCulture)} 对与得分次序不一致");
        text.ShouldContain(Study.Manifest.Seed.ToString(CultureInfo.InvariantCulture));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Downloads_hold_the_study_as_it_is_kept()
    {
        var files = $"/reports/{GeneratedYear.Latest}/{Category}";
        (await site.Client.GetByteArrayAsync($"{files}/certainty.json")).ShouldBe(CertaintyJson.Write(Study));
        var unit = Study.Units[0];
        (await site.Client.GetByteArrayAsync($"{files}/{unit.Unit}/certainty.json")).ShouldBe(CertaintyJson.Write(unit));
        var rows = Csv.Parse(await site.Client.GetByteArrayAsync($"{files}/certainty.csv"));
        rows.Count.ShouldBe(1 + Study.Units.Count);
        rows.Skip(1).Select(row => row[0]).ShouldBe(Study.Units.Select(known => known.Unit));
        var own = Csv.Parse(await site.Client.GetByteArrayAsync($"{files}/{unit.Unit}/certainty.csv"));
        own.Count.ShouldBe(4 + unit.Parts.Count);
        (await site.Client.GetByteArrayAsync($"{files}/certainty.pairs.csv")).Length.ShouldBeGreaterThan(3);
        (await site.Client.GetAsync("/reports/no-such-run/instruments/certainty.json")).StatusCode
            .ShouldBe(System.Net.HttpStatusCode.NotFound);
    }
}
