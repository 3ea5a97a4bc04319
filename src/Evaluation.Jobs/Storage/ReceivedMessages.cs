using System.Security.Cryptography;
using Evaluation.Rules;

namespace Evaluation.Jobs.Storage;

/// <summary>A message that came by itself, and what it was answered.</summary>
/// <param name="Source">The channel it came by, or null where none was found for it.</param>
/// <param name="Code">The code it was answered with.</param>
public sealed record ReceivedMessage(
    long Number, string? Source, string UnitCode, string Kind, string Sha256, int Bytes, int Code, Bilingual Why,
    DateTimeOffset ReceivedAt);

/// <summary>
/// What institutions push: every message as it came, and which of their records are submitted. A submitted record is
/// locked until the platform returns it.
/// </summary>
public sealed class ReceivedMessages(Database database, TimeProvider time)
{
    private const int LongestCode = 64;

    /// <summary>
    /// Keeps a message, taken or refused. Of a stranger, whose code and token are those of no channel, only length zero
    /// and the hash are kept: nobody fills the disk from outside.
    /// </summary>
    public Task Keep(
        string? source, string unitCode, string kind, byte[] body, int code, Bilingual why, CancellationToken cancel = default) =>
        database.Execute(
            """
            insert into received_messages (source, unit_code, kind, sha256, body, code, why_zh, why_en, received_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            cancel, source, Short(unitCode), Short(kind), Convert.ToHexStringLower(SHA256.HashData(body)),
            source is null ? [] : body, code, why.Zh, why.En,
            time.GetUtcNow());

    /// <summary>The latest messages, the last one first.</summary>
    public Task<List<ReceivedMessage>> Latest(int count, CancellationToken cancel = default) => database.List(
        """
        select number, source, unit_code, kind, sha256, octet_length(body), code, why_zh, why_en, received_at
        from received_messages order by number desc limit $1
        """,
        row => new ReceivedMessage(
            row.GetInt64(0), row.Text(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt32(5),
            row.GetInt32(6), new Bilingual(row.GetString(7), row.GetString(8)), row.GetFieldValue<DateTimeOffset>(9)),
        cancel,
        count);

    /// <summary>Whether a record is submitted and locked.</summary>
    public async Task<bool> IsSubmitted(ReportedRecord key, CancellationToken cancel = default) => await Find(key, cancel) == true;

    /// <summary>Whether a record was ever taken.</summary>
    public async Task<bool> IsKnown(ReportedRecord key, CancellationToken cancel = default) => await Find(key, cancel) is not null;

    /// <summary>The platform returns a submitted record: it may be sent again.</summary>
    /// <returns>False when there is no such record, or it is not submitted.</returns>
    public async Task<bool> Return(ReportedRecord key, string reason, string by, CancellationToken cancel = default) =>
        await database.InTransaction(
            async (connection, token) =>
            {
                var returned = await connection.Execute(
                    "update submitted_records set submitted = false where scheme = $1 and unit = $2 and record = $3 and submitted",
                    token, key.Scheme, key.Unit, key.Record);
                if (returned == 0) return false;
                await connection.Execute(
                    """
                    insert into returned_records (scheme, unit, record, reason, returned_by, returned_at)
                    values ($1, $2, $3, $4, $5, $6)
                    """,
                    token, key.Scheme, key.Unit, key.Record, reason, by, time.GetUtcNow());
                return true;
            },
            cancel);

    /// <summary>
    /// A pushed document takes its place among those of its source, in the transaction that takes it in.
    /// </summary>
    public AlongWrite Taken(PulledDocument document) => new(async (connection, cancel) =>
    {
        var day = document.FetchedAt.UtcDateTime.Date;
        await connection.Execute(
            """
            insert into pulled_documents (source, name, document, content_sha256, file, bytes, veiled, request, status,
                media_type, profile, unit, period_from, period_to, fetched_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            on conflict (source, name, document) do update set ordinal = excluded.ordinal, fetched_at = excluded.fetched_at
            """,
            cancel, document.Source, document.Name, document.Document, document.ContentSha256, document.File, document.Bytes,
            document.Veiled, document.Request, document.Status, document.MediaType, document.Profile, document.Unit,
            new DateTimeOffset(day, TimeSpan.Zero), new DateTimeOffset(day, TimeSpan.Zero).AddDays(1), document.FetchedAt);
    });

    private static string Short(string text) => text.Length <= LongestCode ? text : text[..LongestCode];

    private async Task<bool?> Find(ReportedRecord key, CancellationToken cancel)
    {
        var found = await database.List(
            "select submitted from submitted_records where scheme = $1 and unit = $2 and record = $3",
            row => row.GetBoolean(0), cancel, key.Scheme, key.Unit, key.Record);
        return found.Count == 0 ? null : found[0];
    }
}
