using Npgsql;

namespace Evaluation.Jobs.Storage.Reading;

/// <summary>What the pages show of runs: the list, one run's steps, its documents and what was refused.</summary>
public sealed class RunPages(Database database)
{
    private const string Summary = """
        with numbered as (
            select run, case when state = 'finished' then
                       row_number() over (partition by cycle, state order by finished_at, requested_at, run) end as version
            from runs)
        select r.run, r.cycle, r.rule_set_hash, r.engine_version, r.generated, r.snapshot_hash, r.result_hash,
               r.state, r.problem, r.requested_at, r.finished_at, n.version,
               (select count(*) from run_documents d where d.run = r.run) as documents,
               (select count(*) from score_cards c where c.run = r.run) as units,
               (select count(*) from score_cards c where c.run = r.run and c.total is null) as without_total,
               (select coalesce(sum(a.pot), 0) from allocations a where a.run = r.run) as pot,
               (select coalesce(sum(a.spent), 0) from allocations a where a.run = r.run) as spent,
               (select count(*) from reports p where p.run = r.run) as reports
        from runs r join numbered n using (run)
        """;

    /// <summary>Every run, newest first; of one cycle when it is named.</summary>
    public async Task<IReadOnlyList<RunSummary>> List(string? cycle, CancellationToken cancel)
    {
        const string sql = Summary + """

            where ($1::text is null or r.cycle = $1)
            order by r.requested_at desc, r.run desc
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Text, (object?)cycle ?? DBNull.Value);
        return await command.Rows(ReadSummary, cancel);
    }

    /// <summary>One run, or null when there is none of that name.</summary>
    public async Task<RunSummary?> Find(string run, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(Summary + "\nwhere r.run = $1");
        command.Parameters.AddWithValue(run);
        return (await command.Rows(ReadSummary, cancel)).SingleOrDefault();
    }

    /// <summary>The finished run that finished last in a cycle, or null while none has.</summary>
    public async Task<RunSummary?> LatestFinished(string cycle, CancellationToken cancel)
    {
        const string sql = Summary + """

            where r.cycle = $1 and r.state = 'finished'
            order by r.finished_at desc, r.requested_at desc, r.run desc
            limit 1
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(cycle);
        return (await command.Rows(ReadSummary, cancel)).SingleOrDefault();
    }

    /// <summary>The steps of a run in their order, shards added up.</summary>
    public async Task<IReadOnlyList<StepSummary>> Steps(string run, CancellationToken cancel)
    {
        const string sql = """
            select step,
                   case when bool_or(state = 'failed') then 'failed'
                        when bool_and(state = 'done') then 'done'
                        when bool_or(state in ('running', 'done')) then 'running'
                        else 'requested' end,
                   count(*), count(*) filter (where state = 'done'), max(attempt),
                   sum(done)::bigint, sum(total)::bigint,
                   min(started_at), case when bool_and(state = 'done') then max(finished_at) end,
                   coalesce(array_agg(message order by ordinal) filter (where message <> ''), '{}')
            from run_steps
            where run = $1
            group by step
            order by min(requested_at), min(started_at), step
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        return await command.Rows(
            row => new StepSummary(
                row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt32(4), row.GetInt64(5),
                row.GetInt64(6), row.MomentOrNull(7), row.MomentOrNull(8),
                row.GetFieldValue<string[]>(9)),
            cancel);
    }

    /// <summary>The documents of a run that are read or being read, by name, with what was accepted and refused of each.</summary>
    public async Task<IReadOnlyList<DocumentSummary>> Documents(string run, CancellationToken cancel)
    {
        const string sql = """
            select d.sha256, d.name, d.format, d.profile, d.category, d.bytes,
                   d.accepted, d.rejected, d.replaced, d.flagged, d.skipped, d.content_sha256
            from run_documents r join source_documents d on d.sha256 = r.document
            where r.run = $1
            order by d.name, d.sha256
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        return await command.Rows(
            row => new DocumentSummary(
                row.GetString(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4),
                row.GetInt64(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetInt32(9), row.GetInt32(10),
                row.GetString(11)),
            cancel);
    }

    /// <summary>Refused rows of a run's documents, at most so many of each document, in the order of the file.</summary>
    public async Task<IReadOnlyList<RefusedCell>> Rejects(string run, int atMostEach, CancellationToken cancel)
    {
        const string sql = """
            select d.sha256, j.line, j.cell, j.value, j.reason_zh, j.reason_en
            from run_documents r
            join source_documents d on d.sha256 = r.document
            cross join lateral (
                select * from rejected_rows j where j.document_number = d.number order by j.ordinal limit $2) j
            where r.run = $1
            order by d.name, d.sha256, j.ordinal
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue((long)atMostEach);
        return await command.Rows(
            row => new RefusedCell(
                row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.Bilingual(4)),
            cancel);
    }

    private static RunSummary ReadSummary(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.TextOrNull(5),
        row.TextOrNull(6), row.GetString(7), row.TextOrNull(8), row.Moment(9), row.MomentOrNull(10),
        row.IsDBNull(11) ? null : row.GetInt64(11), row.GetInt64(12), row.GetInt64(13), row.GetInt64(14),
        row.GetDecimal(15), row.GetDecimal(16), row.GetInt64(17));
}
