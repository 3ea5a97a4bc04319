using System.Net;

namespace Evaluation.Tests.Pages;

/// <summary>Manners of the host: helpful refusals, headers, loopback only.</summary>
[Collection(PagesCollection.Name)]
public sealed class HostTests(PagesFixture site)
{
    [Theory]
    [InlineData("/years/1066", "没有“1066”年度的评价结果")]
    [InlineData("/years/{0}/nothing", "没有类别“nothing”")]
    [InlineData("/years/{0}/instruments/nobody", "没有代码为“nobody”的单位")]
    [InlineData("/years/{0}/rules/instruments/Z9", "没有指标“Z9”")]
    [InlineData("/years/{0}?run=nix", "没有编号为“nix”的运行")]
    [InlineData("/years/{0}?run=run-failed", "尚未完成")]
    [InlineData("/runs/nix", "没有编号为“nix”的运行")]
    [InlineData("/nowhere", "地址可能有误")]
    public async Task What_is_not_there_is_a_404_that_says_what_is_missing_and_where_to_go(string address, string says)
    {
        var answer = await site.Client.GetAsync(string.Format(null, address, site.Year.Year));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain(says);
        html.ShouldContain("href=\"/\"");
        answer.Headers.GetValues("Content-Security-Policy").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_refusal_speaks_the_language_of_the_question()
    {
        var html = await (await site.Client.GetAsync("/years/1066?lang=en")).Content.ReadAsStringAsync();
        html.ShouldContain("lang=\"en\"");
        html.ShouldContain("There is no evaluation of");
        html.ShouldContain("href=\"/years/1066?lang=zh\"");
    }

    [Fact]
    public async Task What_is_asked_for_comes_back_as_text_never_as_markup()
    {
        var html = await (await site.Client.GetAsync("/runs/%3Cscript%3Ealert(1)%3C%2Fscript%3E")).Content.ReadAsStringAsync();
        html.ShouldNotContain("<script>alert");
        html.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public async Task Nothing_is_loaded_from_elsewhere_and_nobody_frames_a_page()
    {
        var answer = await site.Client.GetAsync("/");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
        var nonce = System.Text.RegularExpressions.Regex.Match(policy, "nonce-([0-9a-f]+)").Groups[1].Value;
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<script nonce=\"{nonce}\">");
    }

    [Fact]
    public async Task Only_this_machine_is_served_and_only_by_its_own_names()
    {
        IPAddress.IsLoopback(IPAddress.Parse(site.Address.Host)).ShouldBeTrue();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "elsewhere.example" } };
        (await site.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_style_sheet_is_kept_for_ever_and_pages_are_asked_for_again()
    {
        var page = await site.Client.GetAsync("/");
        page.Headers.CacheControl!.NoCache.ShouldBeTrue();
        var sheet = System.Text.RegularExpressions.Regex.Match(await page.Content.ReadAsStringAsync(), "/site-[0-9a-f]+\\.css").Value;
        (await site.Client.GetAsync(sheet)).Headers.CacheControl!.ToString().ShouldContain("immutable");
    }

    [Fact]
    public async Task Chinese_is_written_as_Chinese_not_as_entities()
    {
        (await site.Client.GetStringAsync("/")).ShouldNotContain("&#x");
    }

    [Fact]
    public async Task Health_answers_ok()
    {
        (await site.Client.GetStringAsync("/health")).ShouldBe("ok");
    }

    [Fact]
    public async Task The_page_of_a_run_lists_refused_rows_with_the_mend()
    {
        var html = await site.Client.GetStringAsync($"/runs/{GeneratedYear.Latest}");
        html.ShouldContain("不是数值，请填写数字或留空");
        html.ShouldContain("&lt;b&gt;x&lt;/b&gt;");
        (await site.Client.GetStringAsync($"/runs/{GeneratedYear.Failed}")).ShouldContain("数据库连接中断");
    }
}
