using System.Globalization;
using System.Text;
using System.Text.Json;
using Evaluation.Rules.Facts;
using Npgsql;
using NpgsqlTypes;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// Metric observations, appended and never changed. A later document that says the same adds nothing but its
/// statement; one that says otherwise adds the next version, which names the one it replaces.
/// </summary>
public sealed class ObservationStore(Database database, TimeProvider time)
{
    internal const string Columns =
        "id, unit, resource, category, metric, period_from, period_to, value, answer, unit_of_measure, "
        + "dimensions::text, document, document_name, locator, flags, verification, natural_key";

    /// <summary>Held while a document appends observations, so that versions of a key are numbered one after another.</summary>
    private const long AppendLock = 0x4F42_5345; // "OBSE"

    internal sealed record Counts(int New, int Replaced);

    /// <summary>
    /// What a natural key is made of: a value for the same unit, resource, metric, period and dimensions is the same
    /// thing, whichever document states it. A figure of one record is known by the record: resource, day and the other
    /// dimensions describe it, and may be corrected.
    /// </summary>
    public static string NaturalKey(MetricObservation observation)
    {
        var key = new StringBuilder();
        Part(observation.Category);
        Part(observation.Unit);
        if (observation.Dimensions.TryGetValue(MetricObservation.RecordDimension, out var record))
        {
            Part(observation.Metric);
            Part($"{MetricObservation.RecordDimension}={record}");
            return key.ToString(0, key.Length - 1);
        }

        Part(observation.Resource ?? "");
        Part(observation.Metric);
        Part(observation.Period.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Part(observation.Period.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var (name, value) in observation.Dimensions.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Part($"{name}={value}");
        }

        return key.ToString(0, key.Length - 1);

        void Part(string text) =>
            key.Append(text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("|", @"\|", StringComparison.Ordinal))
                .Append('|');
    }

    /// <summary>
    /// Appends the observations of a document that has no file of its own (figures derived from others), with what they
    /// were measured as. Null when that was done before.
    /// </summary>
    public async Task<SourceDocument?> Append(
        NewDocument document, IEnumerable<MetricObservation> observations, IReadOnlyList<MeasuredInstrument> measured,
        CancellationToken cancel = default)
    {
        await using var writer = await DocumentWriter.Begin(database, document, time, cancel);
        if (writer is null) return null;
        foreach (var observation in observations) await writer.Add(observation, cancel);
        foreach (var instrument in measured) writer.Add(instrument);
        return await writer.Finish([], cancel: cancel);
    }

    /// <summary>What holds in a run, in the order of natural keys; of one category, if one is given.</summary>
    public IAsyncEnumerable<MetricObservation> OfRun(
        string run, string? category = null, CancellationToken cancel = default) => database.Stream(
        $"""
        select {Columns} from run_observations
        where run = $1 and ($2::text is null or category = $2) order by natural_key collate "C"
        """,
        new ObservationReader().Read,
        cancel,
        run,
        category);

    /// <summary>What a unit reported in a run, as if nobody had decided on findings.</summary>
    public IAsyncEnumerable<MetricObservation> AsReported(
        string run, string category, string unit, CancellationToken cancel = default) => database.Stream(
        $"""
        select {Columns} from run_observations_as_reported
        where run = $1 and category = $2 and unit = $3 order by natural_key collate "C"
        """,
        new ObservationReader().Read,
        cancel,
        run,
        category,
        unit);

    /// <summary>What a snapshot holds, in the order of natural keys; of one category or unit, if one is given.</summary>
    public IAsyncEnumerable<MetricObservation> OfSnapshot(
        string hash, string? category = null, string? unit = null, CancellationToken cancel = default) => database.Stream(
        """
        select o.id, o.unit, o.resource, o.category, o.metric, o.period_from, o.period_to, o.value, o.answer,
               o.unit_of_measure, o.dimensions::text, d.sha256, d.name, s.locator, o.flags, o.verification, o.natural_key
        from snapshot_observations s
        join metric_observations o on o.id = s.observation
        join source_documents d on d.number = s.document_number
        where s.snapshot_hash = $1 and ($2::text is null or o.category = $2) and ($3::text is null or o.unit = $3)
        order by o.natural_key collate "C"
        """,
        new ObservationReader().Read,
        cancel,
        hash,
        category,
        unit);

    /// <summary>Copies a batch in and merges it: what is new, what replaces, and what the document repeats.</summary>
    internal static async Task<Counts> Load(
        NpgsqlConnection connection,
        string sha256,
        int documentNumber,
        IReadOnlyList<MetricObservation> batch,
        TimeProvider time,
        CancellationToken cancel)
    {
        await connection.Execute("select pg_advisory_xact_lock($1)", cancel, AppendLock);
        await connection.Execute(
            """
            create temp table if not exists incoming (
                natural_key text, unit text, resource text, category text, metric text, period_from date, period_to date,
                value numeric, answer text, unit_of_measure text, dimensions jsonb, locator text, flags text[],
                verification text
            ) on commit drop
            """,
            cancel);
        await connection.Execute("truncate incoming", cancel);
        await CopyIn(connection, batch, cancel);
        await connection.Execute("analyze incoming", cancel);
        await using var merge = connection.Command(
            """
            with latest as (
                select i.*, o.id as earlier, coalesce(o.version, 0) as earlier_version,
                       o.id is not null
                           and o.value is not distinct from i.value and o.answer is not distinct from i.answer
                           and o.unit_of_measure = i.unit_of_measure and o.flags = i.flags
                           and o.resource is not distinct from i.resource and o.dimensions = i.dimensions
                           and o.period_from = i.period_from and o.period_to = i.period_to
                           and o.verification = i.verification as same
                from incoming i
                left join lateral (
                    select * from metric_observations m where m.natural_key = i.natural_key
                    order by m.version desc limit 1
                ) o on true
            ),
            appended as (
                insert into metric_observations (
                    natural_key, version, unit, resource, category, metric, period_from, period_to, value, answer,
                    unit_of_measure, dimensions, document, locator, flags, verification, replaces, replace_reason,
                    recorded_at)
                select natural_key, earlier_version + 1, unit, resource, category, metric, period_from, period_to, value,
                       answer, unit_of_measure, dimensions, $2, locator, flags, verification, earlier,
                       case when earlier is not null then 'another document states another value' end, $3
                from latest where not same
                returning id, natural_key, replaces
            ),
            stated as (
                insert into document_observations (document_number, observation, locator)
                select $1, earlier, locator from latest where same
                union all
                select $1, a.id, i.locator from appended a join incoming i using (natural_key)
            )
            select count(*), count(replaces) from appended
            """,
            documentNumber,
            sha256,
            time.GetUtcNow());
        await using var counted = await merge.ExecuteReaderAsync(cancel);
        await counted.ReadAsync(cancel);
        return new Counts((int)counted.GetInt64(0), (int)counted.GetInt64(1));
    }

    private static async Task CopyIn(
        NpgsqlConnection connection, IReadOnlyList<MetricObservation> batch, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy incoming (natural_key, unit, resource, category, metric, period_from, period_to, value, answer,
                           unit_of_measure, dimensions, locator, flags, verification) from stdin (format binary)
            """,
            cancel);
        foreach (var observation in batch)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(NaturalKey(observation), NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(observation.Unit, NpgsqlDbType.Text, cancel);
            await copy.WriteText(observation.Resource, cancel);
            await copy.WriteAsync(observation.Category, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(observation.Metric, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(observation.Period.From, NpgsqlDbType.Date, cancel);
            await copy.WriteAsync(observation.Period.To, NpgsqlDbType.Date, cancel);
            await copy.WriteNumber(observation.Value, cancel);
            await copy.WriteText(observation.Answer, cancel);
            await copy.WriteAsync(observation.UnitOfMeasure, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(JsonSerializer.Serialize(observation.Dimensions), NpgsqlDbType.Jsonb, cancel);
            await copy.WriteAsync(observation.Locator, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(observation.Flags.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(NameOf(observation.Verification), NpgsqlDbType.Text, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private static string NameOf(VerificationState state) => state.ToString().ToLowerInvariant();
}
