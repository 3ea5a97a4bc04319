namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>The cover: who, what grade, which award, and how to check that the paper is real.</summary>
internal sealed class CoverPage
{
    private const double FieldLabelWidth = 92;
    private static readonly double[] NameSizes = [24, 20, 17, 14, 11];

    private readonly Story _story;
    private readonly AssessmentReport _report;
    private readonly QrPattern _code;

    private CoverPage(Story story, AssessmentReport report)
    {
        _story = story;
        _report = report;
        _code = new QrPattern(report.VerificationCode);
    }

    internal static void Add(Story story, AssessmentReport report, string title, string otherLanguage)
    {
        var cover = new CoverPage(story, report);
        story.Mark("cover", title, 1);
        story.Add(new Strip(Sheet.TextHeight, (canvas, _, _) => cover.Draw(canvas, otherLanguage))
        { NewPage = true, WholeSheet = true });
    }

    private string Say(string zh, string en) => _story.Say(zh, en);

    private void Draw(Canvas canvas, string otherLanguage)
    {
        canvas.Fill(0, 0, 14, Sheet.Height, Ink.Accent);
        DrawPublisher(canvas);
        var y = DrawTitle(canvas, 168);
        y = DrawUnit(canvas, y + 44);
        y = DrawFields(canvas, y + 18);
        y = DrawResult(canvas, Math.Max(y + 26, 500));
        DrawIdentity(canvas, Math.Max(y + 18, 676), otherLanguage);
    }

    private void DrawPublisher(Canvas canvas)
    {
        var width = _report.Stamp.IsGenerated ? Sheet.TextWidth - 110 : Sheet.TextWidth;
        var publisher = _story.Set(
            _story.Say(_report.Publisher), new TextStyle(Face.SansBold, 11.5, 1.5, _story.IsChinese ? 2 : 0.3), width);
        canvas.Text(publisher, Sheet.Left, 62, Ink.Accent);
        if (_report.Stamp.IsGenerated) GeneratedTag.Draw(_story, canvas, Sheet.Right, 62, 10);
    }

    private double DrawTitle(Canvas canvas, double y)
    {
        var cycle = _story.Set(_story.Say(_report.Cycle), new TextStyle(Face.Serif, 14, 1.6), Sheet.TextWidth);
        canvas.Text(cycle, Sheet.Left, y, Ink.Quiet);
        y += cycle.Height + 8;
        var title = _story.Set(
            Say("绩效评价报告", "Performance Assessment Report"),
            new TextStyle(Face.SansBold, _story.IsChinese ? 38 : 27, 1.35, _story.IsChinese ? 6 : 0),
            Sheet.TextWidth);
        canvas.Text(title, Sheet.Left, y, Ink.Accent);
        y += title.Height + 14;
        canvas.Fill(Sheet.Left, y, 56, 3, Ink.Accent);
        return y;
    }

    /// <summary>
    /// Takes the largest size at which the name needs at most three lines; no size is too small to be complete.
    /// </summary>
    private double DrawUnit(Canvas canvas, double y)
    {
        var name = NameSizes
            .Select(size => new TextStyle(Face.SansBold, size, 1.4))
            .Select(style => _story.Set(_story.Say(_report.Unit.Name), style, Sheet.TextWidth))
            .ToList();
        var chosen = name.FirstOrDefault(block => block.Lines.Count <= 3) ?? name[^1];
        canvas.Text(chosen, Sheet.Left, y, Ink.Text);
        return y + chosen.Height;
    }

    private double DrawFields(Canvas canvas, double y)
    {
        y = Field(canvas, y, Say("类别", "Category"), _story.Say(_report.Category));
        if (_report.Unit.Province is { } province) y = Field(canvas, y, Say("地区", "Region"), _story.Say(province));
        y = Field(canvas, y, Say("评价期间", "Period evaluated"), Periods.Text(_story, _report.Periods));
        return Field(canvas, y, Say("结果状态", "State of the result"), States.Text(_story, _report.Stamp.State));
    }

