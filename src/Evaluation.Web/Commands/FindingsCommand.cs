using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;

namespace Evaluation.Web.Commands;

/// <summary>
/// <c>findings list RUN</c> and <c>findings decide RUN NUMBER</c>: what the data checks found, and what people decide on
/// it before the data are locked.
/// </summary>
internal static class FindingsCommand
{
    private static readonly Argument<string> RunId = new("run") { Description = "The id of a run" };

    private static readonly Argument<long> Number = new("number") { Description = "The number of the finding in the list" };

    private static readonly Option<bool> Open = new("--open") { Description = "Only what still has to be decided on" };

    private static readonly Option<string> Lang = new("--lang")
    {
        Description = "Language of the messages", HelpName = "zh|en", DefaultValueFactory = _ => "zh",
    };

    private static readonly Option<bool> Keep = new("--keep") { Description = "The figure is right: use it as reported" };

    private static readonly Option<bool> Exclude = new("--exclude") { Description = "The figure is not used" };

    private static readonly Option<decimal?> Correct = new("--correct")
    {
        Description = "The right figure, in the unit of the metric", HelpName = "VALUE",
    };

    private static readonly Option<string?> Metric = new("--metric")
    {
        Description = "Which figure is meant, where the finding touches several; default: the one the list names",
        HelpName = "CODE",
    };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why", Required = true };

    private static readonly Option<string> By = new("--by") { Description = "Who decides", Required = true };

    public static Command Create()
    {
        Lang.AcceptOnlyFromAmong("zh", "en");
        var list = new Command("list", "List findings: number, severity, check, place, message, decision.") { RunId, Open, Lang };
        list.SetAction(List);
        var decide = new Command("decide", "Decide on a finding: keep, exclude or correct the figure.")
        {
            RunId, Number, Keep, Exclude, Correct, Metric, Reason, By,
        };
        decide.SetAction(Decide);
        return new Command("findings", "What the data checks found, and decisions on it before the data are locked.")
        {
            list, decide,
        };
    }

    private static async Task<int> List(ParseResult parsed, CancellationToken cancel)
    {
        var output = parsed.InvocationConfiguration.Output;
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var run = await ReplayCommand.RunOf(node, parsed.GetRequiredValue(RunId), cancel);
        var decided = await node.Get<DecisionStore>().OfCycle(run.Cycle, cancel);
        var language = parsed.GetValue(Lang) == "en" ? Language.En : Language.Zh;
        var (open, shown) = (0, 0);
        foreach (var finding in await node.Get<FindingStore>().OfRun(run.Id, cancel))
        {
            var decision = decided.GetValueOrDefault(finding.NaturalKey);
            var isOpen = finding.Severity == "blocking" && decision is null;
            if (isOpen) open++;
            if (parsed.GetValue(Open) && !isOpen) continue;
            shown++;
            await output.WriteLineAsync(LineOf(finding, decision, language));
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"findings {shown} open {open}"));
        return open == 0 ? CommandLine.Ok : CommandLine.FoundWrong;
    }

    private static async Task RefuseOther(
        EvaluationNode node, Run run, Finding finding, string metric, CancellationToken cancel)
    {
        var (_, rules) = await node.Get<RuleSetsOnRecord>().Of(run.Id, cancel);
        var touched = rules.DataChecks.FirstOrDefault(check => check.Id == finding.Code)?.Touches ?? [];
        if (metric == finding.Metric || touched.Contains(metric)) return;
        throw new WrongUseException(
            $"Finding {finding.Number} does not touch {metric}. It touches: {string.Join(", ", touched.Append(finding.Metric).Distinct())}");
    }

    private static string LineOf(Finding finding, FindingDecision? decision, Language language) => string.Join(
        '\t',
        finding.Number.ToString(CultureInfo.InvariantCulture),
        finding.Severity,
        finding.Code,
        string.Join('/', new[] { finding.Category, finding.Unit, finding.Resource }.Where(part => part is not null)),
        finding.Message.In(language),
        decision is null ? "-" : $"{decision.Kind} ({decision.By}: {decision.Reason})");

    private static async Task<int> Decide(ParseResult parsed, CancellationToken cancel)
    {
        var value = parsed.GetValue(Correct);
        var kinds = new[] { (parsed.GetValue(Keep), FindingDecision.Keep), (parsed.GetValue(Exclude), FindingDecision.Exclude), (value is not null, FindingDecision.Correct) }
            .Where(kind => kind.Item1).Select(kind => kind.Item2).ToList();
        if (kinds is not [var kind]) throw new WrongUseException("Say exactly one of --keep, --exclude and --correct VALUE.");
        var (reason, by) = (parsed.GetRequiredValue(Reason).Trim(), parsed.GetRequiredValue(By).Trim());
        if (reason.Length == 0 || by.Length == 0) throw new WrongUseException("--reason and --by must not be empty: they are kept on record.");
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var run = await ReplayCommand.RunOf(node, parsed.GetRequiredValue(RunId), cancel);
        var number = parsed.GetRequiredValue(Number);
        var finding = (await node.Get<FindingStore>().OfRun(run.Id, cancel)).FirstOrDefault(one => one.Number == number)
            ?? throw new WrongUseException($"Run {run.Id} has no finding {number}: see ./evaluation findings list {run.Id}");
        var metric = parsed.GetValue(Metric);
        if (metric is not null) await RefuseOther(node, run, finding, metric, cancel);
        if (kind != FindingDecision.Keep && finding.Metric is null)
        {
            throw new WrongUseException($"Finding {number} is about no figure: it can only be kept, or mended in the files.");
        }

        await node.Get<DecisionStore>().Decide(
            run.Cycle, new FindingDecision(finding.NaturalKey, kind, metric, value, reason, by, default), cancel);
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync($"finding {number}: {kind}");
        await output.WriteLineAsync(run.SnapshotHash is null
            ? "The run goes on with the command that started it."
            : "The data of this run are locked already: a new run will follow the decision.");
        return CommandLine.Ok;
    }
}
