using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Comparing;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Reform;
using Evaluation.Rules.RuleSets;
using Evaluation.Web.Downloads;

namespace Evaluation.Web.Commands;

/// <summary><c>compare RUN --rules NEW_DIR [--cliff POINTS] [--lang zh|en] [--out DIR]</c>: the same sealed data under other
/// rules. Nothing of the run changes.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string> RunId = new("run") { Description = "The id of a finished run" };

    private static readonly Option<DirectoryInfo> NewRules = new("--rules")
    {
        Description = "The other rules: a year's folder",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<decimal> Cliff = new("--cliff")
    {
        Description = "Points: a unit whose grade hangs on fewer is listed as on a cliff. Default: 1",
        HelpName = "POINTS",
        DefaultValueFactory = _ => 1m,
    };

    private static readonly Option<string?> Lang = new("--lang")
    {
        Description = "One language only: zh or en. Default: Chinese first, then English",
        HelpName = "zh|en",
    };

    private static readonly Option<DirectoryInfo?> Out = new("--out")
    {
        Description = "Folder for units.csv, transitions.csv, groups.csv, cliffs.csv, budget.csv, rules.csv, notes.csv and "
            + "comparison.json; files of these names are replaced",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        Lang.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("compare",
            "Compute the sealed data of a run under other rules: who gains, who loses, what it costs. The run stays as it is.")
        {
            RunId, NewRules, Cliff, Lang, Out,
        };
        command.SetAction(Compare);
        return command;
    }

    private static async Task<int> Compare(ParseResult parsed, CancellationToken cancel)
    {
        var (run, folder, cliff) = (parsed.GetRequiredValue(RunId), parsed.GetRequiredValue(NewRules), parsed.GetValue(Cliff));
        if (!folder.Exists) throw new WrongUseException($"There is no folder {folder}: name a rule folder, such as one in rules/.");
        if (cliff < 0m) throw new WrongUseException("--cliff takes points, 0 or more.");
        var rules = RuleFolder.Read(folder.ToString());
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        await CheckUse(node, run, rules, cancel);
        var (id, comparison) = await Compute(node, run, rules, cliff, parsed.InvocationConfiguration.Error, cancel);
        if (comparison is null) return CommandLine.FoundWrong;
        if (parsed.GetValue(Out) is { } folderOut) await Write(comparison, folderOut, cancel);
        var output = parsed.InvocationConfiguration.Output;
        var lang = parsed.GetValue(Lang);
        if (lang is not "en") ComparisonReport.Write(output, comparison, Language.Zh);
        if (lang is null) await output.WriteLineAsync();
        if (lang is not "zh") ComparisonReport.Write(output, comparison, Language.En);
        await output.WriteLineAsync($"comparison {id}");
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"units {comparison.Units.Count()} changed {comparison.GradesChanged} difference {comparison.Difference:0.00}"));
        return CommandLine.Ok;
    }

    private static async Task CheckUse(EvaluationNode node, string run, RuleFolder rules, CancellationToken cancel)
    {
        if (await node.Get<RunStore>().Find(run, cancel) is not { } found)
        {
            var known = await node.Get<RunStore>().List(cancel);
            throw new WrongUseException(known.Count == 0
                ? $"There is no run {run}: this data folder holds no run at all."
                : $"There is no run {run}. Known: {string.Join(", ", known.Select(one => one.Id))}");
        }

        if (found.State != "finished") throw new WrongUseException($"Run {run} is {found.State}: only a finished run can be compared.");
        if (!rules.Files.ContainsKey("cycle.yaml"))
        {
            throw new WrongUseException($"{rules.Name} has no cycle.yaml: a run is compared with the rules of a year.");
        }
    }

    private static async Task<(string Id, RuleComparison? Comparison)> Compute(
        EvaluationNode node, string run, RuleFolder rules, decimal cliff, TextWriter error, CancellationToken cancel)
    {
        try
        {
            return await node.Get<CompareRules>().Compare(run, rules, cliff, cancel);
        }
        catch (AllocationException problem)
        {
            await error.WriteLineAsync($"新规则下资金池 {problem.Pool} 无法分配：{problem.Reason.Zh}");
            await error.WriteLineAsync($"Under the other rules the pool {problem.Pool} cannot be shared: {problem.Reason.En}");
            return ("", null);
        }
    }

    private static async Task Write(RuleComparison comparison, DirectoryInfo folder, CancellationToken cancel)
    {
        var files = ComparisonTables.Of(comparison).ToDictionary(table => table.Key, table => CsvText.Of(table.Value));
        files.Add("comparison.json", ComparisonJson.Write(comparison));
        Directory.CreateDirectory(folder.FullName);
        foreach (var (name, bytes) in files) await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), bytes, cancel);
    }
}
