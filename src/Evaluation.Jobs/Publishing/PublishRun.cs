using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Publishing;

/// <summary>
/// Closes a run: checks that it is complete, writes the index of its papers, and names the whole result by one hash
/// over every card, allocation, certainty study and report.
/// </summary>
public sealed class PublishRun(
    RunStore runs, ScoreStore scores, AllocationStore allocations, CertaintyStore certainty, ReportStore reports,
    UnitStore units, ReportFiles files)
{
    public const string IndexFile = "index.csv";

    /// <returns>The hash of the result.</returns>
    /// <exception cref="InvalidOperationException">A unit has a card and no report.</exception>
    public async Task<string> Publish(string run, CancellationToken cancel)
    {
        var cards = await scores.Cards(run, cancel: cancel);
        var pools = await allocations.OfRun(run, cancel: cancel);
        var papers = await reports.OfRun(run, cancel);
        var without = cards.Select(card => (card.Category, card.Unit))
            .Except(papers.Select(paper => (paper.Category, paper.Unit)))
            .ToList();
        if (without.Count > 0)
        {
            throw new InvalidOperationException(
                $"{without.Count} units have a score card and no report, {without[0].Category} {without[0].Unit} among them.");
        }

        var index = Index(cards, pools, papers, await units.OfRun(run, cancel: cancel));
        await ReportFiles.Write(Path.Combine(files.FolderOf(run), IndexFile), index, cancel);
        var hash = HashOf(cards, pools, await certainty.OfRun(run, cancel: cancel), papers);
        await runs.Finish(run, hash, cancel);
        return hash;
    }

    /// <summary>SHA-256 over one line a card, an allocation, a certainty study and a report, in ordinal order.</summary>
    public static string HashOf(
        IEnumerable<StoredCard> cards, IEnumerable<StoredAllocation> allocations, IEnumerable<StoredCertainty> studies,
        IEnumerable<StoredReport> reports)
    {
        var lines = cards.Select(card => $"card\t{card.Category}\t{card.Unit}\t{card.Sha256}")
            .Concat(allocations.Select(pool => $"allocation\t{pool.Category}\t{pool.Pool}\t{pool.Sha256}"))
            .Concat(studies.Select(study => $"certainty\t{study.Category}\t{study.Sha256}"))
            .Concat(reports.Select(report => $"report\t{report.Category}\t{report.Unit}\t{report.Sha256}"))
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
    }

    private static byte[] Index(
        IReadOnlyList<StoredCard> cards,
        IReadOnlyList<StoredAllocation> pools,
        IReadOnlyList<StoredReport> papers,
        IReadOnlyList<UnitEntry> named)
    {
        var names = named.ToDictionary(unit => (unit.Category, unit.Unit), unit => unit.Name);
        var awards = pools
            .SelectMany(pool => pool.Result.Awards.Select(award => (Key: (pool.Category, award.Unit), award.Amount)))
            .ToDictionary(award => award.Key, award => award.Amount.Yuan);
        var files = papers.ToDictionary(paper => (paper.Category, paper.Unit));
        var text = new StringBuilder("category,unit,name_zh,name_en,total,rank,grade,award_yuan,report,sha256\n");
        foreach (var stored in cards)
        {
            var key = (stored.Category, stored.Unit);
            var card = stored.Card;
            var name = names.GetValueOrDefault(key);
            string[] cells =
            [
                stored.Category, stored.Unit, name?.Zh ?? stored.Unit, name?.En ?? stored.Unit,
                card.Total is { } total ? total.ToString("0.############", CultureInfo.InvariantCulture) : "",
                card.Rank?.ToString(CultureInfo.InvariantCulture) ?? "", card.Grade ?? "",
                awards.TryGetValue(key, out var award) ? award.ToString("0.00", CultureInfo.InvariantCulture) : "",
                $"{stored.Category}/{Path.GetFileName(files[key].File)}", files[key].Sha256,
            ];
            text.AppendJoin(',', cells.Select(Quoted)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n\r") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
