namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>Every indicator in one table, with the total under it.</summary>
internal static class IndicatorSection
{
    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.Section("indicators", title);
        story.Paragraph(
            story.Say(
                "每行对应明细账中的一行，编号可用于提出异议。各行得分与裁定加减分之和即为总分。",
                "Each row is a line of the ledger; its number can be named in an objection. The rows and the "
                    + "judgements add up "
                    + "to the total."),
            TextStyle.Body,
            Ink.Text,
            keepWithNext: true);
        var rows = report.Lines.Select(line => Row(story, line)).ToList();
        rows.AddRange(report.Judgements.Where(judgement => judgement.Held && judgement.Points != 0).Select(judgement =>
            Sum(story, story.Say("裁定", "Judg."), story.Say(judgement.Name), judgement.Points, null)));
        rows.Add(report.Result.Total is { } total
            ? Sum(story, string.Empty, story.Say("总分", "Total"), total, TextStyle.CellStrong)
            : Sum(story, string.Empty, story.Say("已评指标合计（非总分）", "Scored so far (not a total)"),
                report.Result.Points, TextStyle.CellStrong));
        Table.Add(
            story,
            [
                new(story.Say("编号", "No."), 38),
                new(story.Say("指标", "Indicator"), 0),
                new(story.Say("指标值", "Value"), 76, Align.Right),
                new(story.Say("得分", "Points"), 46, Align.Right),
                new(story.Say("满分", "Max."), 44, Align.Right),
                new(story.Say("得分率", "Share"), 46, Align.Right),
                new(story.Say("中位数", "Median"), 46, Align.Right),
                new(story.Say("最好四分之一", "Best quarter"), 64, Align.Right),
            ],
            rows);
        Footing(story, report);
        if (report.Figures.Count > 0) Figures(story, report);
    }

    private static IReadOnlyList<Cell> Row(Story story, ReportLine line) =>
    [
        new(line.Line.Id) { LeadsTo = story.Key("line-" + line.Line.Id), Ink = Ink.Accent },
        story.Say(line.Line.Name),
        line.Share is null ? Outcomes.Text(story, line.Line.Outcome) : story.Say(line.Value),
        line.Share is null ? ComparisonSection.Dash(story) : ReportText.Points(line.Line.Points),
        ReportText.Points(line.Line.Max),
        ComparisonSection.Percent(story, line.Share),
        ComparisonSection.Percent(story, line.Category?.Median),
        ComparisonSection.Percent(story, line.Category?.BestQuarter),
    ];

    private static IReadOnlyList<Cell> Sum(Story story, string id, string name, decimal points, TextStyle? style) =>
    [
        new(id) { Style = style }, new(name) { Style = style }, string.Empty,
        new(ReportText.Points(points)) { Style = style }, string.Empty, string.Empty, string.Empty, string.Empty,
    ];

    /// <summary>
    /// Shown figures are rounded one by one; where they then seem not to add up, the report says why.
    /// </summary>
    private static void Footing(Story story, AssessmentReport report)
    {
        var shown = report.Lines.Sum(line => Shown(line.Line.Points))
            + report.Judgements.Where(judgement => judgement.Held).Sum(judgement => Shown(judgement.Points));
        if (shown == Shown(report.Result.Points)) return;
        story.Paragraph(
            story.Say(
                "注：总分按未取整的得分相加，与各行显示值之和因取整而略有差异。",
                "Note: the total adds unrounded points and so differs slightly from the sum of the figures shown."),
            TextStyle.Label,
            Ink.Quiet);

        static decimal Shown(decimal points) => Math.Round(points, 2, MidpointRounding.AwayFromZero);
    }

    private static void Figures(Story story, AssessmentReport report)
    {
        story.Caption(story.Say("另行列示、不计分的数据", "Figures shown, not scored"));
        Table.Add(
            story,
            [new(story.Say("名称", "Name"), 0), new(story.Say("数值", "Value"), 160, Align.Right)],
            [.. report.Figures.Select(figure => (IReadOnlyList<Cell>)
                [story.Say(figure.Name), story.Say(figure.Value)])]);
    }
}
