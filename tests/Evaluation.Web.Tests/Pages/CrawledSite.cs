using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Evaluation.Tests.Pages;

public sealed record SeenText(string Text, string Lang);

/// <summary>What the script inspect.js finds in a page.</summary>
public sealed record Inspection(
    string Title, string Lang, string[] Faults, SeenText[] Texts, string[] Links, int Overflow, string Generated);

public sealed record SeenPage(string Address, int Status, Inspection Page, int PhoneOverflow, IReadOnlyList<string> Console);

/// <summary>
/// Every page that links lead to from the first one, once in each language, seen by a real browser at a desk's and a
/// phone's width. Of pages that differ only in the unit, the indicator or the order, some stand for all.
/// </summary>
public sealed partial class CrawledSite
{
    private const int OfAKind = 3;
    private const int PhoneWidth = 390;
    private static readonly string[] Files = [".csv", ".json", ".pdf", ".xlsx"];
    private static readonly string Script =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", "inspect.js"));

    private readonly Dictionary<string, Task<IReadOnlyList<SeenPage>>> _byLanguage = [];
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<IReadOnlyList<SeenPage>> In(string language, PagesFixture site)
    {
        await _one.WaitAsync();
        try
        {
            if (!_byLanguage.TryGetValue(language, out var pages)) _byLanguage[language] = pages = Crawl(language, site);
            return await pages;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Unit, indicator, run and query left out: what kind of page an address is.</summary>
    public static string KindOf(string address)
    {
        var path = Uri.UnescapeDataString(new Uri(address).AbsolutePath);
        path = ASource().Replace(path, "/sources/{source}");
        path = RuleOfIndicator().Replace(path, "/years/{year}/rules/{category}/{indicator}");
        path = RuleOfCategory().Replace(path, "/years/{year}/rules/{category}");
        path = CertaintyOfCategory().Replace(path, "/years/{year}/certainty/{category}");
        path = AComparison().Replace(path, "/years/{year}/compare/{comparison}");
        path = Uses().Replace(path, "/years/{year}/{category}/{unit}/resources/{resource}");
        path = Register().Replace(path, "/years/{year}/{category}/{unit}/resources");
        path = OfAwards().Replace(path, "/years/{year}/awards/$1");
        path = Unit().Replace(path, "/years/{year}/{category}/{unit}");
        path = Category().Replace(path, "/years/{year}/{category}");
        path = AYear().Replace(path, "/years/{year}");
        return ARun().Replace(path, "/runs/{run}");
    }

    public static async Task<Inspection> Inspect(IPage page) =>
        JsonSerializer.Deserialize<Inspection>(await page.EvaluateAsync<string>(Script), JsonSerializerOptions.Web)!;

    private static async Task<IReadOnlyList<SeenPage>> Crawl(string language, PagesFixture site)
    {
        var page = await site.NewPage();
        var phone = await page.Context.NewPageAsync();
        await phone.SetViewportSizeAsync(PhoneWidth, 844);
        var console = new List<string>();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") console.Add(message.Text); };
        page.PageError += (_, error) => console.Add(error);
        var seen = new List<SeenPage>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([new Uri(site.Address, $"/?lang={language}").ToString()]);
        while (waiting.TryDequeue(out var address))
        {
            console.Clear();
            var answer = await page.GotoAsync(address);
            await phone.GotoAsync(address);
            var found = await Inspect(page);
            var narrow = await Inspect(phone);
            seen.Add(new SeenPage(address, answer!.Status, found, narrow.Overflow, [.. console]));
            foreach (var link in found.Links.Select(link => link.Split('#')[0]).Where(link => IsPage(link, site.Address)))
            {
                var kind = KindOf(link) + (link.Contains('?', StringComparison.Ordinal) ? "?" : string.Empty);
                if (known.Count(other => KindOf(other) + (other.Contains('?', StringComparison.Ordinal) ? "?" : string.Empty) == kind) < OfAKind
                    && known.Add(link))
                {
                    waiting.Enqueue(link);
                }
            }
        }

        await page.Context.CloseAsync();
        return seen;
    }

    private static bool IsPage(string link, Uri site) =>
        link.StartsWith(site.ToString(), StringComparison.Ordinal)
        && !link.Contains("lang=", StringComparison.Ordinal)
        && !new Uri(link).AbsolutePath.StartsWith("/reports/", StringComparison.Ordinal)
        && !Files.Any(end => new Uri(link).AbsolutePath.EndsWith(end, StringComparison.Ordinal));

    [GeneratedRegex("^/years/[^/]+/rules/[^/]+/[^/]+$")]
    private static partial Regex RuleOfIndicator();

    [GeneratedRegex("^/years/[^/]+/rules/[^/]+$")]
    private static partial Regex RuleOfCategory();

    [GeneratedRegex("^/years/[^/]+/compare/[^/]+$")]
    private static partial Regex AComparison();

    [GeneratedRegex("^/years/[^/]+/certainty/[^/]+$")]
    private static partial Regex CertaintyOfCategory();

    [GeneratedRegex("^/years/[^/]+/[^/]+/[^/]+/resources/[^/]+$")]
    private static partial Regex Uses();

    [GeneratedRegex("^/years/[^/{]+/[^/]+/[^/]+/resources$")]
    private static partial Regex Register();

    [GeneratedRegex("^/years/[^/]+/awards/(what-if|approve)$")]
    private static partial Regex OfAwards();

    [GeneratedRegex("^/years/[^/]+/(?!rules/|certainty/|compare/|awards/)[^/]+/[^/]+$")]
    private static partial Regex Unit();

    [GeneratedRegex("^/years/[^/]+/(?!(?:awards|index|compare)$)[^/]+$")]
    private static partial Regex Category();

    [GeneratedRegex("^/years/[^/{]+(?=$|/awards$|/index$|/compare$)")]
    private static partial Regex AYear();

    [GeneratedRegex("^/sources/[^/]+$")]
    private static partial Regex ASource();

    [GeneratedRegex("^/runs/[^/]+$")]
    private static partial Regex ARun();
}
