using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Reform;
using Evaluation.Web.Showing;

namespace Evaluation.Web.Downloads;

/// <summary>The files of a comparison of rules.</summary>
public static class ComparisonDownloads
{
    /// <summary>Maps the addresses.</summary>
    public static void MapComparisonDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports/comparisons/{comparison}/comparison.json", Json);
        routes.MapGet("/reports/comparisons/{comparison}/{table}.csv", Table);
    }

    private static async Task<IResult> Json(
        string comparison, ComparisonStore comparisons, PageFrame frame, Wording wording, CancellationToken cancel) =>
        await comparisons.Find(PageAddress.Read(comparison), cancel) is { } found
            ? Results.File(found.Json, "application/json", $"{found.Entry.Id}.json")
            : Missing(comparison, frame, wording);

    private static async Task<IResult> Table(
        string comparison, string table, ComparisonStore comparisons, PageFrame frame, Wording wording, CancellationToken cancel)
    {
        if (await comparisons.Find(PageAddress.Read(comparison), cancel) is not { } found) return Missing(comparison, frame, wording);
        return ComparisonTables.Of(ComparisonJson.Read(found.Json)).TryGetValue(table + ".csv", out var rows)
            ? Results.File(CsvText.Of(rows), "text/csv; charset=utf-8", $"{found.Entry.Id}-{table}.csv")
            : Missing(comparison, frame, wording);
    }

    private static IResult Missing(string comparison, PageFrame frame, Wording wording)
    {
        frame.Missing = new(
            new Bilingual($"没有编号为“{comparison}”的比较，或没有这份文件。", $"There is no comparison '{comparison}', or no such file of it."),
            [new(wording["查看各年度", "See the years"], "/")]);
        return Results.NotFound();
    }
}
