using System.Data.Common;

namespace Evaluation.Jobs.Storage;

/// <summary>One evaluation: named by what goes into it, so that the same input is the same run.</summary>
public sealed record Run(
    string Id,
    string Cycle,
    string RuleSetHash,
    string EngineVersion,
    bool Generated,
    string? SnapshotHash,
    string? ResultHash,
    string State,
    string? Problem,
    DateTimeOffset RequestedAt,
    DateTimeOffset? FinishedAt);

/// <summary>A source document of a run, and where its file was when the run was requested.</summary>
/// <param name="Document">Identity of the document.</param>
/// <param name="Path">Its file; empty for one that the run made itself.</param>
/// <param name="Profile">The profile it is read by, where a source says so; null when its name and content say it.</param>
/// <param name="Unit">The unit that all of it belongs to, where a source says so.</param>
public sealed record RunDocument(string Document, string Path, string? Profile = null, string? Unit = null);

/// <summary>A row of the run ledger: one shard of one step.</summary>
public sealed record RunStep(
    string Run,
    string Step,
    string Shard,
    int Ordinal,
    string State,
    int Attempt,
    long Done,
    long Total,
    string? Message,
    string? Node,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt);

/// <summary>
/// The run ledger: runs, their documents, and every shard of every step with its state. Each method is one transaction
/// and may be called again.
/// </summary>
public sealed class RunStore(Database database, TimeProvider time)
{
    private const string RunColumns =
        """
        run, cycle, rule_set_hash, engine_version, generated, snapshot_hash, result_hash, state, problem,
        requested_at, finished_at
        """;

    private const string StepColumns =
        "run, step, shard, ordinal, state, attempt, done, total, message, node, started_at, finished_at";

