using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Records;

/// <summary>
/// Reads a file of service records into the database part by part. Each part is one transaction with a natural key
/// (document, part), so that a read that was interrupted goes on where it ended, and several nodes may read one plain
/// file.
/// </summary>
internal sealed class RecordImport(
    RecognisedFile file, RuleSet rules, ServiceRecordParts store, int partBytes = RecordFile.PartBytes)
{
    private static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private RecordText? text;
    private CsvHeader? header;

    /// <summary>
    /// Enters the file with its parts; null when it cannot be cut and has to be read in one piece, or was read whole.
    /// </summary>
    public async Task<RecordDocument?> Begin(NewDocument document, CancellationToken cancel)
    {
        if (await store.Find(document.Sha256, cancel) is { } begun) return begun;
        if (store.IsInOnePiece(document.Sha256)) return null;
        if (RecordFile.Cut(file, partBytes) is not { } parts)
        {
            store.CannotBeCut(document.Sha256);
            return null;
        }

        HeaderOf(parts);
        await store.Begin(document, parts, cancel);
        return await store.Find(document.Sha256, cancel);
    }

    /// <summary>Reads every part that waits, several at once, and finishes the document.</summary>
    /// <param name="document">As it was begun.</param>
    /// <param name="progress">Told how many rows of the file are in, those of an earlier read first.</param>
    /// <param name="cancel">Stops the work; parts that are in stay in.</param>
    public async Task ReadAll(RecordDocument document, Action<long>? progress, CancellationToken cancel)
    {
        long rows = document.Parts.Except(document.Waiting).Sum(part => (long)part.Lines);
        progress?.Invoke(rows);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        var head = HeaderOf(document.Parts);
        await Parallel.ForEachAsync(TextOf(document.Parts).Read(document.Waiting), options, async (one, token) =>
            await Save(document, head, one, many => progress?.Invoke(Interlocked.Add(ref rows, many)), token));
        await Finish(document, cancel);
    }

    /// <summary>Whether one can go to a part in the middle of the file; else all are read on one way.</summary>
    public bool CanGoToAPart(RecordDocument document) => RecordFile.ArePlain(file, document.Parts);

    /// <summary>Reads one part, unless another process has.</summary>
    public Task Read(RecordDocument document, RecordPart part, Action<int>? progress, CancellationToken cancel) =>
        Save(document, HeaderOf(document.Parts), (part, TextOf(document.Parts).Read(part)), progress, cancel);

    /// <summary>Takes out what two parts state twice, and lets the records count.</summary>
    public async Task Finish(RecordDocument document, CancellationToken cancel)
    {
        var repeats = document.Parts.Count > 1 ? await Repeats(document, cancel) : [];
        var crosswalk = new UnitCrosswalk(file.Profile);
        await store.Finish(document, repeats, crosswalk.Named, cancel);
    }

    private RecordText TextOf(IReadOnlyList<RecordPart> parts) => text ??= RecordFile.TextOf(file, parts);

    private CsvHeader HeaderOf(IReadOnlyList<RecordPart> parts)
    {
        if (header is not null) return header;
        using var rows = new CsvRows(TextOf(parts).Read(parts[0]), file.Profile.Delimiter, file.Name, 0);
        return header = new CsvHeader(rows.Next(), file.Profile, file.Name);
    }

    private async Task Save(
        RecordDocument document, CsvHeader head, (RecordPart Part, byte[] Bytes) one, Action<int>? progress,
        CancellationToken cancel)
    {
        var read = new RecordPartReader(file, rules, head).Read(one.Part, one.Bytes, cancel);
        await store.Save(document, one.Part, read, progress, cancel);
    }

    private async Task<IReadOnlyList<RejectedCell>> Repeats(RecordDocument document, CancellationToken cancel)
    {
        // What one part states twice it has refused itself.
        var shared = (await store.Shared(document.Document, cancel))
            .Where(lines => PartOf(document, lines[0]) != PartOf(document, lines[^1])).ToList();
        if (shared.Count == 0) return [];
        var reader = new RecordPartReader(file, rules, HeaderOf(document.Parts));
        var wanted = shared.SelectMany(lines => lines).ToLookup(line => PartOf(document, line));
        var rows = new Dictionary<int, CsvRow>();
        var concerned = document.Parts.Where(part => wanted.Contains(part.Part));
        foreach (var (part, bytes) in TextOf(document.Parts).Read(concerned))
        {
            foreach (var row in reader.Rows(bytes, part, wanted[part.Part].ToHashSet())) rows[row.Line] = row;
        }

        return [.. shared.SelectMany(lines => RepeatsIn([.. lines.Select(line => rows[line])], reader)).OrderBy(cell => cell.Line)];
    }

    private static int PartOf(RecordDocument document, int line) =>
        document.Parts.First(part => line <= part.LinesBefore + part.Lines).Part;

    // Rows with one fingerprint, in order: each is compared with those before it that stay.
    private static IEnumerable<RejectedCell> RepeatsIn(IReadOnlyList<CsvRow> rows, RecordPartReader reader)
    {
        var staying = new List<CsvRow>();
        foreach (var row in rows)
        {
            var refused = staying.Select(first => reader.Repeats(first, row)).FirstOrDefault(cell => cell is not null);
            if (refused is null) staying.Add(row);
            else yield return refused;
        }
    }
}
