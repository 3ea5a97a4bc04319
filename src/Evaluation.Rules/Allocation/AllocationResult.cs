namespace Evaluation.Rules.Allocation;

/// <summary>The result of one pot.</summary>
/// <param name="Pool">Pool id.</param>
/// <param name="Pot">What there was; where the policy knows no pot, what was spent.</param>
/// <param name="Spent">Sum of the awards; equals the pot unless <paramref name="Unspent"/> says why not.</param>
/// <param name="Unspent">Why money is left (nobody eligible, caps bind, the rounding method leaves a residual), or
/// null.</param>
/// <param name="Awards">One a unit, zero awards included, in the order of the units given.</param>
public sealed record AllocationResult(
    string Pool, Money Pot, Money Spent, Bilingual? Unspent, IReadOnlyList<Award> Awards);
