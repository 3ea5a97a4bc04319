using System.CommandLine;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Differences;

namespace Evaluation.Web.Commands;

/// <summary><c>rules diff OLD NEW [--lang zh|en]</c>: what changed between two rule sets, in sentences.</summary>
internal static class DiffCommand
{
    private static readonly Argument<DirectoryInfo> Old = new("old") { Description = "The older rule folder" };

    private static readonly Argument<DirectoryInfo> New = new("new") { Description = "The newer rule folder" };

    private static readonly Option<string?> Lang = new("--lang")
    {
        Description = "One language only: zh or en. Default: Chinese first, then English",
        HelpName = "zh|en",
    };

    public static Command Create()
    {
        Lang.AcceptOnlyFromAmong("zh", "en");
        var diff = new Command("diff",
            "Say in sentences what changed between two rule sets; the last line counts.") { Old, New, Lang };
        diff.SetAction(parsed => Diff(
            Load(parsed.GetRequiredValue(Old)), Load(parsed.GetRequiredValue(New)), parsed.GetValue(Lang),
                parsed.InvocationConfiguration.Output));
        return diff;
    }

    private static int Diff(RuleSet old, RuleSet now, string? lang, TextWriter output)
    {
        var found = RuleSetDifferences.Of(old, now);
        if (lang is not "en") Write(output, found, Language.Zh, $"共 {found.Count} 处不同");
        if (lang is null) output.WriteLine();
        if (lang is not "zh")
        {
            Write(output, found, Language.En, found.Count == 1 ? "1 difference" : $"{found.Count} differences");
        }

        return CommandLine.Ok;
    }

    private static void Write(TextWriter output, IReadOnlyList<Difference> found, Language language, string count)
    {
        foreach (var difference in found) output.WriteLine(difference.Sentence.In(language));
        output.WriteLine(count);
    }

    private static RuleSet Load(DirectoryInfo folder) => folder.Exists
        ? RuleSetLoader.Load(RuleFolder.Read(folder.ToString()))
        : throw new WrongUseException($"There is no folder {folder}: name a rule folder, such as one in rules/.");
}
