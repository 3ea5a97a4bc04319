using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Allocating;

/// <summary>A category of a finished run as it is sealed: what questions about its money are answered from.</summary>
/// <param name="Run">The run.</param>
/// <param name="Rules">Its rule set.</param>
/// <param name="Scheme">The scheme of the category.</param>
/// <param name="Units">Facts, sheet and card of every unit, in ordinal order.</param>
/// <param name="Given">What the run gave.</param>
public sealed record SealedCategory(
    Run Run, RuleSet Rules, Scheme Scheme, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet, ScoreCard Card)> Units,
    IReadOnlyList<AllocationResult> Given)
{
    public string Category => Scheme.Category;

    /// <summary>What the scenario gives; without settings, what the run gave.</summary>
    /// <exception cref="ScenarioException">A setting is not known, or its value is none.</exception>
    /// <exception cref="AllocationException">The money cannot be shared out like that.</exception>
    public IReadOnlyList<AllocationResult> Ask(Scenario scenario) => scenario.Settings.Count == 0
        ? Given
        : scenario.Of(Rules, Scheme, [.. Units.Select(unit => (unit.Facts, unit.Sheet))]);

    /// <summary>What another policy gives.</summary>
    /// <exception cref="ScenarioException">The policy needs what is not known of the run.</exception>
    /// <exception cref="AllocationException">The money cannot be shared out like that.</exception>
    public IReadOnlyList<AllocationResult> Ask(PolicyFile policy) => PolicyScenario.Of(
        policy, [.. Units.Select(unit => (unit.Facts, unit.Card))], Rules.Cycle!.AsOf);
}

/// <summary>Opens sealed runs to questions about their money. Reads only: nothing is stored.</summary>
public sealed class WhatIf(RuleSetsOnRecord rules, CategoryFacts facts, ScoreStore scores, AllocationStore allocations)
{
    /// <summary>One category of a run.</summary>
    /// <exception cref="KeyNotFoundException">There is no such run or category.</exception>
    /// <exception cref="InvalidOperationException">The run is not finished.</exception>
    public async Task<SealedCategory> Open(string run, string category, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        if (found.State != "finished") throw new InvalidOperationException($"Run {run} is {found.State}, not finished.");
        var scheme = ruleSet.SchemeOf(category);
        var cycleCategory = ruleSet.Cycle!.Categories.Single(one => one.Id == category);
        var sheets = (await scores.Sheets(run, category, cancel)).ToDictionary(sheet => sheet.Unit, StringComparer.Ordinal);
        var cards = (await scores.Cards(run, category, cancel)).ConvertAll(stored => stored.Card)
            .ToDictionary(card => card.Unit, StringComparer.Ordinal);
        return new SealedCategory(
            found, ruleSet, scheme,
            [
                .. (await facts.Under(run, found.SnapshotHash!, ruleSet, cycleCategory, cancel))
                    .Select(unit => (unit, sheets[unit.Unit], cards[unit.Unit])),
            ],
            (await allocations.OfRun(run, category, cancel)).ConvertAll(stored => stored.Result));
    }
}
