namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>Blocks and indicators against the category.</summary>
internal static class ComparisonSection
{
    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.TurnPage();
        story.Section("comparison", title);
        story.Paragraph(Basis(story, report.Statistics));
        story.Heading(story.Say("一级指标", "Blocks"));
        story.Paragraph(Sentence(story, report), TextStyle.Body, Ink.Text, keepWithNext: true);
        ComparisonChart.Add(
            story,
            [.. report.Blocks.Select(block => new ComparisonBar(
                story.Say(block.Name),
                block.Share,
                Label(story, block.Share, block.Points, block.Max),
                block.Category))],
            24);
        BlockTable(story, report);
        story.Heading(story.Say("二级指标", "Indicators"));
        story.Paragraph(IndicatorSentence(story, report), TextStyle.Body, Ink.Text, keepWithNext: true);
        ComparisonChart.Add(
            story,
            [.. report.Lines.Select(line => new ComparisonBar(
                $"{line.Line.Id} {story.Say(line.Line.Name)}",
                line.Share,
                Label(story, line.Share, line.Line.Points, line.Line.Max),
                line.Category,
                story.Key("line-" + line.Line.Id)))],
            19);
    }

    private static string Label(Story story, decimal? share, decimal points, decimal max) => share is null
        ? max > 0 ? story.Say("待补数据", "Withheld") : story.Say("不适用", "Not applicable")
        : $"{ReportText.Points(points)} / {ReportText.Points(max)}";

    private static string Basis(Story story, CategoryStatistics statistics) => story.Say(
        $"比较对象为本类别已有总分的 {ReportText.Whole(statistics.WithTotal)} 家单位（参评 "
            + $"{ReportText.Whole(statistics.Evaluated)} 家）。得分率为得分除以满分。",
        $"The comparison rests on the {ReportText.Whole(statistics.WithTotal)} units of the category that have a "
            + "total (of "
            + $"{ReportText.Whole(statistics.Evaluated)} evaluated). A share is points divided by the maximum.");

    private static string Sentence(Story story, AssessmentReport report)
    {
        var compared = report.Blocks.Where(block => block is { Share: not null, Category: not null }).ToList();
        if (compared.Count == 0)
        {
            return story.Say(
                "本单位尚无可与本类别比较的一级指标。", "No block of this unit can be compared with the category yet.");
        }

        var above = compared.Count(block => block.Share >= block.Category!.Median);
        var best = compared.Count(block => block.Share >= block.Category!.BestQuarter);
        return story.Say(
            $"可比较的 {ReportText.Whole(compared.Count)} 项一级指标中，{ReportText.Whole(above)} 项不低于本类别中位数，"
                + $"{ReportText.Whole(best)} 项进入本类别最好四分之一。",
            $"Of {ReportText.Whole(compared.Count)} blocks that can be compared, {ReportText.Whole(above)} "
                + $"{(above == 1 ? "is" : "are")} at or above the category's median and {ReportText.Whole(best)} "
                + "in its best quarter.");
    }

    private static string IndicatorSentence(Story story, AssessmentReport report) => story.Say(
        $"{ReportText.Whole(report.Strengths.Count)} 项二级指标处于本类别最好四分之一，"
            + $"{ReportText.Whole(report.Weaknesses.Count)} 项低于中位数；数据见下一节的指标得分表。",
        $"{ReportText.Whole(report.Strengths.Count)} "
            + $"{(report.Strengths.Count == 1 ? "indicator is" : "indicators are")} in the "
            + $"category's best quarter, {ReportText.Whole(report.Weaknesses.Count)} below its median; the table "
            + "of the next "
            + "section has the data.");

    private static void BlockTable(Story story, AssessmentReport report)
    {
        story.Caption(story.Say("一级指标得分与本类别比较", "Blocks compared with the category"));
        Table.Add(
            story,
            [
                new(story.Say("一级指标", "Block"), 0),
                new(story.Say("得分", "Points"), 52, Align.Right),
                new(story.Say("满分", "Maximum"), 56, Align.Right),
                new(story.Say("得分率", "Share"), 50, Align.Right),
                new(story.Say("中位数", "Median"), 50, Align.Right),
                new(story.Say("最好四分之一", "Best quarter"), 72, Align.Right),
                new(story.Say("与中位数差（百分点）", "To median (points of %)"), 84, Align.Right),
            ],
            [.. report.Blocks.Select(block => (IReadOnlyList<Cell>)
            [
                story.Say(block.Name),
                block.Share is null ? Dash(story) : ReportText.Points(block.Points),
                ReportText.Points(block.Max),
                Percent(story, block.Share),
                Percent(story, block.Category?.Median),
                Percent(story, block.Category?.BestQuarter),
                block is { Share: { } share, Category: { } category }
                    ? ReportText.Difference(share - category.Median)
                    : Dash(story),
            ])]);
    }

    internal static string Percent(Story story, decimal? share) =>
        share is { } given ? ReportText.Percent(given) : Dash(story);

    internal static string Dash(Story story) => story.Say(ReportText.Nothing);
}
