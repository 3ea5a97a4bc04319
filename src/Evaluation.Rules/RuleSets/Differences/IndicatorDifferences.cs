using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>What an indicator does otherwise than before.</summary>
internal sealed class IndicatorDifferences(DifferenceList found, Indicator old, Indicator now, Bilingual where)
{
    public void Find()
    {
        var place = now.Location;
        found.Text(where, new("名称", "the name"), old.Name, now.Name, place);
        found.Text(where, new("所问", "the question"), old.Question, now.Question, place);
        found.Number(where, new("最高分", "the maximum"), old.Max, now.Max, place);
        found.Formula(where, new("取值公式", "the formula of the value"), old.Value, now.Value, place);
        found.Changed(where, new("取值的单位", "the unit of the value"), CodeWords.Unit(old.Unit),
            CodeWords.Unit(now.Unit), place);
        found.Changed(where, new("取值的范围", "the range of the value"), CodeWords.Range(old.Range),
            CodeWords.Range(now.Range), place);
        found.Changed(where, new("好坏方向", "which way is better"), Way(old.Direction), Way(now.Direction), place);
        found.Formula(where, new("适用条件", "the condition under which it applies"), old.Applies?.When, now.Applies?.When,
            place);
        found.Text(where, new("不适用的理由", "the reason why it does not apply"), old.Applies?.Otherwise,
            now.Applies?.Otherwise, place);
        found.Changed(where, new("须有的数据", "the data it needs"), Needed(old), Needed(now), place);
        found.Changed(where, new("缺数时的处理", "what happens where data are missing"), Lack(old.Missing),
            Lack(now.Missing), place);
        found.Text(where, new("清单合计不到最高分的原因", "why its items give less than the maximum"), old.ShortOfMax,
            now.ShortOfMax, place);
        found.Source(where, new("依据", "the source"), old.Source, now.Source, place);
        Points();
    }

    private static Bilingual Needed(Indicator indicator)
    {
        var codes = indicator.Given.Except(indicator.Optional).Order(StringComparer.Ordinal).ToList();
        return DifferenceList.Quoted(codes.Count == 0 ? null : string.Join(", ", codes));
    }

    private static Bilingual Way(Direction direction) => direction switch
    {
        Direction.Higher => new("越高越好", "higher"),
        Direction.Lower => new("越低越好", "lower"),
        _ => new("接近目标为好", "close to a target"),
    };

    private static Bilingual Lack(MissingPolicy missing) => missing switch
    {
        MissingPolicy.Withhold => new("暂不计分", "withholding the score"),
        MissingPolicy.Zero => new("计零分", "scoring 0"),
        _ => new("不计入", "leaving it out"),
    };

    private void Points()
    {
        switch (old.Points, now.Points)
        {
            case (BandPoints before, BandPoints after): Bands(before, after); break;
            case (FormulaPoints before, FormulaPoints after):
                found.Formula(where, new("计分公式", "the formula of the points"), before.Formula, after.Formula,
                    now.Location);
                break;
            case (GoalpostPoints before, GoalpostPoints after):
                found.Number(where, new("零分线", "the value that earns nothing"), before.Zero, after.Zero, now.Location);
                found.Number(where, new("满分线", "the value that earns full points"), before.Full, after.Full,
                    now.Location);
                break;
            case (ChecklistPoints before, ChecklistPoints after): Checklist(before, after); break;
            case (PanelPoints before, PanelPoints after): Panel(before, after); break;
            case (TablePoints before, TablePoints after):
                new TableDifferences(found, before, after, where).Find();
                break;
            default:
                found.Changed(where, new("计分方式", "the way points are given"), Form(old.Points), Form(now.Points),
                    now.Location);
                break;
        }
    }

