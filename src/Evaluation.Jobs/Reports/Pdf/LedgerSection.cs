using Evaluation.Rules;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>The points ledger: each line with all that is needed to compute it again.</summary>
internal static class LedgerSection
{
    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.TurnPage();
        story.Section("ledger", title);
        story.Paragraph(story.Say(
            "以下逐行列出得分的由来：说明、公式、代入的数值及其原始记录、计分规则和条款出处。",
            "Line by line, where the points come from: the sentence, the formula, the values put in with their "
                + "records, the "
                + "points rule and the article."));
        foreach (var line in report.Lines) Line(story, line);
    }

    private static void Line(Story story, ReportLine line)
    {
        Head(story, line);
        story.Paragraph(story.Say(line.Line.Because), TextStyle.Body, Ink.Text, 4, keepWithNext: true);
        if (line.Question is { } question)
        {
            Detail(story, story.Say("问题", "Question"), story.Say(question), TextStyle.Cell);
        }

        Detail(story, story.Say("指标值", "Value"), story.Say(line.Value), TextStyle.Cell);
        Detail(story, story.Say("公式", "Formula"), line.Line.Formula, TextStyle.Code);
        Detail(
            story,
            line.Share is null ? story.Say("原因代码", "Reason code") : story.Say("计分规则", "Points rule"),
            line.Line.PointsText,
            TextStyle.Code);
        if (line.Line.RawMax != line.Line.Max && line.Line.Max > 0) Rescaled(story, line);
        Detail(story, story.Say("出处", "Source"), story.Say(line.Source), TextStyle.Cell);
        if (line.Line.Source.Note is { } note)
        {
            Detail(story, story.Say("出处说明", "On the source"), story.Say(note), TextStyle.Cell);
        }

        foreach (var finding in line.Findings)
        {
            story.Labelled(
                story.Say("核查提示", "Finding"),
                story.Say(new Bilingual(
                    $"{finding.Check.Zh}：{finding.Message.Zh}", $"{finding.Check.En}: {finding.Message.En}")),
                TextStyle.Cell,
                ink: Ink.Warning);
        }

        if (line.Inputs.Count > 0) Inputs(story, line);
    }

    private static void Detail(Story story, string label, string text, TextStyle style)
    {
        if (text.Length > 0) story.Labelled(label, text, style);
    }

    private static void Rescaled(Story story, ReportLine line) => Detail(
        story,
        story.Say("换算", "Re-scaled"),
        story.Say(
            $"换算前 {ReportText.Points(line.Line.RawPoints)} / {ReportText.Points(line.Line.RawMax)} 分，因有指标不适用按比例换算。",
            $"{ReportText.Points(line.Line.RawPoints)} / {ReportText.Points(line.Line.RawMax)} points before "
                + "re-scaling; some "
                + "indicators do not apply."),
        TextStyle.Cell);

    private static void Head(Story story, ReportLine line)
    {
        var points = line.Share is null
            ? Outcomes.Text(story, line.Line.Outcome)
            : story.Say(
                $"{ReportText.Points(line.Line.Points)} / {ReportText.Points(line.Line.Max)} 分",
                $"{ReportText.Points(line.Line.Points)} / {ReportText.Points(line.Line.Max)} points");
        var figure = story.Set(points, TextStyle.Heading2, 150, Align.Right);
        var name = story.Set($"{line.Line.Id}  {story.Say(line.Line.Name)}", TextStyle.Heading2, Sheet.TextWidth - 160);
        var block = story.Set(
            $"{story.Say(line.Block)} · {Outcomes.Text(story, line.Line.Outcome)}", TextStyle.Small, Sheet.TextWidth);
        story.Mark("line-" + line.Line.Id, $"{line.Line.Id} {story.Say(line.Line.Name)}", 3);
        story.Add(new Strip(name.Height + block.Height + 6, (canvas, x, y) =>
        {
            canvas.HorizontalRule(x, y, Sheet.TextWidth, Ink.Accent, 0.8);
            canvas.Text(name, x, y + 4, Ink.Text);
            canvas.Text(figure, x + Sheet.TextWidth - 150, y + 4, line.Share is null ? Ink.Quiet : Ink.Accent);
            canvas.Text(block, x, y + 4 + name.Height, Ink.Quiet);
        })
        { Before = 20, KeepWithNext = true, Tag = "H2" });
    }

    private static void Inputs(Story story, ReportLine line)
    {
        story.Add(Strip.Gap(3) with { KeepWithNext = true });
        Table.Add(
            story,
            [
                new(story.Say("代入的数值", "Value put in"), 140),
                new(story.Say("数值", "Figure"), 130, Align.Right),
                new(story.Say("原始记录", "Records"), 0),
            ],
            [.. line.Inputs.Select(input => (IReadOnlyList<Cell>)
            [
                $"{story.Say(input.Name)}\n{input.Code}",
                story.Say(input.Value),
                story.Say(input.Records),
            ])]);
    }
}
