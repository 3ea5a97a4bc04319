using System.Text;

namespace Evaluation.Jobs.Collecting;

/// <summary>How a file begins, for telling its format by its content. Gzip is looked into.</summary>
/// <param name="Path">Where the file is.</param>
/// <param name="Name">Its file name.</param>
/// <param name="Bytes">Its first bytes, unpacked.</param>
/// <param name="Text">The same as text, without byte-order mark and leading blanks.</param>
internal sealed record FileHead(string Path, string Name, byte[] Bytes, string Text)
{
    private const int Length = 4096;

    /// <exception cref="ImportException">The file cannot be opened.</exception>
    public static FileHead Of(string path)
    {
        var head = new byte[Length];
        var read = 0;
        try
        {
            using var stream = SourceFile.Open(path);
            while (read < Length && stream.Read(head, read, Length - read) is var more and > 0) read += more;
        }
        catch (InvalidDataException)
        {
            // It begins like gzip and is none, or ends too early: what came before tells the format, and the reader of
            // the format tells the damage.
        }

        var bytes = head[..read];
        var text = EncodingOf(bytes).GetString(bytes).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        return new FileHead(path, System.IO.Path.GetFileName(path), bytes, text);
    }

    /// <summary>UTF-16 shows itself by its mark, or by the NUL beside the first letter.</summary>
    private static Encoding EncodingOf(byte[] bytes) => bytes switch
    {
        [0xFE, 0xFF, ..] or [0, > 0, 0, > 0, ..] => Encoding.BigEndianUnicode,
        [0xFF, 0xFE, ..] or [> 0, 0, > 0, 0, ..] => Encoding.Unicode,
        _ => Encoding.UTF8,
    };
}
