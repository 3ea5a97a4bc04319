using System.Data.Common;
using System.Text.Json;

namespace Evaluation.Jobs.Storage;

/// <summary>The sources. A source is never deleted: what it gave stays traceable; it is paused instead.</summary>
public sealed class SourceStore(Database database, TimeProvider time)
{
    private const string Columns =
        """
        source, kind, address, profile, rule_set_hash, unit, cron, overlap_seconds, options::text, credentials, key_id,
        pause_ms, most_bytes, state, since
        """;

    /// <returns>False when a source of that code is there already; it stays as it is.</returns>
    public async Task<bool> Add(Source source, CancellationToken cancel = default) => await database.Execute(
        """
        insert into sources (source, kind, address, profile, rule_set_hash, unit, cron, overlap_seconds, options,
            credentials, key_id, pause_ms, most_bytes, state, since, added_at, changed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13, $14, $15, $16, $16)
        on conflict do nothing
        """,
        cancel,
        Values(source)) > 0;

    /// <summary>Puts everything of a source but its code, kind and beginning.</summary>
    public Task Set(Source source, CancellationToken cancel = default) => database.Execute(
        """
        update sources
        set address = $3, profile = $4, rule_set_hash = $5, unit = $6, cron = $7, overlap_seconds = $8,
            options = $9::jsonb, credentials = $10, key_id = $11, pause_ms = $12, most_bytes = $13, state = $14,
            changed_at = $16
        where source = $1 and kind = $2 and since = $15
        """,
        cancel,
        Values(source));

    public Task<Source?> Find(string source, CancellationToken cancel = default) =>
        database.Single($"select {Columns} from sources where source = $1", Read, cancel, source);

    /// <summary>Every source, by code.</summary>
    public Task<List<Source>> List(CancellationToken cancel = default) =>
        database.List($"select {Columns} from sources order by source collate \"C\"", Read, cancel);

    private object?[] Values(Source source) =>
    [
        source.Code, source.Kind, source.Address, source.Profile, source.RuleSetHash, source.Unit, source.Cron,
        (long)source.Overlap.TotalSeconds, JsonSerializer.Serialize(source.Options), source.Credentials?.Bytes,
        source.Credentials?.KeyId, (int)source.Pause.TotalMilliseconds, source.MostBytes, source.State, source.Since,
        time.GetUtcNow(),
    ];

    private static Source Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.Text(5),
        row.GetString(6),
        TimeSpan.FromSeconds(row.GetInt64(7)),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(8)) ?? [],
        row.IsDBNull(9) ? null : new SealedCredentials(row.GetFieldValue<byte[]>(9), row.GetString(10)),
        TimeSpan.FromMilliseconds(row.GetInt32(11)),
        row.GetInt64(12),
        row.GetString(13),
        row.GetFieldValue<DateTimeOffset>(14));
}
