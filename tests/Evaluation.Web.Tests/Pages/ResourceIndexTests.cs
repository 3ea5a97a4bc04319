using System.Text;
using System.Text.Json;

namespace Evaluation.Tests.Pages;

/// <summary>The resource index as people find it: page, open data, report.</summary>
[Collection(PagesCollection.Name)]
public sealed class ResourceIndexTests(PagesFixture site)
{
    private string Address => $"/years/{site.Year.Year}/index";

    [Fact]
    public async Task The_page_ranks_provinces_disciplines_and_institutions()
    {
        var page = await site.NewPage();
        await page.GotoAsync(Address);

        (await page.Locator("#province ~ .box table").First.Locator("tbody tr").CountAsync()).ShouldBe(5);
        var disciplines = page.Locator("#discipline ~ .box table").First.Locator("tbody tr");
        (await disciplines.CountAsync()).ShouldBe(GeneratedYear.Disciplines.Count);
        (await disciplines.First.InnerTextAsync()).ShouldContain("学");
        (await page.Locator("h2[id^=institution-]").CountAsync()).ShouldBe(site.Year.Rules.Cycle!.Categories.Count);
        (await page.Locator("main").InnerTextAsync()).ShouldContain("暂不能作年度比较");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_column_of_the_open_data_is_in_the_dictionary()
    {
        var known = Csv.Parse(await site.Client.GetByteArrayAsync($"{Address}/dictionary.csv")).Skip(1).Select(row => row[0]).ToList();
        foreach (var scope in new[] { "province", "discipline", "institution-instruments", "institution-data", "institution-bio" })
        {
            var rows = Csv.Parse(await site.Client.GetByteArrayAsync($"{Address}/{scope}.csv"));
            rows[0].ShouldBeSubsetOf(known);
            rows.Count.ShouldBeGreaterThan(5);
        }
    }

    [Fact]
    public async Task The_parts_of_a_score_in_the_open_data_sum_to_the_score_less_the_mean_score()
    {
        var rows = Csv.Parse(await site.Client.GetByteArrayAsync($"{Address}/institution-data.csv"));
        var score = rows[0].ToList().IndexOf("score");
        var parts = rows[0].Index().Where(column => column.Item.StartsWith("part_", StringComparison.Ordinal)).Select(column => column.Index).ToList();
        var ranked = rows.Skip(1).Where(row => row[score].Length > 0).ToList();
        var mean = ranked.Average(row => Number(row[score]));
        foreach (var row in ranked) parts.Sum(part => Number(row[part])).ShouldBe(Number(row[score]) - mean, 1e-9);
    }

    [Fact]
    public async Task The_index_command_recomputes_the_published_scores_from_the_published_figures()
    {
        var folder = Directory.CreateTempSubdirectory("evaluation-index-").FullName;
        try
        {
            foreach (var file in new[] { "province-framework.csv", "province-data.csv" })
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, file), await site.Client.GetByteArrayAsync($"{Address}/{file}"));
            }

            using var said = new StringWriter();
            var screen = site.Year.Rules.Index!.Screen.ToString(System.Globalization.CultureInfo.InvariantCulture);
            (await Evaluation.Web.Commands.CommandLine.Invoke(
                ["index", "build", "--framework", Path.Combine(folder, "province-framework.csv"), "--data",
                    Path.Combine(folder, "province-data.csv"), "--impute", "none", "--screen", screen, "--out", folder],
                said, said)).ShouldBe(0, said.ToString());

            var published = Csv.Parse(await site.Client.GetByteArrayAsync($"{Address}/province.csv")).Skip(1)
                .Where(row => row[5].Length > 0).ToDictionary(row => row[0], row => (Score: Number(row[4]), Rank: row[5]));
            var results = await File.ReadAllTextAsync(Path.Combine(folder, "results.csv"));
            var recomputed = Csv.Parse(Encoding.UTF8.GetBytes("\uFEFF" + results)).Skip(1).ToList();
            recomputed.Count.ShouldBe(published.Count);
            foreach (var row in recomputed)
            {
                Number(row[2]).ShouldBe(published[row[0]].Score, 1e-9);
                row[3].ShouldBe(published[row[0]].Rank);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Everything_is_there_as_json_and_the_report_as_pdf()
    {
        using var json = JsonDocument.Parse(await site.Client.GetByteArrayAsync($"{Address}/index.json"));
        json.RootElement.GetProperty("scopes").GetArrayLength().ShouldBe(2 + site.Year.Rules.Cycle!.Categories.Count);
        using var report = await site.Client.GetAsync($"{Address}/report.pdf");
        report.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        Encoding.ASCII.GetString(await report.Content.ReadAsByteArrayAsync())[..5].ShouldBe("%PDF-");
    }

    [Fact]
    public async Task A_ranking_that_is_not_there_is_told_with_a_way_on()
    {
        using var answer = await site.Client.GetAsync($"{Address}/planet.csv");
        ((int)answer.StatusCode).ShouldBe(404);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(Address);
    }

    private static double Number(string cell) =>
        cell.Length == 0 ? 0 : double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);
}
