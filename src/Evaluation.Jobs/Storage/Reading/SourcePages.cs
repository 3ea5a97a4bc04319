using Evaluation.Rules;

namespace Evaluation.Jobs.Storage.Reading;

/// <summary>A source as lists show it.</summary>
/// <param name="Source">The source.</param>
/// <param name="LastEnd">When a pull last ended, or null.</param>
/// <param name="LastState">How: <c>done</c> or <c>failed</c>.</param>
/// <param name="Problem">Why the last pull failed.</param>
/// <param name="PulledUntil">Up to when it has been pulled.</param>
/// <param name="Waiting">Periods that wait or are under way.</param>
/// <param name="Documents">Documents on record.</param>
/// <param name="Rejected">Rows refused in them.</param>
public sealed record SourceSummary(
    Source Source,
    DateTimeOffset? LastEnd,
    string? LastState,
    Bilingual? Problem,
    DateTimeOffset? PulledUntil,
    long Waiting,
    long Documents,
    long Rejected);

/// <summary>A pulled document with what became of it.</summary>
public sealed record PulledSummary(
    PulledDocument Document, string Format, int Accepted, int Rejected, int Replaced, int Flagged, int Skipped);

/// <summary>A refused row of a pulled document.</summary>
public sealed record PulledReject(string File, RejectedCell Cell);

/// <summary>What the pages and lists show of sources.</summary>
public sealed class SourcePages(Database database, SourceStore sources)
{
    /// <summary>Every source with its state, by code.</summary>
    public async Task<IReadOnlyList<SourceSummary>> List(CancellationToken cancel)
    {
        const string sql = """
            select s.source, last.finished_at, last.state, last.problem_zh, last.problem_en,
                (select max(period_to) from source_pulls p where p.source = s.source and p.state = 'done'),
                (select count(*) from source_pulls p where p.source = s.source and p.state in ('requested', 'running')),
                (select count(*) from pulled_documents d where d.source = s.source),
                (select coalesce(sum(d.rejected), 0) from pulled_documents k join source_documents d on d.sha256 = k.document
                 where k.source = s.source)
            from sources s
            left join lateral (
                select * from source_pulls p where p.source = s.source and p.state in ('done', 'failed')
                order by finished_at desc limit 1) last on true
            """;
        await using var command = database.Source.CreateCommand(sql);
        var rows = await command.Rows(
            row => (Code: row.GetString(0), End: row.MomentOrNull(1), State: row.TextOrNull(2),
                Problem: row.IsDBNull(3) ? null : row.Bilingual(3), Until: row.MomentOrNull(5), Waiting: row.GetInt64(6),
                Documents: row.GetInt64(7), Rejected: row.GetInt64(8)),
            cancel);
        var states = rows.ToDictionary(row => row.Code, StringComparer.Ordinal);
        return
        [
            .. from source in await sources.List(cancel)
               where states.ContainsKey(source.Code)
               let state = states[source.Code]
               select new SourceSummary(
                   source, state.End, state.State, state.Problem, state.Until, state.Waiting, state.Documents, state.Rejected),
        ];
    }

    /// <summary>The documents of a source, the latest first, at most so many.</summary>
    public async Task<IReadOnlyList<PulledSummary>> Documents(string source, int most, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select {PullStore.DocumentColumns}, d.format, d.accepted, d.rejected, d.replaced, d.flagged, d.skipped
            from (select * from pulled_documents where source = $1) k
            join (select sha256, format, accepted, rejected, replaced, flagged, skipped from source_documents) d
                on d.sha256 = k.document
            order by ordinal desc limit $2
            """);
        command.Parameters.AddWithValue(source);
        command.Parameters.AddWithValue((long)most);
        return await command.Rows(
            row => new PulledSummary(
                PullStore.ReadDocument(row), row.GetString(14), row.GetInt32(15), row.GetInt32(16), row.GetInt32(17),
                row.GetInt32(18), row.GetInt32(19)),
            cancel);
    }

    /// <summary>Every refused row of a source, document by document.</summary>
    public async Task<IReadOnlyList<PulledReject>> Rejects(string source, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand(
            """
            select k.file, j.line, j.cell, j.value, j.reason_zh, j.reason_en
            from pulled_documents k
            join source_documents d on d.sha256 = k.document
            join rejected_rows j on j.document_number = d.number
            where k.source = $1 order by k.ordinal, j.ordinal
            """);
        command.Parameters.AddWithValue(source);
        return await command.Rows(
            row => new PulledReject(
                row.GetString(0), new RejectedCell(row.GetInt32(1), row.GetString(2), row.GetString(3), row.Bilingual(4))),
            cancel);
    }
}
