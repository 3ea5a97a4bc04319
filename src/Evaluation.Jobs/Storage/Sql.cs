using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>Short forms for a raw SQL string with <c>$1</c>, <c>$2</c>… and its values, in order. Null is NULL.</summary>
internal static class Sql
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(Parameter(value));
        return command;
    }

    public static async Task<int> Execute(
        this NpgsqlConnection connection, string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<int> Execute(
        this Database database, string sql, CancellationToken cancel, params object?[] values)
    {
        await using var connection = await database.Connect(cancel);
        return await connection.Execute(sql, cancel, values);
    }

    /// <summary>The first column of the first row, or the default when there is no row or it is NULL.</summary>
    public static async Task<T?> Scalar<T>(
        this NpgsqlConnection connection, string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteScalarAsync(cancel) is T value ? value : default;
    }

    public static async IAsyncEnumerable<T> Stream<T>(
        this Database database,
        string sql,
        Func<DbDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancel,
        params object?[] values)
    {
        await using var connection = await database.Connect(cancel);
        await using var command = connection.Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) yield return read(reader);
    }

    public static async Task<List<T>> List<T>(
        this Database database, string sql, Func<DbDataReader, T> read, CancellationToken cancel, params object?[] values)
    {
        var rows = new List<T>();
        await foreach (var row in database.Stream(sql, read, cancel, values)) rows.Add(row);
        return rows;
    }

    public static async Task<T?> Single<T>(
        this Database database, string sql, Func<DbDataReader, T> read, CancellationToken cancel, params object?[] values)
        where T : class
    {
        await foreach (var row in database.Stream(sql, read, cancel, values)) return row;
        return null;
    }

    public static string? Text(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static decimal? Number(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetDecimal(column);

    public static bool? Flag(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetBoolean(column);

    public static DateOnly? Day(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);

    public static DateTimeOffset? Instant(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        // PostgreSQL's timestamptz is an instant; Npgsql takes it as an offset of zero.
        DateTimeOffset instant => new NpgsqlParameter { Value = instant.ToUniversalTime() },
        _ => new NpgsqlParameter { Value = value ?? DBNull.Value },
    };
}
