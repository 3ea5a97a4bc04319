using System.Net;
using System.Text.RegularExpressions;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Scoring;
using Microsoft.Playwright;

namespace Evaluation.Tests.Pages;

/// <summary>A person approves awards for payment: versions that are never changed, and a run that stays as it is. Each test
/// works on whatever version the others left behind.</summary>
public sealed class ApprovalTests(PagesFixture site) : IClassFixture<PagesFixture>
{
    private readonly ApprovalStore approvals = new(site.Database);
    private readonly ApproveAwards approve = Approving(site.Database);

    private static ApproveAwards Approving(Database database)
    {
        var (time, runs) = (TimeProvider.System, new RunStore(database, TimeProvider.System));
        var rules = new RuleSetsOnRecord(new RuleSetStore(database, time), runs);
        var facts = new CategoryFacts(rules, new ObservationStore(database, time), new UnitStore(database));
        var whatIf = new WhatIf(rules, facts, new ScoreStore(database), new AllocationStore(database));
        return new ApproveAwards(whatIf, rules, new AllocationStore(database), new ApprovalStore(database), time);
    }

    private Task<IReadOnlyList<ProposedApproval>> Propose(string category, string budget, string run = GeneratedYear.Latest) =>
        approve.Propose(run, category, new Scenario(new Dictionary<string, string> { ["budget"] = budget }), default);

    private async Task<Approval?> Newest(string category) =>
        (await approvals.OfCycle(site.Year.Year)).FirstOrDefault(version => version.Category == category);

    [Fact]
    public async Task An_approval_is_a_version_that_names_what_it_supersedes_and_the_run_stays_as_it_is()
    {
        var before = await Fingerprint();
        var was = await Newest("data");
        var first = (await approve.Approve(await Propose("data", "4000000"), "王主任", "预算压减", default)).Single();
        var second = (await approve.Approve(await Propose("data", "4500000.50"), "李处长", "追加", default)).Single();

        first.Version.ShouldBe((was?.Version ?? 0) + 1);
        (second.Version, second.Supersedes).ShouldBe((first.Version + 1, first.Version));
        CanonicalJson.Write(second.Scenario).ShouldBe("{\"budget\":\"4500000.5\"}\n");
        var kept = (await approvals.Newest(site.Year.Year))["data"];
        kept.Approval.ShouldBe(second with { At = kept.Approval.At, Scenario = kept.Approval.Scenario });
        CanonicalJson.Sha256(kept.Json).ShouldBe(second.Sha256);
        kept.Results.Single().Spent.ShouldBe(second.Amount);
        (await approvals.OfCycle(site.Year.Year)).Count(version => version.Category == "data").ShouldBe(second.Version, "the one before stays");
        (await Fingerprint()).ShouldBe(before);
    }

    [Fact]
    public async Task Approving_the_same_again_makes_no_new_version()
    {
        var first = (await approve.Approve(await Propose("bio", "5000000"), "王主任", "同意", default)).Single();

        var again = await Propose("bio", "5,000,000.00");
        again.Single().IsApproved.ShouldBeTrue();
        (await approve.Approve(again, "李处长", "也同意", default)).Single().ShouldBe(first with { At = again[0].Newest!.At, Scenario = again[0].Newest!.Scenario });
        (await Newest("bio"))!.Version.ShouldBe(first.Version);
    }

