using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;

namespace Evaluation.Web.Commands;

/// <summary>
/// <c>intake list</c> and <c>intake return</c>: the messages that institutions pushed, and submitted records given back
/// to them for correction.
/// </summary>
internal static class IntakeCommand
{
    private static readonly Option<int> Last = new("--last")
    {
        Description = "How many messages", HelpName = "N", DefaultValueFactory = _ => 20,
    };

    private static readonly Option<string> Unit = new("--unit") { Description = "The unit", HelpName = "ID", Required = true };

    private static readonly Option<int> Kind = new("--kind")
    {
        Description = "Kind of record: 4 instrument, 6 service record …", HelpName = "1-7", Required = true,
    };

    private static readonly Option<string> Record = new("--record")
    {
        Description = "The unit's own number of it", HelpName = "NUMBER", Required = true,
    };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why", Required = true };

    private static readonly Option<string> By = new("--by") { Description = "Who returns it", Required = true };

    public static Command Create()
    {
        var list = new Command("list", "The latest messages: number, time, unit code, kind, bytes, answer, reason.") { Last };
        list.SetAction(List);
        var give = new Command("return", "Return a submitted record: its unit may send it again.") { Unit, Kind, Record, Reason, By };
        give.SetAction(Return);
        return new Command("intake", "What institutions push in the format of the national network platform.") { list, give };
    }

    private static async Task<int> List(ParseResult parsed, CancellationToken cancel)
    {
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var output = parsed.InvocationConfiguration.Output;
        var latest = await Messages(node).Latest(parsed.GetValue(Last), cancel);
        foreach (var one in latest)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Number}\t{one.ReceivedAt:yyyy-MM-dd HH:mm:ss}Z\t{one.UnitCode}\t{one.Kind}\t{one.Bytes}\t")
                + string.Create(CultureInfo.InvariantCulture, $"{one.Code}\t{one.Why.Zh} {one.Why.En}"));
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"messages {latest.Count}"));
        return CommandLine.Ok;
    }

    private static async Task<int> Return(ParseResult parsed, CancellationToken cancel)
    {
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var key = new ReportedRecord(
            string.Create(CultureInfo.InvariantCulture, $"nrii/{parsed.GetValue(Kind)}"),
            parsed.GetRequiredValue(Unit), parsed.GetRequiredValue(Record));
        var returned = await Messages(node).Return(key, parsed.GetRequiredValue(Reason), parsed.GetRequiredValue(By), cancel);
        if (!returned)
        {
            throw new ImportException(
                $"{key.Unit} 没有已提交的记录 {key.Record}（第 {parsed.GetValue(Kind)} 类）。请核对单位、类别和编号。",
                $"{key.Unit} has no submitted record {key.Record} of kind {parsed.GetValue(Kind)}. Check unit, kind and number.");
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync($"returned {key.Scheme} {key.Unit} {key.Record}");
        return CommandLine.Ok;
    }

    private static ReceivedMessages Messages(EvaluationNode node) => new(node.Database, TimeProvider.System);
}
