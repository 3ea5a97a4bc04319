using System.Data.Common;
using System.Text.Json;
using Evaluation.Rules;

namespace Evaluation.Jobs.Storage;

/// <summary>Source documents, known by the hash of their bytes, so that reading one again is a no-op.</summary>
public sealed class DocumentStore(Database database, TimeProvider time)
{
    private const string Columns =
        "sha256, number, name, format, profile, category, bytes, accepted, rejected, replaced, flagged, skipped, "
        + "notes::text, recorded_at, content_sha256";

    /// <summary>Large files of service records, which are read in parts.</summary>
    internal ServiceRecordParts Records { get; } = new(database, time);

    /// <summary>
    /// Begins to read a document: everything added until <see cref="DocumentWriter.Finish"/> stays together or not at
    /// all. Null when the document was read before. Of two processes that begin the same document one waits.
    /// </summary>
    public Task<DocumentWriter?> Begin(NewDocument document, CancellationToken cancel = default) =>
        DocumentWriter.Begin(database, document, time, cancel);

    /// <summary>Writes what belongs to a document that is on record already.</summary>
    public Task Write(AlongWrite along, CancellationToken cancel = default) => database.InTransaction(along.Write, cancel);

    /// <summary>A document that was read, or null.</summary>
    public Task<SourceDocument?> Find(string sha256, CancellationToken cancel = default) => database.Single(
        $"select {Columns} from source_documents where sha256 = $1 and state = 'read'", Read, cancel, sha256);

    /// <summary>The documents of a run, in its order, those that were read already.</summary>
    public Task<List<SourceDocument>> OfRun(string run, CancellationToken cancel = default) => database.List(
        $"""
        select {Columns} from (
            select s.*, d.ordinal from source_documents s join run_documents d on d.document = s.sha256
            where d.run = $1 and s.state = 'read') held
        order by ordinal
        """,
        Read,
        cancel,
        run);

    /// <summary>What was refused in a document, in the order of its lines.</summary>
    public Task<List<RejectedCell>> Rejects(string sha256, CancellationToken cancel = default) => database.List(
        """
        select line, cell, value, reason_zh, reason_en from rejected_rows
        join source_documents on number = document_number where sha256 = $1 order by ordinal
        """,
        row => new RejectedCell(
            row.GetInt32(0), row.GetString(1), row.GetString(2), new Bilingual(row.GetString(3), row.GetString(4))),
        cancel,
        sha256);

    /// <summary>The units whose service records a document holds, in ordinal order.</summary>
    public Task<List<string>> UnitsOfRecords(string sha256, CancellationToken cancel = default) => database.List(
        """
        select unit from service_record_units join source_documents on number = document_number
        where sha256 = $1 group by unit order by unit collate "C"
        """,
        row => row.GetString(0),
        cancel,
        sha256);

    private static SourceDocument Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetInt32(1),
        row.GetString(2),
        row.GetString(3),
        row.Text(4),
        row.Text(5),
        row.GetInt64(6),
        row.GetInt32(7),
        row.GetInt32(8),
        row.GetInt32(9),
        row.GetInt32(10),
        row.GetInt32(11),
        JsonSerializer.Deserialize<List<Bilingual>>(row.GetString(12)) ?? [],
        row.GetFieldValue<DateTimeOffset>(13),
        row.GetString(14));
}
