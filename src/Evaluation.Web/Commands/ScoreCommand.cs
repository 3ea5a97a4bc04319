using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Scoring;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Web.Commands;

/// <summary><c>score --rules DIR --facts FILE --out DIR</c>: scores a file of facts without a database.</summary>
internal static class ScoreCommand
{
    private static readonly Option<DirectoryInfo> RulesFolder = new("--rules")
    {
        Description = "A rule folder: one reference scheme, or a year",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<FileInfo> Facts = new("--facts")
    {
        Description = "CSV with one row a unit and one column a metric (empty = missing), or JSON: an array of objects",
        HelpName = "FILE.json|FILE.csv",
        Required = true,
    };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Folder for points.csv, totals.csv, score-cards.json; files of these names are replaced",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string?> Category = new("--category")
    {
        Description = "Category of a year with several schemes",
        HelpName = "ID",
    };

    private static readonly Option<DateOnly?> AsOf = AsOfOption();

    /// <summary>The day whose parameters are in force.</summary>
    internal static Option<DateOnly?> AsOfOption() => new("--as-of")
    {
        Description = "The day whose parameters are in force. Default: the cycle's, else the latest",
        HelpName = "YYYY-MM-DD",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(
                result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            result.AddError($"--as-of takes a day written as year-month-day (yyyy-mm-dd), not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    public static Command Create()
    {
        var command = new Command("score", "Score a file of facts by a rule folder, without a database.")
        {
            RulesFolder, Facts, Out, Category, AsOf,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(RulesFolder);
        var facts = parsed.GetRequiredValue(Facts);
        if (!folder.Exists) throw new WrongUseException($"There is no folder {folder}: name a rule folder, such as one in rules/.");
        if (!facts.Exists) throw new WrongUseException($"There is no file {facts}.");
        var rules = RuleSetLoader.Load(RuleFolder.Read(folder.FullName));
        var scheme = SchemeOf(rules, parsed.GetValue(Category));
        var cards = ScoreFiles.Score(rules, scheme, facts.FullName, parsed.GetRequiredValue(Out).FullName, parsed.GetValue(AsOf));
        parsed.InvocationConfiguration.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cards.Count} {(cards.Count == 1 ? "unit" : "units")} scored by {scheme.Id}, {cards.Count(card => card.Total is null)} without a total"));
        return CommandLine.Ok;
    }

    private static Scheme SchemeOf(RuleSet rules, string? category)
    {
        var ids = string.Join(", ", rules.Schemes.Select(scheme => scheme.Category));
        return (category, rules.Schemes) switch
        {
            (null, [var only]) => only,
            (null, _) => throw new WrongUseException($"{rules.Folder.Name} has several schemes: say which by --category ({ids})."),
            _ => rules.Schemes.FirstOrDefault(scheme => scheme.Category == category)
                ?? throw new WrongUseException($"{rules.Folder.Name} has no scheme for category '{category}', only: {ids}."),
        };
    }
}
