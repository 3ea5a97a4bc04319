using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;

namespace Evaluation.Web.Commands;

/// <summary><c>sources list|show|pause|resume|pull|backfill</c>; adding and setting are in <see cref="SourceEntry"/>.</summary>
internal static class SourcesCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Option<bool> AsJson = new("--json") { Description = "Print JSON" };

    private static readonly Option<string> From = new("--from")
    {
        Description = "First day of the period, yyyy-MM-dd (Beijing time)", HelpName = "DAY", Required = true,
    };

    private static readonly Option<string> Until = new("--until")
    {
        Description = "Last day of the period, yyyy-MM-dd", HelpName = "DAY", Required = true,
    };

    public static Argument<string> Name { get; } = new("name") { Description = "Code of the source" };

    public static Command Create() => new("sources", "Outside systems that are pulled on schedule.")
    {
        Of("list", "List the sources with their state.", List, AsJson),
        SourceEntry.Add(),
        SourceEntry.Set(),
        Of("pause", "Stop pulling a source; nothing of it is lost.", (parsed, node, cancel) => Pause(parsed, node, true, cancel), Name),
        Of("resume", "Pull a paused source again; the periods it missed are made up.",
            (parsed, node, cancel) => Pause(parsed, node, false, cancel), Name),
        Of("pull", "Pull now what is new since the last pull; the last line counts.", Pull, Name),
        Of("backfill", "Pull a past period, again if need be; the last line counts.", Backfill, Name, From, Until),
        Of("show", "Show a source, its pulls and its documents.", Show, Name, AsJson),
    };

    /// <summary>A command that works on an open data folder.</summary>
    public static Command Of(
        string name, string description, Func<ParseResult, EvaluationNode, CancellationToken, Task<int>> work,
        params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Add(argument);
            else command.Add((Option)symbol);
        }

        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
                return await work(parsed, node, cancel);
            }
            catch (SourceSetupException wrong)
            {
                throw new WrongUseException(wrong.Message);
            }
        });
        return command;
    }

    /// <summary>The midnight that begins a civil day of the evaluation.</summary>
    public static DateTimeOffset DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.FromHours(8))
            : throw new WrongUseException($"'{text}' is no day: write yyyy-MM-dd.");

    public static void Say(TextWriter to, Bilingual text)
    {
        to.WriteLine(text.Zh);
        to.WriteLine(text.En);
    }

    private static async Task<int> List(ParseResult parsed, EvaluationNode node, CancellationToken cancel)
    {
        var output = parsed.InvocationConfiguration.Output;
        var all = await node.Get<SourcePages>().List(cancel);
        if (parsed.GetValue(AsJson))
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(all.Select(Fields), Json));
            return CommandLine.Ok;
        }

        if (all.Count == 0)
        {
            await output.WriteLineAsync("还没有来源。添加：./evaluation sources add 名称 --kind … --address … --profile … --cycle …");
            await output.WriteLineAsync("No source yet. Add one: ./evaluation sources add NAME --kind … --address … --profile … --cycle …");
            return CommandLine.Ok;
        }

        foreach (var one in all)
        {
            await output.WriteLineAsync(
                $"{one.Source.Code}\t{one.Source.Kind}\t{one.Source.State}\t{one.LastState ?? "never pulled"}\t"
                + $"last {Moment(one.LastEnd)}\tnext {Moment(NextRun(one.Source))}\tdocuments {one.Documents} rejected {one.Rejected}");
        }

        return CommandLine.Ok;
    }

    private static async Task<int> Pause(ParseResult parsed, EvaluationNode node, bool pause, CancellationToken cancel)
    {
        var name = parsed.GetRequiredValue(Name);
        await node.Get<SourceDesk>().Pause(name, pause, cancel);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{name} {(pause ? "paused" : "active")}");
        return CommandLine.Ok;
    }

    private static async Task<int> Pull(ParseResult parsed, EvaluationNode node, CancellationToken cancel) =>
        Tell(parsed, await node.Get<SourceDesk>().PullNow(parsed.GetRequiredValue(Name), cancel));

    private static async Task<int> Backfill(ParseResult parsed, EvaluationNode node, CancellationToken cancel)
    {
        var from = DayOf(parsed.GetRequiredValue(From));
        var to = DayOf(parsed.GetRequiredValue(Until)).AddDays(1);
        if (from >= to) throw new WrongUseException("--until is before --from.");
        var pull = new PullId(parsed.GetRequiredValue(Name), from, to);
        return Tell(parsed, await node.Get<SourceDesk>().Backfill(pull, cancel));
    }

    private static int Tell(ParseResult parsed, SourcePull pull)
    {
        var console = parsed.InvocationConfiguration;
        if (pull.Problem is { } problem) Say(console.Error, problem);
        console.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"pulled {pull.Pages} documents {pull.Documents} accepted {pull.Accepted} rejected {pull.Rejected} replaced {pull.Replaced} flagged {pull.Flagged}"));
        return pull.State == "done" ? CommandLine.Ok : CommandLine.FoundWrong;
    }

    private static async Task<int> Show(ParseResult parsed, EvaluationNode node, CancellationToken cancel)
    {
        var output = parsed.InvocationConfiguration.Output;
        var name = parsed.GetRequiredValue(Name);
        await node.Get<SourceDesk>().Find(name, cancel);
        var summary = (await node.Get<SourcePages>().List(cancel)).Single(one => one.Source.Code == name);
        var pulls = await node.Get<PullStore>().OfSource(name, cancel);
        var documents = await node.Get<PullStore>().Documents(name, cancel);
        if (parsed.GetValue(AsJson))
        {
            var whole = new { source = Fields(summary), pulls = pulls.Select(Fields), documents };
            await output.WriteLineAsync(JsonSerializer.Serialize(whole, Json));
            return CommandLine.Ok;
        }

        foreach (var (key, value) in Fields(summary))
        {
            await output.WriteLineAsync($"{key}: {(value is DateTimeOffset moment ? Moment(moment) : value)}");
        }

        foreach (var pull in pulls)
        {
            await output.WriteLineAsync(
                $"pull {Moment(pull.Id.From)} – {Moment(pull.Id.To)} {pull.Cause} {pull.State} pages {pull.Pages} "
                + $"accepted {pull.Accepted} rejected {pull.Rejected}");
            if (pull.Problem is { } problem) Say(output, problem);
        }

        foreach (var document in documents) await output.WriteLineAsync($"document {document.Name} {document.File} {document.Request}");
        return CommandLine.Ok;
    }

    private static Dictionary<string, object?> Fields(SourceSummary one) => new()
    {
        ["source"] = one.Source.Code,
        ["kind"] = one.Source.Kind,
        ["address"] = one.Source.Address,
        ["profile"] = one.Source.Profile,
        ["unit"] = one.Source.Unit,
        ["cron"] = one.Source.Cron,
        ["overlap_days"] = one.Source.Overlap.TotalDays,
        ["options"] = string.Join(' ', one.Source.Options.Select(pair => $"{pair.Key}={pair.Value}")),
        ["credentials"] = one.Source.Credentials is null ? "none" : "encrypted",
        ["state"] = one.Source.State,
        ["last_result"] = one.LastState,
        ["last_end"] = one.LastEnd,
        ["problem_zh"] = one.Problem?.Zh,
        ["problem_en"] = one.Problem?.En,
        ["pulled_until"] = one.PulledUntil,
        ["next_run"] = NextRun(one.Source),
        ["waiting"] = one.Waiting,
        ["documents"] = one.Documents,
        ["rejected"] = one.Rejected,
    };

    private static Dictionary<string, object?> Fields(SourcePull pull) => new()
    {
        ["from"] = pull.Id.From,
        ["to"] = pull.Id.To,
        ["cause"] = pull.Cause,
        ["state"] = pull.State,
        ["pages"] = pull.Pages,
        ["documents"] = pull.Documents,
        ["accepted"] = pull.Accepted,
        ["rejected"] = pull.Rejected,
        ["problem_zh"] = pull.Problem?.Zh,
        ["problem_en"] = pull.Problem?.En,
    };

    private static DateTimeOffset? NextRun(Source source) =>
        source.IsPaused ? null : SourceCalendar.Parse(source.Cron)?.Next(TimeProvider.System.GetUtcNow());

    private static string Moment(DateTimeOffset? moment) =>
        moment?.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "–";
}
