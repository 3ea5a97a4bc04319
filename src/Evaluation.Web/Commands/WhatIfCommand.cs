using System.CommandLine;
using System.Globalization;
using System.Text;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Scoring;
using Evaluation.Rules.Allocation;

namespace Evaluation.Web.Commands;

/// <summary><c>what-if RUN --set NAME=VALUE…</c>: awards of a sealed run under other settings, beside those it gave.</summary>
internal static class WhatIfCommand
{
    private static readonly Argument<string> RunId = new("run") { Description = "The id of a finished run" };

    private static readonly Option<string> Category = new("--category")
    {
        Description = "Category whose awards are asked about",
        HelpName = "ID",
        Required = true,
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "budget, amount.GRADE, places.GRADE, coefficient, basis, floor, cap, guarantee, threshold, or a parameter",
        HelpName = "NAME=VALUE",
        Required = true,
    };

    private static readonly Option<FileInfo?> Out = new("--out")
    {
        Description = "File for the table. Default: standard output",
        HelpName = "FILE.csv",
    };

    public static Command Create()
    {
        var command = new Command("what-if", "Awards of a sealed run under other settings, beside those it gave. Nothing is stored.")
        {
            RunId, Category, Set, Out,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var output = parsed.InvocationConfiguration.Output;
        var scenario = new Scenario(AllocateCommand.Pairs(parsed.GetRequiredValue(Set), "--set"));
        var category = parsed.GetRequiredValue(Category);
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var run = await ReplayCommand.RunOf(node, parsed.GetRequiredValue(RunId), cancel);
        if (run.State != "finished") throw new WrongUseException($"Run {run.Id} is {run.State}: only a finished run can be asked.");
        var (_, rules) = await node.Get<RuleSetsOnRecord>().Of(run.Id, cancel);
        if (rules.Schemes.All(scheme => scheme.Category != category))
        {
            throw new WrongUseException($"Run {run.Id} has no category '{category}', only: {string.Join(", ", rules.Schemes.Select(scheme => scheme.Category))}.");
        }

        var result = await Asked(node, run.Id, category, scenario, cancel);
        using var table = new MemoryStream();
        AllocateFiles.WriteScenario(result, table);
        if (parsed.GetValue(Out) is { } file) await File.WriteAllBytesAsync(file.FullName, table.ToArray(), cancel);
        else await output.WriteAsync(Encoding.UTF8.GetString(table.ToArray()));
        await output.WriteLineAsync(
            $"approved {Number(result.Before)} scenario {Number(result.Amount)} difference {Number(result.Amount - result.Before)} "
            + $"units {result.Units.Count.ToString(CultureInfo.InvariantCulture)}");
        return CommandLine.Ok;
    }

    private static async Task<ScenarioResult> Asked(
        EvaluationNode node, string run, string category, Scenario scenario, CancellationToken cancel)
    {
        try
        {
            return await node.Get<WhatIf>().Ask(run, category, scenario, cancel);
        }
        catch (ArgumentException unknown)
        {
            throw new WrongUseException(unknown.Message);
        }
    }

    private static string Number(Money amount) => AllocateFiles.Number(amount.Yuan);
}
