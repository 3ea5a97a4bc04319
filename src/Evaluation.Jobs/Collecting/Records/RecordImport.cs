using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Records;

/// <summary>
/// Reads a file of service records into the database part by part. Each part is one transaction with a natural key
/// (document, part), so that a read that was interrupted goes on where it ended, and several nodes may read one file.
/// </summary>
internal sealed class RecordImport(
    RecognisedFile file, RuleSet rules, ServiceRecordParts store, int partBytes = RecordFile.PartBytes)
{
    private static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private CsvHeader? header;

    /// <summary>
    /// Enters the file with its parts; null when it cannot be cut and has to be read in one piece, or was read whole.
    /// </summary>
    public async Task<RecordDocument?> Begin(NewDocument document, CancellationToken cancel)
    {
        if (await store.Find(document.Sha256, cancel) is { } begun) return begun;
        if (store.IsInOnePiece(document.Sha256)) return null;
        if (RecordFile.Cut(file.Path, file.Profile.Delimiter[0], partBytes) is not { } parts)
        {
            store.CannotBeCut(document.Sha256);
            return null;
        }

        ReadHeader(parts[0]);
        await store.Begin(document, parts, cancel);
        return await store.Find(document.Sha256, cancel);
    }

    /// <summary>Reads every part that waits, several at once, and finishes the document.</summary>
    /// <param name="document">As it was begun.</param>
    /// <param name="progress">Told how many rows of the file are in.</param>
    /// <param name="cancel">Stops the work; parts that are in stay in.</param>
    public async Task ReadAll(RecordDocument document, Action<long>? progress, CancellationToken cancel)
    {
        long rows = document.Parts.Except(document.Waiting).Sum(part => (long)part.Lines);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(document.Waiting, options, async (part, token) =>
            await Read(document, part, many => progress?.Invoke(Interlocked.Add(ref rows, many)), token));
        await Finish(document, cancel);
    }

    /// <summary>Reads one part, unless another process has.</summary>
    public async Task Read(RecordDocument document, RecordPart part, Action<int>? progress, CancellationToken cancel)
    {
        var head = header ?? ReadHeader(document.Parts[0]);
        var read = new RecordPartReader(file, rules, head).Read(part, RecordFile.Read(file.Path, part), cancel);
        await store.Save(document, part, read, progress, cancel);
    }

    /// <summary>Takes out what two parts state twice, and lets the records count.</summary>
    public async Task Finish(RecordDocument document, CancellationToken cancel)
    {
        var repeats = document.Parts.Count > 1 ? await Repeats(document, cancel) : [];
        var crosswalk = new UnitCrosswalk(file.Profile);
        await store.Finish(document, repeats, crosswalk.Named, cancel);
    }

    private CsvHeader ReadHeader(RecordPart first)
    {
        using var rows = new CsvRows(RecordFile.Read(file.Path, first), file.Profile.Delimiter, file.Name, 0);
        return header = new CsvHeader(rows.Next(), file.Profile, file.Name);
    }

    private async Task<IReadOnlyList<RejectedCell>> Repeats(RecordDocument document, CancellationToken cancel)
    {
        // What one part states twice it has refused itself.
        var shared = (await store.Shared(document.Document, cancel))
            .Where(lines => PartOf(document, lines[0]) != PartOf(document, lines[^1])).ToList();
        if (shared.Count == 0) return [];
        var reader = new RecordPartReader(file, rules, header ?? ReadHeader(document.Parts[0]));
        var wanted = shared.SelectMany(lines => lines).ToHashSet();
        var rows = new Dictionary<int, CsvRow>();
        foreach (var part in document.Parts)
        {
            var here = wanted.Where(line => PartOf(document, line) == part.Part).ToHashSet();
            if (here.Count == 0) continue;
            foreach (var row in reader.Rows(RecordFile.Read(file.Path, part), part, here)) rows[row.Line] = row;
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
