using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;
using Evaluation.Web.Downloads;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>The filter as it stands in the address.</summary>
/// <param name="Q">Part of a name or code.</param>
/// <param name="Province">Province.</param>
/// <param name="Grade">Grade id.</param>
/// <param name="Sort">Column.</param>
/// <param name="Dir"><c>desc</c> or nothing.</param>
/// <param name="P">Number of the page.</param>
/// <param name="Certainty"><c>fragile</c> or nothing.</param>
public sealed record RankingQuery(
    string? Q, string? Province, string? Grade, string? Sort, string? Dir, int? P, string? Certainty);

/// <summary>The ranking table of a category: filtered, sorted, downloaded as filtered.</summary>
public sealed class RankingModel(
    RunSelection selection, RankingPages rankings, CertaintyPages certainty, PageFrame frame, Wording wording) : PageModel
{
    /// <summary>Last part of the address of the download.</summary>
    public const string CsvName = "ranking.csv";

    private const int RowsAPage = 200;

    public ShownRun Shown { get; private set; } = null!;

    public CycleCategory Category { get; private set; } = null!;

    public IReadOnlyList<RankingRow> All { get; private set; } = [];

    public IReadOnlyList<RankingRow> Filtered { get; private set; } = [];

    public IReadOnlyList<RankingRow> OnThisPage { get; private set; } = [];

    public RankingFilter Filter { get; private set; } = new(null, null, null, null, null);

    public int PageNumber { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public bool HasAwards { get; private set; }

    public bool HasCertainty { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        string year, string category, string? run, [FromQuery] RankingQuery asked, CancellationToken cancel)
    {
        var filter = new RankingFilter(asked.Q, asked.Province, asked.Grade, asked.Sort, asked.Dir)
        {
            OnlyFragile = asked.Certainty == RankingFilter.Fragile,
        };
        if (await Load(PageAddress.Read(year), PageAddress.Read(category), run, filter, cancel) is { } missing)
        {
            return missing;
        }

        if (Request.Path.Value!.EndsWith(CsvName, StringComparison.Ordinal)) return Csv();
        Pages = Math.Max(1, (Filtered.Count + RowsAPage - 1) / RowsAPage);
        PageNumber = Math.Clamp(asked.P ?? 1, 1, Pages);
        OnThisPage = [.. Filtered.Skip((PageNumber - 1) * RowsAPage).Take(RowsAPage)];
        return Page();
    }

    private FileContentResult Csv()
    {
        var rows = Filtered.Select(row => new[]
        {
            row.Rank is { } rank ? CsvText.Number(rank) : string.Empty,
            row.Unit,
            wording[row.Name],
            row.Province is { } place ? wording[place] : string.Empty,
            CsvText.Number(row.Total),
            Shown.Grade(Category.Id, row.Grade) is { } given ? wording[given.Name] : string.Empty,
            CsvText.Number(row.Award),
            Reason(row) ?? string.Empty,
            CsvText.Number(row.Certainty?.RankLow),
            CsvText.Number(row.Certainty?.RankHigh),
            CsvText.Number(row.Certainty?.GradeHolds),
            row.Certainty is { GradeHolds: not null } known ? wording[CertaintyText.Mark(known.Fragile)] : string.Empty,
            CsvText.Number(row.Certainty?.AwardLow),
            CsvText.Number(row.Certainty?.AwardHigh),
            CsvText.Number(row.Certainty?.Edge),
        });
        string[] head =
        [
            wording["名次", "rank"], wording["单位代码", "unit"], wording["单位", "name"], wording["省份", "province"],
            wording["得分", "score"], wording["等级", "grade"], wording["推荐补助（元）", "award (CNY)"],
            wording["未排名的原因", "why not ranked"], wording["名次 5%", "rank 5%"], wording["名次 95%", "rank 95%"],
            wording["等次不变的概率", "probability that the grade holds"], wording["等次稳否", "certainty"],
            wording["补助 5%（元）", "award 5% (CNY)"], wording["补助 95%（元）", "award 95% (CNY)"],
            wording["距最近等次界限（分）", "points to the nearest grade edge"],
        ];
        return File(CsvText.Of(rows.Prepend(head)), "text/csv; charset=utf-8", $"{Shown.Run.Cycle}-{Category.Id}.csv");
    }

    /// <summary>Why a unit has no rank, in the words of its score card; null for ranked units.</summary>
    public string? Reason(RankingRow row) =>
        row.Card is { } card ? wording[CanonicalJson.ReadScoreCard(card).Standing] : null;

    /// <summary>Address of this table with another filter, order or page.</summary>
    public string Address(RankingFilter filter, int page = 1) =>
        Shown.Address(PageAddress.Of("years", Shown.Run.Cycle, Category.Id), filter.Query(page));

    /// <summary>Address of the download of what is filtered now.</summary>
    public string CsvAddress =>
        Shown.Address(PageAddress.Of("years", Shown.Run.Cycle, Category.Id, CsvName), Filter.Query(1));

    private async Task<IActionResult?> Load(
        string year, string category, string? run, RankingFilter filter, CancellationToken cancel)
    {
        if (await selection.Of(year, run, cancel) is not { } shown) return NotFound();
        if (shown.Category(category) is not { } found)
        {
            frame.Missing = MissingCategory(shown, category, wording);
            return NotFound();
        }

        (Shown, Category, Filter) = (shown, found, filter);
        frame.Title = wording[
            $"{found.Name.Zh}排名，{shown.YearName.Zh}", $"Ranking of {found.Name.En}, {shown.YearName.En}"];
        frame.Crumbs = [new(wording[shown.Cycle.Name], shown.Address())];
        var examined = await certainty.OfCategory(shown.Run.Run, found.Id, cancel);
        HasCertainty = examined.Count > 0;
        All = [.. (await rankings.Ranking(shown.Run.Run, found.Id, cancel))
            .Select(row => row with { Certainty = examined.GetValueOrDefault(row.Unit) })];
        HasAwards = All.Any(row => row.Award is not null);
        Filtered = filter.Apply(All, wording, shown.Scheme(found.Id)?.Grades?.Grades ?? []);
        return null;
    }

    /// <summary>What to say when a year has no such category.</summary>
    public static MissingPage MissingCategory(ShownRun shown, string category, Wording wording) => new(
        new(
            $"{shown.YearName.Zh}没有类别“{category}”。",
            $"The year {shown.Run.Cycle} has no category '{category}'."),
        [.. shown.Cycle.Categories.Select(known => new Crumb(wording[known.Name], shown.Address(known.Id)))]);
}
