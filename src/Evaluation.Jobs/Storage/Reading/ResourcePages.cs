using Evaluation.Rules;

namespace Evaluation.Jobs.Storage.Reading;

/// <summary>What the records of a resource were measured as, in hours.</summary>
public sealed record MeasuredRow(
    long Records, decimal Raw, decimal Merged, decimal Accepted, decimal External, decimal Internal, decimal Unknown);

/// <summary>A resource on the register of a unit: whether it counts, and what it was measured as.</summary>
/// <param name="Entry">As the register states it.</param>
/// <param name="LeftOut">Why it does not count; null when it does.</param>
/// <param name="Hours">Null where nobody measured it.</param>
public sealed record ResourceRow(ResourceEntry Entry, Bilingual? LeftOut, MeasuredRow? Hours);

/// <summary>The registers of units, for the pages.</summary>
public sealed class ResourcePages(Database database, UnitStore units)
{
    /// <summary>The resources of a unit in ordinal order.</summary>
    public async Task<IReadOnlyList<ResourceRow>> Register(string run, string category, string unit, CancellationToken cancel)
    {
        var leftOut = (await units.LeftOut(run, category, unit, cancel)).ToDictionary(one => one.Resource, StringComparer.Ordinal);
        var hours = (await Measured(run, category, unit, cancel)).ToDictionary(row => row.Resource, row => row.Hours, StringComparer.Ordinal);
        var rows = new List<ResourceRow>();
        await foreach (var entry in units.ResourcesOfRun(run, category, unit, cancel))
        {
            rows.Add(new ResourceRow(
                entry, leftOut.GetValueOrDefault(entry.Resource)?.Reason, hours.GetValueOrDefault(entry.Resource)));
        }

        return rows;
    }

    private Task<List<(string Resource, MeasuredRow Hours)>> Measured(
        string run, string category, string unit, CancellationToken cancel) => database.List(
        """
        select h.resource, sum(h.records)::bigint, sum(h.raw_hours), sum(h.merged_hours), sum(h.accepted_hours),
               sum(h.external_hours), sum(h.internal_hours), sum(h.unknown_hours)
        from run_documents d
        join source_documents s on s.sha256 = d.document and s.state = 'read'
        join service_hours h on h.document_number = s.number
        where d.run = $1 and h.category = $2 and h.unit = $3
        group by h.resource
        """,
        row => (row.GetString(0), new MeasuredRow(
            row.GetInt64(1), row.GetDecimal(2), row.GetDecimal(3), row.GetDecimal(4), row.GetDecimal(5), row.GetDecimal(6),
            row.GetDecimal(7))),
        cancel,
        run,
        category,
        unit);
}
