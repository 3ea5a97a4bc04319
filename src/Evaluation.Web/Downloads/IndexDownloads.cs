using Evaluation.Jobs.Indexing;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Index;
using Evaluation.Rules.RuleSets;
using Evaluation.Web.Showing;
using Microsoft.Net.Http.Headers;

namespace Evaluation.Web.Downloads;

/// <summary>The open data of the resource index: a CSV a ranking, everything as JSON, the data dictionary, the report.</summary>
public static class IndexDownloads
{
    private const string FrameworkEnd = "-framework";
    private const string DataEnd = "-data";

    private static readonly (string Name, Bilingual Meaning)[] Plain =
    [
        ("code", new("编码", "code of the province, discipline or unit")),
        ("name_zh", new("中文名称", "name in Chinese")),
        ("name_en", new("英文名称", "name in English")),
        ("units", new("包含的单位数", "number of units it is made of")),
        ("score", new("指数得分，0 至 100；空为数据不足", "score from 0 to 100; empty: too little data")),
        ("rank", new("名次", "rank")),
        ("rank5", new("权重变动下名次的 5% 分位数", "5 % quantile of the rank under varied weights")),
        ("rank95", new("权重变动下名次的 95% 分位数", "95 % quantile of the rank under varied weights")),
        ("available", new("有数据的指标占比", "share of the indicators that have data")),
        ("earlier_rank", new("上一年度名次", "rank in the earlier year")),
        ("change", new("与上一年度在同一标尺上的得分变化", "change of the score against the earlier year, on one scale")),
    ];