    [Fact]
    public async Task Of_two_persons_at_once_one_wins_and_the_other_is_told_by_whom()
    {
        for (var round = 0; round < 5; round++)
        {
            var was = (await Newest("bio"))?.Version ?? 0;
            var (one, other) = (await Propose("bio", $"{4_000_000 + round}"), await Propose("bio", $"{4_100_000 + round}"));
            var outcomes = await Task.WhenAll(Try(one, "王主任"), Try(other, "李处长"));

            var winner = outcomes.Single(outcome => outcome.Lost is null);
            var loser = outcomes.Single(outcome => outcome.Lost is not null);
            loser.Lost!.Reason.Zh.ShouldContain($"已由 {winner.By} 核定第 {was + 1} 版");
            loser.Lost.Reason.En.ShouldContain($"meanwhile {winner.By} approved version {was + 1}");
            (await Newest("bio")).ShouldNotBeNull().By.ShouldBe(winner.By);
            (await Newest("bio"))!.Version.ShouldBe(was + 1);
        }

        async Task<(string By, OvertakenException? Lost)> Try(IReadOnlyList<ProposedApproval> proposed, string by)
        {
            try
            {
                await approve.Approve(proposed, by, "同时", default);
                return (by, null);
            }
            catch (OvertakenException lost)
            {
                return (by, lost);
            }
        }
    }

    [Fact]
    public async Task Of_several_categories_all_are_approved_or_none()
    {
        var all = await approve.Propose(GeneratedYear.Latest, null, Scenario.None, default);
        await approve.Approve(await Propose("instruments", "11500000"), "李处长", "先行", default);
        var before = await approvals.OfCycle(site.Year.Year);

        await Should.ThrowAsync<OvertakenException>(() => approve.Approve(all, "王主任", "全部", default));

        (await approvals.OfCycle(site.Year.Year)).Count.ShouldBe(before.Count);
    }