    /// <summary>
    /// Enters a run with its documents, in the order in which they count (the later holds). A run that is there
    /// already keeps its rows; one that failed or was stopped is requested again, and its failed shards with it.
    /// </summary>
    public Task Request(Run run, IReadOnlyList<RunDocument> documents, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                await connection.Execute(
                    """
                    insert into runs (run, cycle, rule_set_hash, engine_version, generated, state, requested_at)
                    values ($1, $2, $3, $4, $5, 'requested', $6)
                    on conflict (run) do update set state = 'requested', problem = null
                    where runs.state in ('failed', 'stopped')
                    """,
                    token, run.Id, run.Cycle, run.RuleSetHash, run.EngineVersion, run.Generated, time.GetUtcNow());
                await connection.Execute(
                    """
                    update run_steps set state = 'requested', message = null, attempt = attempt + 1
                    where run = $1 and state = 'failed'
                    """,
                    token, run.Id);
                for (var ordinal = 0; ordinal < documents.Count; ordinal++)
                {
                    // The file may lie elsewhere today: what counts is its content.
                    await connection.Execute(
                        """
                        insert into run_documents (run, ordinal, document, path, profile, unit)
                        values ($1, $2, $3, $4, $5, $6)
                        on conflict (run, document) do update set path = excluded.path
                        where run_documents.path <> excluded.path
                        """,
                        token, run.Id, ordinal + 1, documents[ordinal].Document, documents[ordinal].Path,
                        documents[ordinal].Profile, documents[ordinal].Unit);
                }
            },
            cancel);

    /// <summary>
    /// Adds a document that the run itself made (figures derived from others), after those it was given.
    /// </summary>
    public Task AddDocument(string run, RunDocument document, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                // Two shards that end at once take two places, one after the other.
                await connection.Execute("select 1 from runs where run = $1 for update", token, run);
                await connection.Execute(
                    """
                    insert into run_documents (run, ordinal, document, path)
                    select $1, coalesce(max(ordinal), 0) + 1, $2, $3 from run_documents where run = $1
                    on conflict (run, document) do nothing
                    """,
                    token, run, document.Document, document.Path);
            },
            cancel);

    /// <summary>Takes back documents of a format that the run itself made, while its data are not locked.</summary>
    public Task RemoveDocuments(string run, string format, CancellationToken cancel = default) =>
        database.Execute(
            """
            delete from run_documents d using source_documents s, runs r
            where d.run = $1 and s.sha256 = d.document and s.format = $2 and r.run = d.run and r.snapshot_hash is null
            """,
            cancel, run, format);

    public Task<Run?> Find(string run, CancellationToken cancel = default) =>
        database.Single($"select {RunColumns} from runs where run = $1", ReadRun, cancel, run);

    /// <summary>Every run, the latest first.</summary>
    public Task<List<Run>> List(CancellationToken cancel = default) =>
        database.List($"select {RunColumns} from runs order by requested_at desc, run", ReadRun, cancel);

    /// <summary>Runs that somebody still has to work on, the oldest first.</summary>
    public Task<List<string>> Unfinished(CancellationToken cancel = default) =>
        database.List(
            "select run from runs where state in ('requested', 'running') order by requested_at, run",
            reader => reader.GetString(0),
            cancel);

    public Task<List<RunDocument>> Documents(string run, CancellationToken cancel = default) =>
        database.List(
            "select document, path, profile, unit from run_documents where run = $1 order by ordinal",
            reader => new RunDocument(reader.GetString(0), reader.GetString(1), reader.Text(2), reader.Text(3)),
            cancel,
            run);

    public Task<List<RunStep>> Steps(string run, CancellationToken cancel = default) =>
        database.List(
            $"select {StepColumns} from run_steps where run = $1 order by requested_at, step, ordinal",
            ReadStep,
            cancel,
            run);

    public Task Started(string run, CancellationToken cancel = default) =>
        database.Execute("update runs set state = 'running' where run = $1 and state = 'requested'", cancel, run);

    /// <summary>Enters the shards of a step, in order; shards that are there already stay as they are.</summary>
    public Task RequestStep(
        string run, string step, IReadOnlyList<string> shards, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                for (var ordinal = 0; ordinal < shards.Count; ordinal++)
                {
                    await connection.Execute(
                        """
                        insert into run_steps (run, step, shard, ordinal, state, requested_at)
                        values ($1, $2, $3, $4, 'requested', $5)
                        on conflict do nothing
                        """,
                        token, run, step, shards[ordinal], ordinal, time.GetUtcNow());
                }
            },
            cancel);

    /// <summary>Takes a shard that waits.</summary>
    /// <returns>False when somebody else has it, or it is done.</returns>
    public async Task<bool> Claim(string run, string step, string shard, string node, CancellationToken cancel = default) =>
        await database.Execute(
            """
            update run_steps
            set state = 'running', node = $4, attempt = attempt + 1, started_at = $5, heartbeat_at = $5, message = null
            where run = $1 and step = $2 and shard = $3 and state = 'requested'
            """,
            cancel, run, step, shard, node, time.GetUtcNow()) > 0;

    /// <summary>The node is still at work on the shard, and so far along.</summary>
    public Task Heartbeat(
        string run, string step, string shard, string node, long done, long total, CancellationToken cancel = default) =>
        database.Execute(
            """
            update run_steps set heartbeat_at = $5, done = $6, total = $7
            where run = $1 and step = $2 and shard = $3 and node = $4 and state = 'running'
            """,
            cancel, run, step, shard, node, time.GetUtcNow(), done, total);

    public Task Done(string run, string step, string shard, string? message, CancellationToken cancel = default) =>
        database.Execute(
            """
            update run_steps
            set state = 'done', done = greatest(total, 1), total = greatest(total, 1), message = $4, finished_at = $5
            where run = $1 and step = $2 and shard = $3 and state <> 'done'
            """,
            cancel, run, step, shard, message, time.GetUtcNow());

    /// <summary>Gives a shard back unfinished: anybody may take it.</summary>
    public Task Release(string run, string step, string shard, CancellationToken cancel = default) =>
        database.Execute(
            """
            update run_steps set state = 'requested', node = null
            where run = $1 and step = $2 and shard = $3 and state = 'running'
            """,
            cancel, run, step, shard);

    /// <summary>The shard cannot be done: the run stops with the message until it is requested again.</summary>
    public Task Failed(string run, string step, string shard, string problem, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                await connection.Execute(
                    """
                    update run_steps set state = 'failed', message = $4, finished_at = $5
                    where run = $1 and step = $2 and shard = $3 and state = 'running'
                    """,
                    token, run, step, shard, problem, time.GetUtcNow());
                await connection.Execute(
                    """
                    update runs set state = 'failed', problem = $2
                    where run = $1 and state in ('requested', 'running')
                    """,
                    token, run, $"{step}: {problem}");
            },
            cancel);

    /// <summary>The run waits for people: the message says for what.</summary>
    public Task Stop(string run, string problem, CancellationToken cancel = default) =>
        database.Execute(
            "update runs set state = 'stopped', problem = $2 where run = $1 and state in ('requested', 'running')",
            cancel, run, problem);

    /// <summary>
    /// Shards whose node has said nothing since a moment go back; those that have been tried too often fail, and their
    /// run with them.
    /// </summary>
    /// <returns>The shards that wait again.</returns>
    public async Task<IReadOnlyList<RunStep>> TakeBack(
        DateTimeOffset silentSince, int mostAttempts, CancellationToken cancel = default)
    {
        var silent = await database.List(
            $"select {StepColumns} from run_steps where state = 'running' and heartbeat_at < $1 order by run, step, ordinal",
            ReadStep, cancel, silentSince);
        foreach (var shard in silent.Where(shard => shard.Attempt >= mostAttempts))
        {
            await Failed(
                shard.Run, shard.Step, shard.Shard,
                $"the program ended {shard.Attempt} times while it did this; look at its messages, then start the run again",
                cancel);
        }

        var again = new List<RunStep>();
        foreach (var shard in silent.Where(shard => shard.Attempt < mostAttempts))
        {
            var taken = await database.Execute(
                """
                update run_steps set state = 'requested', node = null
                where run = $1 and step = $2 and shard = $3 and state = 'running' and heartbeat_at < $4
                """,
                cancel, shard.Run, shard.Step, shard.Shard, silentSince);
            if (taken > 0) again.Add(shard);
        }

        return again;
    }

    /// <summary>Nodes that hold a shard.</summary>
    public Task<List<string>> NodesAtWork(CancellationToken cancel = default) => database.List(
        "select distinct node from run_steps where state = 'running' and node is not null",
        reader => reader.GetString(0),
        cancel);

    /// <summary>Everything a node holds goes back: the node is known to be gone.</summary>
    public Task TakeBackFrom(string node, CancellationToken cancel = default) => database.Execute(
        "update run_steps set state = 'requested', node = null where state = 'running' and node = $1", cancel, node);

    public Task Finish(string run, string resultHash, CancellationToken cancel = default) =>
        database.Execute(
            """
            update runs set state = 'finished', result_hash = $2, finished_at = $3, problem = null
            where run = $1 and state <> 'finished'
            """,
            cancel, run, resultHash, time.GetUtcNow());

    private static Run ReadRun(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.Text(5),
        row.Text(6), row.GetString(7), row.Text(8), row.GetFieldValue<DateTimeOffset>(9), row.Instant(10));

    private static RunStep ReadStep(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetInt32(5),
        row.GetInt64(6), row.GetInt64(7), row.Text(8), row.Text(9), row.Instant(10), row.Instant(11));
}
