using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Allocation;

/// <summary>The rules of an award policy by their names, for pages, reports and lists of differences.</summary>
public static class AwardPolicyWords
{
    /// <summary>What becomes of the pot.</summary>
    public static Bilingual Spending(SpendRule rule) => rule switch
    {
        SpendRule.All => new("按同一比例恰好分完总额，分不完则停下", "one rate spends the pot exactly; a pot that cannot be spent stops the run"),
        SpendRule.UpToCaps => new("按同一比例分完总额，全部达到上限时余额留存", "one rate spends the pot; where all are at their caps the rest is left"),
        SpendRule.AsNeeded => new("总额足够时按核算数支付，不足时按同一比例压减", "amounts are paid as computed, and cut at one rate when the pot is not enough"),
        SpendRule.AsComputed => new("按核算数支付，超过总额则停下", "amounts are paid as computed; more than the pot stops the run"),
        _ => new("按核算数支付，合计必须等于总额", "amounts are paid as computed and must add up to the pot"),
    };

    /// <summary>A method of rounding.</summary>
    public static Bilingual Rounding(RoundingMethod method) => method switch
    {
        RoundingMethod.LargestRemainder => new("最大余数法，合计恰好等于资金池", "by largest remainders, so that the sum is the pot exactly"),
        RoundingMethod.HalfUp => new("逐笔四舍五入，差额公开", "each rounded half up, the residual disclosed"),
        RoundingMethod.Down => new("逐笔向下取整，差额公开", "each rounded down, the residual disclosed"),
        _ => new($"{AwardWords.MethodName(method).Zh}，合计恰好等于资金池",
            $"by {AwardWords.MethodName(method).En}, so that the sum is the pot exactly"),
    };

    /// <summary>The parts of a policy that are formulas, each with its text and whether it gives an amount of money, in the
    /// order in which they work.</summary>
    public static IEnumerable<(Bilingual Name, Formula Formula, bool IsMoney)> Parts(AwardPolicy policy)
    {
        (Bilingual Name, Formula? Formula, bool IsMoney)[] parts =
        [
            (new("总额", "pot"), policy.Pot, true),
            (new("适用范围", "for which units"), policy.For, false),
            (new("分配依据", "basis"), policy.Basis, false),
            (new("系数", "coefficient"), policy.Coefficient, false),
            (new("先行支付", "paid first"), policy.First, true),
            (new("退出保障", "exit guarantee"), policy.Exit, true),
            (new("起补线", "threshold"), policy.Threshold, true),
            (new("下限", "floor"), policy.Floor, true),
            (new("上限", "cap"), policy.Cap, true),
            (new("保底额", "guarantee"), policy.Guarantee, true),
            (new("波动以此为基础", "band around"), policy.Band?.Of, true),
            (new("波动下限（倍数）", "low end of the band (multiple)"), policy.Band?.Low, false),
            (new("波动上限（倍数）", "high end of the band (multiple)"), policy.Band?.High, false),
            (new("抵扣应收回", "claw-back"), policy.Payment?.Clawback, true),
        ];
        foreach (var (name, formula, isMoney) in parts)
        {
            if (formula is not null) yield return (name, formula, isMoney);
        }
    }
}
