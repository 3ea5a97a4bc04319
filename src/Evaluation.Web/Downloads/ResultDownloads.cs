using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Rules.Scoring;
using Evaluation.Web.Showing;
using Microsoft.Net.Http.Headers;

namespace Evaluation.Web.Downloads;

/// <summary>The files of a result: the report as PDF, the score card as canonical JSON, the ledger as CSV.</summary>
public static class ResultDownloads
{
    private static readonly string[] LedgerHead =
    [
        "line", "kind", "block", "name_zh", "name_en", "outcome", "value", "unit", "points", "max", "formula",
        "points_rule", "source", "because_zh", "because_en", "more_zh", "more_en",
    ];

    private static readonly string[] RecordHead =
    [
        "line", "metric", "resource", "period_start", "period_end", "value", "unit_of_measure", "document", "locator",
    ];

    /// <summary>Maps the addresses.</summary>
    public static void MapDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports/{run}/{category}/{unit}.pdf", Report);
        routes.MapGet("/reports/{run}/{category}/{unit}.json", Json);
        routes.MapGet("/reports/{run}/{category}/{unit}.csv", Ledger);
        routes.MapGet("/reports/{run}/{category}/{unit}/records.csv", Records);
    }

    private static async Task<IResult> Report(
        string run, string category, string unit,
        ScoreCardPages cards, WebSettings settings, PageFrame frame, Wording wording, CancellationToken cancel)
    {
        var found = await Find(run, category, unit, cards, cancel);
        if (found?.Report is not { } report) return Missing(run, category, unit, found, frame, wording);
        var file = Path.Combine(settings.Reports, report.File);
        if (!File.Exists(file))
        {
            frame.Missing = new(
                new(
                    $"报告 {report.Number} 已登记，但文件不在报告文件夹中；重新运行发布步骤可以重新生成。",
                    $"Report {report.Number} is registered, but its file is not in the report folder; "
                    + "running the publishing step again renders it anew."),
                [new(wording["查看这次运行", "See this run"], PageAddress.Of("runs", run))]);
            return Results.NotFound();
        }

        return Results.File(
            Path.GetFullPath(file), "application/pdf", $"{report.Number}.pdf",
            entityTag: new EntityTagHeaderValue($"\"{report.Sha256}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> Json(
        string run, string category, string unit,
        ScoreCardPages cards, PageFrame frame, Wording wording, CancellationToken cancel)
    {
        var found = await Find(run, category, unit, cards, cancel);
        return found is null
            ? Missing(run, category, unit, found, frame, wording)
            : Results.File(
                found.Card, "application/json", $"{PageAddress.Read(unit)}.json",
                entityTag: new EntityTagHeaderValue($"\"{found.Sha256}\""));
    }

    private static async Task<IResult> Ledger(
        string run, string category, string unit,
        ScoreCardPages cards, PageFrame frame, Wording wording, CancellationToken cancel)
    {
        var found = await Find(run, category, unit, cards, cancel);
        if (found is null) return Missing(run, category, unit, found, frame, wording);
        var card = CanonicalJson.ReadScoreCard(found.Card);
        var rows = card.Lines.Select(line => new[]
        {
            line.Id, line.Kind.ToString(), line.Block, line.Name.Zh, line.Name.En, line.Outcome,
            line.Value?.ToString() ?? string.Empty, line.Unit.Code, CsvText.Number(line.Points),
            CsvText.Number(line.Max), line.Formula, line.PointsText,
            string.Join(' ', new[] { line.Source.Document, line.Source.Item }.Where(part => part is not null)),
            line.Because.Zh, line.Because.En, line.More?.Zh ?? string.Empty, line.More?.En ?? string.Empty,
        });
        return Csv(rows.Prepend(LedgerHead), $"{PageAddress.Read(unit)}.csv");
    }

    private static async Task<IResult> Records(
        string run, string category, string unit, string? line,
        ScoreCardPages cards, PageFrame frame, Wording wording, CancellationToken cancel)
    {
        var found = await Find(run, category, unit, cards, cancel);
        if (found is null) return Missing(run, category, unit, found, frame, wording);
        var rows = new List<IReadOnlyList<string>> { RecordHead };
        foreach (var asked in CanonicalJson.ReadScoreCard(found.Card).Lines.Where(known => line is null || known.Id == line))
        {
            var ids = asked.Inputs.SelectMany(input => input.Provenance?.Observations ?? []).Distinct().ToList();
            rows.AddRange((await cards.Records(PageAddress.Read(run), ids, cancel)).Select(record => new[]
            {
                asked.Id, record.Metric, record.Resource ?? string.Empty, Wording.Day(record.From),
                Wording.Day(record.To), record.Answer ?? CsvText.Number(record.Value), record.UnitOfMeasure,
                record.Document, record.Locator,
            }));
        }

        return Csv(rows, $"{PageAddress.Read(unit)}-{line ?? "records"}.csv");
    }

    private static Task<UnitCard?> Find(
        string run, string category, string unit, ScoreCardPages cards, CancellationToken cancel) =>
        cards.Find(PageAddress.Read(run), PageAddress.Read(category), PageAddress.Read(unit), cancel);

    private static IResult Csv(IEnumerable<IReadOnlyList<string>> rows, string name) =>
        Results.File(CsvText.Of(rows), "text/csv; charset=utf-8", name);

    private static IResult Missing(
        string run, string category, string unit, UnitCard? found, PageFrame frame, Wording wording)
    {
        var what = found is null
            ? new Bilingual(
                $"运行“{run}”的类别“{category}”中没有单位“{unit}”。",
                $"Run '{run}' has no unit '{unit}' in the category '{category}'.")
            : new Bilingual(
                $"{found.Name.Zh}的报告尚未生成。", $"The report of {found.Name.En} has not been rendered yet.");
        frame.Missing = new(what, [new(wording["查看这次运行", "See this run"], PageAddress.Of("runs", run))]);
        return Results.NotFound();
    }
}
