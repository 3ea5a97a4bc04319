namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>The cover of an index report: which year, who publishes it, and how to check that the paper is real.</summary>
internal static class IndexCoverPage
{
    private const double CodeSize = 78;

    internal static void Add(Story story, IndexReport report, string title, string otherLanguage)
    {
        var code = new QrPattern(report.VerificationCode);
        story.Mark("cover", title, 1);
        story.Add(new Strip(Sheet.TextHeight, (canvas, _, _) =>
        {
            canvas.Fill(0, 0, 14, Sheet.Height, Ink.Accent);
            Title(story, canvas, report);
            Identity(story, canvas, report, code, otherLanguage);
        })
        { NewPage = true, WholeSheet = true });
    }

    private static void Title(Story story, Canvas canvas, IndexReport report)
    {
        var width = Sheet.TextWidth - (report.Stamp.IsGenerated ? 110 : 0);
        var publisher = story.Set(
            story.Say(report.Cycle.Publisher), new TextStyle(Face.SansBold, 11.5, 1.5, story.IsChinese ? 2 : 0.3), width);
        canvas.Text(publisher, Sheet.Left, 62, Ink.Accent);
        if (report.Stamp.IsGenerated) GeneratedTag.Draw(story, canvas, Sheet.Right, 62, 10);
        var cycle = story.Set(story.Say(report.Cycle.Name), new TextStyle(Face.Serif, 14, 1.6), Sheet.TextWidth);
        canvas.Text(cycle, Sheet.Left, 190, Ink.Quiet);
        var y = 190 + cycle.Height + 8;
        var title = story.Set(
            story.Say(IndexReport.Title),
            new TextStyle(Face.SansBold, story.IsChinese ? 36 : 30, 1.35, story.IsChinese ? 4 : 0),
            Sheet.TextWidth);
        canvas.Text(title, Sheet.Left, y, Ink.Accent);
        y += title.Height + 14;
        canvas.Fill(Sheet.Left, y, 56, 3, Ink.Accent);
        var compared = story.Set(
            story.Say("按省份、学科和机构比较科技资源的基础、使用、开放与质量",
                "Provinces, disciplines and institutions compared by their resources, their use, openness and quality"),
            new TextStyle(Face.Serif, 13, 1.6), Sheet.TextWidth);
        canvas.Text(compared, Sheet.Left, y + 34, Ink.Text);
        CoverPage.Field(
            story, canvas, y + 34 + compared.Height + 18, story.Say("数据期间", "Period of the data"),
            Periods.Text(story, [report.Cycle.Period]));
    }

    private static void Identity(Story story, Canvas canvas, IndexReport report, QrPattern code, string otherLanguage)
    {
        const double y = 640;
        canvas.HorizontalRule(Sheet.Left, y - 16, Sheet.TextWidth, Ink.Accent, 1);
        canvas.Squares(code.Runs, Sheet.Right - CodeSize, y, CodeSize / code.Size, Ink.Text);
        var at = CoverPage.Field(story, canvas, y + 2, story.Say("报告编号", "Report number"), report.Stamp.Number);
        at = CoverPage.Field(story, canvas, at, story.Say("报告日期", "Date"), ReportText.Day(report.Stamp.Date));
        at = CoverPage.Field(story, canvas, at, story.Say("校验码", "Verification code"), report.VerificationCode);
        if (canvas.PageOf(otherLanguage) is { } page)
        {
            var note = story.Set(
                story.Say($"本报告另有英文全文，自第 {page} 页起。", $"The Chinese version of this report begins on page {page}."),
                TextStyle.Label, Sheet.TextWidth - CodeSize - 20);
            canvas.Text(note, Sheet.Left, at + 8, Ink.Quiet);
            canvas.Link(Sheet.Left, at + 8, note.Width, note.Height, otherLanguage);
        }

        if (!report.Stamp.IsGenerated) return;
        var warning = story.Set(
            story.Say("本报告由模拟数据生成，仅供演示，不具有任何效力。",
                "This report is made from generated data, for demonstration only; it has no force."),
            TextStyle.Label, Sheet.TextWidth);
        canvas.Text(warning, Sheet.Left, 786, Ink.Warning);
    }
}
