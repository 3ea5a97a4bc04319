using System.CommandLine;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Exporting;

namespace Evaluation.Web.Commands;

/// <summary><c>rules export --dmn DIR [--out DIR]</c>: a rule set as DMN 1.5 models with the worked cases as test
/// files.</summary>
internal static class ExportCommand
{
    private static readonly Option<DirectoryInfo> RuleFolderOption = new("--dmn")
    {
        Description = "The rule folder to write as DMN 1.5: a year, or one reference scheme",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<DirectoryInfo?> Out = new("--out")
    {
        Description = "Where the files go. Default: the folder 'dmn' here",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var export = new Command("export", """
            Write a rule set as DMN 1.5: one model a scheme, in which every indicator is a decision with its table or
            expression, and beside it the worked cases in the form of the conformance kit (run them by 'dmn test').
            """)
        { RuleFolderOption, Out };
        export.SetAction(parsed => Export(
            parsed.GetRequiredValue(RuleFolderOption), parsed.GetValue(Out), parsed.InvocationConfiguration));
        return export;
    }

    private static int Export(DirectoryInfo folder, DirectoryInfo? named, InvocationConfiguration console)
    {
        if (!folder.Exists)
        {
            throw new WrongUseException($"There is no folder {folder}: name a rule folder, such as one in rules/.");
        }

        var rules = RuleSetLoader.Load(RuleFolder.Read(folder.ToString()));
        var models = DmnExport.Of(rules);
        if (models.Count == 0)
        {
            console.Error.WriteLine($"{folder}: the rule set has no scheme, so there is no decision to write as DMN.");
            return CommandLine.FoundWrong;
        }

        var target = Directory.CreateDirectory((named ?? new DirectoryInfo("dmn")).ToString());
        foreach (var (name, text) in models)
        {
            var path = Path.Combine(target.ToString(), name);
            File.WriteAllText(path, text);
            console.Output.WriteLine(path);
        }

        return CommandLine.Ok;
    }
}
