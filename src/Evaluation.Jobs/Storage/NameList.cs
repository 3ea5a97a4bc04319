using System.Text;

namespace Evaluation.Jobs.Storage;

/// <summary>Different texts in the order in which they were met; a text met again, as UTF-8, makes no object.</summary>
internal sealed class NameList
{
    private readonly Dictionary<byte[], int> places;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> byBytes;
    private readonly List<string> names = [];

    public NameList()
    {
        places = new Dictionary<byte[], int>(new Utf8Comparer());
        byBytes = places.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public IReadOnlyList<string> Names => names;

    public int At(ReadOnlySpan<byte> text)
    {
        if (byBytes.TryGetValue(text, out var place)) return place;
        byBytes[text] = names.Count;
        names.Add(Encoding.UTF8.GetString(text));
        return names.Count - 1;
    }

    public bool TryFind(ReadOnlySpan<byte> text, out int place) => byBytes.TryGetValue(text, out place);

    public void Clear()
    {
        places.Clear();
        names.Clear();
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode(byte[] text) => GetHashCode(text.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> text) => text.ToArray();

        public bool Equals(ReadOnlySpan<byte> text, byte[] other) => text.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> text)
        {
            var key = RecordKey.Of(0, text);
            return unchecked((int)(key ^ (key >> 32)));
        }
    }
}
