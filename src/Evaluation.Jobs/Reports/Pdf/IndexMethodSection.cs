using Evaluation.Jobs.Indexing;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>How the index is made, of what, and what the figures can be checked against.</summary>
internal static class IndexMethodSection
{
    internal static void Add(Story story, IndexReport report, string title)
    {
        story.TurnPage();
        story.Section("method", title);
        if (report.Definition.Source.Note is { } note) story.Paragraph(story.Say(note));
        foreach (var sentence in IndexWords.Method(report.Definition)) story.Paragraph(story.Say(sentence));
        Indicators(story, report);
        story.Caption(story.Say("数据来源", "Sources"));
        foreach (var metric in report.Definition.Indicators.Select(indicator => indicator.Metric).DistinctBy(metric => metric.Code))
        {
            story.Labelled(story.Say(metric.Name), story.Say(metric.ComesFrom), TextStyle.Label);
        }

        Fingerprints(story, report);
    }

    private static void Indicators(Story story, IndexReport report)
    {
        story.Caption(story.Say("指标与权重", "Indicators and weights"));
        Table.Add(
            story,
            [
                new(story.Say("一级指标（权重）", "Block (weight)"), 96),
                new(story.Say("指标", "Indicator"), 0),
                new(story.Say("类别", "Category"), 106),
                new(story.Say("方向", "Direction"), 58),
                new(story.Say("权重", "Weight"), 44, Align.Right),
            ],
            [.. report.Definition.Blocks.SelectMany(block => block.Indicators.Select(indicator =>
                Row(story, report.Cycle, block, indicator)))]);
    }

    private static IReadOnlyList<Cell> Row(
        Story story, Cycle cycle, ResourceIndexBlock block, ResourceIndexIndicator indicator) =>
    [
        story.Say($"{block.Name.Zh}（{ReportText.Plain(block.Weight)}）", $"{block.Name.En} ({ReportText.Plain(block.Weight)})"),
        story.Say(indicator.Name),
        story.Say(cycle.Categories.First(category => category.Id == indicator.Category).Name),
        indicator.Higher ? story.Say("越高越好", "more is better") : story.Say("越低越好", "less is better"),
        ReportText.Plain(indicator.Weight),
    ];

    private static void Fingerprints(Story story, IndexReport report)
    {
        var evidence = report.Evidence;
        story.Caption(story.Say("可核验的标识", "What can be verified"));
        Table.Add(
            story,
            [new(story.Say("项目", "Item"), 130), new(story.Say("标识", "Identity"), 0)],
            [
                [story.Say("数据快照", "Data snapshot"), new Cell(evidence.SnapshotHash) { Style = TextStyle.Label }],
                [story.Say("规则版本", "Rule-set version"), new Cell(evidence.RuleSetVersion) { Style = TextStyle.Label }],
                [story.Say("指数数据", "Index data"), new Cell(evidence.IndexHash) { Style = TextStyle.Label }],
                [story.Say("校验码", "Verification code"), report.VerificationCode],
                [story.Say("计算引擎版本", "Engine version"), evidence.EngineVersion],
                [story.Say("运行编号", "Run"), evidence.RunId],
            ]);
    }
}
