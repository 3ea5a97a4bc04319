using System.Text;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting.Records;

/// <summary>
/// The text of a file of service records as UTF-8. A plain file is its own text, and one can go to every part of it; a
/// file that is packed or in another encoding is unpacked and decoded on the way, from its beginning.
/// </summary>
internal sealed class RecordText
{
    private const int SkippedAtOnce = 1 << 16;

    private readonly RecognisedFile file;
    private readonly Encoding? encoding;

    private RecordText(RecognisedFile file, Encoding? encoding) => (this.file, this.encoding) = (file, encoding);

    /// <summary>Whether the profile leaves it open that a file is its own text.</summary>
    public static bool MayBePlain(RecognisedFile file) =>
        file.Profile.Encoding.ToLowerInvariant() is "auto" or "utf-8" or "utf8";

    /// <summary>The file taken for its own text.</summary>
    public static RecordText Plain(RecognisedFile file) => new(file, null);

    /// <summary>The unpacked and decoded text; null where there is nothing to unpack or decode.</summary>
    public static RecordText? Decoded(RecognisedFile file)
    {
        var text = new RecordText(file, TextEncoding.Of(file.Path, file.Profile.Encoding));
        using var stream = text.Open();
        return stream is FileStream ? null : text;
    }

    public Stream Open() =>
        encoding is null ? SourceFile.OpenPlain(file.Path) : TextEncoding.OpenUtf8(file.Path, encoding);

    /// <summary>The bytes of one part.</summary>
    public byte[] Read(RecordPart part) => Read([part]).Single().Bytes;

    /// <summary>The bytes of parts, which come in their order: the file is gone through once.</summary>
    public IEnumerable<(RecordPart Part, byte[] Bytes)> Read(IEnumerable<RecordPart> parts)
    {
        using var stream = Open();
        long at = 0;
        foreach (var part in parts)
        {
            Skip(stream, part.From - at);
            var bytes = new byte[part.To - part.From];
            stream.ReadExactly(bytes);
            at = part.To;
            yield return (part, bytes);
        }
    }

    private static void Skip(Stream stream, long bytes)
    {
        if (stream.CanSeek)
        {
            stream.Seek(bytes, SeekOrigin.Current);
            return;
        }

        var passed = new byte[(int)Math.Min(bytes, SkippedAtOnce)];
        for (; bytes > 0; bytes -= passed.Length) stream.ReadExactly(passed, 0, (int)Math.Min(bytes, passed.Length));
    }
}