    private double Field(Canvas canvas, double y, string label, string value) => Field(_story, canvas, y, label, value);

    internal static double Field(Story story, Canvas canvas, double y, string label, string value)
    {
        var name = story.Set(label, new TextStyle(Face.Sans, 10, 1.7), FieldLabelWidth);
        var text = story.Set(value, new TextStyle(Face.Serif, 11, 1.6), Sheet.TextWidth - FieldLabelWidth);
        canvas.Text(name, Sheet.Left, y + ((text.LineHeight - name.LineHeight) / 2), Ink.Quiet);
        canvas.Text(text, Sheet.Left + FieldLabelWidth, y, Ink.Text);
        return y + Math.Max(text.Height, name.Height) + 2;
    }

    private double DrawResult(Canvas canvas, double y)
    {
        canvas.HorizontalRule(Sheet.Left, y, Sheet.TextWidth, Ink.Accent, 1);
        var half = Sheet.TextWidth * 0.42;
        var (grade, ink) = GradeMark.Of(_story, _report);
        var left = Figure(canvas, Sheet.Left, y + 14, half - 16, Say("评价等级", "Grade"), grade, ink);
        var award = _report.Award is { } given ? _story.Say(given.Amount) : Say("暂无", "None yet");
        if (_report.Award is null && _report.Outcome == ReportOutcome.Excluded) award = Say("不参与", "Not taking part");
        var right = Figure(
            canvas,
            Sheet.Left + half,
            y + 14,
            Sheet.TextWidth - half,
            Say("推荐后补助", "Recommended award"),
            award,
            Ink.Text);
        var bottom = Math.Max(left, right) + 12;
        canvas.VerticalRule(Sheet.Left + half - 14, y + 16, bottom - y - 28, Ink.Rule, 0.6);
        canvas.HorizontalRule(Sheet.Left, bottom, Sheet.TextWidth, Ink.Accent, 1);
        return bottom;
    }

    private double Figure(Canvas canvas, double x, double y, double width, string label, string value, Ink ink)
    {
        var name = _story.Set(label, new TextStyle(Face.Sans, 10, 1.6), width);
        var text = _story.Set(value, new TextStyle(Face.SansBold, 21, 1.4), width);
        canvas.Text(name, x, y, Ink.Quiet);
        canvas.Text(text, x, y + name.Height + 2, ink);
        return y + name.Height + 2 + text.Height;
    }

    private void DrawIdentity(Canvas canvas, double y, string otherLanguage)
    {
        const double size = 78;
        canvas.Squares(_code.Runs, Sheet.Right - size, y, size / _code.Size, Ink.Text);
        var at = y + 2;
        at = Field(canvas, at, Say("报告编号", "Report number"), _report.Stamp.Number);
        at = Field(canvas, at, Say("报告日期", "Date"), ReportText.Day(_report.Stamp.Date));
        at = Field(canvas, at, Say("校验码", "Verification code"), _report.VerificationCode);
        if (canvas.PageOf(otherLanguage) is { } page)
        {
            var note = _story.Set(
                Say($"本报告另有英文全文，自第 {page} 页起。", $"The Chinese version of this report begins on page {page}."),
                TextStyle.Label,
                Sheet.TextWidth - size - 20);
            canvas.Text(note, Sheet.Left, at + 8, Ink.Quiet);
            canvas.Link(Sheet.Left, at + 8, note.Width, note.Height, otherLanguage);
        }

        if (_report.Stamp.IsGenerated)
        {
            var warning = _story.Set(
                Say("本报告由模拟数据生成，仅供演示，不具有任何效力。",
                    "This report is made from generated data, for demonstration only; it has no force."),
                TextStyle.Label,
                Sheet.TextWidth);
            canvas.Text(warning, Sheet.Left, 786, Ink.Warning);
        }
    }
}
