using System.Globalization;
using Evaluation.Jobs.Examining;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Publishing;

/// <summary>One thing that was computed again.</summary>
/// <param name="What"><c>snapshot</c>, <c>card</c>, <c>allocation</c>, <c>approval</c> or <c>certainty</c>.</param>
/// <param name="Category">Category, or empty for the snapshot.</param>
/// <param name="Name">Unit, pool, version or snapshot.</param>
/// <param name="Before">SHA-256 on record, or null where there is none.</param>
/// <param name="Now">SHA-256 computed, or null where nothing came out.</param>
public sealed record Replayed(string What, string Category, string Name, string? Before, string? Now)
{
    public bool IsSame => Before is not null && Before == Now;
}

/// <summary>
/// Computes a finished run again from the database alone: the rule texts on record and the sealed snapshot. No file of
/// today has a say in it.
/// </summary>
public sealed class ReplayRun(
    RuleSetsOnRecord rules, CategoryFacts facts, ObservationStore observations, ScoreStore scores, AllocationStore allocations,
    ApprovalStore approvals, CertaintyStore studies, RunStore runs)
{
    public async Task<IReadOnlyList<Replayed>> Replay(string run, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        if (found.State != "finished") throw new InvalidOperationException($"Run {run} is {found.State}, not finished.");
        var snapshot = await SnapshotStore.Hash(observations.OfSnapshot(found.SnapshotHash!, cancel: cancel));
        var replayed = new List<Replayed> { new("snapshot", "", found.Id, found.SnapshotHash, snapshot.Hash) };
        // A run that was made before certainty was examined has nothing to compare.
        var examined = (await runs.Steps(run, cancel)).Exists(step => step.Step == "certainty");
        var versions = (await approvals.OfCycle(found.Cycle, cancel)).Where(version => version.Run == run).ToList();
        foreach (var category in ruleSet.Cycle!.Categories)
        {
            var known = await facts.Of(run, category.Id, cancel);
            var scorer = Scorer.Create(ruleSet, ruleSet.SchemeOf(category.Id), ruleSet.Cycle.AsOf);
            var sheets = known.Select(unit => (unit, scorer.Score(unit))).ToList();
            var cards = CategoryCards.Of(scorer, sheets);
            replayed.AddRange(Compare(
                "card",
                category.Id,
                (await scores.Cards(run, category.Id, cancel)).ToDictionary(card => card.Unit, card => card.Sha256),
                cards.ToDictionary(card => card.Unit, card => CanonicalJson.Sha256(CanonicalJson.Write(card)))));
            var given = Allocated(scorer.Compiled, ruleSet.Cycle.Pools, known, cards);
            replayed.AddRange(Compare(
                "allocation",
                category.Id,
                (await allocations.OfRun(run, category.Id, cancel)).ToDictionary(kept => kept.Pool, kept => kept.Sha256),
                given.ToDictionary(result => result.Pool, result => CanonicalJson.Sha256(CanonicalJson.Write(result)))));
            replayed.AddRange(versions.Where(version => version.Category == category.Id).Select(version => Approved(
                version,
                version.Scenario.Settings.Count == 0 ? given : version.Scenario.Of(ruleSet, scorer.Compiled.Scheme, sheets))));
            if (!examined) continue;
            var study = ExamineCertainty.Study(ruleSet, category.Id, known, cancel: cancel);
            replayed.AddRange(Compare(
                "certainty",
                category.Id,
                (await studies.OfRun(run, category.Id, cancel)).ToDictionary(kept => kept.Category, kept => kept.Sha256),
                study is null ? [] : new() { [category.Id] = CanonicalJson.Sha256(CertaintyJson.Write(study)) }));
        }

        return replayed;
    }

    // In the order in which allocations are kept.
    private static IReadOnlyList<AllocationResult> Allocated(
        CompiledScheme scheme, IReadOnlyList<Rules.RuleSets.Pool> pools, IReadOnlyList<UnitFacts> known,
        IReadOnlyList<ScoreCard> cards)
    {
        var facts = known.ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
        return [.. Allocator.AllocateAll(scheme, pools, [.. cards.Select(card => (facts[card.Unit], card))])
            .OrderBy(result => result.Pool, StringComparer.Ordinal)];
    }

    private static Replayed Approved(Approval version, IReadOnlyList<AllocationResult> results) => new(
        "approval", version.Category, string.Create(CultureInfo.InvariantCulture, $"version {version.Version}"), version.Sha256,
        CanonicalJson.Sha256(CanonicalJson.Write(results)));

    private static IEnumerable<Replayed> Compare(
        string what, string category, Dictionary<string, string> before, Dictionary<string, string> now) =>
        before.Keys.Union(now.Keys).Order(StringComparer.Ordinal).Select(name => new Replayed(
            what, category, name, before.GetValueOrDefault(name), now.GetValueOrDefault(name)));
}
