using Evaluation.Rules.Allocation;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Storage;

/// <summary>An allocation as it is kept.</summary>
public sealed record StoredAllocation(string Pool, string Category, byte[] Json, string Sha256)
{
    public AllocationResult Result => CanonicalJson.ReadAllocation(Json);
}

/// <summary>Allocations with their awards. What is there is never written again.</summary>
public sealed class AllocationStore(Database database)
{
    public Task Save(string run, string category, AllocationResult result, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                var json = CanonicalJson.Write(result);
                await connection.Execute(
                    """
                    insert into allocations (run, pool, category, pot, spent, result, sha256)
                    values ($1, $2, $3, $4, $5, $6, $7)
                    on conflict do nothing
                    """,
                    token, run, result.Pool, category, result.Pot.Yuan, result.Spent.Yuan, json, CanonicalJson.Sha256(json));
                foreach (var award in result.Awards)
                {
                    var one = CanonicalJson.Write(result with { Awards = [award] });
                    await connection.Execute(
                        """
                        insert into awards (run, pool, category, unit, grade, amount, award)
                        values ($1, $2, $3, $4, $5, $6, $7)
                        on conflict do nothing
                        """,
                        token, run, result.Pool, category, award.Unit, award.Grade, award.Amount.Yuan, one);
                }
            },
            cancel);

    /// <summary>The allocations of a run, or of one category of it.</summary>
    public Task<List<StoredAllocation>> OfRun(string run, string? category = null, CancellationToken cancel = default) =>
        database.List(
            """
            select pool, category, result, sha256 from allocations
            where run = $1 and ($2::text is null or category = $2)
            order by category collate "C", pool collate "C"
            """,
            row => new StoredAllocation(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetString(3)),
            cancel,
            run,
            category);
}
