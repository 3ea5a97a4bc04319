using Evaluation.Rules.RuleSets;
using Npgsql;
using NpgsqlTypes;

namespace Evaluation.Jobs.Storage;

/// <summary>What the service records of one instrument come to within a period.</summary>
/// <param name="Hours">Hours in use. Overlapping records count once; clipped to the period; so at most 24 a day.</param>
/// <param name="ExternalHours">Hours in use by outside users, measured the same way over their records only.</param>
/// <param name="Records">Records that touch the period.</param>
/// <param name="ExternalRecords">Those of outside users.</param>
/// <param name="ExternalUsers">Different outside users named in them.</param>
/// <param name="ExternalFees">Fees of those records, yuan.</param>
/// <param name="FirstLine">Least line number of a record, to look it up.</param>
/// <param name="LastLine">Greatest line number.</param>
public sealed record MeasuredHours(
    string Unit,
    string Resource,
    decimal Hours,
    decimal ExternalHours,
    long Records,
    long ExternalRecords,
    long ExternalUsers,
    decimal ExternalFees,
    int FirstLine,
    int LastLine);

/// <summary>Service records: who used which instrument from when to when.</summary>
public sealed class ServiceRecordStore(Database database)
{
    /// <summary>
    /// Hours per instrument from the records of a run's documents. A record that two documents state counts once, as
    /// the later one states it. Where one instrument's records overlap they are merged before they are added.
    /// </summary>
    public IAsyncEnumerable<MeasuredHours> MeasureHours(
        string run, string category, Period period, string? unit = null, CancellationToken cancel = default) =>
        database.Stream(
            """
            with stated as (
                select distinct on (r.unit, r.record) r.*
                from run_documents d
                join source_documents s on s.sha256 = d.document and s.state = 'read'
                join service_records r on r.document_number = s.number
                where d.run = $1 and r.category = $2 and ($5::text is null or r.unit = $5)
                order by r.unit, r.record, d.ordinal desc
            ),
            clipped as (
                select *, used * tstzrange($3, $4) as within from stated where used && tstzrange($3, $4)
            ),
            merged as (
                select unit, resource,
                       range_agg(within) as used,
                       range_agg(within) filter (where scope = 'external') as used_outside,
                       count(*) as records,
                       count(*) filter (where scope = 'external') as records_outside,
                       count(distinct user_unit) filter (where scope = 'external') as users_outside,
                       coalesce(sum(fee) filter (where scope = 'external'), 0) as fees_outside,
                       min(line) as first_line, max(line) as last_line
                from clipped group by unit, resource
            )
            select unit, resource,
                   (select sum(extract(epoch from upper(u) - lower(u))) from unnest(used) u),
                   coalesce((select sum(extract(epoch from upper(u) - lower(u))) from unnest(used_outside) u), 0),
                   records, records_outside, users_outside, fees_outside, first_line, last_line
            from merged order by unit collate "C", resource collate "C"
            """,
            row => new MeasuredHours(
                row.GetString(0),
                row.GetString(1),
                row.GetDecimal(2) / 3600m,
                row.GetDecimal(3) / 3600m,
                row.GetInt64(4),
                row.GetInt64(5),
                row.GetInt64(6),
                row.GetDecimal(7),
                row.GetInt32(8),
                row.GetInt32(9)),
            cancel,
            run,
            category,
            Midnight(period.From),
            Midnight(period.To),
            unit);

    internal static async Task Load(
        NpgsqlConnection connection, int documentNumber, IReadOnlyList<ServiceRecord> records, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy service_records (document_number, category, unit, resource, record, used, scope, user_unit, fee, line)
            from stdin (format binary)
            """,
            cancel);
        foreach (var record in records)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(documentNumber, NpgsqlDbType.Integer, cancel);
            await copy.WriteAsync(record.Category, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(record.Unit, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(record.Resource, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(record.Record, NpgsqlDbType.Text, cancel);
            var used = new NpgsqlRange<DateTime>(Utc(record.Start), true, Utc(record.End), false);
            await copy.WriteAsync(used, NpgsqlDbType.TimestampTzRange, cancel);
            await copy.WriteAsync(record.Scope.ToString().ToLowerInvariant(), NpgsqlDbType.Text, cancel);
            await copy.WriteText(record.User, cancel);
            await copy.WriteNumber(record.Fee, cancel);
            await copy.WriteAsync(record.Line, NpgsqlDbType.Integer, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private static DateTime Utc(DateTime civil) => DateTime.SpecifyKind(civil, DateTimeKind.Utc);
}
