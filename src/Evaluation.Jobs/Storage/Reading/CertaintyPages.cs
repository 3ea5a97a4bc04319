using Evaluation.Rules.Certainty;

namespace Evaluation.Jobs.Storage.Reading;

/// <summary>What a ranking table shows of the certainty of a unit.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="RankLow">5 per cent of the draws give this rank or a better one; null where the unit took no
/// part.</param>
/// <param name="RankHigh">95 per cent of them.</param>
/// <param name="GradeHolds">Share of draws in which the grade stays, or null.</param>
/// <param name="Paid">Share of draws in which the award is above 0, or null.</param>
/// <param name="AwardLow">Award in yuan, 5 per cent of the draws at or below, or null.</param>
/// <param name="AwardHigh">95 per cent of them, or null.</param>
/// <param name="Edge">Points to the nearest other grade, or null.</param>
/// <param name="Fragile">Whether the grade is fragile.</param>
public sealed record CertaintyRow(
    string Unit,
    decimal? RankLow,
    decimal? RankHigh,
    decimal? GradeHolds,
    decimal? Paid,
    decimal? AwardLow,
    decimal? AwardHigh,
    decimal? Edge,
    bool Fragile);

/// <summary>How many grades of a category are fragile.</summary>
/// <param name="Category">Category code.</param>
/// <param name="Graded">Units with a grade.</param>
/// <param name="Fragile">Those whose grade is fragile.</param>
public sealed record FragileCount(string Category, long Graded, long Fragile);

/// <summary>What pages show of the certainty of results.</summary>
public sealed class CertaintyPages(Database database)
{
    /// <summary>The certainty of one unit, or null where none was examined.</summary>
    public async Task<UnitCertainty?> Unit(string run, string category, string unit, CancellationToken cancel)
    {
        const string sql = "select certainty from unit_certainty where run = $1 and category = $2 and unit = $3";
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue(category);
        command.Parameters.AddWithValue(unit);
        return (await command.Rows(row => CertaintyJson.ReadUnit(row.GetFieldValue<byte[]>(0)), cancel)).SingleOrDefault();
    }

    /// <summary>The units of a category by id; empty where none was examined.</summary>
    public async Task<IReadOnlyDictionary<string, CertaintyRow>> OfCategory(
        string run, string category, CancellationToken cancel)
    {
        const string sql = """
            select unit, rank_low, rank_high, grade_holds, paid, award_low, award_high, edge, fragile
            from unit_certainty
            where run = $1 and category = $2
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue(category);
        var rows = await command.Rows(
            row => new CertaintyRow(
                row.GetString(0), row.DecimalOrNull(1), row.DecimalOrNull(2), row.DecimalOrNull(3), row.DecimalOrNull(4),
                row.DecimalOrNull(5), row.DecimalOrNull(6), row.DecimalOrNull(7), row.GetBoolean(8)),
            cancel);
        return rows.ToDictionary(row => row.Unit, StringComparer.Ordinal);
    }

    /// <summary>Fragile grades by category.</summary>
    public async Task<IReadOnlyList<FragileCount>> Fragile(string run, CancellationToken cancel)
    {
        const string sql = """
            select category, count(grade_holds), count(*) filter (where fragile)
            from unit_certainty
            where run = $1
            group by category
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        return await command.Rows(row => new FragileCount(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), cancel);
    }
}
