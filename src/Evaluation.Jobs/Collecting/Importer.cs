using Evaluation.Jobs.Collecting.Institutions;
using Evaluation.Jobs.Collecting.Records;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>What became of a file.</summary>
/// <param name="File">Which.</param>
/// <param name="AlreadyRead">It was read before: nothing was done.</param>
/// <param name="Accepted">Observations, resources, service records or registered units taken.</param>
/// <param name="Rejected">Rows and cells refused.</param>
/// <param name="Replaced">Of those accepted, how many replaced another value of an earlier document.</param>
/// <param name="Flagged">Of those accepted, how many carry the code of a check that fired.</param>
/// <param name="Skipped">Rows that the profile leaves out.</param>
/// <param name="Flags">How often each check fired.</param>
/// <param name="Notes">What people should know about the file as a whole.</param>
public sealed record ImportResult(
    RecognisedFile File,
    bool AlreadyRead,
    int Accepted,
    int Rejected,
    int Replaced,
    int Flagged,
    int Skipped,
    IReadOnlyDictionary<string, int> Flags,
    IReadOnlyList<Bilingual> Notes);

/// <summary>Reads recognised files into the database, or only looks at them.</summary>
public sealed class Importer(RuleSet rules)
{
    /// <summary>
    /// Reads a file in one transaction: all of it goes in, or, when the file or the database fails on the way, none. A
    /// large file of service records goes in part by part, each in one transaction, and counts when it is complete.
    /// </summary>
    /// <param name="file">Which.</param>
    /// <param name="documents">Where it goes.</param>
    /// <param name="progress">
    /// Told how many rows are in, every thousand, and of how many (0 where nobody knows).
    /// </param>
    /// <param name="along">
    /// What is written in the same transaction; in one of its own when the file was read before or goes in part by
    /// part.
    /// </param>
    /// <param name="cancel">Stops the work; nothing of the file stays.</param>
    /// <exception cref="ImportException">The file is refused whole, the disk is full, or the database went away.</exception>
    public async Task<ImportResult> Import(
        RecognisedFile file,
        DocumentStore documents,
        Action<long, long>? progress = null,
        AlongWrite? along = null,
        CancellationToken cancel = default)
    {
        try
        {
            var document = DocumentOf(file);
            if (GoesInParts(file, along)
                && await ReadRecords(file, document, documents, progress, cancel) is { } result)
            {
                if (along is not null) await documents.Write(along, cancel);
                return result;
            }

            await using var writer = await documents.Begin(document, cancel);
            if (writer is null) return await ReadBefore(file, documents, along, cancel);
            var tally = new Tally();
            foreach (var collected in SourceFormats.Read(file, rules))
            {
                cancel.ThrowIfCancellationRequested();
                var taken = collected is CollectedRecord record ? await TakeRecord(writer, record, cancel) : [collected];
                foreach (var part in taken)
                {
                    if (tally.Count(part) % 1000 == 0) progress?.Invoke(tally.Seen, 0);
                    await Write(writer, part, cancel);
                }
            }

            var units = file.Profile.Target == MappingTarget.Units ? tally.Units : 0;
            var read = await writer.Finish(tally.Notes, units, along, cancel);
            progress?.Invoke(tally.Seen, tally.Seen);
            return new ImportResult(
                file, false, read.Accepted, read.Rejected, read.Replaced, read.Flagged, read.Skipped, tally.Flags,
                read.Notes);
        }
        catch (Exception failed) when (failed is not ImportException and not OperationCanceledException)
        {
            throw Explain(file, failed);
        }
    }

    /// <summary>
    /// Reads one part of a large file of service records; the file itself is imported when all parts are in. A file that
    /// turns out to have no such part, or is packed or encoded, is left for that.
    /// </summary>
    /// <param name="file">Which.</param>
    /// <param name="part">Number of the part, from 1.</param>
    /// <param name="documents">Where it goes.</param>
    /// <param name="progress">Told how many rows of the part are in, and of how many.</param>
    /// <param name="cancel">Stops the work; nothing of the part stays.</param>
    public async Task ImportPart(
        RecognisedFile file, int part, DocumentStore documents, Action<long, long>? progress, CancellationToken cancel)
    {
        try
        {
            var import = new RecordImport(file, rules, documents.Records);
            if (await import.Begin(DocumentOf(file), cancel) is not { } begun || !import.CanGoToAPart(begun)) return;
            if (begun.Waiting.FirstOrDefault(one => one.Part == part) is not { } waiting) return;
            var rows = 0;
            await import.Read(begun, waiting, many => progress?.Invoke(rows += many, waiting.Lines), cancel);
            progress?.Invoke(waiting.Lines, waiting.Lines);
        }
        catch (Exception failed) when (failed is not ImportException and not OperationCanceledException)
        {
            throw Explain(file, failed);
        }
    }

