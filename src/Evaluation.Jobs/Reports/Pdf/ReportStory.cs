namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>The parts of a report in their order; told once in each language.</summary>
internal static class ReportStory
{
    private static readonly (string Zh, string En, Action<Story, AssessmentReport, string> Add)[] Sections =
    [
        ("结论摘要", "Summary", SummarySection.Add),
        ("与本类别比较", "Compared with the category", ComparisonSection.Add),
        ("指标得分", "Indicators", IndicatorSection.Add),
        ("得分明细账", "Points ledger", LedgerSection.Add),
        ("裁定", "Judgements", JudgementSection.Add),
        ("结果的稳健程度", "How certain the result is", CertaintySection.Add),
        ("优势、不足与提升空间", "Strengths, weaknesses and what would lift the score", AdviceSection.Add),
        ("数据来源与核查", "Data and findings", ProvenanceSection.Add),
        ("方法与依据", "Method and legal basis", MethodSection.Add),
        ("异议", "How to object", ObjectionSection.Add),
    ];

    private static readonly string[] ChineseNumbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

    internal static void Tell(AssessmentReport report, Story story, string title, string otherLanguage)
    {
        CoverPage.Add(story, report, title, otherLanguage);
        for (var index = 0; index < Sections.Length; index++)
        {
            var number = ReportText.Whole(index + 1);
            Sections[index].Add(story, report, story.Say(
                $"{ChineseNumbers[index]}、{Sections[index].Zh}", $"{number}. {Sections[index].En}"));
        }
    }
}
