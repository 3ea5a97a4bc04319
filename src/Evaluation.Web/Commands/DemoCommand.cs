using System.CommandLine;
using Evaluation.Jobs.Demo;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Web.Commands;

/// <summary><c>demo</c>: a whole year on generated data, then the web pages.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> Scale = ScaleOption();

    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "The same seed gives the same data",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<DirectoryInfo?> Cycle = new("--cycle")
    {
        Description = "The rule folder of the year. Default: the latest year of rules/",
        HelpName = "DIR",
    };

    private static readonly Option<bool> NoServe = new("--no-serve")
    {
        Description = "End after the list of reports; do not serve the web pages",
    };

    public static Command Create()
    {
        var command = new Command("demo", "Run a whole year on generated data, then serve the web pages.")
        {
            Scale, Seed, Cycle, NoServe, ServeCommand.Port,
        };
        command.SetAction(Run);
        return command;
    }

    private static Option<string> ScaleOption()
    {
        var option = new Option<string>("--scale")
        {
            Description = "How much is generated: " + string.Join(", ", DemoScale.Names),
            HelpName = string.Join('|', DemoScale.Names),
            DefaultValueFactory = _ => DemoScale.Names[0],
        };
        option.AcceptOnlyFromAmong([.. DemoScale.Names]);
        return option;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = new Terminal(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var data = Places.DataFolder(parsed);
        var cycle = parsed.GetValue(Cycle) ?? Places.LatestCycle();
        var period = YearRequest.RulesOf(cycle).Cycle!.Period;
        var input = Generate(parsed, data, period, terminal, cancel);
        var request = YearRequest.Of(cycle, [input], terminal);
        await using var year = await YearRun.Open(data, terminal, cancel);
        var outcome = await year.Run(request, cancel);
        if (outcome != CommandLine.Ok || parsed.GetValue(NoServe)) return outcome;
        return await ServeCommand.Serve(year, data, parsed.GetValue(ServeCommand.Port), terminal, cancel);
    }

    private static string Generate(
        ParseResult parsed, string data, Period period, Terminal terminal, CancellationToken cancel)
    {
        var scale = DemoScale.Named(parsed.GetRequiredValue(Scale));
        return DemoFolder.Write(
            Path.Combine(data, "demo"), scale, parsed.GetValue(Seed), period, made => terminal.Say("generate  " + made), cancel);
    }
}
