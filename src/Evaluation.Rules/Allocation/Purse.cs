using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>The money of a policy: the budget, and the pots that must add up to it.</summary>
internal sealed class Purse(PolicyFile policy, CompiledScheme scheme, IReadOnlyList<UnitFacts> units)
{
    /// <summary>The pot of every pool, in order; null where amounts are only computed.</summary>
    /// <exception cref="AllocationException">A pot cannot be computed, differs from row to row, or the pots do not add up
    /// to the budget.</exception>
    public IReadOnlyList<decimal?> Pots(decimal? given)
    {
        var rules = policy.Scheme.Awards;
        var budget = given ?? (policy.Budget is { } formula ? Same(formula, new("预算总额", "the budget")) : null);
        var pots = rules.Select(rule => rule.Pot is { } pot
            ? Same(pot, new($"{rule.Pool} 的总额", $"the pot of {rule.Pool}")) : (decimal?)null).ToList();
        if (budget is not { } all) return pots;
        if (rules.Count == 1 && (pots[0] is null || given is not null)) return [all];
        var fixedSum = pots.Sum(pot => pot ?? 0m);
        var rest = rules.ToList().FindIndex(rule => rule.TakesRest);
        if (rest >= 0 && all >= fixedSum)
        {
            pots[rest] = all - fixedSum;
            return pots;
        }

        return fixedSum == all ? pots : throw DoNotAddUp(fixedSum, all);
    }

    private AllocationException DoNotAddUp(decimal pots, decimal budget) => new(
        policy.Id,
        new Bilingual(
            $"各资金池合计 {new Money(pots)} {policy.Currency.Zh}，与预算总额 {new Money(budget)} {policy.Currency.Zh} 不符；请修改各池金额，或让一个资金池写 pot: rest",
            $"the pots add up to {new Money(pots)} {policy.Currency.En}, the budget is {new Money(budget)} {policy.Currency.En}; mend "
            + "the pots, or let one of them take what is left by pot: rest"),
        []);

    // A formula may use a column, as long as every row says the same: there is one pot, not one for each unit.
    private decimal Same(Formula formula, Bilingual what)
    {
        var compiled = scheme.Formula(formula);
        var (first, found) = ("", (decimal?)null);
        if (units.Count == 0) found = Number(compiled.Evaluate(scheme.EmptySlots()));
        foreach (var unit in units)
        {
            var pot = Number(compiled.Evaluate(scheme.Slots(unit)));
            if (found is null || first.Length == 0) (first, found) = (unit.Unit, pot);
            if (pot == found) continue;
            throw new AllocationException(
                policy.Id,
                new Bilingual(
                    $"{what.Zh}在各行不一致（{formula.Location}）：{first} 为 {found}，{unit.Unit} 为 {pot}；请统一",
                    $"{what.En} differs from row to row ({formula.Location}): {found} for {first}, {pot} for {unit.Unit}; make it the same"),
                [first, unit.Unit]);
        }

        return found is >= 0m and var amount ? amount : throw new AllocationException(
            policy.Id,
            new Bilingual(
                $"{what.Zh}算不出来（{formula.Location}：{formula.Text.Trim()}）；请写不小于 0 的数，或补齐数据",
                $"{what.En} cannot be computed ({formula.Location}: {formula.Text.Trim()}); write a number of at least 0, or complete the data"),
            []);

        static decimal? Number(Feel.FeelValue value) => value.TryNumber(out var number) ? number : null;
    }
}
