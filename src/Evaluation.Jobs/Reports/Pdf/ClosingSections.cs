namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>Vetoes, caps and adjustments, held or not.</summary>
internal static class JudgementSection
{
    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.Section("judgements", title);
        if (report.Judgements.Count == 0)
        {
            story.Paragraph(story.Say("本方案没有一票否决、封顶或加减分条款。", "The scheme has no veto, cap or adjustment."));
            return;
        }

        var held = report.Judgements.Where(judgement => judgement.Held).ToList();
        var (all, count) = (ReportText.Whole(report.Judgements.Count), ReportText.Whole(held.Count));
        story.Paragraph(
            story.Say(
                $"方案规定的 {all} 项裁定条款均已逐项审查，成立 {count} 项。",
                $"All {all} judgements of the scheme were examined; {count} held."),
            TextStyle.Body,
            Ink.Text,
            keepWithNext: true);
        Table.Add(
            story,
            [
                new(story.Say("裁定", "Judgement"), 0),
                new(story.Say("成立时的后果", "Effect when it holds"), 130),
                new(story.Say("出处", "Source"), 130),
                new(story.Say("结论", "Finding"), 52),
                new(story.Say("分值", "Points"), 46, Align.Right),
            ],
            [.. report.Judgements.Select(judgement => (IReadOnlyList<Cell>)
            [
                story.Say(judgement.Name),
                story.Say(judgement.Effect),
                story.Say(judgement.Source),
                new(judgement.Held ? story.Say("成立", "Held") : story.Say("不成立", "Not held"))
                {
                    Ink = judgement.Held ? Ink.Warning : Ink.Quiet,
                },
                judgement.Held ? ReportText.Points(judgement.Points) : ComparisonSection.Dash(story),
            ])]);
        foreach (var judgement in held) story.Paragraph(story.Say(judgement.Because!));
    }
}

/// <summary>Strengths, weaknesses and what would lift the score.</summary>
internal static class AdviceSection
{
    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.Section("advice", title);
        List(
            story,
            story.Say("优势：处于本类别最好四分之一", "Strengths: in the category's best quarter"),
            report.Strengths,
            story.Say("没有指标处于本类别最好四分之一。", "No indicator is in the category's best quarter."));
        List(
            story,
            story.Say("不足：低于本类别中位数", "Weaknesses: below the category's median"),
            report.Weaknesses,
            story.Say("没有指标低于本类别中位数。", "No indicator is below the category's median."));
        LiftSection.Add(story, report);
        Lifts(story, report);
    }

    private static void List(Story story, string title, IReadOnlyList<ReportLine> lines, string none)
    {
        story.Heading(title);
        if (lines.Count == 0)
        {
            story.Paragraph(none);
            return;
        }

        Table.Add(
            story,
            [
                new(story.Say("编号", "No."), 38),
                new(story.Say("指标", "Indicator"), 0),
                new(story.Say("得分 / 满分", "Points / max."), 84, Align.Right),
                new(story.Say("得分率", "Share"), 52, Align.Right),
                new(story.Say("中位数", "Median"), 52, Align.Right),
                new(story.Say("差（百分点）", "Difference (% points)"), 76, Align.Right),
            ],
            [.. lines.Select(line => (IReadOnlyList<Cell>)
            [
                new(line.Line.Id) { LeadsTo = story.Key("line-" + line.Line.Id), Ink = Ink.Accent },
                story.Say(line.Line.Name),
                $"{ReportText.Points(line.Line.Points)} / {ReportText.Points(line.Line.Max)}",
                ReportText.Percent(line.Share!.Value),
                ReportText.Percent(line.Category!.Median),
                ReportText.Difference(line.Share!.Value - line.Category!.Median),
            ])]);
    }

    private static void Lifts(Story story, AssessmentReport report)
    {
        story.Heading(story.Say("怎样提高得分", "What would lift the score"));
        if (report.Lifts.Count == 0)
        {
            story.Paragraph(story.Say("各项已评分指标均已得满分。", "Every scored indicator earned its maximum."));
            return;
        }

        story.Paragraph(
            story.Say("按尚未得到的分值由多到少排列。", "In order of the points still open."),
            TextStyle.Body,
            Ink.Text,
            keepWithNext: true);
        Table.Add(
            story,
            [
                new(story.Say("编号", "No."), 38),
                new(story.Say("指标", "Indicator"), 130),
                new(story.Say("尚可得分", "Open"), 56, Align.Right),
                new(story.Say("怎样提高", "What would give more"), 0),
            ],
            [.. report.Lifts.Select(line => (IReadOnlyList<Cell>)
            [
                new(line.Line.Id) { LeadsTo = story.Key("line-" + line.Line.Id), Ink = Ink.Accent },
                story.Say(line.Line.Name),
                ReportText.Points(line.Open),
                story.Say(line.Line.More!),
            ])]);
    }
}

/// <summary>Where the data came from and what the checks found.</summary>
internal static class ProvenanceSection
{
    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.Section("provenance", title);
        foreach (var note in report.PeriodNotes) story.Paragraph(story.Say(note));
        story.Caption(story.Say("来源文件", "Source documents"));
        if (report.Evidence.Documents.Count == 0)
        {
            story.Paragraph(story.Say("没有登记来源文件。", "No source document is registered."));
        }

