using Npgsql;
using NpgsqlTypes;

namespace Evaluation.Jobs.Storage;

/// <summary>Values that may be absent, on their way through a binary COPY.</summary>
internal static class Copying
{
    public static Task WriteText(this NpgsqlBinaryImporter copy, string? text, CancellationToken cancel) =>
        text is null ? copy.WriteNullAsync(cancel) : copy.WriteAsync(text, NpgsqlDbType.Text, cancel);

    public static Task WriteNumber(this NpgsqlBinaryImporter copy, decimal? number, CancellationToken cancel) =>
        number is { } value ? copy.WriteAsync(value, NpgsqlDbType.Numeric, cancel) : copy.WriteNullAsync(cancel);

    public static Task WriteDay(this NpgsqlBinaryImporter copy, DateOnly? day, CancellationToken cancel) =>
        day is { } value ? copy.WriteAsync(value, NpgsqlDbType.Date, cancel) : copy.WriteNullAsync(cancel);

    public static Task WriteFlag(this NpgsqlBinaryImporter copy, bool? flag, CancellationToken cancel) =>
        flag is { } value ? copy.WriteAsync(value, NpgsqlDbType.Boolean, cancel) : copy.WriteNullAsync(cancel);
}
