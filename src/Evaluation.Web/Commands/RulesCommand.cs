using System.CommandLine;
using System.Globalization;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Checks;

namespace Evaluation.Web.Commands;

/// <summary><c>rules check [DIR…]</c>: static checks and all worked cases of rule folders.</summary>
internal static class RulesCommand
{
    private static readonly Argument<DirectoryInfo[]> Folders = new("dir")
    {
        Description = "Rule folders: a year, or one reference scheme. Default: all of rules/",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var check = new Command("check", "Prove rule folders: static checks and all worked cases; the last line counts.") { Folders };
        check.SetAction(parsed => Check(parsed.GetValue(Folders) ?? [], parsed.InvocationConfiguration));
        return new Command("rules", "Rule folders.") { check, MutateCommand.Create(), DiffCommand.Create(), ExportCommand.Create() };
    }

    private static int Check(IReadOnlyList<DirectoryInfo> named, InvocationConfiguration console)
    {
        int passed = 0, failed = 0;
        foreach (var folder in named.Count > 0 ? named.Select(Existing).ToList() : All())
        {
            var report = ReportOf(folder);
            foreach (var line in report.Lines) console.Output.WriteLine(line);
            console.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{folder}: {report.Passed} passed, {report.Failed} failed"));
            passed += report.Passed;
            failed += report.Failed;
        }

        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed"));
        return failed == 0 ? CommandLine.Ok : CommandLine.FoundWrong;
    }

    private static RuleCheckReport ReportOf(string folder)
    {
        try
        {
            return RuleSetCheck.Run(RuleFolder.Read(folder));
        }
        catch (RuleSetException unreadable)
        {
            return new RuleCheckReport(folder, unreadable.Problems, [], []);
        }
    }

    private static string Existing(DirectoryInfo folder) => folder.Exists
        ? folder.ToString()
        : throw new WrongUseException($"There is no folder {folder}: name a rule folder, such as one in rules/.");

    /// <summary>Every folder below <c>rules/</c> that is a year or a reference scheme, as seen from here.</summary>
    private static List<string> All()
    {
        var rules = Path.Combine(Places.Project(), "rules");
        var found = Directory.Exists(rules)
            ? RuleFolder.Below(rules).Where(folder => folder != rules)
                .Select(folder => Path.GetRelativePath(Environment.CurrentDirectory, folder))
                .ToList()
            : [];
        return found.Count > 0 ? found : throw new WrongUseException($"There are no rule folders in {rules}: name one.");
    }
}
