using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.DataChecks;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>The data checks of the rule files, run over the data of one category of a run.</summary>
public sealed class DataCheckFindings(
    RuleSetsOnRecord rules, RunStore runs, ObservationStore observations, CategoryFacts facts, DecisionStore decisions)
{
    /// <returns>A finding for everything that fires.</returns>
    public async Task<IReadOnlyList<Finding>> Of(
        string run, CycleCategory category, IReadOnlyList<MetricObservation> known, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        if (ruleSet.DataChecks.All(check => check.Category is { } only && only != category.Id)) return [];
        var before = await Before(ruleSet.Cycle!, category.Id, cancel);
        var data = new CheckedData(
            category,
            FactAssembler.Assemble(ruleSet, category, known),
            known,
            before is null
                ? new Dictionary<string, UnitFacts>()
                : (await facts.Of(before.Id, category.Id, cancel)).ToDictionary(unit => unit.Unit, StringComparer.Ordinal),
            before is null ? [] : await observations.OfSnapshot(before.SnapshotHash!, category.Id, cancel: cancel).ToListAsync(cancel),
            await Confirmed(found.Cycle, category.Id, known, cancel));
        return [.. DataCheckRunner.Run(ruleSet, data).Select(hit => FindingOf(hit, category.Id))];
    }

    /// <summary>Hash of a unit's data: what its owner confirms.</summary>
    public static async Task<string> HashOf(IEnumerable<MetricObservation> ofUnit) => (await SnapshotStore.Hash(
        ofUnit.OrderBy(ObservationStore.NaturalKey, StringComparer.Ordinal).ToAsyncEnumerable())).Hash;

    private async Task<IReadOnlySet<string>> Confirmed(
        string cycle, string category, IReadOnlyList<MetricObservation> known, CancellationToken cancel)
    {
        var confirmed = new HashSet<string>(StringComparer.Ordinal);
        var hashes = await decisions.Confirmed(cycle, category, cancel);
        foreach (var unit in known.GroupBy(one => one.Unit, StringComparer.Ordinal).Where(unit => hashes.Contains(unit.Key)))
        {
            if (hashes[unit.Key].Contains(await HashOf(unit))) confirmed.Add(unit.Key);
        }

        return confirmed;
    }

    /// <summary>The finished run of the cycle whose period ends where this one begins, the latest of them, or null.</summary>
    private async Task<Run?> Before(Cycle cycle, string category, CancellationToken cancel)
    {
        foreach (var earlier in (await runs.List(cancel)).Where(run => run.State == "finished" && run.Cycle != cycle.Id))
        {
            var (_, ruleSet) = await rules.Of(earlier.Id, cancel);
            if (ruleSet.Cycle!.Period.To != cycle.Period.From) continue;
            if (ruleSet.Cycle.Categories.Any(known => known.Id == category)) return earlier;
        }

        return null;
    }

    private static Finding FindingOf(DataCheckHit hit, string category) => new(
        hit.Check.Id,
        hit.Check.Severity switch
        {
            CheckSeverity.Blocking => "blocking",
            CheckSeverity.Warning => "warning",
            _ => "info",
        },
        category, hit.Unit, hit.Resource, hit.Metric, hit.Document, hit.Locator, hit.Message);
}
