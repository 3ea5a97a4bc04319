using System.Text.RegularExpressions;

namespace Evaluation.Tests.Pages;

/// <summary>What holds on every page, in both languages, found by following links from the first page on.</summary>
[Collection(PagesCollection.Name)]
public sealed partial class SiteTests(PagesFixture site, CrawledSite crawled)
{
    private static readonly string[] Map =
    [
        "/", "/years/{year}", "/years/{year}/{category}", "/years/{year}/{category}/{unit}", "/years/{year}/awards", "/years/{year}/index",
        "/years/{year}/awards/what-if", "/years/{year}/awards/approve",
        "/years/{year}/rules/{category}", "/years/{year}/rules/{category}/{indicator}", "/runs", "/runs/{run}",
        "/sources", "/sources/{source}", "/institutions",
        "/years/{year}/certainty/{category}", "/years/{year}/compare", "/years/{year}/compare/{comparison}",
        "/years/{year}/{category}/{unit}/resources",
        "/years/{year}/{category}/{unit}/resources/{resource}",
    ];

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task Links_from_the_first_page_lead_to_every_kind_of_page_and_none_is_broken(string language)
    {
        var pages = await crawled.In(language, site);
        pages.Where(page => page.Status != 200).Select(page => page.Address).ShouldBeEmpty();
        pages.Select(page => CrawledSite.KindOf(page.Address)).Distinct().ShouldBe(Map, ignoreOrder: true);
        pages.Sum(page => page.Page.Texts.Length).ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("zh", "zh-CN")]
    [InlineData("en", "en")]
    public async Task The_language_chosen_once_stays_on_every_page(string language, string tag)
    {
        var pages = await crawled.In(language, site);
        pages.Where(page => page.Page.Lang != tag).Select(page => page.Address).ShouldBeEmpty();
    }

    [Fact]
    public async Task English_pages_have_no_Chinese_outside_texts_marked_as_Chinese()
    {
        var pages = await crawled.In("en", site);
        pages.SelectMany(page => page.Page.Texts.Where(text => text.Lang == "en" && Han().IsMatch(text.Text))
            .Select(text => $"{page.Address}: {text.Text}")).Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task Chinese_pages_have_no_English_phrases_outside_texts_marked_as_English()
    {
        var pages = await crawled.In("zh", site);
        pages.SelectMany(page => page.Page.Texts.Where(text => text.Lang == "zh-CN" && EnglishPhrase().IsMatch(text.Text))
            .Select(text => $"{page.Address}: {text.Text}")).Distinct().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task Nobody_stumbles_labels_captions_scopes_headings_landmarks_names_and_contrast(string language)
    {
        var pages = await crawled.In(language, site);
        pages.SelectMany(page => page.Page.Faults.Select(fault => $"{page.Address}: {fault}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_inspection_itself_sees_what_is_wrong_with_a_bad_page()
    {
        var page = await site.NewPage();
        await page.SetContentAsync(
            """
            <html lang="en"><body><h1>One</h1><h3>Three</h3><input><svg></svg><table><tr><th>x</th></tr></table>
            <p style="color:#999">pale</p><a href="#"></a><i id="a">a</i><i id="a">b</i></body></html>
            """);
        var faults = string.Join('\n', (await CrawledSite.Inspect(page)).Faults);
        foreach (var expected in new[]
                 {
                     "a control without a label", "a picture without a name", "a table without a caption",
                     "a head cell without scope", "contrast 2.85", "without words", "the id a stands twice",
                     "there is no main", "h1 is followed by h3",
                 })
        {
            faults.ShouldContain(expected);
        }

        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task No_page_complains_in_the_console(string language)
    {
        var pages = await crawled.In(language, site);
        pages.SelectMany(page => page.Console.Select(message => $"{page.Address}: {message}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task No_page_scrolls_sideways_on_a_phone_or_at_a_desk(string language)
    {
        var pages = await crawled.In(language, site);
        pages.Where(page => page.PhoneOverflow > 0 || page.Page.Overflow > 0).Select(page => page.Address).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("zh", "模拟数据")]
    [InlineData("en", "Generated data")]
    public async Task Generated_data_are_marked_on_every_page(string language, string mark)
    {
        var pages = await crawled.In(language, site);
        pages.Where(page => !page.Page.Generated.StartsWith(mark, StringComparison.Ordinal)).Select(page => page.Address).ShouldBeEmpty();
    }

    [GeneratedRegex("[\u4E00-\u9FFF]")]
    private static partial Regex Han();

    [GeneratedRegex("[A-Za-z]{2,},? [a-z]{2,},? [a-z]{2,}")]
    private static partial Regex EnglishPhrase();
}
