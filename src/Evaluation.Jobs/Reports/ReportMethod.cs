using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Reports;

/// <summary>The method in words, taken from the scheme: what it does not say is not printed.</summary>
internal static class ReportMethod
{
    internal static IReadOnlyList<ReportRule> Of(ReportMaterial material)
    {
        var scheme = material.Scheme;
        var rules = new List<ReportRule> { Scoring(scheme), Missing() };
        if (Tables(scheme) is { } tables) rules.Add(tables);
        if (scheme.Grades is { } grades)
        {
            rules.Add(Ranking(grades, scheme));
            rules.Add(Grades(grades));
        }

        rules.AddRange(scheme.Awards.Select(policy => Awards(policy, material)));
        rules.Add(Comparison());
        return rules;
    }

    private static ReportRule Scoring(Scheme scheme) => new(
        new("计分", "Scoring"),
        new(
            $"按《{scheme.Name.Zh}》评分（{ReportText.SourceOf(scheme.Source).Zh}）。每项指标先由原始记录按公式求出指标值，再按规则换算为得分；"
                + $"各项得分之和为总分，满分 {ReportText.Points(scheme.OutOf)} 分。计算过程使用十进制精确运算，只在显示时取两位小数。",
            $"Scored by {scheme.Name.En} ({ReportText.SourceOf(scheme.Source).En}). Each indicator's value is "
                + "computed from "
                + "the raw records by its formula and turned into points by its rule; the points add up to the "
                + "total, at "
                + $"most {ReportText.Points(scheme.OutOf)}. Arithmetic is exact decimal; figures are rounded to "
                + "two decimals "
                + "only where they are shown."));

