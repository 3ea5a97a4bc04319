using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Allocation;

/// <summary>Why a pot cannot be shared, in words of a finance officer: what binds, what it adds up to, what to
/// do.</summary>
internal sealed class RefusalWords(AwardPolicy policy, Pool pool)
{
    // Beyond so many units the sentence counts the others; the exception carries them all.
    private const int MostNamed = 10;

    public AllocationException Of(PotRefusal refusal, IReadOnlyList<Claim> claims)
    {
        var units = refusal.Claims.Select(i => claims[i].Unit).Order(StringComparer.Ordinal).ToList();
        return new AllocationException(policy.Pool, Words(refusal, units, Named(units)), units);
    }

    private Bilingual Words(PotRefusal refusal, IReadOnlyList<string> units, Bilingual named)
    {
        var sum = $"{new Money(refusal.Sum)} {policy.Currency.Zh}";
        var sumEn = $"{new Money(refusal.Sum)} {policy.Currency.En}";
        var pot = $"{pool.Pot} {policy.Currency.Zh}";
        var potEn = $"{pool.Pot} {policy.Currency.En}";
        return refusal.Trouble switch
        {
            PotTrouble.CrossedBounds => new(
                $"{named.Zh} 的奖补下限高于上限，请修改奖补办法的上下限",
                $"the floor is above the cap for {named.En}; mend floor or cap of the award policy"),
            PotTrouble.FirstExceedsPot => new(
                $"{units.Count} 个单位先行支付的保障额合计 {sum}，超过总额 {pot}（{named.Zh}）；请增加总额或降低保障",
                $"what is paid first to {Counted(units)} adds up to {sumEn}, more than the pot of {potEn} ({named.En}); "
                + "raise the pot or lower what is paid first"),
            PotTrouble.FloorsExceedPot => new(
                $"{units.Count} 个单位的下限合计 {sum}，超过总额 {pot}（{named.Zh}）；请增加总额、降低下限或减少获奖单位",
                $"the floors of {Counted(units)} add up to {sumEn}, more than the pot of {potEn} "
                + $"({named.En}); raise the pot, lower the floor, or award fewer units"),
            PotTrouble.CapsBelowPot when units.Count == 0 => new(
                $"总额 {pot} 必须全部分配，但没有单位可以参加分配；请改用允许结余的 spend: up_to_caps，或放宽条件",
                $"the pot of {potEn} must be spent, but no unit may share in it; write spend: up_to_caps to let money be left, "
                + "or widen the conditions"),
            PotTrouble.CapsBelowPot => new(
                $"{units.Count} 个单位的上限合计 {sum}，低于必须全部分配的总额 {pot}（{named.Zh}）；请提高上限、减少总额，或改用允许结余的 spend: up_to_caps",
                $"the caps of {Counted(units)} add up to {sumEn}, less than the pot of {potEn} that must be spent ({named.En}); "
                + "raise the caps, lower the pot, or write spend: up_to_caps to let money be left"),
            PotTrouble.AmountsExceedPot => new(
                $"{units.Count} 个单位的核算数合计 {sum}，超过总额 {pot}（{named.Zh}）；请增加总额，或改用按比例压减的 spend: as_needed",
                $"the amounts of {Counted(units)} add up to {sumEn}, more than the pot of {potEn} ({named.En}); raise the pot, "
                + "or write spend: as_needed to cut all of them by one rate"),
            _ => new(
                $"{units.Count} 个单位的核算数合计 {sum}，与总额 {pot} 不符（{named.Zh}）；请核对金额或总额",
                $"the amounts of {Counted(units)} add up to {sumEn}, not to the pot of {potEn} ({named.En}); check amounts and pot"),
        };
    }

    private static Bilingual Named(IReadOnlyList<string> units)
    {
        var first = units.Take(MostNamed).ToList();
        var others = units.Count - first.Count;
        return new(
            string.Join("、", first) + (others > 0 ? $" 等 {units.Count} 家" : ""),
            string.Join(", ", first) + (others > 0 ? $" and {others} more" : ""));
    }

    private static string Counted(IReadOnlyList<string> units) => units.Count == 1 ? "1 unit" : $"{units.Count} units";
}
