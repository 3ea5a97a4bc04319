using System.Collections.Concurrent;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Web.Showing;

/// <summary>Finds the run a page shows: the one named in the address, or the latest finished one of the year.</summary>
public sealed class RunSelection(RunPages runs, RuleSetShelf shelf, PageFrame frame, Wording wording)
{
    /// <summary>The run to show; null when there is none, and then the frame says what is missing.</summary>
    /// <param name="year">Cycle id.</param>
    /// <param name="named">Run id from the address, or null.</param>
    /// <param name="cancel">Ends the search.</param>
    public async Task<ShownRun?> Of(string year, string? named, CancellationToken cancel)
    {
        var latest = await runs.LatestFinished(year, cancel);
        var run = string.IsNullOrEmpty(named) ? latest : await runs.Find(named, cancel);
        if (run is null || run.Cycle != year || !run.Finished)
        {
            frame.Missing = await WhatIsMissing(year, named, run, cancel);
            return null;
        }

        var shown = new ShownRun(run, await shelf.Take(run.RuleSetHash, cancel), run.Run == latest?.Run);
        frame.Shown = shown;
        frame.Generated = run.Generated;
        return shown;
    }

    private async Task<MissingPage> WhatIsMissing(string year, string? named, RunSummary? run, CancellationToken cancel)
    {
        var all = await runs.List(null, cancel);
        if (!string.IsNullOrEmpty(named) && run is null)
        {
            return new(
                new($"没有编号为“{named}”的运行。", $"There is no run '{named}'."),
                [new(wording["查看全部运行记录", "See all runs"], "/runs")]);
        }

        if (run is not null || all.Any(known => known.Cycle == year))
        {
            return new(
                new(
                    $"“{year}”年度的这次运行尚未完成，还没有可以公布的结果。",
                    $"This run of '{year}' has not finished, so there is no result to show yet."),
                [new(wording["查看运行进度", "See how far the runs are"], "/runs")]);
        }

        var years = all.Where(known => known.Finished).Select(known => known.Cycle).Distinct(StringComparer.Ordinal)
            .OrderDescending(StringComparer.Ordinal).ToList();
        return new(
            new(
                $"没有“{year}”年度的评价结果。" + (years.Count == 0 ? "目前还没有任何年度完成评价。" : string.Empty),
                $"There is no evaluation of '{year}'." + (years.Count == 0 ? " No year has been evaluated yet." : string.Empty)),
            [.. years.Select(known => new Crumb(
                wording[$"查看 {known} 年度", $"See {known}"], PageAddress.Of("years", known)))]);
    }
}

/// <summary>Rule sets by version, read from the database once: a version never changes.</summary>
public sealed class RuleSetShelf(RuleSetStore store)
{
    private readonly ConcurrentDictionary<string, RuleSet> _loaded = new(StringComparer.Ordinal);

    /// <summary>The rule set of a version.</summary>
    public async Task<RuleSet> Take(string hash, CancellationToken cancel) =>
        _loaded.TryGetValue(hash, out var loaded)
            ? loaded
            : _loaded.GetOrAdd(hash, RuleSetLoader.Load(await store.Load(hash, cancel)));
}
