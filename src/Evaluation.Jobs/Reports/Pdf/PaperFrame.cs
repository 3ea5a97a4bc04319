using Evaluation.Jobs.Reports.Pdf.Native;
using Evaluation.Rules;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>What stands around the pages of a paper, and what its file says of itself.</summary>
/// <param name="Head">Running header at the left.</param>
/// <param name="Number">Number of the paper, at the right of the header.</param>
/// <param name="Foot">Running footer.</param>
/// <param name="IsGenerated">Whether every page carries the mark of generated data.</param>
/// <param name="Date">Date of the paper.</param>
/// <param name="Metadata">Title, author, subject, keywords, creator.</param>
internal sealed record PaperFrame(
    Bilingual Head, string Number, Bilingual Foot, bool IsGenerated, DateOnly Date,
    IReadOnlyList<(PdfMetadata Kind, string Text)> Metadata)
{
    internal static PaperFrame Of(AssessmentReport report) => new(
        report.Unit.Name,
        report.Stamp.Number,
        new($"{report.Cycle.Zh} · 绩效评价报告", $"{report.Cycle.En} · Performance Assessment Report"),
        report.Stamp.IsGenerated,
        report.Stamp.Date,
        [
            (PdfMetadata.Title, $"{report.Unit.Name.Zh} · {report.Cycle.Zh} · 绩效评价报告"),
            (PdfMetadata.Author, report.Publisher.Zh),
            (PdfMetadata.Subject, $"{report.Category.Zh} · {report.Stamp.Number}"),
            (PdfMetadata.Keywords,
                $"report={report.Stamp.Number}; code={report.VerificationCode}; card={report.Evidence.CardHash}; "
                    + $"snapshot={report.Evidence.SnapshotHash}; rules={report.Evidence.RuleSetVersion}; "
                    + $"run={report.Evidence.RunId}" + Mark(report.Stamp)),
            (PdfMetadata.Creator, $"Evaluation {report.Evidence.EngineVersion}"),
        ]);

    internal static PaperFrame Of(IndexReport report) => new(
        report.Definition.Name,
        report.Stamp.Number,
        new($"{report.Cycle.Name.Zh} · {IndexReport.Title.Zh}", $"{report.Cycle.Name.En} · {IndexReport.Title.En}"),
        report.Stamp.IsGenerated,
        report.Stamp.Date,
        [
            (PdfMetadata.Title, $"{report.Cycle.Name.Zh} · {IndexReport.Title.Zh}"),
            (PdfMetadata.Author, report.Cycle.Publisher.Zh),
            (PdfMetadata.Subject, $"{report.Definition.Name.Zh} · {report.Stamp.Number}"),
            (PdfMetadata.Keywords,
                $"report={report.Stamp.Number}; code={report.VerificationCode}; index={report.Evidence.IndexHash}; "
                    + $"snapshot={report.Evidence.SnapshotHash}; rules={report.Evidence.RuleSetVersion}; "
                    + $"run={report.Evidence.RunId}" + Mark(report.Stamp)),
            (PdfMetadata.Creator, $"Evaluation {report.Evidence.EngineVersion}"),
        ]);

    private static string Mark(ReportStamp stamp) => stamp.IsGenerated ? "; 模拟数据" : string.Empty;
}
