using System.CommandLine;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Mutation;

namespace Evaluation.Web.Commands;

/// <summary><c>rules mutate DIR…</c>: changes the rules one by one and counts the changes that worked cases
/// notice.</summary>
internal static class MutateCommand
{
    private static readonly Argument<DirectoryInfo[]> Folders = new("dir")
    {
        Description = "Rule folders, or folders of rule folders such as rules/",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var mutate = new Command("mutate", """
            Change thresholds, points, operators, weights, goalposts, parameters, answers and names one by one, as well as
            places by rank, ties, judgements, awards, decision tables and data checks, and report every change that no
            worked case notices. Exit code 1 below 95 %. Changes that are the same rule in other words are listed with
            their reason in the folder's mutants.yaml. Figures that are only shown are left alone.
            """)
        { Folders };
        mutate.SetAction(parsed => Mutate(parsed.GetRequiredValue(Folders), parsed.InvocationConfiguration));
        return mutate;
    }

    private static int Mutate(IEnumerable<DirectoryInfo> named, InvocationConfiguration console)
    {
        int killed = 0, total = 0;
        var passed = true;
        var folders = named.SelectMany(Below).ToList();
        foreach (var folder in folders)
        {
            var report = RuleSetMutation.Run(RuleFolder.Read(folder));
            foreach (var line in report.Lines)
            {
                console.Output.WriteLine(folders.Count > 1 && line.StartsWith("killed ", StringComparison.Ordinal)
                    ? $"{folder}: {line}" : line);
            }

            killed += report.Killed;
            total += report.Total;
            passed &= report.Passed;
        }

        if (folders.Count > 1) console.Output.WriteLine(MutationReport.Summary(killed, total));

        return passed ? CommandLine.Ok : CommandLine.FoundWrong;
    }

    private static IReadOnlyList<string> Below(DirectoryInfo folder) => folder.Exists
        ? RuleFolder.Below(folder.ToString())
        : throw new WrongUseException($"There is no folder {folder}: name a rule folder, such as one in rules/.");
}
