using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>What a scheme does otherwise than the one before it.</summary>
internal sealed class SchemeDifferences(DifferenceList found, Scheme old, Scheme now)
{
    private readonly Bilingual _where = now.Name;

    public void Find()
    {
        found.Text(_where, new("名称", "the name"), old.Name, now.Name, now.Location);
        found.Source(_where, new("依据", "the source"), old.Source, now.Source, now.Location);
        found.Changed(_where, new("评价对象", "what is scored"), CodeWords.Level(old.Level), CodeWords.Level(now.Level),
            now.Location);
        found.Number(_where, new("总分", "the total"), old.Total, now.Total, now.Location);
        found.Number(_where, new("折算满分", "what the total is expressed out of"), old.OutOf, now.OutOf, now.Location);
        Blocks();
        foreach (var (before, after) in found.Pair(old.Indicators, now.Indicators, indicator => indicator.Id,
            WithPlace, indicator => indicator.Location))
        {
            new IndicatorDifferences(found, before, after, Named(after)).Find();
        }

        new ParameterDifferences(found, _where).Find(old.Parameters, now.Parameters);
        foreach (var (before, after) in found.Pair(old.Figures, now.Figures, figure => figure.Id,
            figure => new Bilingual($"{_where.Zh}的展示数字“{figure.Name.Zh}”",
                $"{_where.En}, the figure \"{figure.Name.En}\""), figure => figure.Location))
        {
            found.Formula(_where, new($"展示数字“{after.Name.Zh}”的公式", $"the formula of the figure \"{after.Name.En}\""),
                before.Value, after.Value, after.Location);
            found.Text(_where, new($"展示数字“{after.Name.Zh}”的名称", $"the name of the figure \"{after.Name.En}\""),
                before.Name,
                after.Name, after.Location);
            found.Changed(_where, new($"展示数字“{after.Name.Zh}”的单位", $"the unit of the figure \"{after.Name.En}\""),
                CodeWords.Unit(before.Unit), CodeWords.Unit(after.Unit), after.Location);
        }

        Judgements();
        Grades();
        Awards();
    }

    private void Blocks()
    {
        foreach (var (before, after) in found.Pair(old.Blocks, now.Blocks, block => block.Id,
            block => new Bilingual($"{_where.Zh}的一级指标“{block.Name.Zh}”",
                $"{_where.En}, the block \"{block.Name.En}\""), block => block.Location))
        {
            found.Text(_where, new($"一级指标“{after.Name.Zh}”的名称", $"the name of the block \"{after.Name.En}\""),
                before.Name, after.Name, after.Location);
            found.Number(_where, new($"一级指标“{after.Name.Zh}”的权重", $"the weight of the block \"{after.Name.En}\""),
                before.Weight, after.Weight, after.Location);
            found.Source(_where, new($"一级指标“{after.Name.Zh}”的依据", $"the source of the block \"{after.Name.En}\""),
                before.Source, after.Source, after.Location);
        }

        foreach (var block in now.Blocks)
        {
            foreach (var indicator in block.Indicators)
            {
                if (old.Blocks.FirstOrDefault(one =>
                    one.Indicators.Any(same => same.Id == indicator.Id)) is not { } from
                    || from.Id == block.Id) continue;
                var named = Named(indicator);
                found.Add(indicator.Location, $"{named.Zh}：由一级指标“{from.Name.Zh}”移入“{block.Name.Zh}”。",
                    $"{named.En}: moves from the block \"{from.Name.En}\" to \"{block.Name.En}\".");
            }
        }
    }

    // Schemes of one year use the same ids, so an indicator is never named without its scheme.
    private Bilingual Named(Indicator indicator) =>
        new($"{_where.Zh} {indicator.Id} {indicator.Name.Zh}", $"{_where.En}, {indicator.Id} {indicator.Name.En}");

    private Bilingual WithPlace(Indicator indicator)
    {
        var points = DifferenceList.Written(indicator.Max);
        return new($"{_where.Zh}的指标 {indicator.Id} {indicator.Name.Zh}，最高{points.Zh}分",
            $"{_where.En}, the indicator {indicator.Id} {indicator.Name.En}, at most {points.En} points");
    }

