using System.Globalization;
using System.Security.Cryptography;
using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Publishing;

/// <summary>Draws the report of a run's resource index, one PDF.</summary>
public sealed class RenderIndexReport(
    RuleSetsOnRecord rules, ResourceIndexStore indices, IReportRenderer renderer, ReportFiles files)
{
    /// <summary>A report that is there already, as it was, is left alone.</summary>
    /// <exception cref="InvalidOperationException">The run has no index, or the report drawn again is not the paper it was.</exception>
    public async Task Render(string run, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        var index = await indices.Find(run, cancel) ?? throw new InvalidOperationException($"Run {run} has no resource index.");
        var cycle = ruleSet.Cycle!;
        var before = await indices.Report(run, cancel);
        var number = string.Create(CultureInfo.InvariantCulture, $"{cycle.Id}-index");
        var report = new IndexReport(
            cycle, ruleSet.Index!, index.Result,
            new ReportStamp(number, CategoryReports.DateOf(cycle, "publish", "notice"), ReportState.Preliminary, found.Generated),
            new IndexEvidence(found.SnapshotHash!, found.RuleSetHash, found.EngineVersion, found.Id, index.Sha256));
        using var drawn = new MemoryStream();
        var pages = renderer.Render(report, drawn);
        var content = drawn.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (before is not null && before.Sha256 != hash)
        {
            throw new InvalidOperationException(
                $"The report {before.Number} drawn again is not the paper it was ({hash} instead of {before.Sha256}): the "
                + "fonts or the drawing libraries of this machine differ from those it was drawn with.");
        }

        var file = $"out/{run}/{number}.pdf";
        await ReportFiles.Write(files.PathOf(file), content, cancel);
        await indices.Save(run, new StoredIndexReport(number, file, pages, content.Length, hash), cancel);
    }
}
