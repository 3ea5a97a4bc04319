namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>One page that a director reads in a minute.</summary>
internal static class SummarySection
{
    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.TurnPage();
        story.Section("summary", title);
        Figures(story, report);
        Sentences(story, report);
        if (report.Missing.Count > 0) Missing(story, report);
        if (report.Strongest is not null) Blocks(story, report);
        Because(story, report);
        if (report.Result.Grades.Count > 0 && report.Statistics.WithTotal > 0) Distribution(story, report);
    }

    private static void Figures(Story story, AssessmentReport report)
    {
        var result = report.Result;
        var none = story.Say("暂无", "None yet");
        var (grade, ink) = GradeMark.Of(story, report);
        var award = report.Award is { } given ? story.Say(given.Amount)
            : report.Outcome == ReportOutcome.Excluded ? story.Say("不参与", "Not taking part")
            : none;
        (string Label, string Value, string Note, Ink Ink)[] figures =
        [
            (story.Say("评价等级", "Grade"), grade, story.Say(report.Category), ink),
            (story.Say("总分", "Total"),
                result.Total is { } total ? ReportText.Points(total) : none,
                story.Say($"满分 {ReportText.Points(result.OutOf)} 分", $"of {ReportText.Points(result.OutOf)} points"),
                Ink.Text),
            (story.Say("名次", "Rank"),
                result.Rank is { } rank ? ReportText.Whole(rank) : none,
                story.Say($"共 {ReportText.Whole(result.Ranked)} 家排名", $"of {ReportText.Whole(result.Ranked)} ranked"),
                Ink.Text),
            (story.Say("推荐后补助", "Recommended award"),
                award,
                report.Award is { } from ? story.Say(from.Pool) : string.Empty,
                Ink.Text),
        ];
        double[] widths = [112, 92, 92, Sheet.TextWidth - 296];
        var cells = figures.Select((figure, index) => (
            Label: story.Set(figure.Label, TextStyle.Label, widths[index] - 20),
            Value: story.Set(figure.Value, new TextStyle(Face.SansBold, 16, 1.4), widths[index] - 20),
            Note: story.Set(figure.Note, TextStyle.Small, widths[index] - 20),
            figure.Ink)).ToList();
        var height = cells.Max(cell => cell.Label.Height + cell.Value.Height + cell.Note.Height) + 20;
        story.Add(new Strip(height, (canvas, x, y) =>
        {
            canvas.Fill(x, y, Sheet.TextWidth, height, Ink.Shade);
            canvas.Fill(x, y, 3, height, Ink.Accent);
            for (var (index, at) = (0, x); index < cells.Count; at += widths[index++])
            {
                var cell = cells[index];
                if (index > 0) canvas.VerticalRule(at, y + 12, height - 24, Ink.Rule, 0.6);
                canvas.Text(cell.Label, at + 12, y + 10, Ink.Quiet);
                canvas.Text(cell.Value, at + 12, y + 10 + cell.Label.Height, cell.Ink);
                canvas.Text(cell.Note, at + 12, y + 10 + cell.Label.Height + cell.Value.Height, Ink.Quiet);
            }
        })
        { Before = 8 });
    }

    private static void Sentences(Story story, AssessmentReport report)
    {
        story.Heading(story.Say("三句话说明", "In three sentences"));
        for (var index = 0; index < report.Summary.Count; index++)
        {
            var number = ReportText.Whole(index + 1);
            var text = story.Set(story.Say(report.Summary[index]), TextStyle.Lead, Sheet.TextWidth - 24);
            var name = story.Set(number, new TextStyle(Face.SansBold, 13, 1.55), 20);
            story.Add(new Strip(text.Height, (canvas, x, y) =>
            {
                canvas.Text(name, x, y, Ink.Accent);
                canvas.Text(text, x + 24, y, Ink.Text);
            })
            { Before = 7 });
        }
    }

    private static void Missing(Story story, AssessmentReport report)
    {
        story.Heading(story.Say("缺少的数据", "What is missing"));
        foreach (var line in report.Missing)
        {
            story.Labelled(line.Line.Id, story.Say(line.Line.Because), TextStyle.Body, ink: Ink.Warning);
        }
    }

    private static void Blocks(Story story, AssessmentReport report)
    {
        var width = (Sheet.TextWidth - 16) / 2;
        var left = Card(story.Say("得分率最高的一级指标", "Strongest block"), report.Strongest!);
        var right = Card(story.Say("得分率最低的一级指标", "Weakest block"), report.Weakest!);
        var height = Math.Max(left.Height, right.Height);
        story.Add(new Strip(height, (canvas, x, y) =>
        {
            left.Draw(canvas, x, y);
            right.Draw(canvas, x + width + 16, y);
        })
        { Before = 16 });

        Strip Card(string title, BlockComparison block)
        {
            var label = story.Set(title, TextStyle.Label, width);
            var name = story.Set(story.Say(block.Name), TextStyle.Heading2, width - 74);
            var share = story.Set(
                ReportText.Percent(block.Share!.Value), new TextStyle(Face.SansBold, 14, 1.3), 72, Align.Right);
            var note = story.Set(Note(block), TextStyle.Label, width);
            var tall = label.Height + Math.Max(name.Height, share.Height) + note.Height + 12;
            return new Strip(tall, (canvas, x, y) =>
            {
                canvas.HorizontalRule(x, y, width, Ink.Accent, 1);
                canvas.Text(label, x, y + 5, Ink.Quiet);
                canvas.Text(name, x, y + 7 + label.Height, Ink.Text);
                canvas.Text(share, x + width - 72, y + 7 + label.Height, Ink.Accent);
                canvas.Text(note, x, y + tall - note.Height, Ink.Quiet);
            });
        }

        string Note(BlockComparison block)
        {
            var points = $"{ReportText.Points(block.Points)} / {ReportText.Points(block.Max)}";
            return block.Category is { } category
                ? story.Say(
                    $"{points} 分；本类别中位数 {ReportText.Percent(category.Median)}",
                    $"{points} points; category median {ReportText.Percent(category.Median)}")
                : story.Say($"{points} 分", $"{points} points");
        }
    }

    private static void Because(Story story, AssessmentReport report)
    {
        story.Heading(story.Say("等级与后补助的由来", "How grade and award came about"));
        story.Labelled(story.Say("名次与等级", "Rank and grade"), story.Say(report.Result.Because), TextStyle.Body);
        story.Labelled(
            story.Say("后补助", "Award"),
            story.Say(report.Award?.Because ?? report.WithoutAward!),
            TextStyle.Body);
        CertaintySection.Brief(story, report);
    }

    private static void Distribution(Story story, AssessmentReport report)
    {
        var grades = report.Result.Grades;
        var units = grades.Sum(grade => grade.Units);
        if (units == 0) return;
        var zh = string.Join("、", grades.Select(one => $"{one.Grade.Name.Zh} {ReportText.Whole(one.Units)} 家"));
        var en = string.Join(", ", grades.Select(one => $"{ReportText.Whole(one.Units)} {one.Grade.Name.En}"));
        story.Heading(story.Say("本类别的等级分布", "Grades in the category"));
        story.Paragraph(
            story.Say(
                $"本类别参评 {ReportText.Whole(report.Statistics.Evaluated)} 家，其中 {ReportText.Whole(units)} 家评定等级：{zh}。",
                $"{ReportText.Whole(report.Statistics.Evaluated)} units were evaluated and {ReportText.Whole(units)} "
                    + $"graded: {en}."),
            TextStyle.Body,
            Ink.Text,
            keepWithNext: true);
        story.Add(new Strip(16, (canvas, x, y) =>
        {
            var at = x;
            for (var place = 0; place < grades.Count; place++)
            {
                var width = Sheet.TextWidth * grades[place].Units / units;
                canvas.Fill(at, y, Math.Max(width - 1, 0), 12, Ink.OfGrade(place, grades.Count));
                at += width;
            }
        })
        { Before = 8, KeepWithNext = true });
        Names(story, report, units);
    }

    /// <summary>The names under the bar, in columns of their own: a narrow segment has no room for its name.</summary>
    private static void Names(Story story, AssessmentReport report, int units)
    {
        var grades = report.Result.Grades;
        var column = Sheet.TextWidth / grades.Count;
        var names = grades.Select((one, place) => story.Set(
            $"{one.Grade.Mark} {story.Say(one.Grade.Name)} {ReportText.Percent((decimal)one.Units / units)}"
                + (place == report.Result.GradePlace ? story.Say("（本单位）", " (this unit)") : string.Empty),
            place == report.Result.GradePlace ? TextStyle.Label with { Face = Face.SansBold } : TextStyle.Label,
            column - 6)).ToList();
        story.Add(new Strip(names.Max(name => name.Height), (canvas, x, y) =>
        {
            for (var place = 0; place < names.Count; place++)
            {
                canvas.Text(names[place], x + (column * place), y, Ink.OfGrade(place, grades.Count));
            }
        }));
    }
}
