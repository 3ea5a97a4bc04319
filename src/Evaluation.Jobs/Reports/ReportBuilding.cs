using Evaluation.Rules;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Reports;

/// <summary>Turns the values of one unit into the report about it.</summary>
internal static class ReportBuilding
{
    private const string WithheldOutcome = nameof(Withheld);
    private const string ScoredOutcome = nameof(Scored);

    internal static AssessmentReport Of(ReportMaterial material)
    {
        var (cycle, scheme, card) = (material.Cycle, material.Scheme, material.Card);
        var category = cycle.Categories.FirstOrDefault(one => one.Id == card.Category) ?? throw new ArgumentException(
            $"The cycle {cycle.Id} has no category '{card.Category}', so unit '{card.Unit}' has no report in it.");
        var lines = card.Lines.Where(line => line.Kind == LedgerLineKind.Indicator)
            .Select(line => LineOf(line, material)).ToList();
        var blocks = card.Blocks.Select(block => BlockOf(block, lines, material.Statistics)).ToList();
        var compared = blocks.Where(block => block.Share is not null).OrderByDescending(block => block.Share).ToList();
        var outcome = lines.Any(line => line.Line.Outcome == WithheldOutcome) ? ReportOutcome.Withheld
            : card.Total is null ? ReportOutcome.Excluded
            : ReportOutcome.Scored;
        var report = new AssessmentReport
        {
            Publisher = cycle.Publisher,
            Cycle = cycle.Name,
            Unit = material.Unit,
            Category = category.Name,
            Scheme = scheme.Name,
            Periods = category.Periods,
            PeriodNotes = [.. new[] { category.PeriodNote, category.AcceptPartial ? category.PartialNote : null }
                .OfType<Bilingual>()],
            Stamp = material.Stamp,
            VerificationCode = VerificationCode.Of(material.Evidence.CardHash),
            Outcome = outcome,
            Result = ResultOf(material),
            Award = outcome == ReportOutcome.Scored ? ReportAwards.Of(material) : null,
            WithoutAward = null,
            Certainty = material.Certainty,
            Examination = cycle.Robustness,
            Summary = [],
            Blocks = blocks,
            Strongest = compared.Count > 1 ? compared[0] : null,
            Weakest = compared.Count > 1 ? compared[^1] : null,
            Lines = lines,
            Judgements = [.. scheme.Judgements.Select(judgement => ReportMethod.JudgementOf(judgement, scheme, card))],
            Figures = [.. card.Figures.Select(figure =>
                new ReportFigure(figure.Name, ReportText.Value(figure.Value, figure.Unit)))],
            Strengths = Strengths(lines),
            Weaknesses = Weaknesses(lines),
            Lifts = [.. lines.Where(line => line.Line.More is not null).OrderByDescending(line => line.Open)],
            GradeLifts = card.Grade is null ? null : card.Lifts,
            PointsToNext = card.PointsToNext,
            WithoutLift = card.Grade is null ? null : GradeLifts.Otherwise(card, scheme),
            Missing = [.. lines.Where(line => line.Line.Outcome == WithheldOutcome)],
            Statistics = material.Statistics,
            Evidence = material.Evidence,
            Findings = material.Findings,
            Method = ReportMethod.Of(material),
            Weights = [.. scheme.Blocks.Select(block => new ReportWeight(
                block.Name, block.Weight, ReportText.SourceOf(block.Source), block.Source.Note))],
            LegalBasis = cycle.LegalBasis,
            Objection = new ReportObjection(
                cycle.ObjectionWorkingDays,
                cycle.Deadlines.FirstOrDefault(deadline => deadline.Step == "object")?.By,
                cycle.ObjectionHow),
        };
        return report with
        {
            WithoutAward = report.Award is null ? ReportAwards.WhyNone(material, outcome) : null,
            Summary = ReportSummary.Of(report),
        };
    }

    private static ReportLine LineOf(LedgerLine line, ReportMaterial material)
    {
        var block = material.Card.Blocks.FirstOrDefault(one => one.Block == line.Block);
        var indicator = material.Scheme.Indicators.FirstOrDefault(one => one.Id == line.Id);
        return new ReportLine(
            line,
            block?.Name ?? ReportText.Nothing,
            indicator?.Question,
            ReportText.Value(line.Value, line.Unit),
            line.Outcome == ScoredOutcome && line.Max > 0 ? line.Points / line.Max : null,
            material.Statistics.Indicators.GetValueOrDefault(line.Id),
            [.. line.Inputs.Select(input => new ReportInput(
                input.Code,
                input.Name,
                ReportText.Input(input.Value, input.Unit),
                ReportText.RecordsOf(input.Provenance)))],
            ReportText.SourceOf(line.Source),
            [.. material.Findings.Where(finding => finding.Line == line.Id)]);
    }

    private static BlockComparison BlockOf(BlockScore block, List<ReportLine> lines, CategoryStatistics statistics)
    {
        var waits = lines.Any(line => line.Line.Block == block.Block && line.Line.Outcome == WithheldOutcome);
        return new BlockComparison(
            block.Block,
            block.Name,
            block.Points,
            block.Max,
            waits || block.Max <= 0 ? null : block.Points / block.Max,
            statistics.Blocks.GetValueOrDefault(block.Block));
    }

    private static ReportResult ResultOf(ReportMaterial material)
    {
        var card = material.Card;
        IReadOnlyList<Grade> grades = material.Scheme.Grades?.Grades ?? [];
        var place = grades.ToList().FindIndex(grade => grade.Id == card.Grade);
        return new ReportResult(
            place < 0 ? null : grades[place],
            place < 0 ? null : place,
            [.. grades.Select(grade => new GradeShare(
                grade, material.Statistics.Grades.FirstOrDefault(count => count.Grade == grade.Id)?.Units ?? 0))],
            card.Points,
            card.Total,
            material.Scheme.OutOf,
            card.Rank,
            card.Ranked,
            card.Standing);
    }

    private static List<ReportLine> Strengths(List<ReportLine> lines) =>
        [.. lines
            .Where(line => line.Share is { } share && line.Category is { } category
                && share >= category.BestQuarter && share > category.Median)
            .OrderByDescending(line => line.Share - line.Category!.Median)
            .ThenByDescending(line => line.Line.Max)];

    private static List<ReportLine> Weaknesses(List<ReportLine> lines) =>
        [.. lines
            .Where(line => line.Share is { } share && line.Category is { } category && share < category.Median)
            .OrderByDescending(line => (line.Category!.Median - line.Share) * line.Line.Max)];
}
