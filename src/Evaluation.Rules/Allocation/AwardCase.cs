using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Allocation;

/// <summary>A unit of a worked case of awards.</summary>
/// <param name="Facts">Its facts.</param>
/// <param name="Grade">Its grade in a scheme's case, or null.</param>
/// <param name="Rank">Its rank in a scheme's case; 1 unless the case says otherwise.</param>
/// <param name="Total">Its total in a scheme's case, or null.</param>
public sealed record AwardCaseUnit(UnitFacts Facts, string? Grade, int Rank, decimal? Total);

/// <summary>A worked case of awards: these units and this money, these awards.</summary>
/// <param name="Name">What the case shows.</param>
/// <param name="Pool">The pool of a scheme's case, or null where there is only one.</param>
/// <param name="Budget">The money there is, or null: what the policy says.</param>
/// <param name="Parameters">Values of parameters that the case sets.</param>
/// <param name="Units">The units.</param>
/// <param name="Awards">Award expected, by unit.</param>
/// <param name="Payments">Number of payments expected, by unit; may be empty.</param>
/// <param name="Left">What must be left of the money, or null.</param>
/// <param name="Refused">Whether the policy must refuse these units and this money.</param>
/// <param name="AsOf">Date for dated parameters, or null.</param>
/// <param name="Location">File and line.</param>
public sealed record AwardCase(
    string Name,
    string? Pool,
    decimal? Budget,
    IReadOnlyDictionary<string, FeelValue> Parameters,
    IReadOnlyList<AwardCaseUnit> Units,
    IReadOnlyDictionary<string, decimal> Awards,
    IReadOnlyDictionary<string, int> Payments,
    decimal? Left,
    bool Refused,
    DateOnly? AsOf,
    FileLocation Location)
{
    /// <summary>Months in which the one unit of the case is to be paid, in order; empty where the case does not say.</summary>
    public IReadOnlyList<int> Months { get; init; } = [];

    /// <summary>What is paid in all to the one unit of the case, what it owes taken off; null where the case does not
    /// say.</summary>
    public decimal? Paid { get; init; }
}
