using Evaluation.Jobs.Indexing;

namespace Evaluation.Jobs.Storage;

/// <summary>A resource index as it is kept.</summary>
/// <param name="Json">Its bytes.</param>
/// <param name="Sha256">SHA-256 of the bytes.</param>
public sealed record StoredIndex(byte[] Json, string Sha256)
{
    /// <summary>What it says.</summary>
    public ResourceIndexResult Result => ResourceIndexResult.Read(Json);
}

/// <summary>The index of an earlier year.</summary>
/// <param name="Run">Its run.</param>
/// <param name="Cycle">Its year.</param>
/// <param name="Index">The index.</param>
public sealed record EarlierIndex(string Run, string Cycle, StoredIndex Index);

/// <summary>The index report of a run.</summary>
/// <param name="Number">Report number as printed.</param>
/// <param name="File">Path below the data folder, with forward slashes.</param>
public sealed record StoredIndexReport(string Number, string File, int Pages, long Bytes, string Sha256);

/// <summary>Resource indices and their reports. What is there is never written again.</summary>
public sealed class ResourceIndexStore(Database database, TimeProvider time)
{
    public Task Save(string run, string? earlierRun, StoredIndex index, CancellationToken cancel = default) => database.Execute(
        """
        insert into resource_indices (run, earlier_run, result, sha256, computed_at) values ($1, $2::text, $3, $4, $5)
        on conflict do nothing
        """,
        cancel, run, earlierRun, index.Json, index.Sha256, time.GetUtcNow());

    public Task Save(string run, StoredIndexReport report, CancellationToken cancel = default) => database.Execute(
        """
        insert into index_reports (run, number, file, pages, bytes, sha256) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        """,
        cancel, run, report.Number, report.File, report.Pages, report.Bytes, report.Sha256);

    /// <summary>The index of a run, or null.</summary>
    public Task<StoredIndex?> Find(string run, CancellationToken cancel = default) => database.Single(
        "select result, sha256 from resource_indices where run = $1",
        row => new StoredIndex(row.GetFieldValue<byte[]>(0), row.GetString(1)),
        cancel,
        run);

    /// <summary>The index report of a run, or null.</summary>
    public Task<StoredIndexReport?> Report(string run, CancellationToken cancel = default) => database.Single(
        "select number, file, pages, bytes, sha256 from index_reports where run = $1",
        row => new StoredIndexReport(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetString(4)),
        cancel,
        run);

    /// <summary>The index of the latest year before a cycle that has a finished run: generated years with generated years
    /// only, real ones with real ones.</summary>
    public Task<EarlierIndex?> Before(string cycle, bool generated, CancellationToken cancel = default) => database.Single(
        """
        select r.run, r.cycle, i.result, i.sha256
        from resource_indices i join runs r using (run)
        where r.state = 'finished' and r.generated = $2 and r.cycle collate "C" < $1 collate "C"
        order by r.cycle collate "C" desc, r.finished_at desc, r.run desc
        limit 1
        """,
        row => new EarlierIndex(
            row.GetString(0), row.GetString(1), new StoredIndex(row.GetFieldValue<byte[]>(2), row.GetString(3))),
        cancel,
        cycle,
        generated);
}
