using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;

namespace Evaluation.Web.Commands;

/// <summary><c>payments RUN --out FILE.csv|FILE.xlsx</c>: the payment list of a run for finance.</summary>
internal static class PaymentsCommand
{
    private static readonly Argument<string> RunId = new("run") { Description = "The id of a finished run" };

    private static readonly Option<FileInfo> Out = new("--out")
    {
        Description = "File of the list; a name that ends with .xlsx gives a spreadsheet",
        HelpName = "FILE.csv|FILE.xlsx",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("payments", """
            The payment list of a finished run: every approved award with its instalments and the total, and the approval it rests on.
            Before an approval, what the run recommends, marked as not approved. The id of a payment comes from run, pool, unit and
            instalment, so that the same list has the same ids and paying twice is noticed.
            """)
        {
            RunId, Out,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var file = parsed.GetRequiredValue(Out);
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var run = await ApproveCommand.FinishedRun(node, parsed.GetRequiredValue(RunId), "is paid", cancel);
        var order = await node.Get<PaymentOrders>().Of(run.Id, cancel);
        var (_, rules) = await node.Get<RuleSetsOnRecord>().Of(run.Id, cancel);
        var names = new Dictionary<string, Bilingual>(StringComparer.Ordinal);
        foreach (var category in order.Categories)
        {
            foreach (var unit in await node.Get<UnitStore>().OfRun(run.Id, category.Category, cancel)) names[unit.Unit] = unit.Name;
            var standing = PaymentWords.Standing(category, rules.Cycle!.Categories.Single(one => one.Id == category.Category).Name);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(standing.Zh);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(standing.En);
        }

        // A list without a line would look like one on which nobody is paid.
        if (order.Categories.Count > 0 && order.Categories.All(category => category.IsElsewhere)) return CommandLine.FoundWrong;
        using (var stream = new MemoryStream())
        {
            if (file.Extension.Equals(".xlsx", StringComparison.OrdinalIgnoreCase)) PaymentWorkbook.Write(order.Payments, NameOf, run.Id, stream);
            else AllocateFiles.WritePaymentList(order.Payments, NameOf, stream);
            await File.WriteAllBytesAsync(file.FullName, stream.ToArray(), cancel);
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"payments {order.Payments.Count} total {AllocateFiles.Number(order.Payments.Sum(payment => payment.Line.Payment.Amount.Yuan))}"));
        return CommandLine.Ok;

        Bilingual NameOf(string unit) => names.GetValueOrDefault(unit) ?? new Bilingual(unit, unit);
    }
}
