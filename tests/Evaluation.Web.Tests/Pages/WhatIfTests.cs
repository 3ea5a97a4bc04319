using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;
using Microsoft.Playwright;

namespace Evaluation.Tests.Pages;

/// <summary>Scenarios of a category's money side by side: asked in a form, kept in the address, stored nowhere.</summary>
[Collection(PagesCollection.Name)]
public sealed partial class WhatIfTests(PagesFixture site)
{
    private const string Category = "instruments";
    private const string Two = "&1.budget=11%2C000%2C000&2.places.excellent=30&2.amount.good=400000";

    private string Address => $"/years/{site.Year.Year}/awards/what-if?category={Category}";

    private AllocationResult Given => site.Year.Allocations[Category];

    [Fact]
    public async Task The_page_of_awards_leads_here_and_every_setting_shows_the_value_of_the_rules()
    {
        var page = await site.NewPage();
        await page.GotoAsync($"/years/{site.Year.Year}/awards");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^情景测算") }).ClickAsync();
        await page.GotoAsync(Address);
        var scheme = site.Year.Rules.SchemeOf(Category);
        foreach (var setting in ScenarioSetting.Of(site.Year.Rules, scheme).Where(setting => !setting.IsFormula && setting.Unit == AwardPolicy.Yuan))
        {
            var field = page.Locator($"[name='1.{setting.Name}']");
            (await field.GetAttributeAsync("placeholder")).ShouldBe(Grouped(setting.Value));
        }

        (await page.Locator("fieldset").CountAsync()).ShouldBe(3);
        (await page.Locator("[name='1.cap']").GetAttributeAsync("placeholder")).ShouldBe(Grouped(scheme.Awards[0].Cap!.Text));
        (await page.Locator("[name='1.guarantee']").CountAsync()).ShouldBe(0, "this policy has no guarantee");
        (await page.Locator("[name='1.quota_hours_general']").CountAsync()).ShouldBe(0, "it counts for points alone");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Differences_of_all_units_add_up_to_the_difference_of_the_sums_and_the_page_says_so()
    {
        var rows = Csv.Parse(await site.Client.GetByteArrayAsync(Address.Replace("what-if?", "what-if.csv?", StringComparison.Ordinal) + Two));
        rows.Count.ShouldBe(Given.Awards.Count + 2);
        var (units, sums) = (rows.Skip(1).SkipLast(1).ToList(), rows[^1]);
        foreach (var column in new[] { 4, 6, 7, 9, 10 })
        {
            units.Sum(row => Number(row[column])).ShouldBe(Number(sums[column]));
        }

        Number(sums[4]).ShouldBe(Given.Spent.Yuan);
        Number(sums[6]).ShouldBe(11_000_000m);
        Number(sums[7]).ShouldBe(11_000_000m - Given.Spent.Yuan);
        units.ShouldAllBe(row => Number(row[6]) - Number(row[4]) == Number(row[7]));
        var html = await site.Client.GetStringAsync(Address + Two);
        html.ShouldContain($"方案 1：{Given.Awards.Count} 家单位的差额相加 −1,000,000.00 元，等于合计 11,000,000.00 元减 {Given.Spent} 元");
        html.ShouldNotContain("不一致");
    }

    [Fact]
    public async Task The_form_needs_no_script_keeps_what_was_typed_and_its_address_is_the_scenario()
    {
        var context = await site.Browser.NewContextAsync(new() { BaseURL = site.Address.ToString(), JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address);
        await page.GetByRole(AriaRole.Group, new() { Name = "方案 1" }).GetByLabel("资金总额（元）").FillAsync("11,000,000");
        var second = page.GetByRole(AriaRole.Group, new() { Name = "方案 2" });
        await second.GetByLabel("名称").FillAsync("多三成");
        await second.GetByLabel("优秀名额").FillAsync("30");
        await second.GetByLabel("优秀名额").PressAsync("Enter");
        (await page.Locator("[name='1.budget']").InputValueAsync()).ShouldBe("11,000,000");
        (await page.Locator("[name='2.places.excellent']").InputValueAsync()).ShouldBe("30");
        (await page.Locator("p.check").CountAsync()).ShouldBe(2);
        await page.GetByLabel("单位", new() { Exact = true }).FillAsync("unit-03");
        await page.GetByRole(AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        (await page.Locator("table.what-if tbody tr").CountAsync()).ShouldBe(1);
        (await page.Locator("[name='1.budget']").InputValueAsync()).ShouldBe("11,000,000");
        var sent = await site.Client.GetStringAsync(page.Url);
        sent.ShouldContain("value=\"11,000,000\"");
        sent.ShouldContain("✓</span> 多三成：");
        await context.CloseAsync();
    }

    [Fact]
    public async Task A_wrong_value_is_told_at_its_field_and_in_the_summary_and_the_others_are_worked_out()
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address + "&1.budget=viel&2.cap=2+*&3.budget=9000000&3.speed=1");
        var summary = await page.Locator("#problems").InnerTextAsync();
        summary.ShouldContain("方案 1：资金总额 应为不小于 0 的金额（元），不能是“viel”；请写数字");
        summary.ShouldContain("方案 2：上限 不是数字，也不是正确的公式");
        summary.ShouldContain("没有“speed”这一项；可以改的有：budget");
        var field = page.Locator("[name='1.budget']");
        (await field.GetAttributeAsync("aria-invalid")).ShouldBe("true");
        (await field.InputValueAsync()).ShouldBe("viel");
        var error = await field.GetAttributeAsync("aria-describedby");
        (await page.Locator("#" + error).InnerTextAsync()).ShouldContain("不小于 0");
        await page.Locator("#problems a").First.ClickAsync();
        page.Url.ShouldEndWith("#s1-budget");
        (await page.Locator("p.check").CountAsync()).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("", "“科研仪器设施后补助”不能分配", "超过总额 1,000.00 元")]
    [InlineData("&lang=en", "Post-subsidy for research instruments and facilities cannot be shared", "more than the pot of 1,000.00 CNY")]
    public async Task A_policy_that_cannot_be_carried_out_names_the_units_that_bind(string language, string says, string binds)
    {
        var html = await site.Client.GetStringAsync(Address + "&1.budget=1000" + language);
        html.ShouldContain(says);
        html.ShouldContain(binds);
        html.ShouldContain(Given.Awards.First(award => award.Amount > Money.Zero).Unit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&change=grade")]
    [InlineData("&change=more&sort=2&dir=desc")]
    [InlineData("&q=%E7%A0%94%E7%A9%B6%E6%89%80&grade=good&sort=now&dir=desc")]
    [InlineData("&grade=none")]
    public async Task The_downloads_are_the_table_as_filtered_and_sorted(string filter)
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address + Two + filter);
        var shown = await page.Locator("table.what-if tbody th a").AllInnerTextsAsync();
        shown.Count.ShouldBeGreaterThan(0);
        var links = await page.Locator("a.download").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        var rows = Csv.Parse(await site.Client.GetByteArrayAsync(links[0]));
        rows.Skip(1).SkipLast(1).Select(row => row[2]).ShouldBe(shown);
        using var stream = new MemoryStream(await site.Client.GetByteArrayAsync(links[1]));
        using var book = SpreadsheetDocument.Open(stream, isEditable: false);
        var cells = book.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToList()).ToList();
        cells.Count.ShouldBe(rows.Count);
        cells.Skip(1).Sum(row => Number(row[6].CellValue!.Text)).ShouldBe(rows.Skip(1).Sum(row => Number(row[6])));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("zh", "zh-CN")]
    [InlineData("en", "en")]
    public async Task With_scenarios_and_errors_nobody_stumbles_in_either_language_at_a_desk_or_on_a_phone(string language, string tag)
    {
        var page = await site.NewPage();
        var approve = $"/years/{site.Year.Year}/awards/approve?category={Category}&set.budget=11000000";
        foreach (var address in new[] { Address + Two + "&3.budget=much&1.scope_original_value=100", approve, approve + "&set.cap=x%20y" })
        {
            await page.SetViewportSizeAsync(1280, 900);
            await page.GotoAsync(address + "&lang=" + language);
            var seen = await CrawledSite.Inspect(page);
            seen.Faults.ShouldBeEmpty();
            seen.Overflow.ShouldBe(0);
            seen.Texts.Where(text => text.Lang == tag && (language == "en" ? Han() : EnglishPhrase()).IsMatch(text.Text))
                .Select(text => text.Text).ShouldBeEmpty();
            await page.SetViewportSizeAsync(390, 844);
            (await CrawledSite.Inspect(page)).Overflow.ShouldBe(0);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task On_paper_the_form_is_left_out_and_the_tables_stay()
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address + Two);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.Locator("form.scenarios").IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator("table.what-if").IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator("table.versions").IsVisibleAsync()).ShouldBeTrue();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Asking_stores_nothing_and_before_an_approval_the_payment_list_says_that_it_is_not_to_be_paid()
    {
        await site.Client.GetStringAsync(Address + Two);
        await site.Client.GetStringAsync($"/years/{site.Year.Year}/awards/approve?category={Category}&set.budget=11000000");
        (await new ApprovalStore(site.Database).OfCycle(site.Year.Year)).ShouldBeEmpty();
        var answer = await site.Client.GetAsync($"/reports/{GeneratedYear.Latest}/payments.csv");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"payments-{GeneratedYear.Latest}-not-approved.csv");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n').Skip(1).ToList();
        lines.ShouldAllBe(line => line.EndsWith("未核定，不得支付,not approved: not for payment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_category_without_money_is_not_there_and_the_page_says_which_are()
    {
        var answer = await site.Client.GetAsync($"/years/{site.Year.Year}/awards/what-if?category=nothing");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("没有分配资金的类别“nothing”");
        html.ShouldContain("what-if?category=bio");
    }

    private static string Grouped(string amount) => Number(amount).ToString("#,##0", CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("[\u4E00-\u9FFF]")]
    private static partial Regex Han();

    [GeneratedRegex("[A-Za-z]{2,},? [a-z]{2,},? [a-z]{2,}")]
    private static partial Regex EnglishPhrase();
}
