using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Reform;

/// <summary>The results of a category under one rule set.</summary>
/// <param name="Category">The category as that rule set has it.</param>
/// <param name="Scheme">Its scheme.</param>
/// <param name="Cards">A card a unit.</param>
/// <param name="Allocations">The pots of the category as they are shared out.</param>
public sealed record ComparedSide(
    CycleCategory Category,
    Scheme Scheme,
    IReadOnlyList<ScoreCard> Cards,
    IReadOnlyList<AllocationResult> Allocations)
{
    /// <summary>Award of a unit in yuan; null where the category has no money.</summary>
    public decimal? AwardOf(string unit) => Allocations.Count == 0
        ? null
        : Allocations.SelectMany(pot => pot.Awards).Where(award => award.Unit == unit).Sum(award => award.Amount.Yuan);
}

/// <summary>A category under both rule sets, with what is known of its units.</summary>
/// <param name="Old">Under the rules of the run, or null where the run did not evaluate it.</param>
/// <param name="New">Under the other rules, or null where they do not evaluate it.</param>
/// <param name="Units">Who the units are.</param>
/// <param name="Sizes">Size by unit id; units that nothing is known of are absent.</param>
/// <param name="Edges">Points to the nearest other grade under the other rules, by unit id.</param>
public sealed record ComparedPair(
    ComparedSide? Old,
    ComparedSide? New,
    IReadOnlyDictionary<string, ComparedName> Units,
    IReadOnlyDictionary<string, decimal> Sizes,
    IReadOnlyDictionary<string, UnitEdges> Edges);

/// <summary>Who a unit is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Province">Province or country, or null.</param>
public sealed record ComparedName(Bilingual Name, Bilingual? Province);
