namespace Evaluation.Rules.Allocation;

/// <summary>What one unit gets from all pools of a policy.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Amount">Sum over the pools.</param>
/// <param name="Because">The sentence, or those of every pool that pays or refuses it.</param>
/// <param name="Awards">One award a pool, in their order.</param>
public sealed record UnitAward(string Unit, Money Amount, Bilingual Because, IReadOnlyList<Award> Awards);

/// <summary>What a policy gave.</summary>
/// <param name="Pot">What there was; what was spent, where the policy knows no pot.</param>
/// <param name="Spent">Sum of all awards.</param>
/// <param name="Pools">The pools, in the order of the policy.</param>
/// <param name="Units">In the order of the units given.</param>
public sealed record PolicyOutcome(
    Money Pot, Money Spent, IReadOnlyList<AllocationResult> Pools, IReadOnlyList<UnitAward> Units);
