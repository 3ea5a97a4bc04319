using System.Data.Common;

namespace Evaluation.Jobs.Storage;

/// <summary>What somebody decided on a finding.</summary>
/// <param name="Finding">Natural key of the finding.</param>
/// <param name="Kind"><c>keep</c> (the value is right), <c>exclude</c> (it is not used) or <c>correct</c> (another one
/// is).</param>
/// <param name="Metric">The metric whose figure is meant, or null for the one the finding names.</param>
/// <param name="Value">The right value, for <c>correct</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
public sealed record FindingDecision(
    string Finding, string Kind, string? Metric, decimal? Value, string Reason, string By, DateTimeOffset At)
{
    public const string Keep = "keep";
    public const string Exclude = "exclude";
    public const string Correct = "correct";
}

/// <summary>What owners confirmed and people decided before the data of a cycle are locked. Appended; the latest holds.</summary>
public sealed class DecisionStore(Database database, TimeProvider time)
{
    /// <summary>Enters a decision; its time is now.</summary>
    public Task Decide(
        string cycle, FindingDecision decision, CancellationToken cancel = default) => database.Execute(
        """
        insert into finding_decisions (cycle, finding, decision, metric, value, reason, decided_by, decided_at)
        values ($1, $2, $3, $4::text, $5::numeric, $6, $7, $8)
        """,
        cancel, cycle, decision.Finding, decision.Kind, decision.Metric, decision.Value, decision.Reason, decision.By,
        time.GetUtcNow());

    /// <summary>The decision that holds on each finding of a cycle, by its natural key.</summary>
    public async Task<IReadOnlyDictionary<string, FindingDecision>> OfCycle(string cycle, CancellationToken cancel = default) =>
        (await database.List(
            """
            select distinct on (finding) finding, decision, metric, value, reason, decided_by, decided_at
            from finding_decisions where cycle = $1 order by finding, id desc
            """,
            Read,
            cancel,
            cycle)).ToDictionary(decision => decision.Finding, StringComparer.Ordinal);

    /// <summary>The owner of a unit confirms its data.</summary>
    /// <returns>False when the same data were confirmed before.</returns>
    public async Task<bool> Confirm(
        string cycle, string category, string unit, string dataHash, string by, CancellationToken cancel = default) =>
        await database.Execute(
            """
            insert into confirmations (cycle, category, unit, data_hash, confirmed_by, confirmed_at)
            values ($1, $2, $3, $4, $5, $6) on conflict do nothing
            """,
            cancel, cycle, category, unit, dataHash, by, time.GetUtcNow()) > 0;

    /// <summary>Hashes of data that were confirmed, by unit.</summary>
    public async Task<ILookup<string, string>> Confirmed(string cycle, string category, CancellationToken cancel = default) =>
        (await database.List(
            "select unit, data_hash from confirmations where cycle = $1 and category = $2",
            row => (Unit: row.GetString(0), Hash: row.GetString(1)),
            cancel,
            cycle,
            category)).ToLookup(one => one.Unit, one => one.Hash, StringComparer.Ordinal);

    private static FindingDecision Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Text(2), row.Number(3), row.GetString(4), row.GetString(5),
        row.GetFieldValue<DateTimeOffset>(6));
}
