using System.Text.Json;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// One document on its way into the database, in one transaction: what it holds goes in once and together, or, when
/// the reader or the database fails on the way, not at all.
/// </summary>
public sealed class DocumentWriter : IAsyncDisposable
{
    private const int BatchSize = 5000;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly NewDocument document;
    private readonly TimeProvider time;
    private readonly ServiceRecordParts recordStore;
    private readonly int number;
    private readonly List<MetricObservation> observations = [];
    private readonly List<UnitEntry> units = [];
    private readonly List<ResourceEntry> resources = [];
    private readonly StagedRecords records = new();
    private readonly List<MeasuredInstrument> measured = [];
    private readonly List<RejectedCell> rejects = [];
    private int accepted;
    private int rejected;
    private int replaced;
    private int flagged;
    private int skipped;
    private int? home;
    private DateOnly? issued;

    private DocumentWriter(
        NpgsqlConnection connection, NpgsqlTransaction transaction, NewDocument document, TimeProvider time,
        ServiceRecordParts recordStore, int number)
    {
        this.recordStore = recordStore;
        this.connection = connection;
        this.transaction = transaction;
        this.document = document;
        this.time = time;
        this.number = number;
    }

    internal static async Task<DocumentWriter?> Begin(
        Database database, NewDocument document, TimeProvider time, CancellationToken cancel)
    {
        var connection = await database.Connect(cancel);
        var transaction = await connection.BeginTransactionAsync(cancel);
        if (await Enter(connection, document, time, cancel) is { } number)
        {
            return new DocumentWriter(connection, transaction, document, time, new(database, time), number);
        }

        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Enters the row of a document that is about to be read; null when it is there already.</summary>
    internal static Task<int?> Enter(
        NpgsqlConnection connection, NewDocument document, TimeProvider time, CancellationToken cancel) =>
        connection.Scalar<int?>(
            """
            insert into source_documents (sha256, name, format, profile, category, bytes, state, recorded_at, content_sha256)
            values ($1, $2, $3, $4, $5, $6, 'reading', $7, $8)
            on conflict do nothing returning number
            """,
            cancel,
            document.Sha256,
            document.Name,
            document.Format,
            document.Profile,
            document.Category,
            document.Bytes,
            time.GetUtcNow(),
            document.ContentSha256);

    /// <summary>A value. Its document is this one, whatever it says.</summary>
    public async Task Add(MetricObservation observation, CancellationToken cancel = default)
    {
        observations.Add(observation);
        if (observation.Flags.Count > 0) flagged++;
        if (observations.Count >= BatchSize) await FlushObservations(cancel);
    }

    public async Task Add(UnitEntry unit, CancellationToken cancel = default)
    {
        units.Add(unit);
        if (units.Count >= BatchSize) await FlushUnits(cancel);
    }

    public async Task Add(ResourceEntry resource, CancellationToken cancel = default)
    {
        resources.Add(resource);
        if (resources.Count >= BatchSize) await FlushResources(cancel);
    }

    public async Task Add(ServiceRecord record, CancellationToken cancel = default)
    {
        records.Add(record);
        if (record.End is null) flagged++;
        if (records.Records.Length >= BatchSize) await FlushRecords(cancel);
    }

    /// <summary>What the records of an instrument come to; stands beside the observations made of it.</summary>
    internal void Add(MeasuredInstrument instrument) => measured.Add(instrument);

    public async Task Reject(RejectedCell cell, CancellationToken cancel = default)
    {
        rejects.Add(cell);
        if (rejects.Count >= BatchSize) await FlushRejects(cancel);
    }

    /// <summary>
    /// Whether a record may be taken: it is new, or its source has not submitted it yet, or it was taken from the very
    /// same file before (which a mended profile reads anew). From now on it is locked if this document submits it.
    /// </summary>
    public async Task<bool> MayTake(ReportedRecord key, bool submitted, CancellationToken cancel = default) =>
        await connection.Scalar<int?>(
            """
            with known as (
                select from record_statements
                where scheme = $1 and unit = $2 and record = $3 and content_sha256 = $5
            ),
            claimed as (
                insert into submitted_records (scheme, unit, record, submitted)
                select $1, $2, $3, $4 where not exists (select from known)
                on conflict (scheme, unit, record) do update set submitted = excluded.submitted
                    where not submitted_records.submitted
                returning 1
            ),
            stated as (
                insert into record_statements (scheme, unit, record, content_sha256)
                select $1, $2, $3, $5 from claimed
            )
            select 1 where exists (select from known) or exists (select from claimed)
            """,
            cancel,
            key.Scheme,
            key.Unit,
            key.Record,
            submitted,
            document.ContentSha256) is not null;

    /// <summary>A row that the profile leaves out.</summary>
    public void Skip() => skipped++;

    /// <summary>The day on which the source issued the document; one that has not come yet is not believed.</summary>
    public void IssuedOn(DateOnly day)
    {
        var tomorrow = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
        if (day <= tomorrow) issued = day;
    }

    /// <summary>
    /// Everything is in: commits. The count of accepted rows is of observations, resources and service records; units
    /// count where the document is a register of units.
    /// </summary>
    /// <param name="notes">What people should know about the document as a whole.</param>
    /// <param name="acceptedUnits">Registered units taken.</param>
    /// <param name="along">What is written in the same transaction.</param>
    /// <param name="cancel">Stops the work; nothing of the document stays.</param>
    public async Task<SourceDocument> Finish(
        IReadOnlyList<Bilingual> notes, int acceptedUnits = 0, AlongWrite? along = null, CancellationToken cancel = default)
    {
        await FlushObservations(cancel);
        await FlushUnits(cancel);
        await FlushResources(cancel);
        await FlushRecords(cancel);
        await FlushRejects(cancel);
        await ServiceRecordStore.Load(connection, number, measured, cancel);
        accepted += acceptedUnits;
        await connection.Execute(
            """
            update source_documents
            set accepted = $2, rejected = $3, replaced = $4, flagged = $5, skipped = $6, notes = $7::jsonb, state = 'read',
                issued_on = $8
            where number = $1
            """,
            cancel,
            number,
            accepted,
            rejected,
            replaced,
            flagged,
            skipped,
            JsonSerializer.Serialize(notes),
            issued);
        if (along is not null) await along.Write(connection, cancel);
        await transaction.CommitAsync(cancel);
        return new SourceDocument(
            document.Sha256, number, document.Name, document.Format, document.Profile, document.Category, document.Bytes,
            accepted, rejected, replaced, flagged, skipped, notes, time.GetUtcNow(),
            document.ContentSha256);
    }

    /// <summary>Without <see cref="Finish"/> nothing of the document stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task FlushObservations(CancellationToken cancel)
    {
        if (observations.Count == 0) return;
        var counts = await ObservationStore.Load(connection, document.Sha256, number, observations, time, cancel);
        accepted += observations.Count;
        replaced += counts.Replaced;
        observations.Clear();
    }

    private async Task FlushUnits(CancellationToken cancel)
    {
        if (units.Count == 0) return;
        await UnitStore.Load(connection, number, units, cancel);
        units.Clear();
    }

    private async Task FlushResources(CancellationToken cancel)
    {
        if (resources.Count == 0) return;
        await UnitStore.Load(connection, number, resources, cancel);
        accepted += resources.Count;
        resources.Clear();
    }

    private async Task FlushRecords(CancellationToken cancel)
    {
        if (records.Records.Length == 0) return;
        home ??= await recordStore.Home(document.Cycle, cancel);
        await recordStore.Load(connection, number, home.Value, records, cancel);
        await ServiceRecordParts.SaveUnits(connection, number, 0, records, cancel);
        accepted += records.Records.Length;
        records.Clear();
    }

    private async Task FlushRejects(CancellationToken cancel)
    {
        await Load(connection, number, rejects, _ => ++rejected, cancel);
        rejects.Clear();
    }

    /// <summary>Stores refusals, each with its place in their order.</summary>
    internal static async Task Load(
        NpgsqlConnection connection, int document, IReadOnlyList<RejectedCell> rejects, Func<RejectedCell, int> ordinal,
        CancellationToken cancel)
    {
        if (rejects.Count == 0) return;
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy rejected_rows (document_number, ordinal, line, cell, value, reason_zh, reason_en)
            from stdin (format binary)
            """,
            cancel);
        foreach (var cell in rejects)
        {
            await copy.WriteRowAsync(
                cancel, document, ordinal(cell), cell.Line, cell.Cell, Printable(cell.Value), cell.Reason.Zh, cell.Reason.En);
        }

        await copy.CompleteAsync(cancel);
    }

    /// <summary>PostgreSQL texts hold no NUL.</summary>
    private static string Printable(string value) => value.Replace("\0", "�", StringComparison.Ordinal);
}