        Table.Add(
            story,
            [new(story.Say("文件", "Document"), 0), new("SHA-256", 290)],
            [.. report.Evidence.Documents.Select(document => (IReadOnlyList<Cell>)
            [
                document.Origin is { } origin ? $"{document.Name}\n{story.Say(origin)}" : document.Name,
                new(document.Sha256) { Style = TextStyle.Small },
            ])]);
        Findings(story, report);
        Fingerprints(story, report);
    }

    private static void Findings(Story story, AssessmentReport report)
    {
        story.Caption(story.Say("数据核查", "Data checks"));
        if (report.Findings.Count == 0)
        {
            story.Paragraph(story.Say("数据核查未发现与本单位有关的问题。", "The data checks found nothing about this unit."));
            return;
        }

        Table.Add(
            story,
            [
                new(story.Say("核查", "Check"), 96),
                new(story.Say("程度", "Severity"), 50),
                new(story.Say("涉及", "Line"), 38),
                new(story.Say("内容", "Finding"), 0),
            ],
            [.. report.Findings.Select(finding => (IReadOnlyList<Cell>)
            [
                story.Say(finding.Check),
                Severity(story, finding.Severity),
                finding.Line is { } line
                    ? new Cell(line) { LeadsTo = story.Key("line-" + line), Ink = Ink.Accent }
                    : ComparisonSection.Dash(story),
                story.Say(finding.Message),
            ])]);
    }

    private static string Severity(Story story, FindingSeverity severity) => severity switch
    {
        FindingSeverity.Note => story.Say("提示", "Note"),
        FindingSeverity.Warning => story.Say("警示", "Warning"),
        FindingSeverity.Grave => story.Say("严重", "Grave"),
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "a severity without words"),
    };

    private static void Fingerprints(Story story, AssessmentReport report)
    {
        var evidence = report.Evidence;
        story.Caption(story.Say("可核验的标识", "What can be verified"));
        Table.Add(
            story,
            [new(story.Say("项目", "Item"), 130), new(story.Say("标识", "Identity"), 0)],
            [
                [story.Say("数据快照", "Data snapshot"), Hash(evidence.SnapshotHash)],
                [story.Say("快照锁定日期", "Snapshot locked on"), ReportText.Day(evidence.SealedOn)],
                [story.Say("规则版本", "Rule-set version"), Hash(evidence.RuleSetVersion)],
                [story.Say("评分卡", "Score card"), Hash(evidence.CardHash)],
                [story.Say("校验码", "Verification code"), report.VerificationCode],
                [story.Say("计算引擎版本", "Engine version"), evidence.EngineVersion],
                [story.Say("运行编号", "Run"), evidence.RunId],
            ]);
        story.Paragraph(
            story.Say(
                "用同一快照、同一规则版本重新计算，得到的评分卡逐字节相同。",
                "Computed again from the same snapshot and rule-set version, the score card is the same byte for "
                    + "byte."),
            TextStyle.Label,
            Ink.Quiet);
    }

    private static Cell Hash(string sha256) => new(sha256) { Style = TextStyle.Label };
}

/// <summary>Method, weights and legal basis.</summary>
internal static class MethodSection
{
    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.Section("method", title);
        foreach (var rule in report.Method) story.Labelled(story.Say(rule.Name), story.Say(rule.Text), TextStyle.Body);
        if (report.Award is { } award) AwardSteps(story, award);
        story.Caption(story.Say("一级指标的权重", "Weights of the blocks"));
        Table.Add(
            story,
            [
                new(story.Say("一级指标", "Block"), 130),
                new(story.Say("权重（分）", "Weight (points)"), 84, Align.Right),
                new(story.Say("出处", "Source"), 0),
            ],
            [.. report.Weights.Select(weight => (IReadOnlyList<Cell>)
            [
                story.Say(weight.Block),
                ReportText.Points(weight.Weight),
                weight.Note is { } note ? $"{story.Say(weight.Source)}\n{story.Say(note)}" : story.Say(weight.Source),
            ])]);
        if (report.LegalBasis.Count == 0) return;
        story.Caption(story.Say("评价依据", "Legal basis"));
        for (var index = 0; index < report.LegalBasis.Count; index++)
        {
            story.Paragraph($"{ReportText.Whole(index + 1)}. {story.Say(report.LegalBasis[index])}");
        }
    }

    private static void AwardSteps(Story story, ReportAward award)
    {
        story.Caption(story.Say("本单位后补助的计算", "How this unit's award was calculated"));
        Table.Add(
            story,
            [new(story.Say("步骤", "Step"), 0), new(story.Say("数值", "Figure"), 170, Align.Right)],
            [
                .. award.Steps.Select(step => (IReadOnlyList<Cell>)[story.Say(step.Name), story.Say(step.Value)]),
                [
                    new(story.Say("推荐后补助", "Recommended award")) { Style = TextStyle.CellStrong },
                    new(story.Say(award.Amount)) { Style = TextStyle.CellStrong },
                ],
            ]);
    }
}

/// <summary>How to object, and by when.</summary>
internal static class ObjectionSection
{
    internal static void Add(Story story, AssessmentReport report, string title)
    {
        story.Section("objection", title);
        var days = ReportText.Whole(report.Objection.WorkingDays);
        story.Paragraph(report.Objection.By is { } by
            ? story.Say(
                $"异议期为公示之日起 {days} 个工作日，最迟 {ReportText.Day(by)} 提出。",
                $"Objections are open for {days} working days from publication, until {ReportText.Day(by)} at the "
                    + "latest.")
            : story.Say(
                $"异议期为公示之日起 {days} 个工作日。", $"Objections are open for {days} working days from publication."));
        story.Paragraph(story.Say(report.Objection.How));
        story.Paragraph(story.Say(
            $"请写明报告编号 {report.Stamp.Number}、校验码 {report.VerificationCode} 和有异议的明细账编号（如 {Example(report)}），并附证明材料。",
            $"Name the report number {report.Stamp.Number}, the verification code {report.VerificationCode} and "
                + "the ledger line "
                + $"objected to (for example {Example(report)}), and attach the evidence."));
    }

    private static string Example(AssessmentReport report) => report.Lines.Count > 0 ? report.Lines[0].Line.Id : "—";
}
