using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>
/// Shares a pot by an award policy. What is paid first comes off the top; the rest goes by basis at one rate within the
/// bounds of each unit, rounded by the declared method. Exact throughout.
/// </summary>
public static class Allocator
{
    /// <summary>The awards.</summary>
    /// <param name="scheme">The scheme the policy belongs to.</param>
    /// <param name="policy">One of its award policies.</param>
    /// <param name="pool">The pool the policy names.</param>
    /// <param name="units">Facts and card of every unit of the category, in any order.</param>
    /// <returns>One award a unit, zero awards included, in the order of the units given.</returns>
    /// <exception cref="AllocationException">The policy cannot be carried out with these units and this pot: bounds cross,
    /// the floors exceed the pot, the caps cannot spend it, or a formula cannot be computed; names the units.</exception>
    /// <exception cref="ArgumentException">The policy names another pool.</exception>
    public static AllocationResult Allocate(
        CompiledScheme scheme, AwardPolicy policy, Pool pool, IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> units)
    {
        if (policy.Pool != pool.Id)
        {
            throw new ArgumentException(
                $"The award policy of {scheme.Scheme.Id} names the pool {policy.Pool}, not {pool.Id}.", nameof(pool));
        }

        return Allocate(scheme, policy, pool, hasPot: true, units);
    }

    /// <summary>The awards from every pool of a scheme, in the order of its policies.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="pools">The pools of the cycle.</param>
    /// <param name="units">Facts and card of every unit of the category, in any order.</param>
    /// <exception cref="AllocationException">A policy cannot be carried out with these units and this pot.</exception>
    /// <exception cref="InvalidOperationException">A policy names a pool that the cycle does not have.</exception>
    public static IReadOnlyList<AllocationResult> AllocateAll(
        CompiledScheme scheme, IReadOnlyList<Pool> pools, IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> units) =>
        [.. scheme.Scheme.Awards.Select(policy => Allocate(scheme, policy, PoolOf(policy, pools), units))];

    /// <summary>What every unit gets from all pools of a scheme, in yuan.</summary>
    internal static Dictionary<string, decimal> SumOfAll(
        CompiledScheme scheme, IReadOnlyList<Pool> pools, IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> units) =>
        AllocateAll(scheme, pools, units).SelectMany(result => result.Awards)
            .GroupBy(award => award.Unit, award => award.Amount.Yuan, StringComparer.Ordinal)
            .ToDictionary(unit => unit.Key, unit => unit.Sum(), StringComparer.Ordinal);

    private static Pool PoolOf(AwardPolicy policy, IReadOnlyList<Pool> pools) =>
        pools.FirstOrDefault(pool => pool.Id == policy.Pool)
        ?? throw new InvalidOperationException(
            $"{policy.Location}: the cycle has no pool '{policy.Pool}': add it to cycle.yaml.");

    /// <summary>The same where there may be no pot: amounts are then paid as computed.</summary>
    internal static AllocationResult Allocate(
        CompiledScheme scheme, AwardPolicy policy, Pool pool, bool hasPot,
        IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> units)
    {
        var reading = new Claims(scheme, policy);
        var claims = new Claim[units.Count];
        for (var i = 0; i < claims.Length; i++) claims[i] = reading.Of(units[i].Facts, units[i].Card);
        var terms = new PotTerms(
            hasPot ? pool.Pot.Yuan : null, hasPot ? policy.Spend : SpendRule.AsComputed,
            Threshold(scheme, policy), policy.RoundTo, policy.Rounding, TieOrder(scheme, policy, claims));
        var numbers = new PotClaim[claims.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = claims[i].InNumbers;
        var (solution, refusal) = PotShare.Solve(numbers, terms);
        if (refusal is not null) throw new RefusalWords(policy, pool).Of(refusal, claims);
        var words = new AwardWords(scheme, policy, pool, hasPot, claims, solution!);
        var awards = new Award[claims.Length];
        for (var i = 0; i < awards.Length; i++) awards[i] = new Award(words, i);
        var spent = new Money(solution!.Amounts.Sum());
        return new AllocationResult(pool.Id, hasPot ? pool.Pot : spent, spent, words.Unspent(spent), awards);
    }

    private static decimal? Threshold(CompiledScheme scheme, AwardPolicy policy)
    {
        if (policy.Threshold is not { } formula) return null;
        return scheme.Formula(formula).Evaluate(scheme.EmptySlots()).TryNumber(out var number) && number >= 0m
            ? number
            : throw new AllocationException(
                policy.Pool,
                new Bilingual(
                    $"起补线算不出来（{formula.Location}）；请写数字或有效的参数",
                    $"the threshold cannot be computed ({formula.Location}); write a number, or a parameter in force"),
                []);
    }

    // The declared keys first; then the larger basis, then the unit id, so that the order of rows never matters.
    private static Comparison<int> TieOrder(CompiledScheme scheme, AwardPolicy policy, Claim[] claims)
    {
        var keys = policy.Ties.Select(key => (
            key.Descending,
            Values: claims.Select(claim => scheme.Formula(key.By).Evaluate(claim.Slots).TryNumber(out var number)
                ? number : (decimal?)null).ToArray())).ToList();
        return (one, other) =>
        {
            foreach (var (descending, values) in keys)
            {
                // What cannot be computed comes last in either direction.
                var order = (values[one], values[other]) switch
                {
                    ({ } left, { } right) => descending ? right.CompareTo(left) : left.CompareTo(right),
                    (null, null) => 0,
                    (null, _) => 1,
                    _ => -1,
                };
                if (order != 0) return order;
            }

            var basis = claims[other].Basis.CompareTo(claims[one].Basis);
            return basis != 0 ? basis : string.CompareOrdinal(claims[one].Unit, claims[other].Unit);
        };
    }
}
