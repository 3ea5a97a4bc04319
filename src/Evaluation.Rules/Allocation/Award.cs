namespace Evaluation.Rules.Allocation;

/// <summary>One unit's award with its own ledger.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Pool">Pool it is paid from.</param>
/// <param name="Grade">Grade id, or null.</param>
/// <param name="Base">Base amount of the grade in yuan.</param>
/// <param name="Coefficient">Coefficient.</param>
/// <param name="Basis">Base × coefficient.</param>
/// <param name="Bound"><c>floor</c>, <c>cap</c> or empty: which bound held the award.</param>
/// <param name="Exact">The award before rounding, in yuan, to 12 decimals.</param>
/// <param name="Amount">The award.</param>
/// <param name="Because">The sentence.</param>
public sealed record Award(
    string Unit,
    string Pool,
    string? Grade,
    decimal Base,
    decimal Coefficient,
    decimal Basis,
    string Bound,
    decimal Exact,
    Money Amount,
    Bilingual Because);

/// <summary>The result of one pot.</summary>
/// <param name="Pool">Pool id.</param>
/// <param name="Pot">What there was.</param>
/// <param name="Spent">Sum of the awards; equals the pot unless <paramref name="Unspent"/> says why not.</param>
/// <param name="Unspent">Why money is left (nobody eligible, caps bind, the rounding method leaves a residual), or
/// null.</param>
/// <param name="Awards">One a unit, zero awards included, in the order of the units given.</param>
public sealed record AllocationResult(
    string Pool, Money Pot, Money Spent, Bilingual? Unspent, IReadOnlyList<Award> Awards);