    /// <summary>What has to be written with a small file stays together with it.</summary>
    private static bool GoesInParts(RecognisedFile file, AlongWrite? along) =>
        RecordFile.IsFor(file.Profile) && (along is null || RecordFile.PartsOf(file.Bytes) > 1);

    private NewDocument DocumentOf(RecognisedFile file) => new(
        file.Document, file.Name, file.Profile.Format, file.Profile.Id,
        file.Profile.Category.Length > 0 ? file.Profile.Category : null, file.Bytes)
    {
        ContentSha256 = file.ContentSha256,
        Cycle = rules.Cycle?.Id ?? rules.Folder.Name,
    };

    /// <summary>Reads a file of service records part by part; null when it cannot be cut into parts.</summary>
    private async Task<ImportResult?> ReadRecords(
        RecognisedFile file, NewDocument document, DocumentStore documents, Action<long, long>? progress,
        CancellationToken cancel)
    {
        var import = new RecordImport(file, rules, documents.Records);
        if (await documents.Find(file.Document, cancel) is not null || await import.Begin(document, cancel) is not { } begun)
        {
            return await documents.Find(file.Document, cancel) is null ? null : await ReadBefore(file, documents, null, cancel);
        }

        var all = begun.Parts.Sum(part => (long)part.Lines);
        await import.ReadAll(begun, rows => progress?.Invoke(rows, all), cancel);
        var read = (await documents.Find(file.Document, cancel))!;
        var flags = new Dictionary<string, int>(StringComparer.Ordinal);
        if (read.Flagged > 0) flags.Add(ServiceRecordStore.OpenSession, read.Flagged);
        var units = await documents.UnitsOfRecords(file.Document, cancel);
        return new ImportResult(
            file, false, read.Accepted, read.Rejected, 0, read.Flagged, read.Skipped, flags,
            [.. read.Notes, .. units.SelectMany(UnifiedCreditCode.WarningsOfUnit)]);
    }

    /// <summary>Reads a file without storing anything; hands out what it finds.</summary>
    /// <exception cref="ImportException">The file is refused whole.</exception>
    public ImportResult Look(RecognisedFile file, Action<Collected>? found = null)
    {
        var tally = new Tally();
        try
        {
            foreach (var collected in SourceFormats.Read(file, rules))
            {
                foreach (var part in collected is CollectedRecord record ? record.Parts : [collected])
                {
                    tally.Count(part);
                    found?.Invoke(part);
                }
            }
        }
        catch (InvalidDataException damaged)
        {
            throw Damaged(file, damaged);
        }

        var units = file.Profile.Target == MappingTarget.Units ? tally.Units : 0;
        return new ImportResult(
            file, false, tally.Accepted + units, tally.Rejected, 0, tally.Flagged, tally.Skipped, tally.Flags,
            tally.Notes);
    }

    /// <summary>What a record says; or, where it was submitted before, that it is refused.</summary>
    private static async Task<IReadOnlyList<Collected>> TakeRecord(
        DocumentWriter writer, CollectedRecord record, CancellationToken cancel) =>
        await writer.MayTake(record.Key, record.Submitted, cancel)
            ? record.Parts
            : [new CollectedReject(RejectedCell.Locked(record.Cell, record.Key.Record))];

    private static Task Write(DocumentWriter writer, Collected collected, CancellationToken cancel)
    {
        switch (collected)
        {
            case CollectedObservation one: return writer.Add(one.Observation, cancel);
            case CollectedUnit one: return writer.Add(one.Unit, cancel);
            case CollectedResource one: return writer.Add(one.Resource, cancel);
            case CollectedServiceRecord one: return writer.Add(one.Record, cancel);
            case CollectedReject one: return writer.Reject(one.Cell, cancel);
            case CollectedSkip:
                writer.Skip();
                return Task.CompletedTask;
            case CollectedIssue one:
                writer.IssuedOn(one.On);
                return Task.CompletedTask;
            default: return Task.CompletedTask;
        }
    }