    // Bands that give the same points are the same band with another threshold; the others are new or gone.
    private void Bands(BandPoints before, BandPoints after)
    {
        var left = before.Bands.ToList();
        var fresh = new List<Band>();
        foreach (var band in after.Bands)
        {
            if (left.Find(one => FormulaTokens.Same(one.When.Text, band.When.Text)) is { } same)
            {
                left.Remove(same);
                var words = TestWords.Of(band.When);
                found.Number(where, new($"取值{words.Zh}的得分", $"the points where the value is {words.En}"), same.Points,
                    band.Points,
                    band.When.Location);
            }
            else
            {
                fresh.Add(band);
            }
        }

        foreach (var band in fresh)
        {
            var points = DifferenceList.Written(band.Points);
            if (left.Find(one => one.Points == band.Points) is { } moved)
            {
                left.Remove(moved);
                found.Changed(where, new($"得{points.Zh}分的条件", $"the value that earns {points.En} points"),
                    TestWords.Of(moved.When), TestWords.Of(band.When), band.When.Location);
                continue;
            }

            var words = TestWords.Of(band.When);
            found.Add(band.When.Location, $"{where.Zh}：新增一档，{words.Zh}得{points.Zh}分。",
                $"{where.En}: a new band, a value {words.En} earns {points.En} points.");
        }

        foreach (var band in left)
        {
            var (words, points) = (TestWords.Of(band.When), DifferenceList.Written(band.Points));
            found.Add(now.Location, $"{where.Zh}：取消一档，原为{words.Zh}得{points.Zh}分。",
                $"{where.En}: a band is gone, a value {words.En} used to earn {points.En} points.");
        }
    }

    private void Checklist(ChecklistPoints before, ChecklistPoints after)
    {
        foreach (var (earlier, later) in found.Pair(before.Items, after.Items, item => item.Name.Zh,
            item => Item(item), item => item.When.Location))
        {
            found.Text(where, new($"“{later.Name.Zh}”的名称", $"the name of \"{later.Name.En}\""), earlier.Name,
                later.Name,
                later.When.Location);
            found.Number(where, new($"“{later.Name.Zh}”的分值", $"the points for \"{later.Name.En}\""), earlier.Points,
                later.Points, later.When.Location);
            found.Formula(where, new($"“{later.Name.Zh}”的条件", $"the condition of \"{later.Name.En}\""), earlier.When,
                later.When, later.When.Location);
        }
    }

    private Bilingual Item(ChecklistItem item)
    {
        var points = DifferenceList.Written(item.Points);
        return new($"{where.Zh}的一项“{item.Name.Zh}”，{points.Zh.TrimStart()}分",
            $"{where.En}, the item \"{item.Name.En}\", {points.En} points");
    }

    private void Panel(PanelPoints before, PanelPoints after)
    {
        found.Text(where, new("评分人", "who scores"), before.Scorers, after.Scorers, now.Location);
        found.Number(where, new("评分下限", "the least score"), before.Minimum, after.Minimum, now.Location);
        found.Number(where, new("评分上限", "the greatest score"), before.Maximum, after.Maximum, now.Location);
        found.Changed(where, new("评分的合成方法", "how scores become one"), Combined(before), Combined(after), now.Location);
    }

    private static Bilingual Combined(PanelPoints panel) => panel.Combine switch
    {
        PanelCombination.Mean => new("算术平均", "the mean"),
        PanelCombination.Median => new("中位数", "the median"),
        _ => new("去掉一个最高分和一个最低分后平均", "the mean without one highest and one lowest"),
    };

    private static Bilingual Form(PointsRule points) => points switch
    {
        BandPoints bands => Bands(bands),
        FormulaPoints formula => new($"公式{DifferenceList.Quoted(formula.Formula.Text).Zh}",
            $"a formula {DifferenceList.Quoted(formula.Formula.Text).En}"),
        GoalpostPoints posts => new(
            $"按比例（{NumberText(posts.Zero)} 得 0 分，{NumberText(posts.Full)} 得满分）",
            $"in proportion between {NumberText(posts.Zero)}, which earns nothing, "
            + $"and {NumberText(posts.Full)}, which earns everything"),
        ChecklistPoints list => new($"清单逐项得分（{list.Items.Count} 项）", $"a checklist of {list.Items.Count}"),
        TablePoints table => new($"决策表（{table.Rows.Count} 条规则）", $"a decision table of {table.Rows.Count} rules"),
        _ => new("专家评分", "a panel"),
    };

    private static string NumberText(decimal number) => DifferenceList.Written(number).En;

    private static Bilingual Bands(BandPoints points)
    {
        var bands = points.Bands.Select(band => (Words: TestWords.Of(band.When), Points: NumberText(band.Points)))
            .ToList();
        return new($"分档（{string.Join("；", bands.Select(band => $"{band.Words.Zh.Trim()}得 {band.Points} 分"))}）",
            $"bands ({string.Join("; ", bands.Select(band => $"{band.Words.En}: {band.Points}"))})");
    }
}
