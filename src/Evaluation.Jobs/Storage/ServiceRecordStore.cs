using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;
using Npgsql;
using NpgsqlTypes;

namespace Evaluation.Jobs.Storage;

/// <summary>Service records: who used which instrument from when to when, and what they were measured as.</summary>
public sealed class ServiceRecordStore(Database database)
{
    /// <summary>Code of the flag of a session that has not ended.</summary>
    public const string OpenSession = "open-session";

    /// <summary>A quantity is kept to a millionth.</summary>
    internal const decimal Millionths = 1_000_000m;

    /// <summary>The largest fee that can be kept, yuan.</summary>
    public static readonly decimal LargestFee = decimal.Floor(long.MaxValue / 100m);

    private const string OfInstruments =
        """
        from unnest($1::integer[], $2::text[]) with ordinality n (id, unit, place)
        join service_records r on r.resource = n.id
        where r.document_number = any($3) and r.home = any($4)
        """;

    // Where two documents of a run state the same record, the later one holds: such units are looked at record by record.
    private const string Stated =
        $"""
        select * from (
            select r.*, n.unit, n.place, row_number() over (
                partition by n.unit, r.record order by array_position($3, r.document_number) desc, r.line) as turn
            {OfInstruments}
        ) every_statement where turn = 1
        """;

    private const string StatedOnce = $"select r.*, n.unit, n.place {OfInstruments}";

    private readonly ConcurrentDictionary<int, string> texts = new();

    /// <summary>Units of a category with service records in the documents of a run, in ordinal order.</summary>
    public Task<List<UnitRecords>> UnitsOfRun(string run, string category, CancellationToken cancel = default) => database.List(
        """
        select u.unit, sum(u.records)::bigint, count(distinct u.document_number)::integer
        from run_documents d
        join source_documents s on s.sha256 = d.document and s.state = 'read'
        join service_record_units u on u.document_number = s.number
        where d.run = $1 and u.category = $2
        group by u.unit order by u.unit collate "C"
        """,
        row => new UnitRecords(row.GetString(0), row.GetInt64(1), row.GetInt32(2)),
        cancel,
        run,
        category);

    /// <summary>
    /// The records of a run that touch a period, of units from one to another, in the order of unit, instrument and
    /// start. A record that two documents state counts once, as the later one states it.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="category">Category of the units.</param>
    /// <param name="period">The period.</param>
    /// <param name="units">First and last unit, in ordinal order.</param>
    /// <param name="resource">Only of this instrument.</param>
    /// <param name="inFull">Whether record numbers and invoices are wanted, which measuring does not ask for.</param>
    /// <param name="cancel">Stops the work.</param>
    public async IAsyncEnumerable<InstrumentUse> Uses(
        string run, string category, Period period, (string First, string Last) units, string? resource = null,
        bool inFull = false, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var documents = await Documents(run, cancel);
        var instruments = await Instruments(category, units, resource, cancel);
        var several = (await UnitsOfRun(run, category, cancel)).Any(unit =>
            unit.Documents > 1 && string.CompareOrdinal(unit.Unit, units.First) >= 0
            && string.CompareOrdinal(unit.Unit, units.Last) <= 0);
        await ReadTexts(cancel);
        await foreach (var (place, use) in database.Stream(
            $"""
            select r.place, r.document_number, r.line, r.started, r.ended, r.scope, r.kind, r.quantity_millionths, r.fee_fen,
                   r.used_by, r.purpose, r.way, r.related,
                   r.invoice is not null and exists (
                       select 1 from service_records e join service_resources n on n.id = e.resource
                       where e.invoice = r.invoice and e.document_number = any($3) and e.home = any($4)
                         and (array_position($3, e.document_number), e.line) < (array_position($3, r.document_number), r.line)
                         and not (n.category = $5 and n.unit = r.unit and e.record = r.record)),
                   {(inFull ? "r.record, r.invoice" : "'', null::text")}
            from ({(several ? Stated : StatedOnce)}) r
            where r.started < $7 and coalesce(r.ended, r.started + interval '1 second') > $6
            order by r.place, r.started, array_position($3, r.document_number), r.line
            """,
            ReadUse,
            cancel,
            instruments.Select(instrument => instrument.Id).ToArray(),
            instruments.Select(instrument => instrument.Unit).ToArray(),
            documents.Select(document => document.Number).Distinct().ToArray(),
            documents.Select(document => document.Home).Distinct().ToArray(),
            category,
            Midnight(period.From),
            Midnight(period.To)))
        {
            var instrument = instruments[place - 1];
            yield return new InstrumentUse(instrument.Unit, instrument.Resource, use);
        }
    }

