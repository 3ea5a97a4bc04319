using System.Data.Common;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Storage;

/// <summary>A version of what is paid in one category of a cycle: who approved it, when and why.</summary>
/// <param name="Cycle">Cycle id.</param>
/// <param name="Category">Category code.</param>
/// <param name="Version">From 1; the greatest holds, and supersedes the one before.</param>
/// <param name="Run">The run whose data it rests on.</param>
/// <param name="Scenario">What was set otherwise than in the rules; nothing for the awards as the run gave them.</param>
/// <param name="Units">Units that are paid anything.</param>
/// <param name="Amount">Sum of the awards.</param>
/// <param name="Sha256">Hash of the canonical JSON of the awards.</param>
/// <param name="By">Who approved.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
public sealed record Approval(
    string Cycle, string Category, int Version, string Run, Scenario Scenario, int Units, Money Amount, string Sha256,
    string By, DateTimeOffset At, string Reason)
{
    /// <summary>The version it supersedes, or null for the first.</summary>
    public int? Supersedes => Version > 1 ? Version - 1 : null;
}

/// <summary>An approval with its awards.</summary>
/// <param name="Approval">Who, when and why.</param>
/// <param name="Json">Canonical JSON of the allocations, one a pool.</param>
public sealed record ApprovedAwards(Approval Approval, byte[] Json)
{
    public IReadOnlyList<AllocationResult> Results { get; } = CanonicalJson.ReadAllocations(Json);
}

/// <summary>Approvals. What is there is never written again: who changes their mind approves another version.</summary>
public sealed class ApprovalStore(Database database)
{
    private const string Columns =
        "cycle, category, version, run, settings, units, amount, sha256, approved_by, approved_at, reason";

    /// <summary>Appends versions, all of them or none.</summary>
    /// <returns>The first whose number somebody else took in the meantime, or null when all are in.</returns>
    public async Task<Approval?> Append(IReadOnlyList<ApprovedAwards> versions, CancellationToken cancel = default)
    {
        await using var connection = await database.Connect(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // In one order, so that two persons who approve several categories never wait for one another in a ring.
        foreach (var (approval, json) in versions.OrderBy(one => one.Approval.Category, StringComparer.Ordinal))
        {
            var added = await connection.Execute(
                """
                insert into approvals (cycle, category, version, supersedes, run, settings, units, amount, result, sha256,
                                       approved_by, approved_at, reason)
                values ($1, $2, $3, $4::integer, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                on conflict do nothing
                """,
                cancel, approval.Cycle, approval.Category, approval.Version, approval.Supersedes, approval.Run,
                CanonicalJson.Write(approval.Scenario), approval.Units, approval.Amount.Yuan, json, approval.Sha256,
                approval.By, approval.At, approval.Reason);
            if (added == 0) return approval;
        }

        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>Every version of a cycle, by category, the newest first.</summary>
    public Task<List<Approval>> OfCycle(string cycle, CancellationToken cancel = default) => database.List(
        $"""select {Columns} from approvals where cycle = $1 order by category collate "C", version desc""",
        Read, cancel, cycle);

    /// <summary>The version that holds in each category of a cycle.</summary>
    public async Task<IReadOnlyDictionary<string, ApprovedAwards>> Newest(string cycle, CancellationToken cancel = default) =>
        (await database.List(
            $"""
            select distinct on (category) {Columns}, result from approvals where cycle = $1 order by category, version desc
            """,
            row => new ApprovedAwards(Read(row), row.GetFieldValue<byte[]>(11)), cancel, cycle))
        .ToDictionary(version => version.Approval.Category, StringComparer.Ordinal);

    private static Approval Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), CanonicalJson.ReadScenario(row.GetString(4)),
        row.GetInt32(5), new Money(row.GetDecimal(6)), row.GetString(7), row.GetString(8),
        row.GetFieldValue<DateTimeOffset>(9), row.GetString(10));
}
