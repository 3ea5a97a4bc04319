using System.Buffers.Binary;
using System.Globalization;
using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// Writes staged service records through COPY, in PostgreSQL's binary form. The bytes are laid out here, row by row,
/// because a call a value would cost more than all the rest of reading a record.
/// </summary>
internal sealed class ServiceRecordCopy(Stream copy, int document, int home, int[] resources, int[] texts)
{
    private const int FixedPart = 256;
    private const short Columns = 16;
    private const int Progress = 4096;

    private static readonly byte[] Head = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    // PostgreSQL counts microseconds from the beginning of a year of its own.
    private static readonly long Epoch = DateTime.UnixEpoch.AddDays(10_957).Ticks;

    private byte[] buffer = new byte[1 << 17];
    private int used;

    public static async Task Write(
        NpgsqlConnection connection, int document, int home, StagedRecords records, int[] resources, int[] texts,
        Action<int>? progress, CancellationToken cancel)
    {
        var table = string.Create(CultureInfo.InvariantCulture, $"service_records_{home}");
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"""
            copy {table} (started, ended, fee_fen, quantity_millionths, document_number, line, resource, used_by, way, purpose,
                          home, scope, kind, related, record, invoice) from stdin (format binary)
            """,
            cancel);
        await new ServiceRecordCopy(copy, document, home, resources, texts).Write(records, progress, cancel);
    }

    private async Task Write(StagedRecords records, Action<int>? progress, CancellationToken cancel)
    {
        Head.CopyTo(buffer, 0);
        used = Head.Length;
        var count = records.Records.Length;
        for (var from = 0; from < count; from += Progress)
        {
            cancel.ThrowIfCancellationRequested();
            var many = Math.Min(Progress, count - from);
            for (var place = from; place < from + many; place++)
            {
                Row(records, in records.Records[place]);
                // A short wait for every full buffer, not for every row.
                if (used > buffer.Length / 2) await Flush(cancel);
            }

            progress?.Invoke(many);
        }

        Short(-1);
        await Flush(cancel);
    }

    private async ValueTask Flush(CancellationToken cancel)
    {
        await copy.WriteAsync(buffer.AsMemory(0, used), cancel);
        used = 0;
    }

    private void Row(StagedRecords records, in StagedRecord record)
    {
        var needed = used + FixedPart + record.Record.Length + record.Invoice.Length;
        if (needed > buffer.Length) Array.Resize(ref buffer, Math.Max(needed, buffer.Length * 2));
        Short(Columns);
        Time(record.Start);
        Time(record.End);
        Long(record.FeeFen);
        Long(record.QuantityMillionths);
        Int(document);
        Int(record.Line);
        Int(resources[record.Resource]);
        TextNumber(record.User);
        TextNumber(record.Way);
        TextNumber(record.Purpose);
        Int(home);
        Small(record.Scope);
        Small(record.Kind);
        Flag(record.Related);
        Text(records.Bytes(record.Record));
        if (record.Invoice.Length == 0) Null();
        else Text(records.Bytes(record.Invoice));
    }

    private void Time(long ticks) =>
        Long(ticks == StagedRecord.Nothing ? ticks : (ticks - Epoch) / TimeSpan.TicksPerMicrosecond);

    private void Long(long value)
    {
        if (value == StagedRecord.Nothing)
        {
            Null();
            return;
        }

        Raw(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(used), value);
        used += sizeof(long);
    }

    private void Int(int value)
    {
        Raw(sizeof(int));
        Raw(value);
    }

    private void Small(short value)
    {
        Raw(sizeof(short));
        Short(value);
    }

    private void TextNumber(int place)
    {
        if (place < 0) Null();
        else Int(texts[place]);
    }

    private void Flag(byte flag)
    {
        if (flag > 1)
        {
            Null();
            return;
        }

        Raw(1);
        buffer[used++] = flag;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        Raw(text.Length);
        text.CopyTo(buffer.AsSpan(used));
        used += text.Length;
    }

    private void Null() => Raw(-1);

    private void Raw(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(used), value);
        used += sizeof(int);
    }

    private void Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(buffer.AsSpan(used), value);
        used += sizeof(short);
    }
}
