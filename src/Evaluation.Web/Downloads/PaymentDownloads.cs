using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Web.Showing;

namespace Evaluation.Web.Downloads;

/// <summary>The payment list of a run for finance, as CSV and as a spreadsheet.</summary>
public static class PaymentDownloads
{
    /// <summary>The type of a spreadsheet.</summary>
    public const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Maps the addresses.</summary>
    public static void MapPaymentDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports/{run}/payments.csv", (string run, PaymentOrders orders, AwardPages awards, RunPages runs, CancellationToken cancel) =>
            List(run, "text/csv; charset=utf-8", "csv", AllocateFiles.WritePaymentList, orders, awards, runs, cancel));
        routes.MapGet("/reports/{run}/payments.xlsx", (string run, PaymentOrders orders, AwardPages awards, RunPages runs, CancellationToken cancel) =>
            List(
                run, Spreadsheet, "xlsx", (payments, nameOf, stream) => PaymentWorkbook.Write(payments, nameOf, run, stream), orders, awards, runs,
                cancel));
    }

    private static async Task<IResult> List(
        string run, string type, string ending, Action<IReadOnlyList<OrderedPayment>, Func<string, Bilingual>, Stream> write,
        PaymentOrders orders, AwardPages awards, RunPages runs, CancellationToken cancel)
    {
        var id = PageAddress.Read(run);
        if (await runs.Find(id, cancel) is not { Finished: true }) return Results.NotFound();
        var order = await orders.Of(id, cancel);
        if (order.Payments.Count == 0) return Results.NotFound();
        var names = (await awards.Awards(id, cancel)).GroupBy(row => row.Unit, StringComparer.Ordinal)
            .ToDictionary(unit => unit.Key, unit => unit.First().Name, StringComparer.Ordinal);
        using var stream = new MemoryStream();
        write(order.Payments, unit => names[unit], stream);
        // A list that may not be paid says so in its name, wherever the file goes.
        var name = order.IsApproved ? $"payments-{id}.{ending}" : $"payments-{id}-not-approved.{ending}";
        return Results.File(stream.ToArray(), type, name);
    }
}
