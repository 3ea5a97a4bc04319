using System.CommandLine;
using System.Globalization;
using System.Text;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;

namespace Evaluation.Web.Commands;

/// <summary><c>what-if RUN --category ID</c>: awards of a sealed run under other settings or another policy, side by side,
/// beside those that hold.</summary>
internal static class WhatIfCommand
{
    private static readonly Argument<string> RunId = new("run") { Description = "The id of a finished run" };

    private static readonly Option<string> Category = new("--category")
    {
        Description = "Category whose awards are asked about",
        HelpName = "ID",
        Required = true,
    };

    private static readonly Option<string[]> Set = SetOption();

    private static readonly Option<string[]> Scenarios = new("--scenario")
    {
        Description = "A scenario with a name, for several side by side; may be given several times",
        HelpName = "\"NAME: SETTING=VALUE; …\"",
    };

    private static readonly Option<FileInfo?> Policy = new("--policy")
    {
        Description = "Another award policy on the same run; its columns are the card's grade, rank and total, and the run's metrics",
        HelpName = "FILE.yaml",
    };

    private static readonly Option<FileInfo?> Out = new("--out")
    {
        Description = "File for the table. Default: standard output",
        HelpName = "FILE.csv",
    };

    /// <summary>The settings of a scenario.</summary>
    public static Option<string[]> SetOption() => new("--set")
    {
        Description = "budget, amount.GRADE, places.GRADE, coefficient, basis, floor, cap, guarantee, threshold, or a parameter",
        HelpName = "NAME=VALUE",
    };

    public static Command Create()
    {
        var command = new Command("what-if", """
            Awards of a sealed run under other settings or another policy, beside the approved ones (before an approval: those the run
            gave). Nothing is stored.
            """)
        {
            RunId, Category, Set, Scenarios, Policy, Out,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var console = parsed.InvocationConfiguration;
        var questions = Questions(parsed);
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var run = await ApproveCommand.FinishedRun(node, parsed.GetRequiredValue(RunId), "can be asked", cancel);
        var category = await ApproveCommand.CategoryOf(node, run, parsed.GetRequiredValue(Category), cancel);
        var open = await node.Get<WhatIf>().Open(run.Id, category, cancel);
        var newest = (await node.Get<ApprovalStore>().Newest(run.Cycle, cancel)).GetValueOrDefault(category);
        var name = open.Rules.Cycle!.Categories.Single(one => one.Id == category).Name;
        var standing = PaymentWords.Standing(new CategoryMoney(category, run.Id, newest, open.Given), name);
        await console.Error.WriteLineAsync(standing.Zh);
        await console.Error.WriteLineAsync(standing.En);
        var answers = new List<(string Name, ScenarioResult Result)>();
        foreach (var (title, ask) in questions)
        {
            answers.Add((title, ScenarioResult.Of(newest?.Results ?? open.Given, await Asked(title, ask, open, questions.Count, console))));
        }

        await Tell(answers, parsed.GetValue(Out), console, cancel);
        return CommandLine.Ok;
    }

    private static List<(string Name, Func<SealedCategory, IReadOnlyList<AllocationResult>> Ask)> Questions(ParseResult parsed)
    {
        var questions = new List<(string Name, Func<SealedCategory, IReadOnlyList<AllocationResult>> Ask)>();
        if (parsed.GetValue(Set) is { Length: > 0 } set) Add("scenario", AllocateCommand.Pairs(set, "--set"));
        foreach (var text in parsed.GetValue(Scenarios) ?? [])
        {
            var (name, settings) = Named(text);
            Add(name, settings);
        }

        if (parsed.GetValue(Policy) is { } file)
        {
            var policy = AllocateCommand.Loaded(AllocateCommand.Existing(file));
            questions.Add((policy.Id, open => open.Ask(policy)));
        }

        if (questions.Count == 0) throw new WrongUseException("Say what to ask: --set NAME=VALUE, --scenario \"NAME: SETTING=VALUE\" or --policy FILE.yaml.");
        var twice = questions.GroupBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? questions : throw new WrongUseException($"Two scenarios are called '{twice.Key}': give each a name of its own.");

        void Add(string name, Dictionary<string, string> settings) =>
            questions.Add((name, open => open.Ask(new Scenario(settings))));
    }

    private static (string Name, Dictionary<string, string> Settings) Named(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon > 0 ? text[..colon].Trim() : "";
        var settings = AllocateCommand.Pairs([.. Parts(text[(colon + 1)..])], "--scenario");
        return name.Length > 0 && settings.Count > 0
            ? (name, settings)
            : throw new WrongUseException($"--scenario takes \"NAME: SETTING=VALUE; …\", not '{text}'.");
    }

    // Semicolons part settings, but not within a text of FEEL.
    private static IEnumerable<string> Parts(string settings)
    {
        var (part, quoted) = (new StringBuilder(), false);
        foreach (var letter in settings)
        {
            quoted ^= letter == '"';
            if (letter == ';' && !quoted)
            {
                if (part.ToString().Trim() is { Length: > 0 } one) yield return one;
                part.Clear();
            }
            else part.Append(letter);
        }

        if (part.ToString().Trim() is { Length: > 0 } last) yield return last;
    }

    private static async Task<IReadOnlyList<AllocationResult>> Asked(
        string name, Func<SealedCategory, IReadOnlyList<AllocationResult>> ask, SealedCategory open, int questions,
        InvocationConfiguration console)
    {
        try
        {
            return ask(open);
        }
        catch (Exception refused) when (questions > 1 && refused is AllocationException or ScenarioException)
        {
            await console.Error.WriteLineAsync($"{name}:");
            throw;
        }
    }

    private static async Task Tell(
        IReadOnlyList<(string Name, ScenarioResult Result)> answers, FileInfo? file, InvocationConfiguration console, CancellationToken cancel)
    {
        using var table = new MemoryStream();
        if (answers is [var only]) AllocateFiles.WriteScenario(only.Result, table);
        else AllocateFiles.WriteScenarios(answers, table);
        if (file is not null) await File.WriteAllBytesAsync(file.FullName, table.ToArray(), cancel);
        else await console.Output.WriteAsync(Encoding.UTF8.GetString(table.ToArray()));
        foreach (var (name, result) in answers)
        {
            var title = answers.Count == 1 ? "" : name + ": ";
            await console.Output.WriteLineAsync(
                $"{title}approved {Number(result.Before)} scenario {Number(result.Amount)} difference {Number(result.Difference)} "
                + $"units {result.Units.Count.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static string Number(Money amount) => AllocateFiles.Number(amount.Yuan);
}
