using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>The database of one evaluation platform. Every store takes one.</summary>
public sealed class Database(NpgsqlDataSource source) : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = source;

    public static Database Open(string connectionString) => new(NpgsqlDataSource.Create(connectionString));

    public ValueTask<NpgsqlConnection> Connect(CancellationToken cancel = default) => Source.OpenConnectionAsync(cancel);

    /// <summary>Does a piece of work in one transaction: all of it stays, or nothing.</summary>
    public async Task<T> InTransaction<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancel = default)
    {
        await using var connection = await Connect(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var result = await work(connection, cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }

    /// <inheritdoc cref="InTransaction{T}"/>
    public Task InTransaction(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken cancel = default) =>
        InTransaction<object?>(
            async (connection, token) =>
            {
                await work(connection, token);
                return null;
            },
            cancel);

    /// <summary>Whether a failure means that the server is gone or the connection broke.</summary>
    public static bool IsGone(Exception failure) => failure switch
    {
        // 57P: the server was shut down or the connection ended by somebody; 08: the connection failed.
        PostgresException refused =>
            refused.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => failure.InnerException is { } inner && IsGone(inner),
    };

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
