using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>The mark 模拟数据 that every page of generated data carries.</summary>
internal static class GeneratedTag
{
    internal static void Draw(Story story, Canvas canvas, double right, double y, double size)
    {
        var text = story.Set(story.Say("模拟数据", "Generated data"), new TextStyle(Face.SansBold, size, 1.5), 120);
        var width = text.Width + (size * 1.2);
        canvas.Frame(right - width, y, width, text.Height + 2, Ink.Warning, 0.8);
        canvas.Text(text, right - width + (size * 0.6), y + 1, Ink.Warning);
    }
}

/// <summary>The grade in words with its mark.</summary>
internal static class GradeMark
{
    internal static (string Text, Ink Ink) Of(Story story, AssessmentReport report) => report switch
    {
        { Result: { Grade: { } grade, GradePlace: { } place } result } =>
            ($"{story.Say(grade.Name)} {grade.Mark}", Ink.OfGrade(place, result.Grades.Count)),
        { Outcome: ReportOutcome.Withheld } => (story.Say("暂不评定", "Withheld"), Ink.Quiet),
        { Outcome: ReportOutcome.Excluded } => (story.Say("不参评", "Not graded"), Ink.Quiet),
        _ => (story.Say("不评等级", "No grades"), Ink.Quiet),
    };
}

/// <summary>Periods with both their days.</summary>
internal static class Periods
{
    internal static string Text(Story story, IReadOnlyList<Period> periods) => string.Join(
        story.Say("；", "; "),
        periods.Select(period => story.Say(
            $"{ReportText.Day(period.From)} 至 {ReportText.Day(period.To.AddDays(-1))}",
            $"{ReportText.Day(period.From)} to {ReportText.Day(period.To.AddDays(-1))}")));
}

/// <summary>How far the result has come, in words.</summary>
internal static class States
{
    internal static string Text(Story story, ReportState state) => state switch
    {
        ReportState.Preliminary => story.Say("初步结果（公示）", "Preliminary (open to objection)"),
        ReportState.Final => story.Say("正式结果", "Final"),
        ReportState.Amended => story.Say("更正结果", "Amended"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "a state without words"),
    };
}

/// <summary>What became of an indicator, in words.</summary>
internal static class Outcomes
{
    internal static string Text(Story story, string outcome) => outcome switch
    {
        "Scored" => story.Say("已评分", "Scored"),
        "Withheld" => story.Say("待补数据", "Withheld"),
        "NotApplicable" => story.Say("不适用", "Not applicable"),
        _ => outcome,
    };
}
