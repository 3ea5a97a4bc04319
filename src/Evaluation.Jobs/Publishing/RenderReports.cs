using System.Collections.Concurrent;
using System.Security.Cryptography;
using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Publishing;

/// <summary>Draws the assessment reports of some units of a category, one PDF a unit.</summary>
public sealed class RenderReports(
    RuleSetsOnRecord rules,
    ScoreStore scores,
    UnitStore units,
    AllocationStore allocations,
    CertaintyStore certainty,
    DocumentStore documents,
    FindingStore findings,
    ReportStore reports,
    IReportRenderer renderer,
    ReportFiles files)
{
    private readonly ConcurrentDictionary<(string Run, string Category), Lazy<Task<CategoryReports>>> read = new();

    /// <summary>Reports that are there already, as they were, are left alone.</summary>
    /// <param name="progress">Told the number of finished reports and of all of them.</param>
    /// <exception cref="InvalidOperationException">A report drawn again is not the paper it was.</exception>
    public async Task<int> Render(
        string run, UnitRange range, Action<long, long> progress, CancellationToken cancel)
    {
        var category = await Category(run, range.Category, cancel);
        var there = (await reports.OfRun(run, cancel))
            .Where(report => report.Category == range.Category)
            .ToDictionary(report => report.Unit, StringComparer.Ordinal);
        var cards = range.Of(category.Cards).ToList();
        for (var index = 0; index < cards.Count; index++)
        {
            cancel.ThrowIfCancellationRequested();
            var place = range.First + index;
            await Render(run, category, cards[index], place, there.GetValueOrDefault(cards[index].Unit), cancel);
            progress(index + 1, cards.Count);
        }

        return cards.Count;
    }

    private async Task Render(
        string run, CategoryReports category, StoredCard card, int place, StoredReport? before, CancellationToken cancel)
    {
        var file = ReportFiles.FileOf(run, card.Category, card.Unit, place);
        var path = files.PathOf(file);
        if (before is not null && File.Exists(path) && await HashOf(path, cancel) == before.Sha256) return;

        using var drawn = new MemoryStream();
        var pages = renderer.Render(category.Of(card, place), drawn);
        var content = drawn.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (before is not null && before.Sha256 != hash)
        {
            throw new InvalidOperationException(
                $"The report {before.Number} drawn again is not the paper it was ({hash} instead of {before.Sha256}): the "
                + "fonts or the drawing libraries of this machine differ from those it was drawn with.");
        }

        // The file first: a row without its file would promise a paper that is not there.
        await ReportFiles.Write(path, content, cancel);
        await reports.Save(
            run,
            new StoredReport(card.Category, card.Unit, category.NumberOf(place), file, pages, content.Length, hash),
            cancel);
    }

    private async Task<CategoryReports> Category(string run, string category, CancellationToken cancel)
    {
        var sources = new CategoryReports.Sources(rules, scores, units, allocations, certainty, documents, findings);
        var entry = read.GetOrAdd((run, category), key => new(() => CategoryReports.Read(sources, key.Run, key.Category, cancel)));
        try
        {
            return await entry.Value;
        }
        catch
        {
            read.TryRemove(new((run, category), entry));
            throw;
        }
    }

    private static async Task<string> HashOf(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }
}
