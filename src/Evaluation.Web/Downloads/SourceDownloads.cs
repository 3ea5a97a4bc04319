using System.Globalization;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Web.Showing;

namespace Evaluation.Web.Downloads;

/// <summary>The refused rows of a source as a table.</summary>
public static class SourceDownloads
{
    private static readonly string[] Head = ["file", "line", "cell", "value", "reason_zh", "reason_en"];

    /// <summary>Maps the address.</summary>
    public static void MapSourceDownloads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sources/{source}/rejects.csv", Rejects);

    private static async Task<IResult> Rejects(string source, SourcePages sources, CancellationToken cancel)
    {
        var code = PageAddress.Read(source);
        var rows = (await sources.Rejects(code, cancel)).Select(reject => new[]
        {
            reject.File, reject.Cell.Line.ToString(CultureInfo.InvariantCulture), reject.Cell.Cell, reject.Cell.Value,
            reject.Cell.Reason.Zh, reject.Cell.Reason.En,
        });
        return Results.File(CsvText.Of(rows.Prepend(Head)), "text/csv; charset=utf-8", $"{code}-rejects.csv");
    }
}
