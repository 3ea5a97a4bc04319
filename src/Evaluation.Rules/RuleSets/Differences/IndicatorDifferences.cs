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
        found.Changed(where, new("取值的单位", "the unit of the value"), Plain(old.Unit.Code), Plain(now.Unit.Code), place);
        found.Changed(where, new("好坏方向", "which way is better"), Way(old.Direction), Way(now.Direction), place);
        found.Formula(where, new("适用条件", "the condition under which it applies"), old.Applies?.When, now.Applies?.When,
            place);
        found.Changed(where, new("缺数时的处理", "what happens where data are missing"), Lack(old.Missing),
            Lack(now.Missing), place);
        found.Changed(where, new("依据", "the source"), Cited(old.Source), Cited(now.Source), place);
        Points();
    }

    private static Bilingual Plain(string code) => DifferenceList.Plain($" {code} ");

    private static Bilingual Cited(Source source) => DifferenceList.Quoted(new Bilingual(
        $"{source.Document} {source.Item}".Trim(),
        $"{source.DocumentEn ?? source.Document} {source.ItemEn ?? source.Item}".Trim()));

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
            if (left.Find(one => one.When.Text == band.When.Text) is { } same)
            {
                left.Remove(same);
                var words = TestWords.Of(band.When);
                found.Number(where, new($"取值{words.Zh}的得分", $"the points for {words.En}"), same.Points, band.Points,
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
                $"{where.En}: a new band, {words.En} earns {points.En} points.");
        }

        foreach (var band in left)
        {
            var (words, points) = (TestWords.Of(band.When), DifferenceList.Written(band.Points));
            found.Add(now.Location, $"{where.Zh}：取消一档，原为{words.Zh}得{points.Zh}分。",
                $"{where.En}: a band is gone, {words.En} used to earn {points.En} points.");
        }
    }

    private void Checklist(ChecklistPoints before, ChecklistPoints after)
    {
        foreach (var (earlier, later) in found.Pair(before.Items, after.Items, item => item.Name.Zh,
            item => Item(item), item => item.When.Location))
        {
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
        BandPoints => new("分档", "bands"),
        FormulaPoints => new("公式", "a formula"),
        GoalpostPoints => new("零分线与满分线之间按比例", "in proportion between two values"),
        ChecklistPoints => new("清单逐项得分", "a checklist"),
        TablePoints => new("决策表", "a decision table"),
        _ => new("专家评分", "a panel"),
    };
}
