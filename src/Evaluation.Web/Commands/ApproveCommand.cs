using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;

namespace Evaluation.Web.Commands;

/// <summary><c>approve RUN [--category ID --set …] --by NAME --reason TEXT</c>: a person approves the awards of a finished
/// run, or of a scenario of it, for payment.</summary>
internal static class ApproveCommand
{
    private static readonly Argument<string> RunId = new("run") { Description = "The id of a finished run" };

    private static readonly Option<string?> Category = new("--category")
    {
        Description = "One category; without it, every category to which the run gave money",
        HelpName = "ID",
    };

    private static readonly Option<string[]> Set = WhatIfCommand.SetOption();

    private static readonly Option<string> By = new("--by") { Description = "Who approves", HelpName = "NAME", Required = true };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why", HelpName = "TEXT", Required = true };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only say what would change; nothing is stored" };

    public static Command Create()
    {
        var command = new Command("approve", """
            Approve the awards of a finished run, or of a scenario of it (--category and --set), for payment. Each approval is a version
            that supersedes the one before; the run stays as it is. What it changes is said before it is stored.
            """)
        {
            RunId, Category, Set, By, Reason, DryRun,
        };
        command.SetAction(Approve);
        return command;
    }

    private static async Task<int> Approve(ParseResult parsed, CancellationToken cancel)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var scenario = new Scenario(AllocateCommand.Pairs(parsed.GetValue(Set) ?? [], "--set"));
        var category = parsed.GetValue(Category);
        if (scenario.Settings.Count > 0 && category is null)
        {
            throw new WrongUseException("--set needs --category: a scenario is about one category.");
        }

        var (by, reason) = (parsed.GetRequiredValue(By).Trim(), parsed.GetRequiredValue(Reason).Trim());
        if (by.Length == 0 || reason.Length == 0) throw new WrongUseException("--by and --reason must not be empty: they are kept on record.");
        await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
        var run = await FinishedRun(node, parsed.GetRequiredValue(RunId), "can be approved", cancel);
        if (category is not null) await CategoryOf(node, run, category, cancel);
        var approve = node.Get<ApproveAwards>();
        var proposed = await approve.Propose(run.Id, category, scenario, cancel);
        if (proposed.All(one => one.Results.Count == 0))
        {
            throw new WrongUseException($"Run {run.Id} gave no money{(category is null ? "" : " in " + category)}: there is nothing to approve.");
        }

        await TellChanges(node, run, proposed, error, cancel);
        var isDry = parsed.GetValue(DryRun);
        var versions = isDry ? [] : await approve.Approve(proposed, by, reason, cancel);
        for (var i = 0; i < proposed.Count; i++)
        {
            await output.WriteLineAsync(LineOf(proposed[i], isDry ? null : versions[i]));
        }

        return CommandLine.Ok;
    }

    private static async Task TellChanges(
        EvaluationNode node, Run run, IReadOnlyList<ProposedApproval> proposed, TextWriter error, CancellationToken cancel)
    {
        var (_, rules) = await node.Get<RuleSetsOnRecord>().Of(run.Id, cancel);
        foreach (var one in proposed)
        {
            var change = PaymentWords.Change(one, rules.Cycle!.Categories.Single(known => known.Id == one.Category).Name);
            foreach (var said in new[] { change, PaymentWords.OtherGrades(one) }.OfType<Bilingual>())
            {
                await error.WriteLineAsync(said.Zh + "。");
                await error.WriteLineAsync(said.En + ".");
            }
        }
    }

    private static string LineOf(ProposedApproval proposed, Approval? version)
    {
        var number = proposed.IsApproved ? proposed.Newest!.Version : proposed.Version;
        var state = proposed.IsApproved ? "approved before" : version is null ? "not stored" : "approved " + version.Sha256;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{proposed.Category} version {number} units {proposed.Paid} total {Number(proposed.Change.Amount)} before {Number(proposed.Change.Before)} difference {Number(proposed.Change.Difference)} {state}");
    }

    /// <summary>A finished run by its id.</summary>
    /// <exception cref="WrongUseException">There is none, or it is not finished.</exception>
    internal static async Task<Run> FinishedRun(EvaluationNode node, string id, string what, CancellationToken cancel)
    {
        var run = await ReplayCommand.RunOf(node, id, cancel);
        return run.State == "finished" ? run : throw new WrongUseException($"Run {run.Id} is {run.State}: only a finished run {what}.");
    }

    /// <summary>A category of a run.</summary>
    /// <exception cref="WrongUseException">The run has none of that name.</exception>
    internal static async Task<string> CategoryOf(EvaluationNode node, Run run, string category, CancellationToken cancel)
    {
        var (_, rules) = await node.Get<RuleSetsOnRecord>().Of(run.Id, cancel);
        var known = rules.Cycle!.Categories.Select(one => one.Id).ToList();
        return known.Contains(category)
            ? category
            : throw new WrongUseException($"Run {run.Id} has no category '{category}', only: {string.Join(", ", known)}.");
    }

    private static string Number(Money amount) => AllocateFiles.Number(amount.Yuan);
}
