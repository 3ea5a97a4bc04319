using Evaluation.Jobs.Indexing;
using Evaluation.Rules;
using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>How firm the rankings are: under other weights, other methods, and without one part.</summary>
internal static class IndexFirmnessSection
{
    private const int MostBars = 34;
    private const double NameWidth = 142;
    private const double LabelWidth = 70;
    private const double AxisLeft = NameWidth + 8;
    private const double AxisWidth = Sheet.TextWidth - AxisLeft - LabelWidth;
    private const double RowHeight = 15;

    internal static void Add(Story story, IndexReport report, string title)
    {
        story.TurnPage();
        story.Section("firmness", title);
        foreach (var scope in IndexStory.Ranked(report))
        {
            story.Heading(story.Say(IndexWords.NameOf(scope, report.Cycle)));
            story.Paragraph(
                story.Say(IndexWords.Firmness(scope, report.Definition)), TextStyle.Body, Ink.Text, keepWithNext: true);
            Intervals(story, scope);
            story.Paragraph(story.Say(IndexWords.IntervalKey), TextStyle.Label, Ink.Quiet);
            story.Paragraph(story.Say(IndexWords.Pairs(scope)));
            story.Paragraph(story.Say(IndexWords.Choices(scope.Choices!)), TextStyle.Body, Ink.Text, keepWithNext: true);
            Choices(story, scope.Choices!);
            story.Caption(story.Say("去掉一项后的平均名次变动", "Mean rank change without one part"));
            Parts(story, report, scope);
        }
    }

    /// <summary>A bar from the 5 % to the 95 % rank, a tick at the rank itself; the table of ranks has the figures.</summary>
    private static void Intervals(Story story, ResourceIndexScope scope)
    {
        var ranked = scope.Subjects.Where(subject => subject.Rank5 is not null).Take(MostBars).ToList();
        var last = Math.Max(ranked.Max(subject => subject.Rank95!.Value), 2);
        for (var index = 0; index < ranked.Count; index++)
        {
            var subject = ranked[index];
            var name = story.Set(story.Say(subject.Name), TextStyle.Label, NameWidth);
            var label = story.Set(IndexWords.RankInterval(subject), TextStyle.Small, LabelWidth - 8, Align.Right);
            var height = Math.Max(RowHeight, name.Height + 3);
            story.Add(new Strip(height, (canvas, x, y) =>
            {
                var middle = y + (height / 2);
                canvas.Text(name, x, middle - (name.Height / 2), Ink.Text);
                canvas.Fill(x + AxisLeft, middle - 0.3, AxisWidth, 0.6, Ink.Rule);
                var (from, to) = (Along(subject.Rank5!.Value), Along(subject.Rank95!.Value));
                canvas.Fill(x + AxisLeft + from, middle - 3, Math.Max(to - from, 2), 6, Ink.Band);
                canvas.Fill(x + AxisLeft + Along(subject.Rank!.Value) - 1, middle - 5, 2, 10, Ink.Accent);
                canvas.Text(label, x + AxisLeft + AxisWidth + 8, middle - (label.Height / 2), Ink.Text);
            })
            { Before = index == 0 ? 6 : 0, KeepWithNext = index == 0 || index == ranked.Count - 2 });
        }

        double Along(double rank) => AxisWidth * (rank - 1) / (last - 1);
    }

    private static void Choices(Story story, ChoiceUncertainty choices) => Table.Add(
        story,
        [
            new(story.Say("选择", "Choice"), 0),
            new(story.Say("单独效应", "First order"), 84, Align.Right),
            new(story.Say("总效应", "Total"), 84, Align.Right),
            new(story.Say("总效应 5–95% 区间", "Total, 5–95 %"), 120, Align.Right),
        ],
        [.. choices.Influences.OrderByDescending(one => one.Index.Total).Select(one => (IReadOnlyList<Cell>)
        [
            story.Say(IndexWords.FactorName(one.Factor)),
            IndexWords.Score(one.Index.First),
            IndexWords.Score(one.Index.Total),
            one.Index.TotalInterval is { } between
                ? $"{IndexWords.Score(between.Low)}–{IndexWords.Score(between.High)}"
                : ComparisonSection.Dash(story),
        ])]);

    private static void Parts(Story story, IndexReport report, ResourceIndexScope scope)
    {
        var names = report.Definition.Blocks.Select(block => (block.Id, block.Name))
            .Concat(report.Definition.Indicators.Select(indicator => (indicator.Id, indicator.Name)))
            .ToDictionary(pair => pair.Id, pair => pair.Name, StringComparer.Ordinal);
        Table.Add(
            story,
            [
                new(story.Say("一级指标或指标", "Block or indicator"), 0),
                new(story.Say("有效权重", "Effective weight"), 90, Align.Right),
                new(story.Say("平均名次变动", "Mean rank change"), 100, Align.Right),
            ],
            [.. scope.Parts.OrderByDescending(part => part.MeanRankChange ?? 0).Select(part => (IReadOnlyList<Cell>)
            [
                story.Say(names.GetValueOrDefault(part.Code) ?? new Bilingual(part.Code, part.Code)),
                ReportText.Percent((decimal)part.EffectiveWeight),
                IndexWords.Score(part.MeanRankChange),
            ])]);
    }
}
