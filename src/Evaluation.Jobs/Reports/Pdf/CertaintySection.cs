using Evaluation.Rules.Certainty;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>How certain rank, grade and award are, and which weights they hang on.</summary>
internal static class CertaintySection
{
    private const double AxisWidth = Sheet.TextWidth - 24;

    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.Section("certainty", title);
        if (report.Certainty is not { } unit || report.Examination is not { } spec)
        {
            story.Paragraph(story.Say(CertaintyText.NotDeclared));
            return;
        }

        if (unit.GradeHolds is not null) Mark(story, unit);
        story.Paragraph(story.Say(unit.Because));
        if (unit.Edges is { } edges) story.Paragraph(story.Say(edges));
        if (unit.Matters is { } matters) story.Paragraph(story.Say(matters));
        if (unit.Ranks is { } ranks)
        {
            Chart(story, report, unit, ranks);
            Intervals(story, unit, ranks);
        }

        if (unit.GradeHolds is not null) Chances(story, report, unit);
        if (unit.Parts.Count > 0) Parts(story, report, unit);
        story.Paragraph(Method(story, spec), TextStyle.Label, Ink.Quiet);
    }

    /// <summary>One line for the summary page.</summary>
    internal static void Brief(Story story, AssessmentReport report)
    {
        if (report.Certainty is not { GradeHolds: { } holds, Ranks: { } ranks } unit) return;
        var mark = CertaintyText.Mark(unit.Fragile);
        var range = CertaintyText.Ranks(ranks.Low, ranks.High);
        story.Labelled(
            story.Say("稳健程度", "Certainty"),
            story.Say(
                $"{mark.Zh}：权重变动时等次不变的概率 {CertaintyText.Share(holds)}，名次多在{range.Zh}。",
                $"{mark.En}: when weights vary, the grade holds with a probability of {CertaintyText.Share(holds)}, ranks mostly "
                    + $"{range.En}."),
            TextStyle.Body);
    }

    private static void Mark(Story story, UnitCertainty unit)
    {
        var text = story.Set(story.Say(CertaintyText.Mark(unit.Fragile)), TextStyle.Heading2, Sheet.TextWidth);
        var ink = unit.Fragile ? Ink.Warning : Ink.Accent;
        story.Add(new Strip(text.Height, (canvas, x, y) => canvas.Text(text, x, y, ink))
        { Before = 8, KeepWithNext = true });
    }

    private static void Chart(Story story, AssessmentReport report, UnitCertainty unit, DrawSpread ranks)
    {
        var range = CertaintyText.Ranks(ranks.Low, ranks.High);
        var ranked = ReportText.Whole(report.Result.Ranked);
        story.Caption(story.Say("权重变动时的名次区间", "Interval of ranks when weights vary"));
        story.Paragraph(
            story.Say(
                $"深色条为九成名次所在的区间（{range.Zh}），竖线为本次名次，浅色条为全部 {ranked} 个名次；数据见下表。",
                $"The dark bar is where nine ranks in ten lie ({range.En}), the line is the rank of this run, the pale bar all "
                    + $"{ranked} ranks; the table below has the data."),
            TextStyle.Body, Ink.Text, keepWithNext: true);
        var first = story.Set(story.Say("第 1 名", "Rank 1"), TextStyle.Small, 80);
        var last = story.Set(story.Say($"第 {ranked} 名", $"Rank {ranked}"), TextStyle.Small, 80, Align.Right);
        story.Add(new Strip(40, (canvas, x, y) =>
        {
            var left = x + 12;
            canvas.Fill(left, y + 6, AxisWidth, 12, Ink.Track);
            var (from, to) = (Along(ranks.Low, report), Along(ranks.High, report));
            canvas.Fill(left + from, y + 6, Math.Max(to - from, 2), 12, Ink.Accent);
            if (unit.Rank is { } rank)
            {
                var at = left + Along(rank, report);
                canvas.Fill(at - 1.8, y + 2, 3.6, 20, Ink.White);
                canvas.Fill(at - 0.9, y + 2, 1.8, 20, Ink.Text);
            }

            canvas.Text(first, left, y + 24, Ink.Quiet);
            canvas.Text(last, left + AxisWidth - 80, y + 24, Ink.Quiet);
        })
        { Before = 6, KeepWithNext = true });
    }

    /// <summary>Positions are pictures, not scores: here decimals become doubles.</summary>
    private static double Along(decimal rank, AssessmentReport report) => report.Result.Ranked > 1
        ? AxisWidth * (double)((rank - 1) / (report.Result.Ranked - 1))
        : 0;

    private static void Intervals(Story story, UnitCertainty unit, DrawSpread ranks)
    {
        story.Caption(story.Say("名次和后补助的区间", "Intervals of rank and award"));
        var rows = new List<IReadOnlyList<Cell>>
        {
            new Cell[]
            {
                story.Say("名次", "Rank"), unit.Rank is { } rank ? ReportText.Whole(rank) : ComparisonSection.Dash(story),
                CertaintyText.Rank(ranks.Least), CertaintyText.Rank(ranks.Low), CertaintyText.Rank(ranks.Median),
                CertaintyText.Rank(ranks.High), CertaintyText.Rank(ranks.Greatest),
            },
        };
        if (unit is { Awards: { } awards, Award: { } award })
        {
            rows.Add(
            [
                story.Say("后补助（元）", "Award (CNY)"), Money(award), Money(awards.Least), Money(awards.Low),
                Money(awards.Median), Money(awards.High), Money(awards.Greatest),
            ]);
        }

        Table.Add(
            story,
            [
                new(story.Say("项目", "What"), 0),
                new(story.Say("本次", "This run"), 66, Align.Right), new(story.Say("最小", "Least"), 66, Align.Right),
                new("5%", 66, Align.Right), new(story.Say("中位数", "Median"), 66, Align.Right),
                new("95%", 66, Align.Right), new(story.Say("最大", "Greatest"), 66, Align.Right),
            ],
            rows);
    }

    private static void Chances(Story story, AssessmentReport report, UnitCertainty unit)
    {
        string Grade(string id) => report.Result.Grades.Select(share => share.Grade).FirstOrDefault(grade => grade.Id == id)
            is { } grade ? $"{story.Say(grade.Name)} {grade.Mark}" : id;

        var rows = unit.Grades.Select(chance => (IReadOnlyList<Cell>)
        [
            story.Say($"等次为{Grade(chance.Grade)}", $"Grade is {Grade(chance.Grade)}")
                + (chance.Grade == unit.Grade ? story.Say("（本次等次）", " (grade of this run)") : string.Empty),
            CertaintyText.Share(chance.Share),
        ]).ToList();
        if (unit.Paid is { } paid)
        {
            rows.Add([story.Say("获得后补助", "Gets an award"), CertaintyText.Share(paid)]);
        }

        if (unit.Better is { } better)
        {
            rows.Add([
                story.Say($"升到{Grade(better.Grade)}还差", $"Up to {Grade(better.Grade)}"),
                story.Say(CertaintyText.Edge(better))]);
        }

        if (unit.Worse is { } worse)
        {
            rows.Add([
                story.Say($"降到{Grade(worse.Grade)}还有", $"Down to {Grade(worse.Grade)}"),
                story.Say(CertaintyText.Edge(worse))]);
        }

        story.Caption(story.Say("等次的概率和到下一等次的距离", "Probability of each grade and distance to the next"));
        Table.Add(
            story,
            [new(story.Say("项目", "What"), 0), new(story.Say("数值", "Figure"), 150, Align.Right)],
            rows);
    }

    private static void Parts(Story story, AssessmentReport report, UnitCertainty unit)
    {
        var without = unit.Without.Where(left => !left.IsBlock)
            .ToDictionary(left => left.Id, left => left.Rank, StringComparer.Ordinal);
        var names = report.Lines.ToDictionary(line => line.Line.Id, line => line.Line.Name, StringComparer.Ordinal);
        story.Caption(story.Say("逐项：相对平均得分的贡献和去掉该项后的名次", "Line by line: what it adds to the mean, and the rank without it"));
        Table.Add(
            story,
            [
                new(story.Say("得分行", "Line"), 0),
                new(story.Say("相对平均（分）", "To the mean (points)"), 110, Align.Right),
                new(story.Say("去掉后的名次", "Rank without it"), 100, Align.Right),
            ],
            [.. unit.Parts.Select(part => (IReadOnlyList<Cell>)
            [
                names.TryGetValue(part.Id, out var name) ? $"{part.Id} {story.Say(name)}" : story.Say("裁定", "Judgements"),
                CertaintyText.Signed(part.Points),
                without.GetValueOrDefault(part.Id) is { } rank ? ReportText.Whole(rank) : ComparisonSection.Dash(story),
            ])]);
        if (unit is { Total: { } total, Mean: { } mean })
        {
            story.Paragraph(
                story.Say(
                    $"各项相加为 {CertaintyText.Signed(total - mean)} 分，即总分 {ReportText.Points(total)} 分减本类别平均 {ReportText.Points(mean)} 分。",
                    $"The parts add up to {CertaintyText.Signed(total - mean)} points: the total of {ReportText.Points(total)} less the "
                        + $"category's mean of {ReportText.Points(mean)}."));
        }
    }

    private static string Method(Story story, Robustness spec) => story.Say(
        $"抽样 {ReportText.Whole(spec.Draws)} 次，每次各项权重在上下 {ReportText.Plain(spec.Noise * 100)}% 内均匀变动并在所属一级指标内归一，"
            + $"按同一规则重新裁定、排名、评级、分配；等次不变不足 {CertaintyText.Share(spec.FragileBelow)} 为不稳。随机种子 {spec.Seed}。"
            + $"依据：{ReportText.SourceOf(spec.Source).Zh}。",
        $"{ReportText.Whole(spec.Draws)} draws, in each of which every weight varies evenly by up to "
            + $"{ReportText.Plain(spec.Noise * 100)} % and is re-scaled within its block; then judged, ranked, graded and allocated anew "
            + $"by the same rules. A grade that holds in fewer than {CertaintyText.Share(spec.FragileBelow)} is fragile. Seed "
            + $"{spec.Seed}. Source: {ReportText.SourceOf(spec.Source).En}.");

    private static string Money(decimal yuan) =>
        yuan.ToString("N2", System.Globalization.CultureInfo.InvariantCulture);
}
