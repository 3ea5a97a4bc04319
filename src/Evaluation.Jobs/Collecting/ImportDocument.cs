using System.Collections.Concurrent;
using System.Globalization;
using Evaluation.Jobs.Collecting.Records;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// Reads one document of a run into the database, or one part of it; a document that was read before is left as it is.
/// </summary>
public sealed class ImportDocument(
    RuleSetsOnRecord rules, RunStore runs, DocumentStore documents, InstitutionStore institutions)
{
    // Looking at a large file takes seconds and is done once a node, not once a part.
    private readonly ConcurrentDictionary<(string Document, string Path, long Bytes, DateTime Written), RecognisedFile> looked = new();

    /// <summary>
    /// The documents of a run in their order; before a large file of service records come its parts, which any node may
    /// take.
    /// </summary>
    public async Task<IReadOnlyList<DocumentShard>> Shards(string run, CancellationToken cancel)
    {
        var shards = new List<DocumentShard>();
        foreach (var given in (await runs.Documents(run, cancel)).Where(document => document.Path.Length > 0))
        {
            var bytes = File.Exists(given.Path) ? new FileInfo(given.Path).Length : 0;
            var parts = RecordFile.PartsOf(bytes);
            if (parts > 1 && await IsOfRecords(run, given, cancel))
            {
                shards.AddRange(Enumerable.Range(1, parts).Select(part => new DocumentShard(given.Document, part, parts)));
            }

            shards.Add(new DocumentShard(given.Document));
        }

        return shards;
    }

    /// <param name="run">The run.</param>
    /// <param name="shard">Which document, or which part of it.</param>
    /// <param name="progress">Told how many rows were read so far, and of how many (0 where nobody knows).</param>
    /// <param name="cancel">Stops the work; nothing of the shard stays.</param>
    /// <returns>What became of the document, in one line; null for a part.</returns>
    /// <exception cref="ImportException">The file is refused, or it is not the one the run was requested with.</exception>
    public async Task<string?> Import(string run, DocumentShard shard, Action<long, long> progress, CancellationToken cancel)
    {
        if (await documents.Find(shard.Document, cancel) is { } before) return shard.Part == 0 ? Line(before) : null;
        var (_, ruleSet) = await rules.Of(run, cancel);
        var file = await FileOf(ruleSet, (await runs.Documents(run, cancel)).Single(one => one.Document == shard.Document), cancel);
        var importer = new Importer(ruleSet);
        if (shard.Part > 0)
        {
            await importer.ImportPart(file, shard.Part, documents, progress, cancel);
            return null;
        }

        long rows = 0;
        await importer.Import(file, documents, (seen, all) => progress(rows = seen, all), cancel: cancel);
        progress(rows, rows);
        return Line((await documents.Find(shard.Document, cancel))!);
    }

    private async Task<bool> IsOfRecords(string run, RunDocument given, CancellationToken cancel)
    {
        var (_, ruleSet) = await rules.Of(run, cancel);
        return RecordFile.IsFor((await FileOf(ruleSet, given, cancel)).Profile);
    }

    private async Task<RecognisedFile> FileOf(RuleSet ruleSet, RunDocument given, CancellationToken cancel)
    {
        var info = new FileInfo(given.Path);
        var key = (given.Document, given.Path, info.Exists ? info.Length : 0, info.LastWriteTimeUtc);
        if (looked.TryGetValue(key, out var known)) return known;
        var recognition = new Recognition(ruleSet, await institutions.Confirmed(cancel));
        var file = given.Profile is { } profile
            ? recognition.Read(given.Path, ruleSet.Imports.Single(one => one.Id == profile), given.Unit)
            : LookAt(recognition, given.Path);
        if (file?.Document != given.Document)
        {
            throw new ImportException(
                $"{given.Path} 的内容（或已确认的单位对照）在提出评价之后有变化。请重新运行。",
                $"{given.Path}, or the confirmed crosswalk of institutions, has changed since the run was requested. Run again.");
        }

        return looked[key] = file;
    }

    private static RecognisedFile? LookAt(Recognition recognition, string path)
    {
        var found = recognition.Look([path]);
        return found.Problems is [var problem, ..] ? throw new ImportException(problem.Remark) : found.Files.SingleOrDefault();
    }

    private static string Line(SourceDocument read) => string.Create(
        CultureInfo.InvariantCulture,
        $"{read.Name}: accepted {read.Accepted} rejected {read.Rejected} replaced {read.Replaced} flagged {read.Flagged}");
}
