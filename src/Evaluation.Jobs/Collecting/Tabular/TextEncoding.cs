using System.Text;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>
/// The encoding of a text file: a byte order mark says it; else what is valid UTF-8 is UTF-8; else it is GB18030, in
/// which Chinese spreadsheets are saved. A named encoding is taken at its word. Bytes that fit nothing are refused.
/// </summary>
internal static class TextEncoding
{
    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static StreamReader Open(string path, string named)
    {
        var encoding = Choose(path, named);
        return new StreamReader(SourceFile.Open(path), encoding, detectEncodingFromByteOrderMarks: true);
    }

    /// <summary>
    /// The same text as UTF-8 bytes, for readers of JSON and XML, transcoded on the way where it is another.
    /// </summary>
    public static Stream OpenUtf8(string path, string named) => OpenUtf8(path, Of(path, named));

    /// <summary>The encoding of a file; all of the file is looked at.</summary>
    public static Encoding Of(string path, string named) => MarkOf(path) ?? Choose(path, named);

    /// <summary>The same, of a file whose encoding is known.</summary>
    public static Stream OpenUtf8(string path, Encoding encoding)
    {
        var stream = SourceFile.Open(path);
        return encoding.CodePage == Encoding.UTF8.CodePage
            ? stream
            : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
    }

    private static Encoding? MarkOf(string path)
    {
        using var stream = SourceFile.Open(path);
        Span<byte> mark = stackalloc byte[2];
        var read = stream.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        return mark[..read] switch
        {
            [0xFF, 0xFE] => Encoding.Unicode,
            [0xFE, 0xFF] => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    private static Encoding Choose(string path, string named)
    {
        if (!named.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            var chosen = Strict(named);
            return Fits(path, chosen, out var line) ? chosen : throw new ImportException(
                $"{Name(path)} 第 {line} 行的字节不是有效的 {named}。请在导入配置中改正 encoding，或重新保存文件。",
                $"{Name(path)}, line {line}: bytes that are not valid {named}. Correct 'encoding' in the import profile, or "
                + "save the file again.");
        }

        var utf8 = Strict("utf-8");
        if (HasMark(path) || Fits(path, utf8, out var firstWrong)) return utf8;
        var gb18030 = Strict("gb18030");
        return Fits(path, gb18030, out _) ? gb18030 : throw new ImportException(
            $"{Name(path)} 第 {firstWrong} 行的字节既不是 UTF-8 也不是 GB18030。请用 UTF-8 重新保存，或在导入配置中写明 encoding。",
            $"{Name(path)}, line {firstWrong}: bytes that are neither UTF-8 nor GB18030. Save the file as UTF-8, or name "
            + "its encoding in the import profile.");
    }

    /// <summary>An encoding that refuses bytes which do not belong to it.</summary>
    public static Encoding Strict(string name) =>
        Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static bool HasMark(string path)
    {
        using var stream = SourceFile.Open(path);
        Span<byte> mark = stackalloc byte[3];
        var read = stream.ReadAtLeast(mark, 3, throwOnEndOfStream: false);
        return mark[..read] is [0xEF, 0xBB, 0xBF] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
    }

    private static bool Fits(string path, Encoding encoding, out int line)
    {
        using var stream = SourceFile.Open(path);
        var decoder = encoding.GetDecoder();
        var bytes = new byte[1 << 16];
        var chars = new char[encoding.GetMaxCharCount(bytes.Length)];
        line = 1;
        try
        {
            int read;
            while ((read = stream.Read(bytes)) > 0)
            {
                // Counted before decoding, so that a refusal names a line of this block at the latest.
                var decoded = decoder.GetChars(bytes.AsSpan(0, read), chars, flush: false);
                line += chars.AsSpan(0, decoded).Count('\n');
            }

            decoder.GetChars([], chars, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            line += LinesBeforeFault(bytes, encoding);
            return false;
        }
    }

    /// <summary>Decodes the refused block line by line, to say which line it is.</summary>
    private static int LinesBeforeFault(byte[] block, Encoding encoding)
    {
        var lines = 0;
        for (var start = 0; start < block.Length; lines++)
        {
            var length = block.AsSpan(start).IndexOf((byte)'\n') is var end and >= 0 ? end + 1 : block.Length - start;
            try
            {
                encoding.GetCharCount(block, start, length);
            }
            catch (DecoderFallbackException)
            {
                return lines;
            }

            start += length;
        }

        return lines;
    }

    private static string Name(string path) => Path.GetFileName(path);
}
