using Evaluation.Jobs.Indexing;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>One page that says what the index shows.</summary>
internal static class IndexSummarySection
{
    private const int Leaders = 5;

    internal static void Add(Story story, IndexReport report, string title)
    {
        story.TurnPage();
        story.Section("summary", title);
        story.Paragraph(story.Say(
            "科技资源指数把仪器、数据和生物资源的使用、开放与质量合成一个 0 至 100 的数，用来比较省份、学科和机构。它是本平台自定的指标，"
                + "不用于等级评定和补助分配。",
            "The resource index puts the use, openness and quality of instruments, data and biological resources into one figure from "
                + "0 to 100, to compare provinces, disciplines and institutions. It is our own; neither grades nor awards depend on it."));
        foreach (var scope in report.Result.Scopes)
        {
            story.Heading(story.Say(IndexWords.NameOf(scope, report.Cycle)));
            if (scope.Without is { } without)
            {
                story.Paragraph(story.Say(without));
                continue;
            }

            story.Paragraph(story.Say(IndexWords.Ranking(scope)));
            var leaders = scope.Subjects.Where(subject => subject.Rank is not null).Take(Leaders)
                .Select(subject => $"{ReportText.Whole(subject.Rank!.Value)}. {story.Say(subject.Name)} {IndexWords.Score(subject.Score)}");
            story.Labelled(story.Say("前列", "Leading"), string.Join(story.Say("　", "   "), leaders), TextStyle.Body);
            story.Labelled(story.Say("年度比较", "Years"), story.Say(IndexWords.Years(scope, report.Result.EarlierCycle)), TextStyle.Body);
        }
    }
}
