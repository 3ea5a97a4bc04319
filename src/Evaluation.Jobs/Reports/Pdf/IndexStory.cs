using Evaluation.Jobs.Indexing;
using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>The parts of an index report in their order; told once in each language.</summary>
internal static class IndexStory
{
    private static readonly string[] ChineseNumbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

    internal static void Tell(IndexReport report, Story story, string title, string otherLanguage)
    {
        IndexCoverPage.Add(story, report, title, otherLanguage);
        var number = 0;
        IndexSummarySection.Add(story, report, Next("结论摘要", "Summary"));
        foreach (var scope in report.Result.Scopes)
        {
            var name = IndexWords.NameOf(scope, report.Cycle);
            IndexRankingSection.Add(story, report, scope, Next(name.Zh, name.En));
        }

        IndexFirmnessSection.Add(story, report, Next("稳健性", "How firm the ranking is"));
        IndexMethodSection.Add(story, report, Next("方法与数据来源", "Method and sources"));

        string Next(string zh, string en)
        {
            number++;
            return story.Say($"{ChineseNumbers[number - 1]}、{zh}", $"{ReportText.Whole(number)}. {en}");
        }
    }

    /// <summary>The scopes that have a ranking.</summary>
    internal static IEnumerable<ResourceIndexScope> Ranked(IndexReport report) =>
        report.Result.Scopes.Where(scope => scope.Without is null);
}
