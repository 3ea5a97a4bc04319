using Evaluation.Rules.Certainty;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Storage;

/// <summary>A certainty study as it is kept.</summary>
public sealed record StoredCertainty(string Category, byte[] Json, string Sha256)
{
    public CategoryCertainty Study => CertaintyJson.Read(Json);
}

/// <summary>Certainty studies, in canonical JSON. What is there is never written again.</summary>
public sealed class CertaintyStore(Database database)
{
    public Task Save(string run, CategoryCertainty study, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                var json = CertaintyJson.Write(study);
                await connection.Execute(
                    """
                    insert into certainty_studies (run, category, fragile, study, sha256) values ($1, $2, $3, $4, $5)
                    on conflict do nothing
                    """,
                    token, run, study.Category, study.Fragile, json, CanonicalJson.Sha256(json));
                foreach (var unit in study.Units)
                {
                    await connection.Execute(
                        """
                        insert into unit_certainty
                            (run, category, unit, rank_low, rank_high, grade_holds, paid, award_low, award_high, edge,
                             fragile, certainty)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                        on conflict do nothing
                        """,
                        token, run, study.Category, unit.Unit, unit.Ranks?.Low, unit.Ranks?.High, unit.GradeHolds,
                        unit.Paid, unit.Awards?.Low, unit.Awards?.High, unit.NearestEdge, unit.Fragile,
                        CertaintyJson.Write(unit));
                }
            },
            cancel);

    /// <summary>The studies of a run, or of one category of it; none where the cycle declares no examination.</summary>
    public Task<List<StoredCertainty>> OfRun(string run, string? category = null, CancellationToken cancel = default) =>
        database.List(
            """
            select category, study, sha256 from certainty_studies
            where run = $1 and ($2::text is null or category = $2)
            order by category collate "C"
            """,
            row => new StoredCertainty(row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetString(2)),
            cancel,
            run,
            category);
}