    private void Judgements()
    {
        foreach (var (before, after) in found.Pair(old.Judgements, now.Judgements, judgement => judgement.Id,
            judgement => new Bilingual(
                $"{_where.Zh}的判定“{judgement.Name.Zh}”：{Effect(now, judgement.Effect).Zh}",
                $"{_where.En}, the judgement \"{judgement.Name.En}\": {Effect(now, judgement.Effect).En}"),
            judgement => judgement.Location))
        {
            found.Formula(_where,
                new($"判定“{after.Name.Zh}”的条件", $"the condition of the judgement \"{after.Name.En}\""), before.When,
                after.When, after.Location);
            found.Changed(_where, new($"判定“{after.Name.Zh}”的后果", $"the effect of the judgement \"{after.Name.En}\""),
                Effect(old, before.Effect), Effect(now, after.Effect), after.Location);
            found.Text(_where, new($"判定“{after.Name.Zh}”的名称", $"the name of the judgement \"{after.Name.En}\""),
                before.Name,
                after.Name, after.Location);
            found.Source(_where, new($"判定“{after.Name.Zh}”的依据", $"the source of the judgement \"{after.Name.En}\""),
                before.Source, after.Source, after.Location);
        }

        // Judgements are applied one after the other, so that their order is part of the rule.
        var kept = now.Judgements.Select(one => one.Id).Intersect(old.Judgements.Select(one => one.Id)).ToList();
        var was = old.Judgements.Where(one => kept.Contains(one.Id)).ToList();
        if (was.Select(one => one.Id).SequenceEqual(kept)) return;
        found.Changed(_where, new("判定的先后次序", "the order of the judgements"), Order(was),
            Order(now.Judgements.Where(one => kept.Contains(one.Id))), now.Location);
    }

    private static Bilingual Order(IEnumerable<Judgement> judgements)
    {
        var names = judgements.Select(one => one.Name).ToList();
        return DifferenceList.Quoted(new Bilingual(
            string.Join("、", names.Select(name => name.Zh)), string.Join("; ", names.Select(name => name.En))));
    }

    private static Bilingual Effect(Scheme scheme, JudgementEffect effect)
    {
        switch (effect)
        {
            case CapGrade cap:
                var most = Grade(scheme, cap.Grade);
                return new($"等次不高于{most.Zh}", $"the grade is at most {most.En}");
            case SetGrade set:
                var grade = Grade(scheme, set.Grade);
                return new($"等次定为{grade.Zh}", $"the grade is {grade.En}");
            case CapTotal cap:
                var total = DifferenceList.Written(cap.Points);
                return new($"总分不超过{total.Zh}分", $"the total is at most {total.En}");
            case AdjustPoints adjust:
                var points = DifferenceList.Quoted(adjust.Points.Text);
                return new($"加减分{points.Zh}", $"points are adjusted by {points.En}");
            default:
                return new("不参加排名、等次和奖补", "the unit takes no part in ranks, grades and awards");
        }
    }

    private static Bilingual Grade(Scheme scheme, string id)
    {
        var name = scheme.Grades?.Grades.FirstOrDefault(grade => grade.Id == id)?.Name ?? new Bilingual(id, id);
        return DifferenceList.Quoted(name);
    }

    private void Grades()
    {
        if (old.Grades is not { } before || now.Grades is not { } after)
        {
            if (old.Grades is { } gone)
            {
                found.Removed(new($"{_where.Zh}的等次表", $"{_where.En}, the grades"), gone.Location);
            }

            if (now.Grades is { } added)
            {
                found.Added(new($"{_where.Zh}的等次表", $"{_where.En}, the grades"), added.Location);
            }

            return;
        }

        found.Source(_where, new("等次的依据", "the source of the grades"), before.Source, after.Source, after.Location);
        foreach (var (earlier, later) in found.Pair(before.Grades, after.Grades, grade => grade.Id,
            grade => new Bilingual($"{_where.Zh}的等次“{grade.Name.Zh}”", $"{_where.En}, the grade \"{grade.Name.En}\""),
                _ => after.Location))
        {
            found.Text(_where, new($"等次“{later.Name.Zh}”的名称", $"the name of the grade \"{later.Name.En}\""),
                earlier.Name,
                later.Name, after.Location);
            found.Changed(_where, new($"等次“{later.Name.Zh}”的标记", $"the mark of the grade \"{later.Name.En}\""),
                DifferenceList.Quoted(earlier.Mark), DifferenceList.Quoted(later.Mark), after.Location);
        }

        found.Changed(_where, new("等次从优到劣的次序", "the order of the grades"), Best(before), Best(after), after.Location);
        foreach (var grade in after.Grades)
        {
            var name = DifferenceList.Quoted(grade.Name);
            found.Changed(_where, new($"{name.Zh}的分数条件", $"the score for {name.En}"), Band(before, grade.Id),
                Band(after, grade.Id), after.Location);
            found.Changed(_where, new($"{name.Zh}的名额", $"the number of places for {name.En}"),
                Places(before, grade.Id), Places(after, grade.Id), after.Location);
        }

        found.Changed(_where, new("其余单位的等次", "the grade of all other units"), Rest(old), Rest(now), after.Location);
        found.Changed(_where, new("同分的次序依据", "what decides between equal totals"), Keys(before), Keys(after),
            after.Location);
        found.Changed(_where, new("名额边界上完全相同的单位", "what becomes of units that are equal across the edge of a quota"),
            Edge(before), Edge(after), after.Location);
    }

