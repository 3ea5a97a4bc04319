using System.Buffers.Binary;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// A fingerprint of texts in 64 bits: the same on every machine and in every process. Equal fingerprints are a reason
/// to compare the texts, never a proof.
/// </summary>
internal static class RecordKey
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static ulong Of(ulong before, ReadOnlySpan<byte> text)
    {
        unchecked
        {
            var key = Mix(before + Prime + (ulong)text.Length);
            while (text.Length >= sizeof(ulong))
            {
                key = Mix(key ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
                text = text[sizeof(ulong)..];
            }

            ulong rest = 0;
            foreach (var unit in text) rest = (rest << 8) | unit;
            return Mix(key ^ rest);
        }
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 32)) * Prime;
            value = (value ^ (value >> 29)) * 0xBF58476D1CE4E5B9;
            return value ^ (value >> 32);
        }
    }
}
