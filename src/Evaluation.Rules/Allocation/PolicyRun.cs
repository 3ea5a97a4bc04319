using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>Carries out an award policy that stands alone: budget, pots, and every pool in turn.</summary>
public static class PolicyRun
{
    private const string GradeColumn = "grade";

    /// <summary>The awards.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="units">The units, each with the columns the policy uses, in any order.</param>
    /// <param name="asOf">The day whose parameters are in force, or null: <see cref="PolicyFile.AsOf"/>.</param>
    /// <param name="budget">The money there is, or null: what the policy says.</param>
    /// <exception cref="AllocationException">The policy cannot be carried out; says what binds.</exception>
    public static PolicyOutcome Of(
        PolicyFile policy, IReadOnlyList<UnitFacts> units, DateOnly? asOf = null, decimal? budget = null)
    {
        var scheme = CompiledScheme.Of(policy.Rules, policy.Scheme, asOf ?? policy.AsOf);
        var cards = units.Select(unit => (unit, CardOf(scheme, unit, units.Count))).ToList();
        var purse = new Purse(policy, scheme, units);
        var pots = purse.Pots(budget);
        var pools = new List<AllocationResult>();
        for (var i = 0; i < pots.Count; i++)
        {
            var rule = policy.Scheme.Awards[i];
            var pool = new Pool(rule.Pool, rule.Name ?? policy.Name, new Money(pots[i] ?? 0m));
            pools.Add(Allocator.Allocate(scheme, rule, pool, pots[i] is not null, cards));
        }

        return new PolicyOutcome(
            new Money(pools.Sum(pool => pool.Pot.Yuan)),
            new Money(pools.Sum(pool => pool.Spent.Yuan)),
            pools,
            [.. units.Select((unit, i) => UnitOf(policy, unit.Unit, [.. pools.Select(pool => pool.Awards[i])]))]);
    }

    // Nothing is scored here: the card carries the grade of the column, so that amounts by grade find it.
    private static ScoreCard CardOf(CompiledScheme scheme, UnitFacts facts, int units)
    {
        var grade = facts.Values.TryGetValue(GradeColumn, out var value) && value.Kind == FeelKind.String ? value.AsString() : null;
        return new ScoreCard(
            facts.Unit, scheme.Scheme.Category, scheme.Scheme.Id, [], [], FigureValues.Of(scheme, scheme.Slots(facts), [], [], null),
            0m, null, 1, units, grade, new Bilingual("", ""));
    }

    private static UnitAward UnitOf(PolicyFile policy, string unit, IReadOnlyList<Award> awards)
    {
        var amount = new Money(awards.Sum(award => award.Amount.Yuan));
        if (awards is [var only]) return new UnitAward(unit, amount, only.Because, awards);

        // Pools that are not for the unit are passed over, unless none is.
        var told = awards.Where(award => award.Amount.Yuan != 0m).ToList();
        if (told.Count == 0) told = [awards[0]];
        return new UnitAward(
            unit,
            amount,
            new Bilingual(
                string.Concat(told.Select(award => NameOf(policy, award.Pool).Zh + "：" + award.Because.Zh)),
                string.Join(' ', told.Select(award => NameOf(policy, award.Pool).En + ": " + award.Because.En))),
            awards);
    }

    private static Bilingual NameOf(PolicyFile policy, string pool) =>
        policy.Scheme.Awards.First(rule => rule.Pool == pool).Name ?? new Bilingual(pool, pool);
}
