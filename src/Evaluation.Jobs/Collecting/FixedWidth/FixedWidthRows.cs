using System.Text;
using Evaluation.Jobs.Collecting.Tabular;

namespace Evaluation.Jobs.Collecting.FixedWidth;

/// <summary>
/// Rows of a fixed-width file. Its widths are of bytes: a row is cut first and decoded then, field by field, because a
/// decoded Han character would move every field behind it.
/// </summary>
internal sealed class FixedWidthRows(RecognisedFile file) : ITableRows
{
    private const int LargestRow = 1 << 16;

    private readonly IEnumerator<CsvRow> rows = Of(file).GetEnumerator();

    public CsvRow? Next() => rows.MoveNext() ? rows.Current : null;

    public void Dispose() => rows.Dispose();

    /// <summary>The names of the columns as a header on line 0, then the rows of the file.</summary>
    private static IEnumerable<CsvRow> Of(RecognisedFile file)
    {
        var columns = FixedWidthLayout.Of(file.Profile);
        var encoding = TextEncoding.Strict(file.Profile.Encoding == "auto" ? "gb18030" : file.Profile.Encoding);
        yield return new CsvRow(0, [.. columns.Select(column => column.Name)], false);
        var line = 0;
        foreach (var row in Lines(file))
        {
            line++;
            if (row.Length == 0) continue;
            yield return new CsvRow(line, Fields(row, columns, encoding), false);
        }
    }

    /// <summary>
    /// The fields of a row; where it does not fit the layout, what it says as one field, which is refused.
    /// </summary>
    private static string[] Fields(byte[] row, IReadOnlyList<FixedWidthColumn> columns, Encoding encoding)
    {
        var last = columns[^1];
        // Editors take blanks from the end of a line; a row may be short within its last column.
        var fits = row.Length > last.Start && row.Length <= last.Start + last.Width;
        if (!fits) return [Encoding.Latin1.GetString(row)];
        try
        {
            return [.. columns.Select(column => encoding
                .GetString(row, column.Start, Math.Min(column.Width, row.Length - column.Start)).Trim())];
        }
        catch (DecoderFallbackException)
        {
            return [Encoding.Latin1.GetString(row)];
        }
    }

    private static IEnumerable<byte[]> Lines(RecognisedFile file)
    {
        using var stream = new BufferedStream(SourceFile.Open(file.Path), LargestRow);
        var row = new List<byte>();
        int next;
        while ((next = stream.ReadByte()) >= 0)
        {
            if (next == '\n')
            {
                yield return Ended(row);
                row.Clear();
                continue;
            }

            row.Add((byte)next);
            if (row.Count > LargestRow)
            {
                throw new ImportException(
                    $"{file.Name} 有一行超过 {LargestRow} 字节：不是定宽文件，或换行已丢失。",
                    $"{file.Name} has a line of more than {LargestRow} bytes: it is no fixed-width file, or its line ends were lost.");
            }
        }

        if (row.Count > 0) yield return Ended(row);
    }

    // CRLF; and the end-of-file mark of old editors.
    private static byte[] Ended(List<byte> row)
    {
        while (row.Count > 0 && row[^1] is (byte)'\r' or 0x1A) row.RemoveAt(row.Count - 1);
        return [.. row];
    }
}
