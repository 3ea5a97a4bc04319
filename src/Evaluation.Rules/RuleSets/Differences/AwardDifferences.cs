using Evaluation.Rules.Allocation;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>What an award policy does otherwise than the one before it.</summary>
/// <param name="found">Where differences go.</param>
/// <param name="where">The scheme or the policy.</param>
/// <param name="nameOf">What a grade or a class is called.</param>
internal sealed class AwardDifferences(DifferenceList found, Bilingual where, Func<string, Bilingual> nameOf)
{
    public void Find(AwardPolicy before, AwardPolicy after)
    {
        Amounts(before, after);
        foreach (var (name, old, now) in Formulas(before, after)) found.Formula(where, name, old, now, after.Location);
        Lists(before, after);
        found.Number(where, new("奖补的取整单位（元）", "the unit awards are rounded to (CNY)"), before.RoundTo, after.RoundTo,
            after.Location);
        found.Changed(where, new("奖补的取整方法", "how awards are rounded"), AwardWords.MethodName(before.Rounding),
            AwardWords.MethodName(after.Rounding), after.Location);
        if (before.Spend != after.Spend)
        {
            found.Changed(where, new("总额怎样用", "what becomes of the pot"), Spending(before), Spending(after), after.Location);
        }

        found.Text(where, new("奖补的名称", "the name of the awards"), before.Name, after.Name, after.Location);
        found.Source(where, new("奖补的依据", "the source of the awards"), before.Source, after.Source, after.Location);
        found.Source(where, new("支付办法的依据", "the source of the payment"), before.Payment?.Source, after.Payment?.Source,
            after.Location);
        found.Changed(where, new("不能参加的理由", "the reasons why units take no part"), Reasons(before), Reasons(after),
            after.Location);
        found.Changed(where, new("是否使用预算余下的部分", "whether it spends what is left of the budget"), Rest(before),
            Rest(after), after.Location);
        found.Changed(where, new("资金池", "the pool"), DifferenceList.Plain($" {before.Pool} "),
            DifferenceList.Plain($" {after.Pool} "), after.Location);
    }

    private static Bilingual Reasons(AwardPolicy policy)
    {
        var reasons = policy.Eligible.Select(one => one.Otherwise).ToList();
        return DifferenceList.Quoted(reasons.Count == 0 ? null : new Bilingual(
            string.Join("；", reasons.Select(one => one.Zh)), string.Join("; ", reasons.Select(one => one.En))));
    }

    private static Bilingual Rest(AwardPolicy policy) => policy.TakesRest ? new("是", "yes") : new("否", "no");

    private static Bilingual Spending(AwardPolicy policy)
    {
        var words = AwardPolicyWords.Spending(policy.Spend);
        return new($"“{words.Zh}”", $"\"{words.En}\"");
    }

    private void Amounts(AwardPolicy before, AwardPolicy after)
    {
        foreach (var keys in before.Amounts.Concat(after.Amounts).Select(KeyOf).Distinct(StringComparer.Ordinal))
        {
            var amount = after.Amounts.Concat(before.Amounts).First(one => KeyOf(one) == keys);
            var names = amount.Keys.Select(nameOf).ToList();
            var (zh, en) = (string.Join("、", names.Select(name => name.Zh)), string.Join(", ", names.Select(name => name.En)));
            found.Number(where, new($"{zh}的奖补基数（元）", $"the base amount for {en} (CNY)"),
                Amount(before, keys), Amount(after, keys), after.Location);
        }
    }

    private static string KeyOf(GradeAmount amount) => string.Join('/', amount.Keys);

    private static decimal? Amount(AwardPolicy policy, string keys) =>
        policy.Amounts.FirstOrDefault(amount => KeyOf(amount) == keys)?.Amount;

    private static IEnumerable<(Bilingual Name, Formula? Old, Formula? Now)> Formulas(AwardPolicy before, AwardPolicy after) =>
    [
        (new("奖补总额（元）", "the pot (CNY)"), before.Pot, after.Pot),
        (new("奖补的适用范围", "the units the awards are for"), before.For, after.For),
        (new("奖补的分配依据", "the basis of the awards"), before.Basis, after.Basis),
        (new("奖补系数", "the coefficient of the awards"), before.Coefficient, after.Coefficient),
        (new("先行支付额（元）", "what is paid first (CNY)"), before.First, after.First),
        (new("退出保障（元）", "the exit guarantee (CNY)"), before.Exit, after.Exit),
        (new("起补线（元）", "the threshold (CNY)"), before.Threshold, after.Threshold),
        (new("奖补下限（元）", "the least award (CNY)"), before.Floor, after.Floor),
        (new("奖补上限（元）", "the greatest award (CNY)"), before.Cap, after.Cap),
        (new("保底额（元）", "the guarantee (CNY)"), before.Guarantee, after.Guarantee),
        (new("波动幅度所比的额度（元）", "the earlier award of the band (CNY)"), before.Band?.Of, after.Band?.Of),
        (new("波动下限（倍数）", "the low end of the band (multiple)"), before.Band?.Low, after.Band?.Low),
        (new("波动上限（倍数）", "the high end of the band (multiple)"), before.Band?.High, after.Band?.High),
        (new("抵扣应收回（元）", "the claw-back (CNY)"), before.Payment?.Clawback, after.Payment?.Clawback),
    ];

    private void Lists(AwardPolicy before, AwardPolicy after)
    {
        (Bilingual Name, Func<AwardPolicy, Func<Formula, string>, IEnumerable<string>> Of)[] lists =
        [
            (new("参加条件", "the conditions to take part"), (policy, text) => policy.Eligible.Select(one => text(one.When))),
            (new("分类分档的依据", "the keys of the amounts"), (policy, text) => policy.By.Select(text)),
            (new("累进比例", "the marginal scale"),
                (policy, text) => policy.Scale.Select(step => $"> {text(step.Above)}: {text(step.Rate)}")),
            (new("余数相同时的次序", "the order of equal remainders"),
                (policy, text) => policy.Ties.Select(key => text(key.By) + (key.Descending ? "" : " ↑"))),
        ];
        foreach (var (name, of) in lists)
        {
            if (of(before, Looks).SequenceEqual(of(after, Looks))) continue;
            found.Changed(where, name, Written(of(before, Text)), Written(of(after, Text)), after.Location);
        }

        if (Instalments(before, FormulaTokens.Of).SequenceEqual(Instalments(after, FormulaTokens.Of))) return;
        found.Changed(where, new("分期支付", "the instalments"), Written(Instalments(before, text => text.Trim())),
            Written(Instalments(after, text => text.Trim())), after.Location);
    }

    private static IEnumerable<string> Instalments(AwardPolicy policy, Func<string, string> written) =>
        policy.Payment?.Instalments.Select(rule => $"{written(rule.When.Text)}: {string.Join('+', rule.Months)}") ?? [];

    private static string Text(Formula formula) => formula.Text.Trim();

    // How it is laid out does not count.
    private static string Looks(Formula formula) => FormulaTokens.Of(formula.Text);

    private static Bilingual Written(IEnumerable<string> items)
    {
        var text = string.Join("; ", items);
        return DifferenceList.Quoted(text.Length == 0 ? null : text);
    }
}
