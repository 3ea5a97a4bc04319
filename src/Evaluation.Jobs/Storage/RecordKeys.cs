using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// Fingerprints of the records of a document, sorted, with their lines. They lie in the database in buckets until the
/// document is complete, so that no process needs all of them in memory.
/// </summary>
internal static class RecordKeys
{
    public const int Buckets = 16;
    private const int BucketShift = 60;
    private const int EntryLength = sizeof(ulong) + sizeof(int);

    public static int BucketOf(ulong key) => (int)(key >> BucketShift);

    /// <summary>First the keys, then the lines.</summary>
    public static byte[] Pack(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> lines)
    {
        var packed = new byte[keys.Length * EntryLength];
        MemoryMarshal.AsBytes(keys).CopyTo(packed);
        MemoryMarshal.AsBytes(lines).CopyTo(packed.AsSpan(keys.Length * sizeof(ulong)));
        return packed;
    }

    /// <summary>Lines that share a fingerprint, in order; most buckets have none.</summary>
    public static IEnumerable<IReadOnlyList<int>> Shared(IReadOnlyList<byte[]> packed)
    {
        var count = packed.Sum(one => one.Length / EntryLength);
        var keys = new ulong[count];
        var lines = new int[count];
        var at = 0;
        foreach (var one in packed)
        {
            var many = one.Length / EntryLength;
            MemoryMarshal.Cast<byte, ulong>(one.AsSpan(0, many * sizeof(ulong))).CopyTo(keys.AsSpan(at));
            MemoryMarshal.Cast<byte, int>(one.AsSpan(many * sizeof(ulong))).CopyTo(lines.AsSpan(at));
            at += many;
        }

        Array.Sort(keys, lines);
        return Runs(keys).Select(run => (IReadOnlyList<int>)[.. lines[run].Order()]);
    }

    /// <summary>Stretches of equal keys longer than one, in sorted keys.</summary>
    public static IEnumerable<Range> Runs(ulong[] keys)
    {
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from]) to++;
            if (to - from > 1) yield return from..to;
            from = to;
        }
    }
}
