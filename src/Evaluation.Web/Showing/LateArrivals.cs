using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;

namespace Evaluation.Web.Showing;

/// <summary>What of a source arrived after the lock of a run.</summary>
public sealed record LateOfRun(RunSummary Run, long Documents, long Observations, long Records);

/// <summary>What of a source arrived after the lock of the latest run of each year.</summary>
public sealed class LateArrivals(RunPages runs, PulledDataStore pulled, RuleSetShelf shelf)
{
    /// <summary>Whether any run is of generated data.</summary>
    public async Task<bool> AnyGenerated(CancellationToken cancel) =>
        (await runs.List(null, cancel)).Any(run => run.Generated);

    /// <summary>By run, the latest first; only runs that something came too late for.</summary>
    public async Task<IReadOnlyList<LateOfRun>> Of(string source, CancellationToken cancel)
    {
        var found = new List<LateOfRun>();
        var latest = (await runs.List(null, cancel)).Where(run => run is { SnapshotHash: not null, Generated: false })
            .DistinctBy(run => run.Cycle);
        foreach (var run in latest)
        {
            var rules = await shelf.Take(run.RuleSetHash, cancel);
            var late = (await pulled.Amendments(run.Run, rules.Cycle!, cancel)).Where(one => one.Source == source).ToList();
            if (late.Count == 0) continue;
            found.Add(new LateOfRun(run, late.Count, late.Sum(one => one.Observations), late.Sum(one => one.Records)));
        }

        return found;
    }
}
