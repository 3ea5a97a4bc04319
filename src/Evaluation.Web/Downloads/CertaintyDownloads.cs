using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Rules.Certainty;
using Evaluation.Web.Showing;
using Microsoft.Net.Http.Headers;

namespace Evaluation.Web.Downloads;

/// <summary>The files about certainty: of a unit and of a category, as canonical JSON and as CSV.</summary>
public static class CertaintyDownloads
{
    private static readonly string[] Head =
    [
        "unit", "total", "rank", "grade", "award_yuan", "rank_least", "rank_p5", "rank_median", "rank_p95",
        "rank_greatest", "grade_holds", "fragile", "award_above_zero", "award_p5", "award_median", "award_p95",
        "better_grade", "better_distance", "worse_grade", "worse_distance", "copeland", "because_zh", "because_en",
        "edges_zh", "edges_en", "matters_zh", "matters_en",
    ];

    private static readonly string[] LineHead = ["line", "points_to_mean", "rank_without"];

    /// <summary>Maps the addresses.</summary>
    public static void MapCertaintyDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports/{run}/{category}/{unit}/certainty.json", UnitJson);
        routes.MapGet("/reports/{run}/{category}/{unit}/certainty.csv", UnitCsv);
        routes.MapGet("/reports/{run}/{category}/certainty.json", StudyJson);
        routes.MapGet("/reports/{run}/{category}/certainty.csv", StudyCsv);
        routes.MapGet("/reports/{run}/{category}/certainty.pairs.csv", Pairs);
    }

    private static async Task<IResult> UnitJson(
        string run, string category, string unit,
        CertaintyPages pages, PageFrame frame, Wording wording, CancellationToken cancel) =>
        await Find(run, category, unit, pages, cancel) is { } found
            ? Results.File(CertaintyJson.Write(found), "application/json", $"{PageAddress.Read(unit)}-certainty.json")
            : Missing(run, frame, wording);

    private static async Task<IResult> UnitCsv(
        string run, string category, string unit,
        CertaintyPages pages, PageFrame frame, Wording wording, CancellationToken cancel)
    {
        if (await Find(run, category, unit, pages, cancel) is not { } found) return Missing(run, frame, wording);
        var without = found.Without.Where(left => !left.IsBlock)
            .ToDictionary(left => left.Id, left => left.Rank, StringComparer.Ordinal);
        var rows = new List<IReadOnlyList<string>> { Head, RowOf(found), Array.Empty<string>(), LineHead };
        rows.AddRange(found.Parts.Select(part => new[]
        {
            part.Id, CsvText.Number(part.Points), CsvText.Number(without.GetValueOrDefault(part.Id)),
        }));
        return Csv(rows, $"{PageAddress.Read(unit)}-certainty.csv");
    }

    private static async Task<IResult> StudyJson(
        string run, string category, CertaintyStore studies, PageFrame frame, Wording wording, CancellationToken cancel) =>
        await Find(run, category, studies, cancel) is { } found
            ? Results.File(
                found.Json, "application/json", $"{found.Category}-certainty.json",
                entityTag: new EntityTagHeaderValue($"\"{found.Sha256}\""))
            : Missing(run, frame, wording);

    private static async Task<IResult> StudyCsv(
        string run, string category, CertaintyStore studies, PageFrame frame, Wording wording, CancellationToken cancel) =>
        await Find(run, category, studies, cancel) is { } found
            ? Csv(found.Study.Units.Select(RowOf).Prepend(Head), $"{found.Category}-certainty.csv")
            : Missing(run, frame, wording);

    private static async Task<IResult> Pairs(
        string run, string category, CertaintyStore studies, PageFrame frame, Wording wording, CancellationToken cancel) =>
        await Find(run, category, studies, cancel) is { } found
            ? Csv(
                found.Study.Check.Disagreeing
                    .Select(pair => new[] { pair.Above, pair.Below, CsvText.Number(pair.Weight) })
                    .Prepend(["greater_score", "lower_score", "weight_for_lower"]),
                $"{found.Category}-pairs.csv")
            : Missing(run, frame, wording);

    private static string[] RowOf(UnitCertainty unit) =>
    [
        unit.Unit, CsvText.Number(unit.Total), CsvText.Number(unit.Rank), unit.Grade ?? string.Empty,
        CsvText.Number(unit.Award), CsvText.Number(unit.Ranks?.Least), CsvText.Number(unit.Ranks?.Low),
        CsvText.Number(unit.Ranks?.Median), CsvText.Number(unit.Ranks?.High), CsvText.Number(unit.Ranks?.Greatest),
        CsvText.Number(unit.GradeHolds), unit.GradeHolds is null ? string.Empty : unit.Fragile ? "yes" : "no",
        CsvText.Number(unit.Paid), CsvText.Number(unit.Awards?.Low), CsvText.Number(unit.Awards?.Median),
        CsvText.Number(unit.Awards?.High), unit.Better?.Grade ?? string.Empty, CsvText.Number(unit.Better?.Distance),
        unit.Worse?.Grade ?? string.Empty, CsvText.Number(unit.Worse?.Distance), CsvText.Number(unit.Copeland),
        unit.Because.Zh, unit.Because.En, unit.Edges?.Zh ?? string.Empty, unit.Edges?.En ?? string.Empty,
        unit.Matters?.Zh ?? string.Empty, unit.Matters?.En ?? string.Empty,
    ];

    private static Task<UnitCertainty?> Find(
        string run, string category, string unit, CertaintyPages pages, CancellationToken cancel) =>
        pages.Unit(PageAddress.Read(run), PageAddress.Read(category), PageAddress.Read(unit), cancel);

    private static async Task<StoredCertainty?> Find(
        string run, string category, CertaintyStore studies, CancellationToken cancel) =>
        (await studies.OfRun(PageAddress.Read(run), PageAddress.Read(category), cancel)).SingleOrDefault();

    private static IResult Csv(IEnumerable<IReadOnlyList<string>> rows, string name) =>
        Results.File(CsvText.Of(rows), "text/csv; charset=utf-8", name);

    private static IResult Missing(string run, PageFrame frame, Wording wording)
    {
        frame.Missing = new(
            new Bilingual(
                $"运行“{run}”没有这项稳健性检验的结果。", $"Run '{run}' has no such figures of certainty."),
            [new(wording["查看这次运行", "See this run"], PageAddress.Of("runs", run))]);
        return Results.NotFound();
    }
}
