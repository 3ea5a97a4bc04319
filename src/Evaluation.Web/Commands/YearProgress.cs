using System.Globalization;
using Evaluation.Jobs.Storage;
using Spectre.Console;

namespace Evaluation.Web.Commands;

/// <summary>Shows how far a run is: a bar a step for a person, a line a step for a log.</summary>
internal sealed class YearProgress(Terminal terminal)
{
    private sealed record StepState(
        string Name, long Done, long Total, long Rows, int Shards, bool IsDone, DateTimeOffset? Begin, TimeSpan Took, string? Message)
    {
        /// <summary>How far a long step is: pieces done, how many a second, and the time left at this pace.</summary>
        public string? Pace(DateTimeOffset now)
        {
            if (IsDone || Begin is not { } begin || Rows == 0 || Done == 0) return null;
            var seconds = Math.Max(1, (now - begin).TotalSeconds);
            var left = TimeSpan.FromSeconds(seconds * (Total - Done) / Done);
            return string.Create(
                CultureInfo.InvariantCulture, $"{Rows:N0} done, {Rows / seconds:N0} a second, {(int)left.TotalMinutes}:{left.Seconds:00} left");
        }
    }

    private static readonly TimeSpan TellAgain = TimeSpan.FromSeconds(10);


    /// <summary>Looks again and again until the run is neither requested nor running.</summary>
    public async Task<Run> Watch(
        Func<Task<(Run Run, IReadOnlyList<RunStep> Steps)>> look, TimeSpan every, CancellationToken cancel)
    {
        if (!terminal.IsWatched) return await WatchLines(look, every, cancel);
        Run? last = null;
        await terminal.Bars().Progress().HideCompleted(false).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
            new ElapsedTimeColumn()).StartAsync(async bars => last = await WatchBars(bars, look, every, cancel));
        return last!;
    }

    private async Task<Run> WatchLines(
        Func<Task<(Run Run, IReadOnlyList<RunStep> Steps)>> look, TimeSpan every, CancellationToken cancel)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        var paceTold = TimeProvider.System.GetUtcNow();
        while (true)
        {
            var (run, steps) = await look();
            var now = TimeProvider.System.GetUtcNow();
            foreach (var step in now - paceTold < TellAgain ? [] : StatesOf(steps).Where(step => step.Pace(now) is not null))
            {
                terminal.Say($"{step.Name,-9} {step.Pace(now)}");
                paceTold = now;
            }

            foreach (var step in StatesOf(steps).Where(step => step.IsDone && told.Add(step.Name)))
            {
                terminal.Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{step.Name,-9} {step.Took.TotalSeconds,6:0.0} s  {Summary(step)}"));
            }

            if (run.State is not ("requested" or "running")) return run;
            await Task.Delay(every, cancel);
        }
    }

    private static async Task<Run> WatchBars(
        ProgressContext bars,
        Func<Task<(Run Run, IReadOnlyList<RunStep> Steps)>> look,
        TimeSpan every,
        CancellationToken cancel)
    {
        var tasks = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
        while (true)
        {
            var (run, steps) = await look();
            foreach (var step in StatesOf(steps))
            {
                if (!tasks.TryGetValue(step.Name, out var task)) tasks.Add(step.Name, task = bars.AddTask(step.Name));
                task.MaxValue = Math.Max(1, step.Total);
                task.Value = step.Done;
                task.Description = step.Pace(TimeProvider.System.GetUtcNow()) is { } pace ? $"{step.Name} {pace}" : step.Name;
                if (step.IsDone && !task.IsFinished) task.StopTask();
            }

            if (run.State is not ("requested" or "running")) return run;
            await Task.Delay(every, cancel);
        }
    }

    // Every shard counts the same, whatever it has to do: those that have not begun do not know yet.
    private static IEnumerable<StepState> StatesOf(IReadOnlyList<RunStep> steps) =>
        steps.GroupBy(step => step.Step).OrderBy(step => step.Min(shard => shard.StartedAt ?? DateTimeOffset.MaxValue)).Select(step =>
        {
            var shards = step.ToList();
            var isDone = shards.TrueForAll(shard => shard.State == "done");
            var begin = shards.Min(shard => shard.StartedAt);
            var end = shards.Max(shard => shard.FinishedAt);
            return new StepState(
                step.Key,
                shards.Sum(shard => shard.State == "done" ? 1000 : shard.Total == 0 ? 0 : 1000 * shard.Done / shard.Total),
                1000 * shards.Count,
                shards.Sum(shard => shard.Done),
                shards.Count,
                isDone,
                begin,
                begin is { } from && end is { } to ? to - from : TimeSpan.Zero,
                shards.Count == 1 ? shards[0].Message : null);
        });

    private static string Summary(StepState step) => step.Message
        ?? string.Create(CultureInfo.InvariantCulture, $"{step.Shards} parts");
}
