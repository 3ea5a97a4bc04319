using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Evaluation.Jobs.Demo;

/// <summary>
/// The rows of <c>service_records.csv</c> as bytes, without a text a row; blocks of instruments are made side by side and
/// written in their order.
/// </summary>
internal sealed class RecordRows(DemoPopulation population)
{
    public const string Header = "record,unit,instrument,start,end,scope,user_unit,fee_yuan,purpose,invoice";

    private const int BlockOfInstruments = 64;
    private const int LongestRow = 512;

    // What real logs hold, one record in so many.
    private const int BrokenOneIn = 5000;
    private const int RepeatedOneIn = 9000;
    private const int OpenOneIn = 40_000;
    private const int InvoicedOneIn = 8;
    private const int InvoiceUsedAgainOneIn = 4096;
    private const int StatutoryOneIn = 500;

    private static readonly byte[][] Purposes = [.. new[] { "科学研究", "科学研究", "科技开发", "教学" }.Select(Encoding.UTF8.GetBytes)];

    private readonly DateTime begin = population.Period.From.ToDateTime(TimeOnly.MinValue);

    public void Write(Stream stream, CancellationToken cancellation)
    {
        stream.Write(Encoding.UTF8.GetBytes(Header + "\n"));
        var blocks = population.Instruments.Chunk(BlockOfInstruments).AsParallel().AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).WithCancellation(cancellation).Select(RowsOf);
        foreach (var block in blocks) stream.Write(block.Span);
    }

    private ReadOnlyMemory<byte> RowsOf(DemoInstrument[] instruments)
    {
        var rows = new RowBuffer(instruments.Sum(instrument => instrument.Records) * 128);
        foreach (var instrument in instruments)
        {
            var names = new InstrumentNames(instrument);
            foreach (var session in ServiceSessions.Of(instrument, population))
            {
                var from = rows.Used;
                Row(rows, names, session);
                if (session.Record % RepeatedOneIn == 0) rows.Repeat(from);
            }
        }

        return rows.Written;
    }

    // An impossible day, an end before the start, a fee with words, a scope nobody defined, a session without an end.
    private void Row(RowBuffer rows, InstrumentNames names, ServiceSession session)
    {
        rows.Reserve(LongestRow);
        var dirt = session.Record % BrokenOneIn == BrokenOneIn - 1 ? (int)(session.Record / BrokenOneIn % 4) : -1;
        rows.Text("R"u8);
        rows.Number(session.Record, 8);
        rows.Text(names.UnitAndInstrument);
        rows.Time(begin.AddMinutes(dirt == 1 ? session.End : session.Start), impossibleDay: dirt == 0);
        rows.Text(","u8);
        if (session.Record % OpenOneIn != OpenOneIn / 2) rows.Time(begin.AddMinutes(dirt == 1 ? session.Start : session.End), false);
        rows.Text(dirt == 3 ? ",外协,"u8 : session.External ? ",external,"u8 : ",internal,"u8);
        if (session.External)
        {
            rows.Text("示例用户单位 "u8);
            rows.Number(session.User, 2);
        }
        else
        {
            rows.Text(names.Own);
        }

        rows.Text(","u8);
        rows.Number(session.FeeYuan, 1);
        if (dirt == 2) rows.Text("元整"u8);
        rows.Text(","u8);
        var statutory = session.External && session.Record % StatutoryOneIn == 1;
        rows.Text(statutory ? "法定检测"u8 : Purposes[session.Record % Purposes.Length]);
        rows.Text(","u8);
        if (session.FeeYuan > 0 && session.Record % InvoicedOneIn == 0)
        {
            rows.Text("FP"u8);
            rows.Number(session.Record % InvoiceUsedAgainOneIn == 0 ? InvoicedOneIn : session.Record, 8);
        }

        rows.Text("\n"u8);
    }

    /// <summary>Texts that all rows of an instrument share.</summary>
    private sealed class InstrumentNames(DemoInstrument instrument)
    {
        public byte[] UnitAndInstrument { get; } = Encoding.UTF8.GetBytes($",{instrument.Unit.Id},{instrument.Id},");

        public byte[] Own { get; } = Encoding.UTF8.GetBytes(instrument.Unit.Name.Zh);
    }

    private sealed class RowBuffer(int expected)
    {
        private byte[] bytes = new byte[Math.Max(expected, LongestRow)];

        public int Used { get; private set; }

        public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Used);

        public void Reserve(int length)
        {
            if (Used + length > bytes.Length) Array.Resize(ref bytes, bytes.Length * 2);
        }

        public void Text(ReadOnlySpan<byte> text)
        {
            text.CopyTo(bytes.AsSpan(Used));
            Used += text.Length;
        }

        public void Number(long number, int digits)
        {
            Utf8Formatter.TryFormat(number, bytes.AsSpan(Used), out var written, new StandardFormat('D', (byte)digits));
            Used += written;
        }

        public void Time(DateTime time, bool impossibleDay)
        {
            Number(time.Year, 4);
            Text("-"u8);
            Number(impossibleDay ? 2 : time.Month, 2);
            Text("-"u8);
            Number(impossibleDay ? 30 : time.Day, 2);
            Text(" "u8);
            Number(time.Hour, 2);
            Text(":"u8);
            Number(time.Minute, 2);
        }

        public void Repeat(int from)
        {
            var length = Used - from;
            Reserve(length);
            Text(bytes.AsSpan(from, length).ToArray());
        }
    }
}
