using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// Large files of service records on their way into the database: cut into parts, each of which goes in once, in one
/// transaction, whoever reads it. When all parts are in, the document is finished: what two parts state twice is taken
/// out, the index is built, and the records can be seen.
/// </summary>
internal sealed class ServiceRecordParts(Database database, TimeProvider time)
{
    private const char Separator = '\u001F';

    private readonly ServiceNames names = new(database);
    private readonly ConcurrentDictionary<string, bool> inOnePiece = new(StringComparer.Ordinal);

    /// <summary>Whether somebody here has looked at the document's file and found that it cannot be cut.</summary>
    public bool IsInOnePiece(string sha256) => inOnePiece.ContainsKey(sha256);

    public void CannotBeCut(string sha256) => inOnePiece[sha256] = true;

    /// <summary>The document as it stands, or null when nobody has begun it or when it is complete.</summary>
    public async Task<RecordDocument?> Find(string sha256, CancellationToken cancel)
    {
        var rows = await database.List(
            """
            select d.number, h.home, p.part, p.from_byte, p.to_byte, p.lines_before, p.lines, p.state
            from source_documents d
            join service_record_parts p on p.document_number = d.number
            join service_record_homes h on h.home = p.home
            where d.sha256 = $1 and d.state = 'reading' order by p.part
            """,
            row => (
                Document: row.GetInt32(0), Home: row.GetInt32(1), Waits: row.GetString(7) == "waiting",
                Part: new RecordPart(row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), row.GetInt32(5), row.GetInt32(6))),
            cancel,
            sha256);
        return rows.Count == 0
            ? null
            : new RecordDocument(
                rows[0].Document, rows[0].Home, [.. rows.Where(row => row.Waits).Select(row => row.Part)],
                [.. rows.Select(row => row.Part)]);
    }

    /// <summary>Enters a document and its parts; where another process does so at the same time, one of them does.</summary>
    public Task Begin(NewDocument document, IReadOnlyList<RecordPart> parts, CancellationToken cancel) =>
        database.InTransaction(
            async (connection, token) =>
            {
                if (await DocumentWriter.Enter(connection, document, time, token) is not { } number) return;
                var home = await Home(connection, document.Cycle, parts.Count > 1 ? number : null, token);
                foreach (var part in parts)
                {
                    await connection.Execute(
                        """
                        insert into service_record_parts (document_number, part, home, from_byte, to_byte, lines_before, lines, state)
                        values ($1, $2, $3, $4, $5, $6, $7, 'waiting')
                        """,
                        token, number, part.Part, home, part.From, part.To, part.LinesBefore, part.Lines);
                }
            },
            cancel);

    /// <summary>Stores a part, unless another process has done so.</summary>
    /// <returns>Whether it was stored here.</returns>
    public async Task<bool> Save(
        RecordDocument document, RecordPart part, ReadPart read, Action<int>? progress, CancellationToken cancel)
    {
        var resources = await names.OfResources(read.Records.Resources, cancel);
        var texts = await names.OfTexts(read.Records.Texts, cancel);
        return await database.InTransaction(
            async (connection, token) =>
            {
                var aliases = read.Aliases.ToDictionary(alias => $"{alias.Key.Category}{Separator}{alias.Key.Alias}", alias => alias.Value);
                var taken = await connection.Execute(
                    """
                    update service_record_parts
                    set state = 'read', accepted = $3, skipped = $4, open_sessions = $5, aliases = $6::jsonb
                    where document_number = $1 and part = $2 and state = 'waiting'
                    """,
                    token, document.Document, part.Part, read.Records.Records.Length, read.Skipped, read.Records.OpenSessions,
                    JsonSerializer.Serialize(aliases));
                if (taken == 0) return false;
                await ServiceRecordCopy.Write(
                    connection, document.Document, document.Home, read.Records, resources, texts, progress, token);
                await DocumentWriter.Load(connection, document.Document, read.Rejects, reject => reject.Line, token);
                await SaveUnits(connection, document.Document, part.Part, read.Records, token);
                if (document.Parts.Count > 1) await SaveKeys(connection, document.Document, part.Part, read, token);
                return true;
            },
            cancel);
    }

    /// <summary>Lines that may state the same record, in groups, each in order.</summary>
    public async Task<List<IReadOnlyList<int>>> Shared(int document, CancellationToken cancel)
    {
        var shared = new List<IReadOnlyList<int>>();
        for (var bucket = 0; bucket < RecordKeys.Buckets; bucket++)
        {
            var packed = await database.List(
                "select keys from service_record_keys where document_number = $1 and bucket = $2 order by part",
                row => row.GetFieldValue<byte[]>(0), cancel, document, (short)bucket);
            shared.AddRange(RecordKeys.Shared(packed));
        }

        return shared;
    }

    /// <summary>The document is complete: from now on its records count.</summary>
    /// <param name="document">Which; every part of it is read.</param>
    /// <param name="repeats">Lines whose record a line of another part states already.</param>
    /// <param name="unitOf">The unit that an alias of the file stands for.</param>
    /// <param name="cancel">Stops the work; the document is still unfinished then.</param>
    public Task Finish(
        RecordDocument document, IReadOnlyList<RejectedCell> repeats, Func<string, string, UnitEntry?> unitOf,
        CancellationToken cancel) =>
        database.InTransaction(
            async (connection, token) =>
            {
                var state = await connection.Scalar<string>(
                    "select state from source_documents where number = $1 for update", token, document.Document);
                if (state == "read") return;
                var takenOut = await TakeOut(connection, document, repeats, token);
                await UnitStore.Load(connection, document.Document, await UnitsOf(connection, document, unitOf, token), token);
                if (document.Parts.Count > 1)
                {
                    await connection.Execute("set local maintenance_work_mem = '256MB'", token);
                    await connection.Execute("select attach_service_record_home($1)", token, document.Home);
                    await connection.Execute("delete from service_record_keys where document_number = $1", token, document.Document);
                }

                await connection.Execute(
                    """
                    update source_documents d
                    set accepted = p.accepted - $2, flagged = p.open, skipped = p.skipped, state = 'read',
                        rejected = (select count(*) from rejected_rows where document_number = $1)
                    from (select sum(accepted) as accepted, sum(skipped) as skipped, sum(open_sessions) as open
                          from service_record_parts where document_number = $1) p
                    where d.number = $1
                    """,
                    token, document.Document, takenOut);
            },
            cancel);

    /// <summary>Stores the records of a document that is read in one transaction.</summary>
    internal async Task Load(
        NpgsqlConnection connection, int document, int home, StagedRecords records, CancellationToken cancel) =>
        await ServiceRecordCopy.Write(
            connection, document, home, records, await names.OfResources(records.Resources, cancel),
            await names.OfTexts(records.Texts, cancel), null, cancel);

    /// <summary>The cycle's partition for small documents; made on a connection of its own, so that it is there for all.</summary>
    internal async Task<int> Home(string cycle, CancellationToken cancel)
    {
        await using var connection = await database.Connect(cancel);
        return await Home(connection, cycle, null, cancel);
    }

    private static Task<int> Home(NpgsqlConnection connection, string cycle, int? document, CancellationToken cancel) =>
        connection.Scalar<int>("select service_record_home($1, $2::integer)", cancel, cycle, document);

    private static async Task<int> TakeOut(
        NpgsqlConnection connection, RecordDocument document, IReadOnlyList<RejectedCell> repeats, CancellationToken cancel)
    {
        if (repeats.Count == 0) return 0;
        var lines = repeats.Select(repeat => repeat.Line).ToArray();
        var table = string.Create(CultureInfo.InvariantCulture, $"service_records_{document.Home}");
        var takenOut = await connection.Execute(
            $"delete from {table} where document_number = $1 and line = any($2)", cancel, document.Document, lines);
        // Where the part had refused a line already, it named the first line of the part.
        await connection.Execute(
            "delete from rejected_rows where document_number = $1 and ordinal = any($2)", cancel, document.Document, lines);
        await DocumentWriter.Load(connection, document.Document, repeats, repeat => repeat.Line, cancel);
        return takenOut;
    }

    // A unit is named as the file first names it.
    private static async Task<IReadOnlyList<UnitEntry>> UnitsOf(
        NpgsqlConnection connection, RecordDocument document, Func<string, string, UnitEntry?> unitOf, CancellationToken cancel)
    {
        await using var command = connection.Command(
            """
            select a.key, min(a.value::integer) from service_record_parts p, jsonb_each_text(p.aliases) a
            where p.document_number = $1 group by a.key order by 2
            """,
            document.Document);
        var found = new List<UnitEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var (category, alias) = reader.GetString(0).Split(Separator) is [var first, var second] ? (first, second) : ("", "");
            if (unitOf(category, alias) is { } unit) found.Add(unit);
        }

        return [.. found.DistinctBy(unit => (unit.Category, unit.Unit))];
    }

    internal static async Task SaveUnits(
        NpgsqlConnection connection, int document, int part, StagedRecords records, CancellationToken cancel)
    {
        var counts = new Dictionary<(string Category, string Unit), long>();
        foreach (ref readonly var record in records.Records)
        {
            var (category, unit, _) = records.Resources[record.Resource];
            counts[(category, unit)] = counts.GetValueOrDefault((category, unit)) + 1;
        }

        await connection.Execute(
            """
            insert into service_record_units (document_number, part, category, unit, records)
            select $1, $2, * from unnest($3::text[], $4::text[], $5::bigint[])
            on conflict (document_number, part, category, unit) do update
            set records = service_record_units.records + excluded.records
            """,
            cancel, document, part, counts.Keys.Select(key => key.Category).ToArray(),
            counts.Keys.Select(key => key.Unit).ToArray(), counts.Values.ToArray());
    }

    private static async Task SaveKeys(
        NpgsqlConnection connection, int document, int part, ReadPart read, CancellationToken cancel)
    {
        // Repeats that the part refused are among them: an earlier part may state the same record before the first of them.
        var (keys, lines) = (read.Keys, read.Lines);
        for (var (bucket, from) = (0, 0); bucket < RecordKeys.Buckets; bucket++)
        {
            var to = from;
            while (to < keys.Length && RecordKeys.BucketOf(keys[to]) == bucket) to++;
            await connection.Execute(
                "insert into service_record_keys (document_number, part, bucket, keys) values ($1, $2, $3, $4)",
                cancel, document, part, (short)bucket, RecordKeys.Pack(keys.AsSpan(from, to - from), lines.AsSpan(from, to - from)));
            from = to;
        }
    }
}
