namespace Evaluation.Tests.Pages;

/// <summary>The ranking table: filtered, sorted and downloaded as it stands.</summary>
[Collection(PagesCollection.Name)]
public sealed class RankingTests(PagesFixture site)
{
    private const string Category = "instruments";

    private string Address => $"/years/{site.Year.Year}/{Category}";

    [Fact]
    public async Task Every_unit_has_a_row_and_the_withheld_one_says_why()
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address);
        var rows = page.Locator("table.ranking tbody tr");
        (await rows.CountAsync()).ShouldBe(site.Year.Cards.Count(card => card.Key.Category == Category));
        var last = await rows.Last.InnerTextAsync();
        last.ShouldContain(site.Year.Cards[(Category, GeneratedYear.Withheld)].Standing.Zh);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("?grade=good&sort=score")]
    [InlineData("?q=%E7%A0%94%E7%A9%B6%E6%89%80&sort=award&dir=desc")]
    [InlineData("?grade=none")]
    [InlineData("?q=nobody-is-called-this")]
    public async Task The_download_is_the_table_as_filtered_and_sorted(string query)
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address + query);
        var shown = await page.Locator("table.ranking tbody th a").AllInnerTextsAsync();
        var link = await page.Locator("a.download").First.GetAttributeAsync("href");
        var rows = Csv.Parse(await site.Client.GetByteArrayAsync(link));
        rows.Skip(1).Select(row => row[2]).ShouldBe(shown);
        if (query.Length > 0) rows.Count.ShouldBeLessThan(site.Year.Cards.Count);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Filtering_with_the_form_keeps_what_was_typed_and_a_head_cell_turns_the_order_round()
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address);
        await page.GetByLabel("单位", new() { Exact = true }).FillAsync("研究所");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        (await page.GetByLabel("单位", new() { Exact = true }).InputValueAsync()).ShouldBe("研究所");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "得分" }).ClickAsync();
        var first = await page.Locator("table.ranking tbody tr").First.InnerTextAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "得分" }).ClickAsync();
        (await page.Locator("th[aria-sort=ascending]").CountAsync()).ShouldBe(1);
        (await page.Locator("table.ranking tbody tr").First.InnerTextAsync()).ShouldNotBe(first);
        (await page.GetByLabel("单位", new() { Exact = true }).InputValueAsync()).ShouldBe("研究所");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Awards_on_the_page_add_up_to_what_was_spent_and_the_page_says_so()
    {
        var page = await site.NewPage();
        await page.GotoAsync($"/years/{site.Year.Year}/awards");
        var text = await page.Locator("main").InnerTextAsync();
        foreach (var allocation in site.Year.Allocations.Values)
        {
            text.ShouldContain($"{allocation.Awards.Count} 笔相加 {allocation.Spent} 元");
            foreach (var award in allocation.Awards.Take(3)) text.ShouldContain(award.Because.Zh);
        }

        text.ShouldNotContain("不一致");
        await page.Context.CloseAsync();
    }
}
