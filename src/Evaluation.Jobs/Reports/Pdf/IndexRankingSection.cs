using Evaluation.Jobs.Indexing;
using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>One ranking: a chart, its data as a table, and the blocks behind the scores.</summary>
internal static class IndexRankingSection
{
    // More bars than these no longer show a shape; more rows than these are better read in the open data.
    private const int MostBars = 34;
    private const int MostRows = 60;

    internal static void Add(Story story, IndexReport report, ResourceIndexScope scope, string title)
    {
        if (scope.Without is null) story.TurnPage();
        story.Section("scope-" + scope.Id, title);
        if (scope.Without is { } without)
        {
            story.Paragraph(story.Say(without));
            return;
        }

        Chart(story, scope);
        Ranks(story, scope, report.Result.EarlierCycle is not null);
        Blocks(story, report, scope);
    }

    private static void Chart(Story story, ResourceIndexScope scope)
    {
        var ranked = scope.Subjects.Where(subject => subject.Rank is not null).Take(MostBars).ToList();
        story.Heading(story.Say("得分", "Scores"));
        story.Paragraph(story.Say(IndexWords.Ranking(scope)), TextStyle.Body, Ink.Text, keepWithNext: true);
        ComparisonChart.Bars(
            story,
            [.. ranked.Select(subject => new ComparisonBar(
                $"{ReportText.Whole(subject.Rank!.Value)}  {story.Say(subject.Name)}",
                (decimal)(subject.Score!.Value / 100),
                IndexWords.Score(subject.Score),
                null))],
            16,
            "");
    }

    private static void Ranks(Story story, ResourceIndexScope scope, bool compared)
    {
        story.Heading(story.Say("名次", "Ranks"));
        var columns = new List<Column>
        {
            new(story.Say("名次", "Rank"), 40, Align.Right),
            new(story.Say("名称", "Name"), 0),
            new(story.Say("单位数", "Units"), 46, Align.Right),
            new(story.Say("有数据的指标", "Figures known"), 72, Align.Right),
            new(story.Say("得分", "Score"), 50, Align.Right),
            new(story.Say("名次区间", "Rank interval"), 70, Align.Right),
        };
        if (compared)
        {
            columns.Add(new(story.Say("上年名次", "Rank before"), 56, Align.Right));
            columns.Add(new(story.Say("得分变化", "Change"), 56, Align.Right));
        }

        Table.Add(story, columns, [.. scope.Subjects.Take(MostRows).Select(subject => Row(story, subject, compared))]);
        if (scope.Subjects.Count > MostRows)
        {
            story.Paragraph(
                story.Say(
                    $"表中为前 {ReportText.Whole(MostRows)} 名；全部 {ReportText.Whole(scope.Subjects.Count)} 个的数据见公开数据文件。",
                    $"The first {ReportText.Whole(MostRows)}; the open data have all {ReportText.Whole(scope.Subjects.Count)}."),
                TextStyle.Label, Ink.Quiet);
        }
    }

    private static IReadOnlyList<Cell> Row(Story story, IndexedSubject subject, bool compared)
    {
        var cells = new List<Cell>
        {
            subject.Rank is { } rank ? ReportText.Whole(rank) : ComparisonSection.Dash(story),
            story.Say(subject.Name),
            ReportText.Whole(subject.Units),
            ReportText.Percent((decimal)subject.Available),
            subject.Score is null ? story.Say("数据不足", "too little data") : IndexWords.Score(subject.Score),
            IndexWords.RankInterval(subject),
        };
        if (compared)
        {
            cells.Add(subject.EarlierRank is { } earlier ? ReportText.Whole(earlier) : ComparisonSection.Dash(story));
            cells.Add(IndexWords.Change(subject.Change));
        }

        return cells;
    }

    private static void Blocks(Story story, IndexReport report, ResourceIndexScope scope)
    {
        var blocks = report.Definition.Blocks.Where(block => scope.Parts.Any(part => part.Code == block.Id)).ToList();
        story.Heading(story.Say("一级指标得分", "Scores of the blocks"));
        story.Paragraph(
            story.Say("每个一级指标从 0（最低）到 100（最高）；没有数据的以横线表示。",
                "Each block runs from 0 (least) to 100 (most); a dash where there are no data."),
            TextStyle.Body, Ink.Text, keepWithNext: true);
        Table.Add(
            story,
            [
                new(story.Say("名次", "Rank"), 40, Align.Right),
                new(story.Say("名称", "Name"), 0),
                .. blocks.Select(block => new Column(story.Say(block.Name), 76, Align.Right)),
            ],
            [.. scope.Subjects.Where(subject => subject.Rank is not null).Take(MostRows).Select(subject => (IReadOnlyList<Cell>)
            [
                ReportText.Whole(subject.Rank!.Value),
                story.Say(subject.Name),
                .. blocks.Select(block => (Cell)IndexWords.Score(subject.Blocks.GetValueOrDefault(block.Id))),
            ])]);
    }
}
