using Evaluation.Rules;
using Npgsql;

namespace Evaluation.Jobs.Storage.Reading;

/// <summary>Reading rows the way page queries need it: lists of small records, nulls as nulls.</summary>
internal static class PageRows
{
    public static async Task<IReadOnlyList<T>> Rows<T>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    public static string? TextOrNull(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    public static decimal? DecimalOrNull(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetDecimal(column);

    public static DateTimeOffset Moment(this NpgsqlDataReader row, int column) =>
        row.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? MomentOrNull(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.Moment(column);

    /// <summary>Two columns side by side, Chinese then English.</summary>
    public static Bilingual Bilingual(this NpgsqlDataReader row, int column) =>
        new(row.GetString(column), row.GetString(column + 1));

    /// <summary>Two columns side by side that are filled or empty together.</summary>
    public static Bilingual? BilingualOrNull(this NpgsqlDataReader row, int column)
    {
        var zh = row.TextOrNull(column);
        return zh is null ? null : new Bilingual(zh, row.TextOrNull(column + 1) ?? zh);
    }
}
