using System.Data.Common;
using System.Globalization;
using System.Text;
using Evaluation.Rules.Reform;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Storage;

/// <summary>A comparison of rules as a list shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Run">Run id.</param>
/// <param name="Rules">Rule-set version the run is compared with.</param>
/// <param name="RulesName">Name of its folder.</param>
/// <param name="Cliff">Stated distance of cliffs in points.</param>
/// <param name="Units">Units compared.</param>
/// <param name="Changed">Units whose grade is another.</param>
/// <param name="Difference">Sum of the differences of award in yuan.</param>
/// <param name="MadeAt">When it was made.</param>
public sealed record ComparisonEntry(
    string Id, string Run, string Rules, string RulesName, decimal Cliff, int Units, int Changed, decimal Difference,
    DateTimeOffset MadeAt);

/// <summary>Comparisons of rules. What is there is never written again.</summary>
public sealed class ComparisonStore(Database database, TimeProvider time)
{
    private const int IdLength = 16;

    private const string Columns =
        """
        c.comparison, c.run, c.rule_set_hash, v.name, c.cliff, c.units, c.changed, c.difference, c.made_at
        """;

    /// <summary>Keeps a comparison under a name made of what went into it.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> Save(RuleComparison comparison, string engine, CancellationToken cancel = default)
    {
        var json = ComparisonJson.Write(comparison);
        var cliff = comparison.Cliff.ToString("0.############################", CultureInfo.InvariantCulture);
        var id = CanonicalJson.Sha256(Encoding.UTF8.GetBytes(
            $"{comparison.Run}\n{comparison.NewRules}\n{cliff}\n{engine}\n"))[..IdLength];
        await database.Execute(
            """
            insert into comparisons
                (comparison, run, rule_set_hash, cliff, units, changed, difference, made_at, result, sha256)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict do nothing
            """,
            cancel, id, comparison.Run, comparison.NewRules, comparison.Cliff, comparison.Units.Count(),
            comparison.GradesChanged, comparison.Difference, time.GetUtcNow(), json, CanonicalJson.Sha256(json));
        return id;
    }

    /// <summary>The comparisons with runs of a cycle, the latest first.</summary>
    public Task<List<ComparisonEntry>> OfCycle(string cycle, CancellationToken cancel = default) =>
        database.List(
            $"""
            select {Columns}
            from comparisons c
            join runs r on r.run = c.run
            join rule_set_versions v on v.hash = c.rule_set_hash
            where r.cycle = $1
            order by c.made_at desc, c.comparison
            """,
            ReadEntry, cancel, cycle);

    /// <summary>A comparison with the bytes as they are kept, or null.</summary>
    public async Task<(ComparisonEntry Entry, byte[] Json)?> Find(string id, CancellationToken cancel = default)
    {
        var found = await database.List(
            $"""
            select {Columns}, c.result
            from comparisons c
            join rule_set_versions v on v.hash = c.rule_set_hash
            where c.comparison = $1
            """,
            row => (ReadEntry(row), row.GetFieldValue<byte[]>(9)), cancel, id);
        return found.Count == 0 ? null : found[0];
    }

    private static ComparisonEntry ReadEntry(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetDecimal(4), row.GetInt32(5),
        row.GetInt32(6), row.GetDecimal(7), row.GetFieldValue<DateTimeOffset>(8));
}
