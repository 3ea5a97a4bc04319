using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;

namespace Evaluation.Web.Commands;

/// <summary><c>confirm RUN --category C --unit U --by WHO</c>: the owner of a unit confirms its data as they stand.</summary>
internal static class ConfirmCommand
{
    private static readonly Argument<string> RunId = new("run") { Description = "The id of a run" };

    private static readonly Option<string> Category = new("--category") { Description = "Category", Required = true };

    private static readonly Option<string> Unit = new("--unit") { Description = "Unit", Required = true };

    private static readonly Option<string> By = new("--by") { Description = "Who confirms for the unit", Required = true };

    public static Command Create()
    {
        var command = new Command("confirm", "The owner of a unit confirms its data as they stand before the lock.")
        {
            RunId, Category, Unit, By,
        };
        command.SetAction(Confirm);
        return command;
    }

    private static async Task<int> Confirm(ParseResult parsed, CancellationToken cancel)
    {
        var (category, unit) = (parsed.GetRequiredValue(Category), parsed.GetRequiredValue(Unit));
        var by = parsed.GetRequiredValue(By).Trim();
        if (by.Length == 0) throw new WrongUseException("--by must not be empty: it is kept on record.");
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var run = await ReplayCommand.RunOf(node, parsed.GetRequiredValue(RunId), cancel);
        var data = new List<MetricObservation>();
        await foreach (var one in node.Get<ObservationStore>().AsReported(run.Id, category, unit, cancel)) data.Add(one);
        if (data.Count == 0)
        {
            throw new WrongUseException($"Run {run.Id} holds no data of {category}/{unit}: see the units on its page.");
        }

        var hash = await DataCheckFindings.HashOf(data);
        var isNew = await node.Get<DecisionStore>().Confirm(run.Cycle, category, unit, hash, by, cancel);
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{category}/{unit}: {data.Count} figures {(isNew ? "confirmed" : "were confirmed before")}"));
        await output.WriteLineAsync($"data {hash}");
        return CommandLine.Ok;
    }
}