    // Grades of one side alone are told as added or removed.
    private Bilingual Best(GradeTable table)
    {
        var both = old.Grades!.Grades.Select(grade => grade.Id).Intersect(now.Grades!.Grades.Select(grade => grade.Id))
            .ToHashSet();
        return DifferenceList.Quoted(string.Join(" > ", table.Grades.Select(grade => grade.Id).Where(both.Contains)));
    }

    private static Bilingual Band(GradeTable table, string grade) =>
        table.Bands.FirstOrDefault(band => band.Grade == grade) is { } found ? TestWords.Of(found.When)
            : DifferenceList.Written(null);

    private static Bilingual Places(GradeTable table, string grade)
    {
        if (table.Quotas.FirstOrDefault(quota => quota.Grade == grade) is not { } quota)
        {
            return DifferenceList.Written(null);
        }

        var rounding = CodeWords.Rounding(quota.Rounding);
        var (zh, en) = quota.Count is { } count
            ? ($" {FormulaTokens.Of(count.Text)} 个", FormulaTokens.Of(count.Text))
            : ($"参评单位的 {FormulaTokens.Of(quota.Percent!.Text)} %，{rounding.Zh}",
                $"{FormulaTokens.Of(quota.Percent!.Text)} % of the units, {rounding.En}");
        if (quota.AtLeast is not { } least) return new(zh, en);
        var points = DifferenceList.Written(least);
        return new($"{zh}（须不低于{points.Zh}分）", $"{en} (with at least {points.En} points)");
    }

    private static Bilingual Rest(Scheme scheme) => scheme.Grades?.Rest is { } rest ? Grade(scheme, rest)
        : DifferenceList.Written(null);

    private static Bilingual Keys(GradeTable table) => DifferenceList.Quoted(
        table.TieKeys.Count == 0 ? null
            : string.Join(", ", table.TieKeys.Select(key => key.By.Text.Trim() + (key.Descending ? "" : " ↑"))));

    private static Bilingual Edge(GradeTable table) => table.EdgeTies switch
    {
        EdgeTies.AllIn => new("一并进入较高等次", "all getting the better grade"),
        EdgeTies.AllOut => new("一并归入较低等次", "all getting the lower grade"),
        _ => new("停下来由人决定", "a person deciding"),
    };

    private AwardDifferences Policies => new(found, _where, grade => Grade(now, grade));

    // Policies are the same one where they spend the same pool; a scheme's only one may move to another.
    private void Awards()
    {
        if (old.Awards is [var one] && now.Awards is [var other])
        {
            Policies.Find(one, other);
            return;
        }

        foreach (var gone in old.Awards.Where(policy => now.Awards.All(kept => kept.Pool != policy.Pool)))
        {
            found.Removed(new($"{_where.Zh}的奖补办法", $"{_where.En}, the awards"), gone.Location);
        }

        foreach (var added in now.Awards)
        {
            if (old.Awards.FirstOrDefault(policy => policy.Pool == added.Pool) is { } before) Policies.Find(before, added);
            else found.Added(new($"{_where.Zh}的奖补办法", $"{_where.En}, the awards"), added.Location);
        }
    }
}
