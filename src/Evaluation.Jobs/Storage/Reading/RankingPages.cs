using Evaluation.Rules;

namespace Evaluation.Jobs.Storage.Reading;

/// <summary>One unit of a ranking table.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Name">Name, or the id where no register names the unit.</param>
/// <param name="Province">Province or country, or null.</param>
/// <param name="Total">Total, or null when withheld or excluded.</param>
/// <param name="Rank">Rank, or null.</param>
/// <param name="Grade">Grade id, or null.</param>
/// <param name="Award">Recommended award in yuan, or null where nothing was allocated.</param>
/// <param name="Card">Bytes of the score card of a unit that has no rank, for the reason; null otherwise.</param>
public sealed record RankingRow(
    string Unit,
    Bilingual Name,
    Bilingual? Province,
    decimal? Total,
    int? Rank,
    string? Grade,
    decimal? Award,
    byte[]? Card)
{
    /// <summary>How certain the rank and grade are, or null where nothing was examined.</summary>
    public CertaintyRow? Certainty { get; init; }
}

/// <summary>What the year's page says of one category.</summary>
/// <param name="Category">Category code.</param>
/// <param name="Units">Score cards.</param>
/// <param name="Ranked">Units with a rank.</param>
/// <param name="Grade">Grade id, or null.</param>
public sealed record GradeOfCategory(string Category, long Units, long Ranked, string? Grade);

/// <summary>The ranking table of a category, and the counts the year's page shows.</summary>
public sealed class RankingPages(Database database)
{
    /// <summary>Every unit of a category in the order of the ranking, units without a rank last.</summary>
    public async Task<IReadOnlyList<RankingRow>> Ranking(string run, string category, CancellationToken cancel)
    {
        const string sql = """
            select c.unit, coalesce(u.name_zh, c.unit), coalesce(u.name_en, c.unit), u.province_zh, u.province_en,
                   c.total, c.rank, c.grade, a.amount, case when c.rank is null then c.card end
            from score_cards c
            left join run_units u on u.run = c.run and u.category = c.category and u.unit = c.unit
            left join (select unit, sum(amount) as amount from awards where run = $1 and category = $2 group by unit) a
                   on a.unit = c.unit
            where c.run = $1 and c.category = $2
            order by c.rank nulls last, c.total desc nulls last, c.unit collate "C"
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue(category);
        return await command.Rows(
            row => new RankingRow(
                row.GetString(0), row.Bilingual(1), row.BilingualOrNull(3), row.DecimalOrNull(5),
                row.IsDBNull(6) ? null : row.GetInt32(6), row.TextOrNull(7), row.DecimalOrNull(8),
                row.IsDBNull(9) ? null : row.GetFieldValue<byte[]>(9)),
            cancel);
    }

    /// <summary>Units by category and grade of a run.</summary>
    public async Task<IReadOnlyList<GradeOfCategory>> Grades(string run, CancellationToken cancel)
    {
        const string sql = """
            select category, count(*), count(rank), grade
            from score_cards
            where run = $1
            group by category, grade
            order by category, grade
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        return await command.Rows(
            row => new GradeOfCategory(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.TextOrNull(3)), cancel);
    }
}
