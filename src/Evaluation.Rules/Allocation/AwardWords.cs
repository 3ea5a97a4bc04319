using Evaluation.Rules.Scoring;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Allocation;

/// <summary>The sentence of one award: base, coefficient, common rate, bound, rounding, article.</summary>
internal sealed class AwardWords(CompiledScheme scheme, AwardPolicy policy, Pool pool)
{
    /// <summary>Why a unit gets what it gets.</summary>
    public Bilingual Because(Claim claim, Share share, Shares shares)
    {
        var source = Citation.Of(policy.Source);
        var (zh, en) = claim switch
        {
            { Ranked: false } => ("没有参加排名，不奖补", "not ranked, so there is no award"),
            { Grade: null } => ("没有等次，不奖补", "no grade, so there is no award"),
            { Base: 0m } => ($"{GradeName(claim).Zh}：该等次不设奖补", $"{GradeName(claim).En}: this grade gets no award"),
            { Basis: 0m } => (
                $"{GradeName(claim).Zh}：基数 {Yuan(claim.Base)} 元 × 系数 0 = 0 元，不奖补",
                $"{GradeName(claim).En}: base {Yuan(claim.Base)} CNY × coefficient 0 = 0 CNY, so there is no award"),
            _ => Shared(claim, share, shares),
        };
        return new Bilingual($"{zh}（{source.Zh}）。", $"{char.ToUpperInvariant(en[0])}{en[1..]} ({source.En}).");
    }

    /// <summary>Why money is left, or null when the pot is spent.</summary>
    public Bilingual? Unspent(Money spent, Shares shares)
    {
        if (spent == pool.Pot) return null;
        var left = pool.Pot - spent;
        if (shares.ByUnit.Count == 0)
        {
            return new Bilingual($"没有单位符合奖补条件，{left} 元未分配。", $"No unit is eligible; {left} CNY are not awarded.");
        }

        if (shares.Rate is null)
        {
            return new Bilingual(
                $"所有获奖单位都已达到上限，{left} 元未分配。", $"Every unit with an award is at its cap; {left} CNY are not awarded.");
        }

        var unit = NumberText.Plain(policy.RoundTo, 0, 2);
        return left < Money.Zero
            ? new Bilingual(
                $"各单位分别取整到 {unit} 元，合计超出总额 {Money.Zero - left} 元。",
                $"Each award is rounded to {unit} CNY on its own; together they exceed the pot by {Money.Zero - left} CNY.")
            : new Bilingual(
                $"取整到 {unit} 元后余 {left} 元未分配。", $"After rounding to {unit} CNY, {left} CNY are not awarded.");
    }

    private (string Zh, string En) Shared(Claim claim, Share share, Shares shares)
    {
        var (zh, en) = Basis(claim);
        if (shares.Rate is { } rate)
        {
            var (shown, sign) = NumberText.DecimalsOf(rate) <= 6
                ? (NumberText.Plain(rate, 0, 6), "")
                : (NumberText.Plain(rate, 6, 6), "约 ");
            zh += $"；总额 {pool.Pot} 元按同一比例（{sign}{shown}）分配";
            en += $"; the pot of {pool.Pot} CNY is shared at one rate ({(sign.Length > 0 ? "about " : "")}{shown})";
        }
        else
        {
            zh += $"；总额 {pool.Pot} 元足以让所有单位达到上限";
            en += $"; the pot of {pool.Pot} CNY lets every unit reach its cap";
        }

        switch (share.Held)
        {
            case ClampedShare.Held.AtLow:
                zh += $"，所得低于下限 {Yuan(claim.Floor!.Value)} 元，按下限计";
                en += $", which is below the floor of {Yuan(claim.Floor!.Value)} CNY, so the floor counts";
                break;
            case ClampedShare.Held.AtHigh:
                zh += $"，按上限 {Yuan(claim.Cap!.Value)} 元计";
                en += $", held at the cap of {Yuan(claim.Cap!.Value)} CNY";
                break;
        }

        var (how, howEn) = Rounding(share);
        return (
            $"{zh}{how}，奖补 {Yuan(share.Amount)} 元",
            $"{en}{howEn}: award {Yuan(share.Amount)} CNY");
    }

    private (string Zh, string En) Basis(Claim claim)
    {
        var grade = GradeName(claim);
        var amount = Yuan(claim.Base);
        if (policy.Coefficient is null) return ($"{grade.Zh}：基数 {amount} 元", $"{grade.En}: base {amount} CNY");
        var coefficient = NumberText.Plain(claim.Coefficient, 0, 6);
        return (
            $"{grade.Zh}：基数 {amount} 元 × 系数 {coefficient} = {Yuan(claim.Basis)} 元",
            $"{grade.En}: base {amount} CNY × coefficient {coefficient} = {Yuan(claim.Basis)} CNY");
    }

    private (string Zh, string En) Rounding(Share share)
    {
        if (share.Exact == share.Amount) return ("", "");
        var exact = NumberText.Plain(share.Exact, 2, 4);
        var unit = NumberText.Plain(policy.RoundTo, 0, 2);
        return policy.Rounding switch
        {
            RoundingMethod.LargestRemainder => (
                $"，得 {exact} 元，按最大余数法取整到 {unit} 元", $", which gives {exact} CNY, rounded to {unit} CNY by largest remainder"),
            RoundingMethod.HalfUp => (
                $"，得 {exact} 元，四舍五入到 {unit} 元", $", which gives {exact} CNY, rounded half up to {unit} CNY"),
            _ => ($"，得 {exact} 元，舍去不足 {unit} 元的部分", $", which gives {exact} CNY, rounded down to {unit} CNY"),
        };
    }

    private Bilingual GradeName(Claim claim) => scheme.GradeName(claim.Grade!);

    private static string Yuan(decimal amount) => new Money(amount).ToString();
}
