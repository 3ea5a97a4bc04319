using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;

namespace Evaluation.Jobs.Allocating;

/// <summary>Asks a sealed run what a scenario would have given. Reads only: nothing is stored.</summary>
public sealed class WhatIf(RuleSetsOnRecord rules, CategoryFacts facts, ScoreStore scores, AllocationStore allocations)
{
    /// <summary>The scenario in one category, beside what the run gave.</summary>
    /// <exception cref="KeyNotFoundException">There is no such run or category.</exception>
    /// <exception cref="ArgumentException">A setting is not known, or its value is none.</exception>
    /// <exception cref="AllocationException">The money cannot be shared out like that.</exception>
    public async Task<ScenarioResult> Ask(string run, string category, Scenario scenario, CancellationToken cancel)
    {
        var (_, ruleSet) = await rules.Of(run, cancel);
        var scheme = ruleSet.SchemeOf(category);
        var sheets = (await scores.Sheets(run, category, cancel)).ToDictionary(sheet => sheet.Unit, StringComparer.Ordinal);
        var units = (await facts.Of(run, category, cancel)).Select(unit => (unit, sheets[unit.Unit])).ToList();
        var paid = (await allocations.OfRun(run, category, cancel))
            .SelectMany(stored => stored.Result.Awards)
            .ToLookup(award => award.Unit, award => award.Amount.Yuan, StringComparer.Ordinal);
        var before = (await scores.Cards(run, category, cancel)).Select(stored => stored.Card)
            .ToDictionary(card => card.Unit, card => (card, new Money(paid[card.Unit].Sum())), StringComparer.Ordinal);
        return scenario.Of(ruleSet, scheme, units, before);
    }
}