    [Fact]
    public async Task What_was_approved_can_be_neither_changed_nor_deleted()
    {
        await approve.Approve(await Propose("data", "3900000"), "王主任", "定", default);
        foreach (var attempt in new[] { "update approvals set amount = 0", "delete from approvals" })
        {
            await using var command = site.Database.Source.CreateCommand(attempt);
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync())).MessageText.ShouldContain("never changed or deleted");
        }
    }

    [Fact]
    public async Task The_payment_list_pays_the_newest_version_and_says_which_and_another_run_pays_nothing_of_it()
    {
        var version = (await approve.Approve(await Propose("instruments", "10000000"), "王主任", "压减", default)).Single();
        var order = await Orders().Of(GeneratedYear.Latest, default);

        var paid = order.Payments.Where(payment => payment.Line.Pool == "instruments").ToList();
        paid.Sum(payment => payment.Line.Payment.Amount.Yuan).ShouldBe(10_000_000m);
        paid.ShouldAllBe(payment => payment.Approval!.Version == version.Version);
        order.Payments.ShouldAllBe(payment => payment.Approval != null);
        var csv = await site.Client.GetStringAsync($"/reports/{GeneratedYear.Latest}/payments.csv");
        csv.ShouldContain($"第 {version.Version} 版，王主任 于 ");
        csv.ShouldContain($"version {version.Version}, approved by 王主任 on ");
        (await Orders().Of(GeneratedYear.Earlier, default)).Payments.ShouldNotContain(payment => payment.Line.Pool == "instruments");
        var page = await site.Client.GetStringAsync($"/years/{site.Year.Year}/awards");
        page.ShouldContain("10,000,000.00");
        page.ShouldContain($"第 {version.Version} 版，王主任 于");
        (await site.Client.GetStringAsync($"/years/{site.Year.Year}/awards?run={GeneratedYear.Earlier}")).ShouldContain("请按那次运行支付");
    }

    [Fact]
    public async Task A_run_may_supersede_another_and_its_differences_are_against_what_was_approved()
    {
        var first = (await approve.Approve(await Propose("data", "3000000", GeneratedYear.Earlier), "王主任", "初版", default)).Single();
        var proposed = (await Propose("data", "3500000")).Single();

        proposed.Newest!.Run.ShouldBe(GeneratedYear.Earlier);
        proposed.Change.Before.ShouldBe(first.Amount);
        proposed.Change.Difference.Yuan.ShouldBe(500_000m);
        (await approve.Approve([proposed], "王主任", "更正", default)).Single().Run.ShouldBe(GeneratedYear.Latest);
    }

    [Fact]
    public async Task A_person_approves_a_scenario_on_the_page_after_seeing_in_numbers_what_it_changes()
    {
        var was = (await Newest("bio"))?.Version ?? 0;
        var page = await site.NewPage();
        await page.GotoAsync($"/years/{site.Year.Year}/awards/what-if?category=bio");
        await page.GetByRole(AriaRole.Group, new() { Name = "方案 2" }).GetByLabel("资金总额（元）").FillAsync("2,345,678");
        await page.GetByRole(AriaRole.Button, new() { Name = "测算" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "核定此方案… 方案 2" }).ClickAsync();
        var said = await page.Locator("main").InnerTextAsync();
        said.ShouldContain($"核定第 {was + 1} 版，向");
        said.ShouldContain("家单位支付共 2,345,678.00 元");
        (await Newest("bio"))?.Version.ShouldBe(was, "looking stores nothing");
        await page.GetByLabel("核定人").FillAsync("赵主任");
        await page.GetByLabel("理由").FillAsync("年度预算 <压减>");
        await page.GetByLabel("理由").PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex("/awards#approvals$"));
        var row = await page.Locator($"#v-bio-{was + 1}").InnerTextAsync();
        row.ShouldContain("赵主任");
        row.ShouldContain("年度预算 <压减>");
        row.ShouldContain("资金总额 = 2345678");
        row.ShouldContain("现行");
        (await Newest("bio"))!.Version.ShouldBe(was + 1);
        await page.GotoAsync($"/years/{site.Year.Year}/awards?lang=en");
        var seen = await CrawledSite.Inspect(page);
        seen.Faults.ShouldBeEmpty();
        await page.SetViewportSizeAsync(390, 844);
        (await CrawledSite.Inspect(page)).Overflow.ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_form_without_name_with_old_numbers_or_without_its_token_stores_nothing_and_keeps_what_was_typed()
    {
        var address = $"/years/{site.Year.Year}/awards/approve?category=bio&set.budget=1234567";
        using var client = new HttpClient(new HttpClientHandler { UseCookies = true }) { BaseAddress = site.Address };
        var form = await client.GetStringAsync(address);
        string Hidden(string name) => Regex.Match(form, $"name=\"{name}\"[^>]*value=\"([^\"]*)\"").Groups[1].Value;
        var (token, seen) = (Hidden("__RequestVerificationToken"), Hidden("Seen"));
        token.ShouldNotBeEmpty();
        var before = (await approvals.OfCycle(site.Year.Year)).Count;

        (await Post(client, token, seen, "", "先看一看")).ShouldSatisfyAllConditions(
            html => html.ShouldContain("请填写核定人"), html => html.ShouldContain("先看一看"), html => html.ShouldContain("href=\"#by\""));
        (await Post(client, token, "bio:999", "王主任", "旧数字")).ShouldContain("核定的版本有了变化");
        (await Post(client, "", seen, "王主任", "没有凭证")).ShouldContain("没有送回凭证");
        using var stranger = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = site.Address };
        (await Post(stranger, token, seen, "王主任", "别处来的表单")).ShouldContain("没有存入任何内容");

        (await approvals.OfCycle(site.Year.Year)).Count.ShouldBe(before);

        async Task<string> Post(HttpClient from, string sent, string versions, string by, string reason)
        {
            var answer = await from.PostAsync(address, new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = sent, ["Seen"] = versions, ["By"] = by, ["Reason"] = reason,
            }));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    private PaymentOrders Orders() =>
        new(new RunStore(site.Database, TimeProvider.System), new AllocationStore(site.Database), approvals);

    // Everything that is on record of the runs themselves.
    private async Task<string> Fingerprint()
    {
        await using var command = site.Database.Source.CreateCommand(
            """
            select md5(string_agg(line, '|' order by line)) from (
                select 'r' || run || coalesce(result_hash, '') || state as line from runs
                union all select 'c' || run || category || unit || sha256 from score_cards
                union all select 'a' || run || pool || sha256 from allocations
                union all select 'w' || run || pool || unit || amount || md5(award) from awards) lines
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