    /// <summary>Maps the addresses.</summary>
    public static void MapIndexDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/years/{year}/index/index.json", Json);
        routes.MapGet("/years/{year}/index/dictionary.csv", Dictionary);
        routes.MapGet("/years/{year}/index/report.pdf", Report);
        routes.MapGet("/years/{year}/index/{scope}.csv", Table);
    }

    private static async Task<IResult> Json(
        string year, string? run, RunSelection selection, ResourceIndexStore indices, PageFrame frame, Wording wording,
        CancellationToken cancel)
    {
        if (await Find(year, run, selection, indices, cancel) is not { } found) return Missing(year, frame, wording);
        return Results.File(
            found.Index.Json, "application/json", $"{year}-index.json",
            entityTag: new EntityTagHeaderValue($"\"{found.Index.Sha256}\""));
    }

    private static async Task<IResult> Dictionary(
        string year, string? run, RunSelection selection, ResourceIndexStore indices, PageFrame frame, Wording wording,
        CancellationToken cancel)
    {
        if (await Find(year, run, selection, indices, cancel) is not { } found) return Missing(year, frame, wording);
        var definition = found.Shown.Rules.Index!;
        var rows = Plain.Select(column => new[] { column.Name, column.Meaning.Zh, column.Meaning.En, "", "" })
            .Concat(definition.Blocks.Select(block => new[]
            {
                $"block_{block.Id}", $"一级指标得分：{block.Name.Zh}", $"score of the block: {block.Name.En}", "", "",
            }))
            .Concat(definition.Indicators.SelectMany(indicator => new[]
            {
                new[]
                {
                    $"figure_{indicator.Id}", indicator.Name.Zh, indicator.Name.En, indicator.Unit.Code, Formula(indicator),
                },
                [$"part_{indicator.Id}", $"对得分与均值之差的贡献：{indicator.Name.Zh}",
                    $"part of the score less the mean score: {indicator.Name.En}", "", ""],
            }));
        return Csv(rows.Prepend(["column", "meaning_zh", "meaning_en", "unit", "formula"]), $"{year}-index-dictionary.csv");
    }

    // A ranking, or the framework or the data from which the index command recomputes it.
    private static async Task<IResult> Table(
        string year, string scope, string? run, RunSelection selection, ResourceIndexStore indices, PageFrame frame,
        Wording wording, CancellationToken cancel)
    {
        if (await Find(year, run, selection, indices, cancel) is not { } found
            || Ending(scope, found.Index.Result) is not { } asked)
        {
            return Missing(year, frame, wording);
        }

        var ranking = asked.Scope;
        var parts = found.Shown.Rules.Index!.Indicators.Where(indicator => ranking.Parts.Any(part => part.Code == indicator.Id)).ToList();
        var blocks = found.Shown.Rules.Index!.Blocks.Where(block => ranking.Parts.Any(part => part.Code == block.Id)).ToList();
        if (asked.End == FrameworkEnd) return Csv(Framework(found.Shown.Rules.Index!, parts), $"{year}-index-{scope}.csv");
        if (asked.End == DataEnd) return Csv(Data(ranking, parts), $"{year}-index-{scope}.csv");
        var head = Plain.Select(column => column.Name).Concat(blocks.Select(block => $"block_{block.Id}"))
            .Concat(parts.SelectMany(part => new[] { $"figure_{part.Id}", $"part_{part.Id}" })).ToArray();
        var rows = ranking.Subjects.Select(subject => Row(subject, blocks, parts));
        return Csv(rows.Prepend(head), $"{year}-index-{scope}.csv");
    }

    private static (ResourceIndexScope Scope, string End)? Ending(string asked, ResourceIndexResult result)
    {
        foreach (var end in new[] { "", FrameworkEnd, DataEnd })
        {
            if (result.Scopes.FirstOrDefault(scope => scope.Id + end == asked) is { } scope) return (scope, end);
        }

        return null;
    }

    private static IEnumerable<IReadOnlyList<string>> Framework(
        ResourceIndexDefinition definition, List<ResourceIndexIndicator> parts) =>
        ResourceIndex.Framework(definition, parts).Rows
            .Select(row => (IReadOnlyList<string>)
            [
                row.Code, row.Name, row.Type.ToString(), Number(row.Level), row.Parent ?? "", Number(row.Direction), Number(row.Weight),
                row.Unit,
            ])
            .Prepend(["iCode", "iName", "Type", "Level", "Parent", "Direction", "Weight", "Unit"]);

    private static IEnumerable<IReadOnlyList<string>> Data(ResourceIndexScope ranking, List<ResourceIndexIndicator> parts) =>
        ranking.Subjects
            .Select(subject => (IReadOnlyList<string>)
            [
                subject.Code, subject.Name.En, .. parts.Select(part => CsvText.Number(subject.Figures.GetValueOrDefault(part.Id))),
            ])
            .Prepend(["uCode", "uName", .. parts.Select(part => part.Id)]);

    private static async Task<IResult> Report(
        string year, string? run, RunSelection selection, ResourceIndexStore indices, WebSettings settings,
        PageFrame frame, Wording wording, CancellationToken cancel)
    {
        if (await Find(year, run, selection, indices, cancel) is not { } found
            || await indices.Report(found.Shown.Run.Run, cancel) is not { } report)
        {
            return Missing(year, frame, wording);
        }

        var file = Path.Combine(settings.Reports, report.File);
        if (!File.Exists(file)) return Missing(year, frame, wording);
        return Results.File(
            Path.GetFullPath(file), "application/pdf", $"{report.Number}.pdf",
            entityTag: new EntityTagHeaderValue($"\"{report.Sha256}\""), enableRangeProcessing: true);
    }

    private static string[] Row(
        IndexedSubject subject, List<ResourceIndexBlock> blocks, List<ResourceIndexIndicator> parts) =>
    [
        subject.Code, subject.Name.Zh, subject.Name.En, Number(subject.Units), Number(subject.Score), Number(subject.Rank),
        Number(subject.Rank5), Number(subject.Rank95), Number(subject.Available), Number(subject.EarlierRank), Number(subject.Change),
        .. blocks.Select(block => Number(subject.Blocks.GetValueOrDefault(block.Id))),
        .. parts.SelectMany(part => new[]
        {
            CsvText.Number(subject.Figures.GetValueOrDefault(part.Id)),
            Number(subject.Parts.TryGetValue(part.Id, out var share) ? share : null),
        }),
    ];

    private static string Number(double? number) =>
        number?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty;

    // How a figure is made, in the codes of the metrics: the same words as in the rule file.
    private static string Formula(ResourceIndexIndicator indicator) => indicator switch
    {
        { IsMean: true } => $"mean {indicator.Metric.Code} of {indicator.Category}",
        { PerUnit: true } => $"sum {indicator.Metric.Code} per units of {indicator.Category}",
        _ => $"sum {indicator.Metric.Code} per {indicator.Per!.Code} of {indicator.Category}",
    };

    private static async Task<(ShownRun Shown, StoredIndex Index)?> Find(
        string year, string? run, RunSelection selection, ResourceIndexStore indices, CancellationToken cancel) =>
        await selection.Of(PageAddress.Read(year), run, cancel) is { } shown
            && await indices.Find(shown.Run.Run, cancel) is { } index
            ? (shown, index)
            : null;

    private static IResult Csv(IEnumerable<IReadOnlyList<string>> rows, string name) =>
        Results.File(CsvText.Of(rows), "text/csv; charset=utf-8", name);

    private static IResult Missing(string year, PageFrame frame, Wording wording)
    {
        frame.Missing ??= new(
            new($"“{year}”年度没有这份指数数据。", $"There are no such index data for '{year}'."),
            [new(wording["查看科技资源指数", "See the resource index"], PageAddress.Of("years", year, "index"))]);
        return Results.NotFound();
    }
}
