using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;

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
            The payment list of a finished run: every award with its instalments and the total. The id of a payment comes from
            run, pool, unit and instalment, so that the same list has the same ids and paying twice is noticed.
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
        var run = await ReplayCommand.RunOf(node, parsed.GetRequiredValue(RunId), cancel);
        if (run.State != "finished") throw new WrongUseException($"Run {run.Id} is {run.State}: only a finished run is paid.");
        var stored = await node.Get<AllocationStore>().OfRun(run.Id, cancel: cancel);
        var lines = PaymentList.Of(run.Id, stored.Select(one => one.Result));
        var names = new Dictionary<string, Bilingual>(StringComparer.Ordinal);
        foreach (var category in stored.Select(one => one.Category).Distinct(StringComparer.Ordinal))
        {
            foreach (var unit in await node.Get<UnitStore>().OfRun(run.Id, category, cancel)) names[unit.Unit] = unit.Name;
        }

        using (var stream = new MemoryStream())
        {
            if (file.Extension.Equals(".xlsx", StringComparison.OrdinalIgnoreCase)) PaymentWorkbook.Write(lines, NameOf, run.Id, stream);
            else AllocateFiles.WritePaymentList(lines, NameOf, stream);
            await File.WriteAllBytesAsync(file.FullName, stream.ToArray(), cancel);
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"payments {lines.Count} total {AllocateFiles.Number(lines.Sum(line => line.Payment.Amount.Yuan))}"));
        return CommandLine.Ok;

        Bilingual NameOf(string unit) => names.GetValueOrDefault(unit) ?? new Bilingual(unit, unit);
    }
}