    private static async Task<ImportResult> ReadBefore(
        RecognisedFile file, DocumentStore documents, AlongWrite? along, CancellationToken cancel)
    {
        if (along is not null) await documents.Write(along, cancel);
        var known = await documents.Find(file.Document, cancel);
        return new ImportResult(file, true, 0, 0, 0, 0, 0, new Dictionary<string, int>(), known?.Notes ?? []);
    }

    private static ImportException Explain(RecognisedFile file, Exception failed)
    {
        var parts = RecordFile.IsFor(file.Profile) && RecordFile.PartsOf(file.Bytes) > 1
            ? new Bilingual("（已完成的分段除外，不会重读）", " but whole parts, which are not read again")
            : new Bilingual("", "");
        if (LocalPostgres.IsDiskFull(failed))
        {
            return new ImportException(
                $"读入 {file.Name} 时磁盘已满，该文件未存入任何内容{parts.Zh}。请腾出数据目录所在磁盘的空间，然后重新运行。",
                $"The disk became full while {file.Name} was read; nothing of it was stored{parts.En}. Free some space on the disk of "
                + "the data folder, then run again.",
                failed);
        }

        if (Database.IsGone(failed))
        {
            return new ImportException(
                $"读入 {file.Name} 时数据库连接中断，该文件未存入任何内容{parts.Zh}。请确认数据库在运行，然后重新运行。",
                $"The database went away while {file.Name} was read; nothing of it was stored{parts.En}. See that the database runs, "
                + "then run again.",
                failed);
        }

        if (failed is InvalidDataException) return Damaged(file, failed);
        return failed is IOException
            ? new ImportException(
                $"读取 {file.Name} 失败：{failed.Message}", $"{file.Name} could not be read: {failed.Message}", failed)
            : new ImportException(
                $"读入 {file.Name} 失败，未存入任何内容：{failed.Message}",
                $"{file.Name} could not be read in; nothing of it was stored: {failed.Message}",
                failed);
    }

    private static ImportException Damaged(RecognisedFile file, Exception inner) => new(
        $"{file.Name} 的压缩内容不完整或已损坏，未存入任何内容。请重新取得该文件，或解压后再试。",
        $"{file.Name}: its packed content is cut or damaged; nothing of it was stored. Get the file again, or unpack "
        + "it first.",
        inner);

    /// <summary>What a file came to.</summary>
    private sealed class Tally
    {
        private readonly HashSet<string> seenUnits = new(StringComparer.Ordinal);

        public long Seen { get; private set; }

        public int Accepted { get; private set; }

        public int Rejected { get; private set; }

        public int Flagged { get; private set; }

        public int Skipped { get; private set; }

        public int Units { get; private set; }

        public Dictionary<string, int> Flags { get; } = new(StringComparer.Ordinal);

        public List<Bilingual> Notes { get; } = [];

        public long Count(Collected collected)
        {
            if (UnitOf(collected) is { } unit && seenUnits.Add(unit))
            {
                Notes.AddRange(UnifiedCreditCode.WarningsOfUnit(unit));
            }

            switch (collected)
            {
                case CollectedObservation { Observation.Flags.Count: > 0 } or CollectedServiceRecord { Record.End: null }:
                    Accepted++;
                    Flagged++;
                    break;
                case CollectedObservation or CollectedResource or CollectedServiceRecord:
                    Accepted++;
                    break;
                case CollectedUnit:
                    Units++;
                    break;
                case CollectedReject:
                    Rejected++;
                    break;
                case CollectedSkip:
                    Skipped++;
                    break;
                case CollectedFlag flag:
                    Flags[flag.Code] = Flags.GetValueOrDefault(flag.Code) + 1;
                    break;
                case CollectedNote note:
                    Notes.Add(note.Note);
                    break;
            }

            return ++Seen;
        }

        private static string? UnitOf(Collected collected) => collected switch
        {
            CollectedObservation one => one.Observation.Unit,
            CollectedResource one => one.Resource.Unit,
            CollectedServiceRecord one => one.Record.Unit,
            CollectedUnit one => one.Unit.Unit,
            _ => null,
        };
    }
}
