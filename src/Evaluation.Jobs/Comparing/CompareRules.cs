using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Reform;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Comparing;

/// <summary>
/// Computes the sealed data of a finished run again under other rules and puts both results side by side. Nothing of the
/// run changes; the comparison is kept beside it, and the other rules with their texts.
/// </summary>
public sealed class CompareRules(
    RuleSetsOnRecord rules, CategoryFacts facts, UnitStore units, ComparedResults results, ComparisonStore comparisons,
    RuleSetStore texts)
{
    /// <param name="run">A finished run.</param>
    /// <param name="folder">The other rules: a year.</param>
    /// <param name="cliff">Distance in points below which a grade hangs on a cliff.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>The id of the comparison, and the comparison.</returns>
    /// <exception cref="RuleSetException">The other rules do not load.</exception>
    /// <exception cref="AllocationException">A pot cannot be shared under the other rules.</exception>
    /// <exception cref="EdgeTieException">The other rules leave a tie to people.</exception>
    /// <exception cref="InvalidOperationException">The run is not finished, or the other rules are no year.</exception>
    public async Task<(string Id, RuleComparison Comparison)> Compare(
        string run, RuleFolder folder, decimal cliff, CancellationToken cancel)
    {
        var (found, old) = await rules.Of(run, cancel);
        if (found.State != "finished") throw new InvalidOperationException($"Run {run} is {found.State}, not finished.");
        var now = RuleSetLoader.Load(folder);
        if (now.Cycle is null)
        {
            throw new InvalidOperationException(
                $"{folder.Name} is no year: a run is compared with a rule folder that has a cycle.yaml.");
        }

        var (notes, pairs) = (new List<Bilingual>(), new List<ComparedPair>());
        foreach (var category in old.Cycle!.Categories.Concat(now.Cycle.Categories).Select(known => known.Id)
            .Distinct(StringComparer.Ordinal))
        {
            pairs.Add(await Pair(found, old, now, category, notes, cancel));
        }

        var comparison = RuleComparing.Of(
            (found.Id, found.Cycle, found.SnapshotHash!), old, now, cliff, notes, pairs);
        await texts.Record(folder, cancel);
        return (await comparisons.Save(comparison, found.EngineVersion, cancel), comparison);
    }

    private async Task<ComparedPair> Pair(
        Run run, RuleSet old, RuleSet now, string category, List<Bilingual> notes, CancellationToken cancel)
    {
        var before = old.Cycle!.Categories.FirstOrDefault(known => known.Id == category);
        var after = now.Cycle!.Categories.FirstOrDefault(known => known.Id == category);
        var was = before is null ? null : await results.Of(run.Id, old, before, cancel);
        var known = await units.OfRun(run.Id, category, cancel);
        var (will, edges, under) = ((ComparedSide?)null, (IReadOnlyDictionary<string, UnitEdges>)new Dictionary<string, UnitEdges>(),
            (IReadOnlyList<UnitFacts>)[]);
        if (after is not null)
        {
            // The same data: what counts is what counted in the run, whatever period the other rules are made for.
            var data = before is null ? after : after with { Periods = before.Periods };
            under = await facts.Under(run.Id, run.SnapshotHash!, now, data, cancel);
            notes.AddRange(DataNotes.Of(old, now, before, after, under));
            (will, edges) = Side(now, after, under);
        }
        else
        {
            under = await facts.Of(run.Id, category, cancel);
        }

        return new ComparedPair(
            was, will,
            known.ToDictionary(unit => unit.Unit, unit => new ComparedName(unit.Name, unit.Province), StringComparer.Ordinal),
            Sizes(before?.Size ?? after?.Size, under), edges);
    }

    private static (ComparedSide Side, IReadOnlyDictionary<string, UnitEdges> Edges) Side(
        RuleSet rules, CycleCategory category, IReadOnlyList<UnitFacts> facts)
    {
        var scheme = rules.SchemeOf(category.Id);
        var scorer = Scorer.Create(rules, scheme, rules.Cycle!.AsOf);
        var sheets = facts.Select(unit => (unit, scorer.Score(unit))).ToList();
        var cards = Grader.Grade(scorer.Compiled, sheets);
        var byUnit = facts.ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
        var pots = Allocator.AllocateAll(
            scorer.Compiled, rules.Cycle.Pools, [.. cards.Select(card => (byUnit[card.Unit], card))]);
        return (new ComparedSide(category, scheme, cards, pots), UnitEdges.Of(scorer, sheets, cards));
    }

    private static Dictionary<string, decimal> Sizes(string? size, IReadOnlyList<UnitFacts> facts)
    {
        var sizes = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var unit in facts)
        {
            if (size is null || !unit.Values.TryGetValue(size, out var value)) continue;
            if (value.Kind == FeelKind.List) sizes.Add(unit.Unit, value.AsList().Count);
            else if (value.TryNumber(out var number)) sizes.Add(unit.Unit, number);
        }

        return sizes;
    }
}
