using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Evaluation.Rules.Scoring;
using Microsoft.Playwright;

namespace Evaluation.Tests.Pages;

/// <summary>The score card: what an institution follows line by line, points at and takes home.</summary>
[Collection(PagesCollection.Name)]
public sealed class CardTests(PagesFixture site)
{
    private const string Category = "instruments";
    private const string Unit = "unit-03";

    private ScoreCard Card => site.Year.Cards[(Category, Unit)];

    private string Address => $"/years/{site.Year.Year}/{Category}/{Unit}";

    [Fact]
    public async Task The_sentence_of_every_line_stands_on_the_page_as_it_was_stored()
    {
        foreach (var (query, language) in new[] { ("?lang=zh", Rules.Language.Zh), ("?lang=en", Rules.Language.En) })
        {
            var page = await site.NewPage();
            await page.GotoAsync(Address + query);
            foreach (var line in Card.Lines)
            {
                (await page.Locator($"[id='line-{line.Id}'] .because").InnerTextAsync()).ShouldBe(line.Because.In(language));
            }

            (await page.Locator("#result").InnerTextAsync()).ShouldContain(Card.Standing.In(language));
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Points_of_the_lines_on_the_page_add_up_to_the_points_of_the_blocks()
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address);
        foreach (var block in Card.Blocks)
        {
            var section = page.Locator($"section[aria-labelledby='block-{block.Block}']");
            var shown = await section.Locator(".line .points .num").AllInnerTextsAsync();
            var sum = Number(await section.Locator(".sum .num").InnerTextAsync());
            // Each line is rounded to two decimals for reading.
            shown.Sum(Number).ShouldBe(sum, 0.005m * shown.Count);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_address_of_a_line_lands_on_that_line_and_unfolds_it()
    {
        var last = Card.Lines.Last(line => line.Kind == LedgerLineKind.Indicator);
        var page = await site.NewPage();
        await page.GotoAsync(Address);
        var permalink = await page.Locator($"[id='line-{last.Id}'] a.permalink").GetAttributeAsync("href");
        permalink.ShouldBe($"{Address}#line-{last.Id}");

        var other = await site.NewPage(height: 700);
        await other.GotoAsync(permalink!);
        await Assertions.Expect(other.Locator($"[id='line-{last.Id}'] summary")).ToBeInViewportAsync();
        await Assertions.Expect(other.Locator($"[id='line-{last.Id}'] details")).ToHaveAttributeAsync("open", string.Empty);
        await page.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [Fact]
    public async Task A_line_unfolds_without_script_and_shows_formula_values_and_records()
    {
        var line = Card.Lines.First(known => known.Inputs.Any(input => input.Provenance is { Observations.Count: > 0 }));
        var context = await site.Browser.NewContextAsync(new() { BaseURL = site.Address.ToString(), JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address);
        var details = page.Locator($"[id='line-{line.Id}'] details");
        await details.Locator("summary").ClickAsync();
        await Assertions.Expect(details.Locator("dl.formula code").First).ToBeVisibleAsync();
        (await details.InnerTextAsync()).ShouldContain(line.Formula.Split('\n')[0]);
        foreach (var input in line.Inputs) (await details.InnerTextAsync()).ShouldContain(input.Code);
        (await details.InnerTextAsync()).ShouldContain("unit_metrics.csv");
        await context.CloseAsync();
    }

    [Fact]
    public async Task A_withheld_unit_says_why_and_shows_no_total()
    {
        var html = await site.Client.GetStringAsync($"/years/{site.Year.Year}/{Category}/{GeneratedYear.Withheld}");
        html.ShouldContain(site.Year.Cards[(Category, GeneratedYear.Withheld)].Standing.Zh);
        html.ShouldContain("暂缓");
        html.ShouldNotContain("<dt>名次</dt><dd><span");
    }

    [Fact]
    public async Task Downloads_are_the_report_the_stored_card_and_the_whole_ledger()
    {
        var files = $"/reports/{GeneratedYear.Latest}/{Category}/{Unit}";
        var pdf = await site.Client.GetAsync($"{files}.pdf");
        pdf.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        (await pdf.Content.ReadAsStringAsync()).ShouldStartWith("%PDF");

        var json = await site.Client.GetByteArrayAsync($"{files}.json");
        Convert.ToHexStringLower(SHA256.HashData(json)).ShouldBe(CanonicalJson.Sha256(CanonicalJson.Write(Card)));

        var ledger = Csv.Parse(await site.Client.GetByteArrayAsync($"{files}.csv"));
        ledger.Skip(1).Select(row => row[0]).ShouldBe(Card.Lines.Select(line => line.Id));
        ledger.Skip(1).Sum(row => decimal.Parse(row[8], CultureInfo.InvariantCulture)).ShouldBe(Card.Points);
    }

    [Fact]
    public async Task Records_of_a_line_download_whole()
    {
        var line = Card.Lines.MaxBy(known => known.Inputs.Sum(input => input.Provenance?.Observations.Count ?? 0))!;
        var ids = line.Inputs.SelectMany(input => input.Provenance?.Observations ?? []).Distinct().Count();
        var rows = Csv.Parse(await site.Client.GetByteArrayAsync(
            $"/reports/{GeneratedYear.Latest}/{Category}/{Unit}/records.csv?line={line.Id}"));
        rows.Count.ShouldBe(ids + 1);
    }

    [Fact]
    public async Task A_report_that_was_never_rendered_is_a_404_that_says_so()
    {
        var answer = await site.Client.GetAsync($"/reports/{GeneratedYear.Earlier}/{Category}/{Unit}.pdf");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("报告尚未生成");
    }

    [Fact]
    public async Task An_earlier_run_can_be_shown_and_says_that_it_is_not_the_latest()
    {
        var html = await site.Client.GetStringAsync($"{Address}?run={GeneratedYear.Earlier}");
        html.ShouldContain("您正在查看较早的一次运行");
        html.ShouldContain($"/runs/{GeneratedYear.Earlier}");
        html.ShouldContain($"/years/{site.Year.Year}/{Category}?run={GeneratedYear.Earlier}");
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}
