namespace Evaluation.Jobs.Storage;

/// <summary>A rendered report.</summary>
/// <param name="Number">Report number as printed.</param>
/// <param name="File">Path below the data folder, with forward slashes.</param>
public sealed record StoredReport(
    string Category, string Unit, string Number, string File, int Pages, long Bytes, string Sha256);

/// <summary>A paper that was issued.</summary>
/// <param name="Run">The run it tells of.</param>
/// <param name="Number">Number as printed.</param>
/// <param name="Category">Category of the unit, or null for the report of the resource index.</param>
/// <param name="Unit">The unit, or null.</param>
/// <param name="Card">SHA-256 of the unit's score card on record, or null.</param>
public sealed record IssuedPaper(string Run, string Number, string? Category, string? Unit, string? Card);

/// <summary>Which report was rendered for which unit, and the hash of its bytes.</summary>
public sealed class ReportStore(Database database)
{
    public Task Save(string run, StoredReport report, CancellationToken cancel = default) => database.Execute(
        """
        insert into reports (run, category, unit, number, file, pages, bytes, sha256)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict do nothing
        """,
        cancel, run, report.Category, report.Unit, report.Number, report.File, report.Pages, report.Bytes, report.Sha256);

    /// <summary>By category and unit.</summary>
    public Task<List<StoredReport>> OfRun(string run, CancellationToken cancel = default) => database.List(
        """
        select category, unit, number, file, pages, bytes, sha256 from reports where run = $1
        order by category collate "C", unit collate "C"
        """,
        row => new StoredReport(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt64(5),
            row.GetString(6)),
        cancel,
        run);

    /// <summary>The papers that have exactly these bytes: several where runs came to the same.</summary>
    public Task<List<IssuedPaper>> WithBytes(string sha256, CancellationToken cancel = default) => database.List(
        """
        select r.run, r.number, r.category, r.unit, c.sha256
        from reports r left join score_cards c using (run, category, unit) where r.sha256 = $1
        union all
        select run, number, null, null, null from index_reports where sha256 = $1
        order by 1
        """,
        row => new IssuedPaper(row.GetString(0), row.GetString(1), row.Text(2), row.Text(3), row.Text(4)),
        cancel,
        sha256);
}
