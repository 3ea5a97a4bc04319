using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Storage;

/// <summary>What was pulled, seen from an evaluation: the documents of its periods, and what came after its lock.</summary>
public sealed class PulledDataStore(Database database)
{
    /// <summary>The pulled documents that say something about a cycle's periods, in the order in which they count.</summary>
    public Task<List<PulledDocument>> OfCycle(Cycle cycle, CancellationToken cancel = default)
    {
        var (categories, froms, tos) = PeriodsOf(cycle);
        return database.List(
            $"select {PullStore.DocumentColumns} from pulled_in_periods($1, $2, $3) order by ordinal",
            PullStore.ReadDocument, cancel, categories, froms, tos);
    }

    /// <summary>
    /// What arrived for a run after its data were locked: documents that would change what it has. A document that only
    /// repeats is none. The run itself stays as it is; a new run would use them.
    /// </summary>
    public Task<List<Amendment>> Amendments(string run, Cycle cycle, CancellationToken cancel = default)
    {
        var (categories, froms, tos) = PeriodsOf(cycle);
        return database.List(
            """
            with locked as (
                select run, snapshot_hash from runs where run = $1 and snapshot_hash is not null and not generated
            ),
            wanted as (
                select * from unnest($2::text[], $3::date[], $4::date[]) as w (category, period_from, period_to)
            ),
            had as (
                select s.number, s.content_sha256 from locked
                join run_documents d using (run) join source_documents s on s.sha256 = d.document
            ),
            late as (
                select p.source, p.name, p.fetched_at, s.number
                from locked, pulled_in_periods($2, $3, $4) p join source_documents s on s.sha256 = p.document
                where not exists (select from had where had.content_sha256 = p.content_sha256)
            ),
            counted as (
                select l.source, l.name, l.fetched_at,
                    (select count(*) from document_observations t join metric_observations o on o.id = t.observation
                     join wanted w on w.category = o.category
                         and o.period_from < w.period_to and o.period_to > w.period_from
                     where t.document_number = l.number and not exists (
                         select from snapshot_observations n, locked
                         where n.snapshot_hash = locked.snapshot_hash and n.observation = o.id)) as observations,
                    (select count(*) from (
                         select distinct category, unit from service_record_units where document_number = l.number) u
                     join wanted w on w.category = u.category
                     join service_resources n on n.category = u.category and n.unit = u.unit
                     join service_records r on r.resource = n.id and r.document_number = l.number
                         and r.started < w.period_to and coalesce(r.ended, r.started + interval '1 second') > w.period_from
                     where not exists (
                         select from had join service_records q on q.document_number = had.number
                         where q.resource = r.resource and q.record = r.record and q.started = r.started
                             and q.ended is not distinct from r.ended and q.scope = r.scope
                             and q.fee_fen is not distinct from r.fee_fen)) as records
                from late l
            )
            select source, name, observations, records, fetched_at from counted
            where observations + records > 0 order by fetched_at, source, name
            """,
            row => new Amendment(
                row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3),
                row.GetFieldValue<DateTimeOffset>(4)),
            cancel, run, categories, froms, tos);
    }

    private static (string[] Categories, DateOnly[] Froms, DateOnly[] Tos) PeriodsOf(Cycle cycle)
    {
        var periods = cycle.Categories
            .SelectMany(category => category.Periods.Select(period => (category.Id, period.From, period.To))).ToList();
        return ([.. periods.Select(one => one.Id)], [.. periods.Select(one => one.From)], [.. periods.Select(one => one.To)]);
    }
}
