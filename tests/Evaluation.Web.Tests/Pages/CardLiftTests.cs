namespace Evaluation.Tests.Pages;

/// <summary>What the score card says about the next grade, and about blocks that wait for data.</summary>
[Collection(PagesCollection.Name)]
public sealed class CardLiftTests(PagesFixture site)
{
    private const string Category = "instruments";

    [Fact]
    public async Task What_is_missing_to_the_next_grade_stands_on_the_card_in_the_language_of_the_page()
    {
        var card = site.Year.Cards.First(known => known.Value.Lifts.Count > 0).Value;
        foreach (var (query, language, equal) in new[]
        {
            ("?lang=zh", Rules.Language.Zh, "其他单位的数据和名次按现状"), ("?lang=en", Rules.Language.En, "everything else equal"),
        })
        {
            var page = await site.NewPage();
            await page.GotoAsync($"/years/{site.Year.Year}/{card.Category}/{card.Unit}{query}");
            var text = await page.Locator("#lift").InnerTextAsync();

            text.ShouldContain(card.PointsToNext!.Sentence.In(language));
            foreach (var lift in card.Lifts) text.ShouldContain(lift.Sentence.In(language));
            text.ShouldContain(equal);
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_unit_without_a_grade_has_nothing_to_be_lifted()
    {
        var page = await site.NewPage();
        await page.GotoAsync($"/years/{site.Year.Year}/{Category}/{GeneratedYear.Withheld}");

        (await page.Locator("#lift").CountAsync()).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_block_with_points_that_wait_for_data_shows_no_number()
    {
        var card = site.Year.Cards[(Category, GeneratedYear.Withheld)];
        var waiting = card.Blocks.Select(block =>
            card.Lines.Any(line => line.Block == block.Block && line.Outcome == "Withheld")).ToList();
        var page = await site.NewPage();
        await page.GotoAsync($"/years/{site.Year.Year}/{Category}/{GeneratedYear.Withheld}");
        var labels = await page.Locator("figure.chart svg text.figure").AllTextContentsAsync();

        labels.Count.ShouldBe(card.Blocks.Count);
        waiting.ShouldContain(true);
        labels.Select(label => label == "待补数据").ShouldBe(waiting);
        await page.Context.CloseAsync();
    }
}
