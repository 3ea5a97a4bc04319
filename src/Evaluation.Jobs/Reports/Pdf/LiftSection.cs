namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>What would lift the grade: the total it takes, and changes of one figure that would do.</summary>
internal static class LiftSection
{
    internal static void Add(Story story, AssessmentReport report)
    {
        if (report.GradeLifts is not { } lifts) return;
        story.Heading(story.Say("怎样提高等级", "What would lift the grade"));
        if (report.PointsToNext is { } next) story.Paragraph(story.Say(next.Sentence));
        if (lifts.Count == 0)
        {
            story.Paragraph(story.Say(report.WithoutLift!));
            return;
        }

        story.Paragraph(
            story.Say("只改变以下任何一项也可以：", "Any one of these by itself would do:"),
            TextStyle.Body,
            Ink.Text,
            keepWithNext: true);
        foreach (var lift in lifts) story.Paragraph("· " + story.Say(lift.Sentence));

        story.Paragraph(
            story.Say(
                "按只有这一项数据变化、其他数据不变、其他单位的数据和名次按现状推算，只供参考；正式结果以下一次评价为准。",
                "Computed with this one figure changed, everything else equal and the data and ranks of the other units "
                    + "held as they are; for guidance only, the next evaluation decides."),
            TextStyle.Small,
            Ink.Quiet);
    }
}
