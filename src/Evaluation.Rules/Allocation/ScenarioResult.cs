namespace Evaluation.Rules.Allocation;

/// <summary>What a unit gets in a scenario, beside what it got.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="GradeBefore">The grade it was paid by, or null.</param>
/// <param name="Grade">Its grade in the scenario, or null.</param>
/// <param name="Before">Sum of its awards.</param>
/// <param name="Amount">Sum of its awards in the scenario.</param>
public sealed record ScenarioUnit(string Unit, string? GradeBefore, string? Grade, Money Before, Money Amount)
{
    /// <summary>What changes.</summary>
    public Money Difference => Amount - Before;
}

/// <summary>Two allocations of one category side by side.</summary>
/// <param name="Pools">What every pool gives in the scenario.</param>
/// <param name="Units">Every unit of either, in ordinal order of their ids.</param>
public sealed record ScenarioResult(IReadOnlyList<AllocationResult> Pools, IReadOnlyList<ScenarioUnit> Units)
{
    /// <summary>Sum of the awards there were.</summary>
    public Money Before => new(Units.Sum(unit => unit.Before.Yuan));

    /// <summary>Sum of the awards of the scenario; the differences of all units add up to the difference of the
    /// sums.</summary>
    public Money Amount => new(Units.Sum(unit => unit.Amount.Yuan));

    /// <summary>Sum of the differences of all units.</summary>
    public Money Difference => new(Units.Sum(unit => unit.Difference.Yuan));

    /// <summary>Puts what a scenario gives beside what there was; a unit that only one of them knows gets nothing in the
    /// other.</summary>
    public static ScenarioResult Of(IReadOnlyList<AllocationResult> before, IReadOnlyList<AllocationResult> now)
    {
        var (was, will) = (ByUnit(before), ByUnit(now));
        return new ScenarioResult(now,
        [
            .. was.Keys.Union(will.Keys).Order(StringComparer.Ordinal).Select(unit =>
            {
                var (gradeBefore, amountBefore) = was.GetValueOrDefault(unit);
                var (grade, amount) = will.GetValueOrDefault(unit);
                return new ScenarioUnit(unit, gradeBefore, grade, amountBefore, amount);
            }),
        ]);
    }

    private static Dictionary<string, (string? Grade, Money Amount)> ByUnit(IEnumerable<AllocationResult> pools) =>
        pools.SelectMany(pool => pool.Awards).GroupBy(award => award.Unit, StringComparer.Ordinal).ToDictionary(
            unit => unit.Key,
            unit => (unit.First().Grade, new Money(unit.Sum(award => award.Amount.Yuan))),
            StringComparer.Ordinal);
}
