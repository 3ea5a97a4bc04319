using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>Something that is written in the transaction of a document: it stays with the document, or not at all.</summary>
public sealed class AlongWrite
{
    internal AlongWrite(Func<NpgsqlConnection, CancellationToken, Task> write) => Write = write;

    internal Func<NpgsqlConnection, CancellationToken, Task> Write { get; }
}