    /// <summary>Which indicators take their points from a decision table, and from which; null where none does.</summary>
    private static ReportRule? Tables(Scheme scheme)
    {
        var tables = scheme.Indicators.Where(indicator => indicator.Points is TablePoints)
            .Select(indicator => (Indicator: indicator, Table: (TablePoints)indicator.Points)).ToList();
        if (tables.Count == 0) return null;
        return new(
            new("决策表", "Decision tables"),
            new(
                $"{string.Join("；", tables.Select(one => $"{one.Indicator.Id} {one.Indicator.Name.Zh}的得分由决策表"
                    + $"“{one.Table.Decision}”给出（{one.Table.Location.Path}，{one.Table.Rows.Count} 条规则）"))}"
                    + "。决策表按 OMG 标准 DMN 绘制，任何支持该标准的软件都能重新计算；台账写明是哪一条规则决定的。",
                $"{string.Join("; ", tables.Select(one => $"the points of {one.Indicator.Id} {one.Indicator.Name.En} come "
                    + $"from the decision table \"{one.Table.Decision}\" ({one.Table.Location.Path}, "
                    + $"{one.Table.Rows.Count} rules)"))}. Decision tables follow the OMG standard DMN, so that any "
                    + "software that knows it can compute them again; the ledger names the rule that decided."));
    }

    private static ReportRule Missing() => new(
        new("缺失数据", "Missing data"),
        new(
            "缺失的数据不会自动按零分处理。每项指标的结果只有三种：已评分、待补数据、不适用；有指标待补数据的单位不出具总分。",
            "Missing data never become zero by themselves. Each indicator ends as scored, withheld or not "
                + "applicable; a unit "
                + "with a withheld indicator has no total."));

    private static ReportRule Ranking(GradeTable table, Scheme scheme)
    {
        var zh = "按未取整的总分由高到低排名";
        var en = "Units are ranked by unrounded total, greatest first";
        if (table.TieKeys.Count > 0)
        {
            zh += $"；总分相同的，依次比较 {string.Join("、", table.TieKeys.Select(key => Key(key, scheme).Zh))}";
            en += $"; equal totals are ordered by {string.Join(", then ", table.TieKeys.Select(key => Key(key, scheme).En))}";
        }

        return new(
            new("排名", "Ranking"),
            new(zh + "；仍相同的名次并列。", en + "; units still equal share a rank."));
    }

    private static Bilingual Key(TieKey key, Scheme scheme)
    {
        var name = key.NameIn(scheme);
        return key.Descending
            ? new($"“{name.Zh}”（高者在前）", $"{name.En} (greater first)")
            : new($"“{name.Zh}”（低者在前）", $"{name.En} (less first)");
    }

    /// <summary>A formula of constants as its number, any other as it is written.</summary>
    private static string Number(Formula formula) =>
        formula.Expression.FreeNames.Count == 0 && formula.Expression.Evaluate(FeelContext.Empty).TryNumber(out var number)
            ? ReportText.Plain(Math.Round(number, 2, MidpointRounding.ToEven))
            : formula.Text;

    private static ReportRule Grades(GradeTable table)
    {
        var zh = new List<string>();
        var en = new List<string>();
        foreach (var grade in table.Grades)
        {
            var conditions = Conditions(table, grade.Id).ToList();
            if (conditions.Count == 0) continue;
            zh.Add($"{grade.Name.Zh} {grade.Mark}：{string.Join("，且", conditions.Select(one => one.Zh))}");
            en.Add($"{grade.Name.En} {grade.Mark}: {string.Join(", and ", conditions.Select(one => one.En))}");
        }

        var source = ReportText.SourceOf(table.Source);
        return new(
            new("等级", "Grades"),
            new($"{string.Join("；", zh)}。依据：{source.Zh}。", $"{string.Join("; ", en)}. Source: {source.En}."));
    }

    private static IEnumerable<Bilingual> Conditions(GradeTable table, string grade)
    {
        if (table.Bands.FirstOrDefault(band => band.Grade == grade) is { } band)
        {
            var words = ConditionInWords.Of(band.When.Text) ?? new Bilingual(band.When.Text, band.When.Text);
            yield return new($"总分{words.Zh}", $"total {words.En}");
        }

        foreach (var quota in table.Quotas.Where(quota => quota.Grade == grade))
        {
            if (quota.Count is { } count) yield return new($"名额 {Number(count)} 家", $"{Number(count)} places");
            if (quota.Percent is { } percent)
            {
                yield return new($"名额为排名单位数的 {Number(percent)}%", $"{Number(percent)} per cent of the ranked units");
            }

            if (quota.AtLeast is { } least)
            {
                var points = ReportText.Points(least);
                yield return new($"总分不低于 {points} 分", $"a total of at least {points}");
            }
        }

        if (table.Rest == grade) yield return new("其余单位", "all other units");
    }

    private static ReportRule Awards(AwardPolicy policy, ReportMaterial material)
    {
        var pool = material.Cycle.Pools.FirstOrDefault(one => one.Id == policy.Pool);
        var name = pool?.Name ?? new Bilingual(policy.Pool, policy.Pool);
        var source = ReportText.SourceOf(policy.Source);
        var zh = $"资金池“{name.Zh}”";
        var en = $"Pool {name.En}";
        if (pool is not null)
        {
            zh += $"共 {ReportText.Yuan(pool.Pot.Yuan).Zh}";
            en += $", {ReportText.Yuan(pool.Pot.Yuan).En}";
        }

        if (policy.Amounts.Count > 0)
        {
            var amounts = policy.Amounts.Select(amount => (Name: AmountName(amount, material), Yuan: ReportText.Yuan(amount.Amount))).ToList();
            zh += $"。等级基数：{string.Join("、", amounts.Select(one => $"{one.Name.Zh} {one.Yuan.Zh}"))}";
            en += $". Base amounts: {string.Join(", ", amounts.Select(one => $"{one.Name.En} {one.Yuan.En}"))}";
        }

        foreach (var (part, formula, isMoney) in AwardPolicyWords.Parts(policy))
        {
            // A bare amount is written as money is.
            var yuan = isMoney && formula.Expression.Root is FeelLiteral { Value.IsNumber: true };
            zh += yuan ? $"；{part.Zh} {Number(formula)} 元" : $"；{part.Zh}：{Written(formula)}";
            en += yuan ? $"; {part.En} {Number(formula)} CNY" : $"; {part.En}: {Written(formula)}";
        }

        var (spending, rounding, unit) = (
            AwardPolicyWords.Spending(policy.Spend), AwardPolicyWords.Rounding(policy.Rounding), ReportText.Yuan(policy.RoundTo));
        return new(
            new("后补助", "Award"),
            new(
                $"{zh}。{spending.Zh}；{rounding.Zh}，取整单位 {unit.Zh}。依据：{source.Zh}。",
                $"{en}. {char.ToUpperInvariant(spending.En[0])}{spending.En[1..]}; {rounding.En}, to {unit.En}. Source: {source.En}."));
    }

    private static Bilingual AmountName(GradeAmount amount, ReportMaterial material)
    {
        var names = amount.Keys
            .Select(key => material.Scheme.Grades?.Grades.FirstOrDefault(grade => grade.Id == key)?.Name ?? new Bilingual(key, key))
            .ToList();
        return new(string.Join("、", names.Select(name => name.Zh)), string.Join(", ", names.Select(name => name.En)));
    }

    // A bare number is written with separators; anything else stands as the rule file has it.
    private static string Written(Formula formula) => formula.Expression.Root is FeelLiteral { Value.IsNumber: true }
        ? Number(formula) : string.Join(' ', formula.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static ReportRule Comparison() => new(
        new("与本类别比较", "Comparison with the category"),
        new(
            "比较只用已有总分的单位。得分率为得分除以满分；中位数和最好四分之一的门槛（上四分位数）按线性插值求得。",
            "Only units with a total are compared. A share is points divided by the maximum; the median and the "
                + "threshold of "
                + "the best quarter (upper quartile) are found by linear interpolation."));

    internal static ReportJudgement JudgementOf(Judgement judgement, Scheme scheme, ScoreCard card)
    {
        var line = card.Lines.FirstOrDefault(one => one.Kind == LedgerLineKind.Judgement && one.Id == judgement.Id);
        return new ReportJudgement(
            judgement.Id,
            judgement.Name,
            Effect(judgement.Effect, scheme),
            ReportText.SourceOf(judgement.Source),
            line is not null,
            line?.Points ?? 0m,
            line?.Because);
    }

    private static Bilingual Effect(JudgementEffect effect, Scheme scheme) => effect switch
    {
        CapGrade cap => new(
            $"等级最高为{GradeName(cap.Grade, scheme).Zh}", $"grade at most {GradeName(cap.Grade, scheme).En}"),
        CapTotal cap => new(
            $"总分最高 {ReportText.Points(cap.Points)} 分", $"total at most {ReportText.Points(cap.Points)}"),
        SetGrade set => new(
            $"等级定为{GradeName(set.Grade, scheme).Zh}，名次排在最后",
            $"grade set to {GradeName(set.Grade, scheme).En}, ranked after all others"),
        AdjustPoints adjust => new($"加减分：{adjust.Points.Text}", $"points adjusted by {adjust.Points.Text}"),
        ExcludeUnit => new("不参加排名、评级和后补助分配", "no part in ranking, grading and allocation"),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "a judgement effect without words"),
    };

    private static Bilingual GradeName(string grade, Scheme scheme) =>
        scheme.Grades?.Grades.FirstOrDefault(one => one.Id == grade)?.Name ?? new Bilingual(grade, grade);
}