    internal static async Task Load(
        NpgsqlConnection connection, int documentNumber, IReadOnlyList<MeasuredInstrument> measured, CancellationToken cancel)
    {
        if (measured.Count == 0) return;
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy service_hours (
                document_number, category, unit, resource, period_from, period_to, records, raw_hours, merged_hours,
                accepted_hours, external_hours, internal_hours, unknown_hours, raw_fees, external_fees, internal_fees,
                unknown_fees, external_users, internal_users, unknown_users, samples, lost) from stdin (format binary)
            """,
            cancel);
        foreach (var (category, unit, resource, period, hours) in measured)
        {
            var (external, own, unknown) = (hours.External, hours.Internal, hours.Unknown);
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(documentNumber, NpgsqlDbType.Integer, cancel);
            foreach (var text in new[] { category, unit, resource }) await copy.WriteAsync(text, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(period.From, NpgsqlDbType.Date, cancel);
            await copy.WriteAsync(period.To, NpgsqlDbType.Date, cancel);
            await copy.WriteAsync(hours.Records, NpgsqlDbType.Bigint, cancel);
            foreach (var time in new[] { hours.Raw, hours.Merged, hours.Accepted, external.Hours, own.Hours, unknown.Hours })
            {
                await copy.WriteNumber(HoursOf(time), cancel);
            }

            foreach (var fees in new[] { hours.RawFees, external.Fees, own.Fees, unknown.Fees }) await copy.WriteNumber(fees, cancel);
            foreach (var users in new[] { external.Users, own.Users, unknown.Users })
            {
                await copy.WriteAsync(users, NpgsqlDbType.Integer, cancel);
            }

            await copy.WriteNumber(external.Samples + own.Samples + unknown.Samples, cancel);
            await copy.WriteAsync(JsonSerializer.Serialize(LostOf(hours)), NpgsqlDbType.Jsonb, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    /// <summary>Minutes give hours such as 1/3: kept to a millionth of an hour, rounded once, here.</summary>
    public static decimal HoursOf(TimeSpan time) =>
        Math.Round(decimal.Divide(time.Ticks, TimeSpan.TicksPerHour), 6, MidpointRounding.AwayFromZero);

    // Reasons by their names, then the exclusion rules by theirs.
    private static Dictionary<string, object> LostOf(InstrumentHours hours) => hours.Lost
        .Select(lost => (Name: lost.Key.ToString(), Lost: lost.Value))
        .Concat(hours.LostToRules.Select(lost => (Name: "rule:" + lost.Key, Lost: lost.Value)))
        .OrderBy(lost => lost.Name, StringComparer.Ordinal)
        .ToDictionary(lost => lost.Name, object (lost) => new { records = lost.Lost.Records, hours = HoursOf(lost.Lost.Time) });

    private Task<List<(int Number, int Home)>> Documents(string run, CancellationToken cancel) => database.List(
        """
        select s.number, h.home
        from run_documents d
        join source_documents s on s.sha256 = d.document and s.state = 'read'
        cross join lateral (
            select coalesce((select min(p.home) from service_record_parts p where p.document_number = s.number), 0) as home
            union
            select home from service_record_homes where document_number is null
        ) h
        where d.run = $1 and exists (select 1 from service_record_units u where u.document_number = s.number)
        order by d.ordinal, h.home
        """,
        row => (row.GetInt32(0), row.GetInt32(1)),
        cancel,
        run);

    private Task<List<(int Id, string Unit, string Resource)>> Instruments(
        string category, (string First, string Last) units, string? resource, CancellationToken cancel) => database.List(
        """
        select id, unit, resource from service_resources
        where category = $1 and unit collate "C" between $2 and $3 and ($4::text is null or resource = $4)
        order by unit collate "C", resource collate "C"
        """,
        row => (row.GetInt32(0), row.GetString(1), row.GetString(2)),
        cancel,
        category,
        units.First,
        units.Last,
        resource);

    private (int Place, ServiceUse Use) ReadUse(DbDataReader row) => ((int)row.GetInt64(0), new ServiceUse(
        row.GetInt32(1),
        row.GetInt32(2),
        row.GetDateTime(3),
        row.IsDBNull(4) ? null : row.GetDateTime(4),
        (ServiceScope)row.GetInt16(5),
        (RecordKind)row.GetInt16(6),
        row.IsDBNull(7) ? null : row.GetInt64(7) / Millionths,
        row.IsDBNull(8) ? null : row.GetInt64(8) / 100m,
        row.GetBoolean(13),
        Text(row, 9),
        Text(row, 10),
        Text(row, 11),
        row.Flag(12))
    {
        Record = row.GetString(14),
        Invoice = row.Text(15),
    });

    private string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : texts[row.GetInt32(column)];

    // Texts are few beside the records and never change: those of every document that counts are there before its records.
    private async Task ReadTexts(CancellationToken cancel)
    {
        await using var connection = await database.Connect(cancel);
        if (await connection.Scalar<long>("select count(*) from service_texts", cancel) == texts.Count) return;
        await foreach (var (id, text) in database.Stream(
            "select id, content from service_texts", row => (row.GetInt32(0), row.GetString(1)), cancel))
        {
            texts[id] = text;
        }
    }

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
}
