using Evaluation.Rules;

namespace Evaluation.Jobs.Storage.Reading;

/// <summary>One pot as it was shared out.</summary>
/// <param name="Pool">Pool id.</param>
/// <param name="Category">Category code.</param>
/// <param name="Pot">What there was, in yuan.</param>
/// <param name="Spent">What was allocated, in yuan.</param>
/// <param name="Result">Canonical JSON of the allocation, the awards included.</param>
/// <param name="Sha256">Its hash.</param>
public sealed record PotRow(string Pool, string Category, decimal Pot, decimal Spent, byte[] Result, string Sha256);

/// <summary>One award of a table.</summary>
/// <param name="Pool">Pool id.</param>
/// <param name="Category">Category code.</param>
/// <param name="Unit">Unit id.</param>
/// <param name="Name">Name of the unit.</param>
/// <param name="Grade">Grade id, or null.</param>
/// <param name="Rank">Rank, or null.</param>
/// <param name="Amount">Amount in yuan, as the table of awards has it.</param>
public sealed record AwardRow(
    string Pool, string Category, string Unit, Bilingual Name, string? Grade, int? Rank, decimal Amount);

/// <summary>What the page of awards shows: pots, and every award in the order of the ranking.</summary>
public sealed class AwardPages(Database database)
{
    /// <summary>The pots of a run.</summary>
    public async Task<IReadOnlyList<PotRow>> Pots(string run, CancellationToken cancel)
    {
        const string sql = """
            select pool, category, pot, spent, result, sha256 from allocations where run = $1 order by pool, category
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        return await command.Rows(
            row => new PotRow(
                row.GetString(0), row.GetString(1), row.GetDecimal(2), row.GetDecimal(3),
                row.GetFieldValue<byte[]>(4), row.GetString(5)),
            cancel);
    }

    /// <summary>The awards of a run, the zero ones included, by pool in the order of the ranking.</summary>
    public async Task<IReadOnlyList<AwardRow>> Awards(string run, CancellationToken cancel)
    {
        const string sql = """
            select a.pool, a.category, a.unit, coalesce(u.name_zh, a.unit), coalesce(u.name_en, a.unit),
                   a.grade, c.rank, a.amount
            from awards a
            left join run_units u on u.run = a.run and u.category = a.category and u.unit = a.unit
            left join score_cards c on c.run = a.run and c.category = a.category and c.unit = a.unit
            where a.run = $1
            order by a.pool, c.rank nulls last, a.unit collate "C"
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        return await command.Rows(
            row => new AwardRow(
                row.GetString(0), row.GetString(1), row.GetString(2), row.Bilingual(3), row.TextOrNull(5),
                row.IsDBNull(6) ? null : row.GetInt32(6), row.GetDecimal(7)),
            cancel);
    }
}
