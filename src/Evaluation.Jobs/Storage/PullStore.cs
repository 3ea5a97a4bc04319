using System.Data.Common;
using Evaluation.Rules;
using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// The pull ledger: the periods of each source with their state, and the documents that came of them. Each method is one
/// transaction and may be called again.
/// </summary>
public sealed class PullStore(Database database, TimeProvider time)
{
    private const string Columns =
        """
        source, period_from, period_to, cause, state, mark, pages, documents, accepted, rejected, replaced, flagged,
        problem_zh, problem_en, node, attempt, requested_at, started_at, finished_at
        """;

    internal const string DocumentColumns =
        """
        source, name, document, ordinal, content_sha256, file, bytes, veiled, request, status, media_type, profile, unit,
        fetched_at
        """;

    /// <summary>Enters periods to be pulled; a period that is there already stays as it is.</summary>
    /// <returns>How many were not there.</returns>
    public Task<int> Request(
        string source, IEnumerable<(DateTimeOffset From, DateTimeOffset To)> periods, string cause,
        CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                var entered = 0;
                foreach (var (from, to) in periods)
                {
                    entered += await connection.Execute(
                        """
                        insert into source_pulls (source, period_from, period_to, cause, state, requested_at)
                        values ($1, $2, $3, $4, 'requested', $5) on conflict do nothing
                        """,
                        token, source, from, to, cause, time.GetUtcNow());
                }

                return entered;
            },
            cancel);

    /// <summary>
    /// A pull is asked for again from its beginning, such as a backfill of a period that was pulled before.
    /// </summary>
    public Task Again(PullId pull, CancellationToken cancel = default) => database.Execute(
        """
        update source_pulls
        set state = 'requested', mark = null, problem_zh = null, problem_en = null, attempt = 0, requested_at = $4
        where source = $1 and period_from = $2 and period_to = $3 and state in ('done', 'failed')
        """,
        cancel, pull.Source, pull.From, pull.To, time.GetUtcNow());

    /// <summary>Failed pulls of a source wait again, each from the mark it got to.</summary>
    public Task<int> RetryFailed(string source, CancellationToken cancel = default) => database.Execute(
        "update source_pulls set state = 'requested', attempt = 0 where source = $1 and state = 'failed'", cancel, source);

    /// <summary>Takes the oldest period of a source that waits, unless somebody pulls the source already.</summary>
    public async Task<SourcePull?> Claim(string source, string node, CancellationToken cancel = default)
    {
        try
        {
            return await database.Single(
                $"""
                with next as materialized (
                    -- Once, before anything is changed: looked up row by row it would go on to the next one.
                    select source, period_from, period_to from source_pulls
                    where source = $1 and state = 'requested'
                        and not exists (select from source_pulls where source = $1 and state = 'running')
                    order by period_to, period_from limit 1 for update
                )
                update source_pulls
                set state = 'running', node = $2, attempt = attempt + 1, started_at = $3, heartbeat_at = $3,
                    finished_at = null, problem_zh = null, problem_en = null
                where state = 'requested' and (source, period_from, period_to) = (
                    select source, period_from, period_to from next)
                returning {Columns}
                """,
                Read, cancel, source, node, time.GetUtcNow());
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another node took one of the source's periods in the same moment.
            return null;
        }
    }

    /// <summary>The node is still at work on the pull.</summary>
    public Task Heartbeat(PullId pull, string node, CancellationToken cancel = default) => database.Execute(
        """
        update source_pulls set heartbeat_at = $5
        where source = $1 and period_from = $2 and period_to = $3 and node = $4 and state = 'running'
        """,
        cancel, pull.Source, pull.From, pull.To, node, time.GetUtcNow());

    /// <summary>
    /// What is written with a page: its document is on record, and the mark is behind it. Refuses when the pull is no
    /// longer this node's: nothing of the page stays then.
    /// </summary>
    public AlongWrite PageTaken(PullId pull, string node, string? mark, PulledDocument? document) => new(
        async (connection, cancel) =>
        {
            await Advance(connection, pull, node, mark, document?.Document, cancel);
            if (document is not null) await Enter(connection, pull, document, cancel);
        });

    public Task Done(PullId pull, string node, CancellationToken cancel = default) =>
        End(pull, node, "done", null, cancel);

    /// <summary>The pull cannot go on; it keeps its mark and is tried again at the next schedule.</summary>
    public Task Failed(PullId pull, string node, Bilingual problem, CancellationToken cancel = default) =>
        End(pull, node, "failed", problem, cancel);

    /// <summary>Gives a pull back unfinished, with its mark: anybody may take it.</summary>
    public Task Release(PullId pull, string node, CancellationToken cancel = default) => database.Execute(
        """
        update source_pulls set state = 'requested', node = null
        where source = $1 and period_from = $2 and period_to = $3 and node = $4 and state = 'running'
        """,
        cancel, pull.Source, pull.From, pull.To, node);

    /// <summary>Pulls whose node has said nothing since a moment, or is one of those known to be gone, wait again.</summary>
    public Task<int> TakeBack(
        DateTimeOffset silentSince, IReadOnlyList<string> gone, CancellationToken cancel = default) => database.Execute(
        """
        update source_pulls set state = 'requested', node = null
        where state = 'running' and (heartbeat_at < $1 or node = any($2))
        """,
        cancel, silentSince, gone.ToArray());

    /// <summary>Nodes that hold a pull.</summary>
    public Task<List<string>> NodesAtWork(CancellationToken cancel = default) => database.List(
        "select distinct node from source_pulls where state = 'running' and node is not null",
        row => row.GetString(0),
        cancel);

    /// <summary>The oldest waiting period of each active source that nobody is at work on.</summary>
    public Task<List<SourcePull>> Waiting(CancellationToken cancel = default) => database.List(
        $"""
        select distinct on (source) {Columns} from source_pulls p where state = 'requested'
            and not exists (select from source_pulls r where r.source = p.source and r.state = 'running')
            and not exists (select from sources s where s.source = p.source and s.state = 'paused')
        order by source, period_to, period_from
        """,
        Read,
        cancel);

    /// <summary>The end of the last scheduled period that was entered, or null.</summary>
    public async Task<DateTimeOffset?> EnteredUntil(string source, CancellationToken cancel = default) =>
        await Latest(source, "cause = 'schedule'", cancel);

    /// <summary>Up to when the source has been pulled, or null.</summary>
    public async Task<DateTimeOffset?> PulledUntil(string source, CancellationToken cancel = default) =>
        await Latest(source, "state = 'done'", cancel);

    public Task<SourcePull?> Find(PullId pull, CancellationToken cancel = default) => database.Single(
        $"select {Columns} from source_pulls where source = $1 and period_from = $2 and period_to = $3",
        Read, cancel, pull.Source, pull.From, pull.To);

    /// <summary>The pulls of a source, the latest period first.</summary>
    public Task<List<SourcePull>> OfSource(string source, CancellationToken cancel = default) => database.List(
        $"select {Columns} from source_pulls where source = $1 order by period_to desc, period_from desc",
        Read, cancel, source);

    /// <summary>The documents of a source, in the order in which it said them.</summary>
    public Task<List<PulledDocument>> Documents(string source, CancellationToken cancel = default) => database.List(
        $"select {DocumentColumns} from pulled_documents where source = $1 order by ordinal",
        ReadDocument, cancel, source);

    private async Task<DateTimeOffset?> Latest(string source, string which, CancellationToken cancel) =>
        (await database.List(
            $"select max(period_to) from source_pulls where source = $1 and {which}", row => row.Instant(0), cancel, source))
        .Single();

    private async Task Advance(
        NpgsqlConnection connection, PullId pull, string node, string? mark, string? document, CancellationToken cancel)
    {
        // A document that is on record for the source already adds no counts.
        var mine = await connection.Execute(
            """
            update source_pulls p
            set mark = $5, pages = pages + 1, heartbeat_at = $6,
                documents = p.documents + coalesce(n.documents, 0), accepted = p.accepted + coalesce(n.accepted, 0),
                rejected = p.rejected + coalesce(n.rejected, 0), replaced = p.replaced + coalesce(n.replaced, 0),
                flagged = p.flagged + coalesce(n.flagged, 0)
            from (select count(*) as documents, sum(accepted) as accepted, sum(rejected) as rejected,
                         sum(replaced) as replaced, sum(flagged) as flagged
                  from source_documents d where d.sha256 = $7
                      and not exists (select from pulled_documents k where k.source = $1 and k.document = $7)) n
            where p.source = $1 and p.period_from = $2 and p.period_to = $3 and p.node = $4 and p.state = 'running'
            """,
            cancel, pull.Source, pull.From, pull.To, node, mark, time.GetUtcNow(), document);
        if (mine == 0)
        {
            throw new InvalidOperationException($"The pull {pull} was given to another node; the page is left to it.");
        }
    }

    /// <summary>
    /// Enters the document, unless it is what the source said last time to the same question. One that it says again,
    /// after it had said something else, moves to the end.
    /// </summary>
    private static Task Enter(
        NpgsqlConnection connection, PullId pull, PulledDocument document, CancellationToken cancel) =>
        connection.Execute(
            """
            insert into pulled_documents (source, name, document, content_sha256, file, bytes, veiled, request, status,
                media_type, profile, unit, period_from, period_to, fetched_at)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
            where $3 is distinct from (
                select document from pulled_documents where source = $1 and name = $2 order by ordinal desc limit 1)
            on conflict (source, name, document) do update
            set ordinal = excluded.ordinal, fetched_at = excluded.fetched_at,
                period_from = excluded.period_from, period_to = excluded.period_to
            """,
            cancel, pull.Source, document.Name, document.Document, document.ContentSha256, document.File, document.Bytes,
            document.Veiled, document.Request, document.Status, document.MediaType, document.Profile, document.Unit,
            pull.From, pull.To, document.FetchedAt);

    private Task End(PullId pull, string node, string state, Bilingual? problem, CancellationToken cancel) =>
        database.Execute(
            """
            update source_pulls set state = $5, problem_zh = $6, problem_en = $7, finished_at = $8
            where source = $1 and period_from = $2 and period_to = $3 and node = $4 and state = 'running'
            """,
            cancel, pull.Source, pull.From, pull.To, node, state, problem?.Zh, problem?.En, time.GetUtcNow());

    private static SourcePull Read(DbDataReader row) => new(
        new PullId(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2)),
        row.GetString(3), row.GetString(4), row.Text(5), row.GetInt32(6), row.GetInt32(7), row.GetInt64(8),
        row.GetInt64(9), row.GetInt64(10), row.GetInt64(11),
        row.Text(12) is { } zh ? new Bilingual(zh, row.GetString(13)) : null,
        row.Text(14), row.GetInt32(15), row.GetFieldValue<DateTimeOffset>(16), row.Instant(17), row.Instant(18));

    internal static PulledDocument ReadDocument(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetString(5),
        row.GetInt64(6), row.GetInt32(7), row.GetString(8), row.GetInt32(9), row.Text(10), row.GetString(11),
        row.Text(12), row.GetFieldValue<DateTimeOffset>(13));
}
