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

    /// <summary>What every unit gets from all pools of a scheme, in yuan and in the order of the units given: amounts
    /// alone, for who shares out a thousand times and reads no words.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="pools">The pools of the cycle.</param>
    /// <param name="units">Facts and card of every unit of the category, in any order.</param>
    /// <param name="known">Claims of the same scheme and facts, where they follow the grades alone; or null.</param>
    internal static decimal[] SumOfAll(
        CompiledScheme scheme, IReadOnlyList<Pool> pools, IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> units,
        ClaimsByGrade? known = null)
    {
        var sums = new decimal[units.Count];
        for (var place = 0; place < scheme.Scheme.Awards.Count; place++)
        {
            var policy = scheme.Scheme.Awards[place];
            var pool = PoolOf(policy, pools);
            var reading = new Claims(scheme, policy);
            var claims = new ClaimRead[units.Count];
            for (var i = 0; i < claims.Length; i++)
            {
                var (facts, card) = units[i];
                claims[i] = known is null ? Bare() : known.Of(place, card, Bare);

                // A claim holds on to all that its sentence may speak of, some 10 KB a unit. Kept until the pot is
                // shared that outlives the young generations of the collector, and thousands of units and draws fill
                // the memory of the machine with what nobody reads any more.
                ClaimRead Bare()
                {
                    var read = Read(scheme, policy, reading.Of(facts, card));
                    return read with { Claim = read.Claim with { Slots = [] } };
                }
            }

            var amounts = Solve(scheme, policy, pool, hasPot: true, claims).Amounts;
            for (var i = 0; i < sums.Length; i++) sums[i] += amounts[i];
        }

        return sums;
    }

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
        var read = new ClaimRead[units.Count];
        for (var i = 0; i < read.Length; i++) read[i] = Read(scheme, policy, reading.Of(units[i].Facts, units[i].Card));
        var solution = Solve(scheme, policy, pool, hasPot, read);
        var words = new AwardWords(scheme, policy, pool, hasPot, Array.ConvertAll(read, one => one.Claim), solution);
        var awards = new Award[read.Length];
        for (var i = 0; i < awards.Length; i++) awards[i] = new Award(words, i);
        var spent = new Money(solution.Amounts.Sum());
        return new AllocationResult(pool.Id, hasPot ? pool.Pot : spent, spent, words.Unspent(spent), awards);
    }

    private static ClaimRead Read(CompiledScheme scheme, AwardPolicy policy, Claim claim) => new(
        claim, claim.InNumbers,
        policy.Ties.Count == 0 ? [] : [.. policy.Ties.Select(key =>
            scheme.Formula(key.By).Evaluate(claim.Slots).TryNumber(out var number) ? number : (decimal?)null)]);

    private static PotSolution Solve(
        CompiledScheme scheme, AwardPolicy policy, Pool pool, bool hasPot, ClaimRead[] claims)
    {
        var terms = new PotTerms(
            hasPot ? pool.Pot.Yuan : null, hasPot ? policy.Spend : SpendRule.AsComputed,
            Threshold(scheme, policy), policy.RoundTo, policy.Rounding, TieOrder(policy, claims));
        var (solution, refusal) = PotShare.Solve(Array.ConvertAll(claims, claim => claim.Numbers), terms);
        return refusal is null
            ? solution!
            : throw new RefusalWords(policy, pool).Of(refusal, Array.ConvertAll(claims, claim => claim.Claim));
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
    private static Comparison<int> TieOrder(AwardPolicy policy, ClaimRead[] claims) => (one, other) =>
    {
        for (var key = 0; key < policy.Ties.Count; key++)
        {
            // What cannot be computed comes last in either direction.
            var order = (claims[one].Keys[key], claims[other].Keys[key]) switch
            {
                ({ } left, { } right) => policy.Ties[key].Descending ? right.CompareTo(left) : left.CompareTo(right),
                (null, null) => 0,
                (null, _) => 1,
                _ => -1,
            };
            if (order != 0) return order;
        }

        var basis = claims[other].Claim.Basis.CompareTo(claims[one].Claim.Basis);
        return basis != 0 ? basis : string.CompareOrdinal(claims[one].Claim.Unit, claims[other].Claim.Unit);
    };
}
