using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Publishing;
using Evaluation.Jobs.Storage;

namespace Evaluation.Web.Commands;

/// <summary><c>replay RUN</c>: recomputes a run from the database alone and compares every hash.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string> RunId = new("run") { Description = "The id of a finished run" };

    public static Command Create()
    {
        var command = new Command("replay", "Recompute a run from the database alone and compare every card, award, approval and certainty study.")
        {
            RunId,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var run = parsed.GetRequiredValue(RunId);
            await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
            var found = await RunOf(node, run, cancel);
            if (found.State != "finished") throw new WrongUseException($"Run {run} is {found.State}: only a finished run can be replayed.");
            var replayed = await node.Get<ReplayRun>().Replay(run, cancel);
            foreach (var one in replayed.Where(one => !one.IsSame))
            {
                await output.WriteLineAsync($"{one.What} {one.Category} {one.Name}: on record {one.Before ?? "nothing"}, now {one.Now ?? "nothing"}");
            }

            var different = replayed.Count(one => !one.IsSame);
            await output.WriteLineAsync(Count(replayed, "card", "cards") + ", " + Count(replayed, "allocation", "allocations"));
            await output.WriteLineAsync(Count(replayed, "approval", "approvals"));
            await output.WriteLineAsync(Count(replayed, "certainty", "certainty studies"));
            await output.WriteLineAsync(different == 0
                ? "same"
                : string.Create(CultureInfo.InvariantCulture, $"different: {different} of {replayed.Count}"));
            return different == 0 ? CommandLine.Ok : CommandLine.FoundWrong;
        });
        return command;
    }

    /// <summary>A run by its id.</summary>
    /// <exception cref="WrongUseException">There is none; names those there are.</exception>
    public static async Task<Run> RunOf(EvaluationNode node, string run, CancellationToken cancel) =>
        await node.Get<RunStore>().Find(run, cancel) ?? throw NoSuchRun(run, await node.Get<RunStore>().List(cancel));

    private static string Count(IReadOnlyList<Replayed> replayed, string what, string plural) => string.Create(
        CultureInfo.InvariantCulture,
        $"{replayed.Count(one => one.What == what && one.IsSame)} of {replayed.Count(one => one.What == what)} {plural} the same");

    private static WrongUseException NoSuchRun(string run, IReadOnlyList<Run> known) => new(known.Count == 0
        ? $"There is no run {run}: this data folder holds no run at all."
        : $"There is no run {run}. Known: {string.Join(", ", known.Select(one => one.Id))}");
}
