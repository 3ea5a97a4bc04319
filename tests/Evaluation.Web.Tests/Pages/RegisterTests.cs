namespace Evaluation.Tests.Pages;

/// <summary>What a unit sees of its register and of the records of one instrument.</summary>
[Collection(PagesCollection.Name)]
public sealed class RegisterTests(PagesFixture site)
{
    [Fact]
    public async Task A_unit_sees_which_of_its_resources_count_and_why_one_does_not()
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address("resources?lang=en"));
        (await page.Locator("main").InnerTextAsync()).ShouldContain("3 on the register: 2 count, 1 do not.");
        var row = await page.Locator($"tr:has-text('{GeneratedYear.LeftOut}')").InnerTextAsync();
        row.ShouldContain("no");
        row.ShouldContain("Original value below the least value in scope");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Each_accepted_hour_leads_back_to_its_record_with_its_line()
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address($"resources/{GeneratedYear.Used}?lang=en"));
        var text = await page.Locator("main").InnerTextAsync();
        text.ShouldContain("3 h counted.");
        text.ShouldContain("1 h counted: 1.5 h overlap records of the instrument that began earlier, and count once.");
        text.ShouldContain("no hours counted: left out by rule: Statutory testing");
        text.ShouldContain("no hours counted: it has not ended: no hours.");
        await page.Context.CloseAsync();

        using var client = new HttpClient();
        var csv = await client.GetStringAsync(Address($"resources/{GeneratedYear.Used}/records.csv"));
        csv.Split("\r\n").Count(line => line.StartsWith('R')).ShouldBe(4);
        csv.ShouldContain(",3,0,0,0,0,3,120.5,");
    }

    [Fact]
    public async Task An_unknown_instrument_says_where_the_register_is()
    {
        var page = await site.NewPage();
        var answer = await page.GotoAsync(Address("resources/nobody?lang=en"));
        answer!.Status.ShouldBe(404);
        (await page.Locator("main").InnerTextAsync()).ShouldContain("has no resource 'nobody'");
        await page.Context.CloseAsync();
    }

    private string Address(string path) =>
        new Uri(site.Address, $"/years/{site.Year.Year}/instruments/{GeneratedYear.UnitId(1)}/{path}").ToString();
}
