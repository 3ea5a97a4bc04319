using System.Runtime.InteropServices;
using System.Text;

namespace Evaluation.Jobs.Storage;

/// <summary>Service records of one part of a document on their way into the database, without an object a record.</summary>
internal sealed class StagedRecords
{
    private readonly List<StagedRecord> records = [];
    private readonly Dictionary<(string Category, string Unit, string Resource), int> resources = [];
    private readonly NameList texts = new();
    private byte[] bytes = new byte[1 << 16];
    private int used;

    public Span<StagedRecord> Records => CollectionsMarshal.AsSpan(records);

    /// <summary>Resources in the order of their places.</summary>
    public List<(string Category, string Unit, string Resource)> Resources { get; } = [];

    public IReadOnlyList<string> Texts => texts.Names;

    public int OpenSessions { get; private set; }

    public int ResourceAt(string category, string unit, string resource)
    {
        var key = (category, unit, resource);
        if (resources.TryGetValue(key, out var place)) return place;
        resources.Add(key, place = Resources.Count);
        Resources.Add(key);
        return place;
    }

    public int TextAt(ReadOnlySpan<byte> text) => text.IsEmpty ? -1 : texts.At(text);

    public ReadOnlySpan<byte> Bytes((int Offset, int Length) place) => bytes.AsSpan(place.Offset, place.Length);

    public (int Offset, int Length) Keep(ReadOnlySpan<byte> text)
    {
        if (used + text.Length > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + text.Length));
        text.CopyTo(bytes.AsSpan(used));
        used += text.Length;
        return (used - text.Length, text.Length);
    }

    public void Add(in StagedRecord record)
    {
        records.Add(record);
        if (record.End == StagedRecord.Nothing) OpenSessions++;
    }

    /// <summary>Makes room for so many records.</summary>
    public void Expect(int many) => records.EnsureCapacity(many);

    /// <summary>A record that was read as an object.</summary>
    public void Add(ServiceRecord record, int at = 0)
    {
        var number = Encoding.UTF8.GetBytes(record.Record);
        Add(new StagedRecord
        {
            Start = record.Start.Ticks,
            End = record.End?.Ticks ?? StagedRecord.Nothing,
            FeeFen = Scaled(record.Fee, 100m),
            QuantityMillionths = Scaled(record.Quantity, ServiceRecordStore.Millionths),
            Key = RecordKey.Of(RecordKey.Of(0, Encoding.UTF8.GetBytes(record.Unit)), number),
            Line = record.Line,
            At = at,
            Resource = ResourceAt(record.Category, record.Unit, record.Resource),
            User = TextAt(Encoding.UTF8.GetBytes(record.User ?? "")),
            Way = TextAt(Encoding.UTF8.GetBytes(record.Way ?? "")),
            Purpose = TextAt(Encoding.UTF8.GetBytes(record.Purpose ?? "")),
            Record = Keep(number),
            Invoice = Keep(Encoding.UTF8.GetBytes(record.Invoice ?? "")),
            Scope = (byte)record.Scope,
            Kind = (byte)record.Kind,
            Related = record.Related switch { false => 0, true => 1, null => 2 },
        });
    }

    /// <summary>Takes out the records at some places; the order of the others stays.</summary>
    public void Remove(IReadOnlySet<int> places)
    {
        if (places.Count == 0) return;
        var kept = 0;
        for (var place = 0; place < records.Count; place++)
        {
            if (places.Contains(place)) OpenSessions -= records[place].End == StagedRecord.Nothing ? 1 : 0;
            else records[kept++] = records[place];
        }

        records.RemoveRange(kept, records.Count - kept);
    }

    public void Clear()
    {
        records.Clear();
        resources.Clear();
        Resources.Clear();
        texts.Clear();
        used = 0;
        OpenSessions = 0;
    }

    private static long Scaled(decimal? number, decimal times) => number is { } value
        ? (long)Math.Round(value * times, MidpointRounding.AwayFromZero)
        : StagedRecord.Nothing;
}
