using System.CommandLine;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Web.Commands;

/// <summary><c>import --format NAME FILE… --cycle DIR</c>: outside files into observations.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "Files, or folders of files",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Format = new("--format")
    {
        Description = $"{string.Join(", ", ImportFormats.All)}, the name of a mapping profile in imports/, or auto",
        HelpName = "NAME",
        Required = true,
    };

    private static readonly Option<DirectoryInfo> Cycle = new("--cycle")
    {
        Description = "The rule folder of the year, with its mapping profiles",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Store nothing; no database is needed" };

    private static readonly Option<FileInfo?> Out = new("--out")
    {
        Description = "Write the observations to this file",
        HelpName = "FILE.csv",
    };

    public static Command Create()
    {
        var command = new Command("import", "Read outside files into observations; the last line counts.")
        {
            Files, Format, Cycle, DryRun, Out,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var console = parsed.InvocationConfiguration;
        var folder = parsed.GetRequiredValue(Cycle);
        // Looking needs no year: a reference scheme may have mapping profiles, too.
        var rules = parsed.GetValue(DryRun) ? YearRequest.AnyRulesOf(folder) : YearRequest.RulesOf(folder);
        var (format, files) = (parsed.GetRequiredValue(Format), parsed.GetRequiredValue(Files));
        var outFile = parsed.GetValue(Out)?.FullName;
        if (parsed.GetValue(DryRun))
        {
            var look = new Jobs.Collecting.ImportCommand(rules, console.Output, console.Error);
            return await look.Run(format, files, outFile, null, cancel);
        }

        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var institutions = await node.Get<InstitutionStore>().Confirmed(cancel);
        var import = new Jobs.Collecting.ImportCommand(rules, console.Output, console.Error, institutions);
        return await import.Run(format, files, outFile, node.Get<DocumentStore>(), cancel);
    }
}
