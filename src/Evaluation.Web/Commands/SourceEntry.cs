using System.CommandLine;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Hosting;

namespace Evaluation.Web.Commands;

/// <summary><c>sources add</c> and <c>sources set</c>.</summary>
internal static class SourceEntry
{
    private static readonly Option<string> Kind = new("--kind")
    {
        Description = $"One of: {string.Join("; ", SourceKind.All.Select(Described))}", HelpName = "KIND", Required = true,
    };

    private static readonly Option<string?> Address = new("--address") { Description = "http(s) address", HelpName = "URL" };

    private static readonly Option<string?> Profile = new("--profile")
    {
        Description = "Mapping profile in the rule folder's imports/ that reads its pages", HelpName = "NAME",
    };

    private static readonly Option<DirectoryInfo?> Cycle = new("--cycle")
    {
        Description = "The rule folder that the profile is taken from", HelpName = "DIR",
    };

    private static readonly Option<string?> Unit = new("--unit")
    {
        Description = "Unit whose data these are, whatever names stand in them", HelpName = "UNIT",
    };

    private static readonly Option<string?> Cron = new("--cron")
    {
        Description = "Schedule in Beijing time: second minute hour day month weekday. Default: every day at three",
        HelpName = "CRON",
    };

    private static readonly Option<double?> Overlap = new("--overlap-days")
    {
        Description = "How far a scheduled pull reaches back behind its period. Default: what its kind needs", HelpName = "N",
    };

    private static readonly Option<string?> Since = new("--since")
    {
        Description = "First day of the first scheduled period, yyyy-MM-dd. Default: now", HelpName = "DAY",
    };

    private static readonly Option<int?> PauseMs = new("--pause-ms")
    {
        Description = "Politeness: milliseconds between two requests. Default: 500", HelpName = "N",
    };

    private static readonly Option<long?> MostBytes = new("--most-bytes")
    {
        Description = "A body may not be longer. Default: 4 GiB", HelpName = "N",
    };

    private static readonly Option<string[]> Options = new("--option")
    {
        Description = "What its kind wants to know besides; may be given several times", HelpName = "NAME=VALUE",
    };

    private static readonly Option<string[]> Credentials = new("--credential")
    {
        Description = "A credential; its value is read from standard input, one line each, never from the command line",
        HelpName = "NAME",
    };

    private static Option[] Common =>
        [Address, Profile, Cycle, Unit, Cron, Overlap, PauseMs, MostBytes, Options, Credentials];

    public static Command Add() => SourcesCommand.Of(
        "add", "Enter a source.",
        (parsed, node, cancel) => Enter(parsed, node, Draft(parsed) with
        {
            Kind = parsed.GetRequiredValue(Kind),
            Since = parsed.GetValue(Since) is { } day ? SourcesCommand.DayOf(day) : null,
        }, add: true, cancel),
        [SourcesCommand.Name, Kind, Since, .. Common]);

    public static Command Set() => SourcesCommand.Of(
        "set", "Change a source; what is not named stays.",
        (parsed, node, cancel) => Enter(parsed, node, Draft(parsed), add: false, cancel),
        [SourcesCommand.Name, .. Common]);

    private static async Task<int> Enter(
        ParseResult parsed, EvaluationNode node, SourceDraft draft, bool add, CancellationToken cancel)
    {
        var desk = node.Get<SourceDesk>();
        var remarks = add ? await desk.Add(draft, cancel) : await desk.Set(draft, cancel);
        foreach (var remark in remarks) SourcesCommand.Say(parsed.InvocationConfiguration.Error, remark);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{draft.Code} {(add ? "added" : "set")}");
        return CommandLine.Ok;
    }

    private static SourceDraft Draft(ParseResult parsed) => new(parsed.GetRequiredValue(SourcesCommand.Name))
    {
        Address = parsed.GetValue(Address),
        Profile = parsed.GetValue(Profile),
        Rules = parsed.GetValue(Cycle) is { } folder ? YearRequest.RulesOf(folder) : null,
        Unit = parsed.GetValue(Unit),
        Cron = parsed.GetValue(Cron),
        Overlap = parsed.GetValue(Overlap) is { } days ? DaysOf(days) : null,
        Pause = parsed.GetValue(PauseMs) is { } pause ? TimeSpan.FromMilliseconds(NotNegative(pause, "--pause-ms")) : null,
        MostBytes = parsed.GetValue(MostBytes) is { } most ? Positive(most) : null,
        Options = (parsed.GetValue(Options) ?? []).Select(Pair).ToDictionary(StringComparer.Ordinal),
        Credentials = Read(parsed.GetValue(Credentials) ?? []),
    };

    private static TimeSpan DaysOf(double days) => days is >= 0 and < 3660
        ? TimeSpan.FromDays(days)
        : throw new WrongUseException("--overlap-days is a number of days, 0 or more.");

    private static int NotNegative(int value, string option) =>
        value >= 0 ? value : throw new WrongUseException($"{option} is 0 or more.");

    private static long Positive(long value) =>
        value > 0 ? value : throw new WrongUseException("--most-bytes is more than 0.");

    private static KeyValuePair<string, string> Pair(string text) => text.IndexOf('=', StringComparison.Ordinal) is var at and > 0
        ? KeyValuePair.Create(text[..at], text[(at + 1)..])
        : throw new WrongUseException($"--option {text}: write NAME=VALUE.");

    /// <summary>Values of credentials: on a terminal they are asked for and not shown.</summary>
    private static Dictionary<string, string> Read(string[] names)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            values[name] = (Console.IsInputRedirected ? Console.In.ReadLine() : Ask(name)) ?? throw new WrongUseException(
                $"--credential {name}: its value was expected on standard input, one line each.");
        }

        return values;
    }

    private static string Ask(string name)
    {
        Console.Error.Write($"{name}: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }

    private static string Described(SourceKind kind)
    {
        var needs = kind.Credentials.Select(field => field.Required ? field.Name : $"[{field.Name}]").ToList();
        return $"{kind.Kind} ({kind.Name.En}"
            + (needs.Count > 0 ? $"; credentials {string.Join(' ', needs)}" : "")
            + (kind.Options.Count > 0 ? $"; options {string.Join(' ', kind.Options)}" : "") + ")";
    }
}
