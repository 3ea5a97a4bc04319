using System.Globalization;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Web.Showing;

namespace Evaluation.Web.Downloads;

/// <summary>The refused rows of a source, or of the files of a run, as a table.</summary>
public static class SourceDownloads
{
    private static readonly string[] Head = ["file", "line", "cell", "value", "reason_zh", "reason_en"];

    /// <summary>Maps the addresses.</summary>
    public static void MapSourceDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sources/{source}/rejects.csv", OfSource);
        routes.MapGet("/runs/{run}/rejects.csv", OfRun);
    }

    private static async Task<IResult> OfSource(string source, SourcePages sources, CancellationToken cancel)
    {
        var code = PageAddress.Read(source);
        return Table(code, (await sources.Rejects(code, cancel))
            .Select(one => Row(one.File, one.Cell.Line, one.Cell.Cell, one.Cell.Value, one.Cell.Reason)));
    }

    private static async Task<IResult> OfRun(string run, RunPages runs, CancellationToken cancel)
    {
        var code = PageAddress.Read(run);
        var names = (await runs.Documents(code, cancel)).ToDictionary(one => one.Sha256, one => one.Name);
        return Table(code, (await runs.Rejects(code, int.MaxValue, cancel))
            .Select(one => Row(names[one.Document], one.Line, one.Cell, one.Value, one.Reason)));
    }

    private static string[] Row(string file, int line, string cell, string value, Bilingual reason) =>
        [file, line.ToString(CultureInfo.InvariantCulture), cell, value, reason.Zh, reason.En];

    private static IResult Table(string code, IEnumerable<string[]> rows) =>
        Results.File(CsvText.Of(rows.Prepend(Head)), "text/csv; charset=utf-8", $"{code}-rejects.csv");
}
