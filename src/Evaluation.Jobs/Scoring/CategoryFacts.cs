using System.Collections.Concurrent;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Scoring;

/// <summary>The facts of a category of a run, made from its snapshot alone.</summary>
public sealed class CategoryFacts(RuleSetsOnRecord rules, ObservationStore observations, UnitStore units)
{
    private readonly ConcurrentDictionary<(string Snapshot, string Run, string Category), Lazy<Task<IReadOnlyList<UnitFacts>>>> made =
        new();

    /// <summary>
    /// One a unit, in ordinal order: every unit that has an observation in the snapshot, and every unit on the run's
    /// register that has none (nothing is known of it, and that has to be said).
    /// </summary>
    public async Task<IReadOnlyList<UnitFacts>> Of(string run, string category, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        var snapshot = found.SnapshotHash
            ?? throw new InvalidOperationException($"Run {run} is not sealed yet: its data may still change.");
        var key = (snapshot, run, category);
        var cycleCategory = ruleSet.Cycle!.Categories.Single(one => one.Id == category);
        // One run is worked on at a time; the facts of others are made again when somebody asks.
        foreach (var other in made.Keys.Where(other => other.Run != run)) made.TryRemove(other, out _);
        var facts = made.GetOrAdd(key, _ => new(() => Under(run, snapshot, ruleSet, cycleCategory, cancel)));
        try
        {
            return await facts.Value;
        }
        catch
        {
            // A failure is not kept: the next one to ask tries again.
            made.TryRemove(new(key, facts));
            throw;
        }
    }

    /// <summary>The facts that the same snapshot gives under given rules.</summary>
    public async Task<IReadOnlyList<UnitFacts>> Under(
        string run, string snapshot, RuleSet ruleSet, CycleCategory category, CancellationToken cancel)
    {
        var known = new List<MetricObservation>();
        await foreach (var observation in observations.OfSnapshot(snapshot, category.Id, cancel: cancel))
        {
            // The number a database gives differs from database to database, the place in the snapshot does not.
            known.Add(observation with { Id = known.Count + 1 });
        }

        var facts = FactAssembler.Assemble(ruleSet, category, known)
            .ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
        foreach (var unit in await units.OfRun(run, category.Id, cancel))
        {
            facts.TryAdd(unit.Unit, new UnitFacts(
                unit.Unit,
                new Dictionary<string, Rules.Feel.FeelValue>(),
                new Dictionary<string, Provenance>()));
        }

        return [.. facts.Values.OrderBy(unit => unit.Unit, StringComparer.Ordinal)];
    }
}
