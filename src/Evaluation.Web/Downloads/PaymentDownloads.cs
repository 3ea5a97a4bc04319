using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Scoring;
using Evaluation.Web.Showing;

namespace Evaluation.Web.Downloads;

/// <summary>The payment list of a run for finance, as CSV and as a spreadsheet.</summary>
public static class PaymentDownloads
{
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Maps the addresses.</summary>
    public static void MapPaymentDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports/{run}/payments.csv", (string run, AwardPages awards, CancellationToken cancel) =>
            List(run, "text/csv; charset=utf-8", "csv", AllocateFiles.WritePaymentList, awards, cancel));
        routes.MapGet("/reports/{run}/payments.xlsx", (string run, AwardPages awards, CancellationToken cancel) =>
            List(run, Spreadsheet, "xlsx", (lines, nameOf, stream) => PaymentWorkbook.Write(lines, nameOf, run, stream), awards, cancel));
    }

    private static async Task<IResult> List(
        string run, string type, string ending, Action<IReadOnlyList<PaymentLine>, Func<string, Bilingual>, Stream> write,
        AwardPages awards, CancellationToken cancel)
    {
        var id = PageAddress.Read(run);
        var pots = await awards.Pots(id, cancel);
        if (pots.Count == 0) return Results.NotFound();
        var names = (await awards.Awards(id, cancel)).GroupBy(row => row.Unit, StringComparer.Ordinal)
            .ToDictionary(unit => unit.Key, unit => unit.First().Name, StringComparer.Ordinal);
        using var stream = new MemoryStream();
        write(PaymentList.Of(id, pots.Select(pot => CanonicalJson.ReadAllocation(pot.Result))), unit => names[unit], stream);
        return Results.File(stream.ToArray(), type, $"payments-{id}.{ending}");
    }
}
