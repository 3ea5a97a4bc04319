using CsvHelper;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>A row of a CSV file: the line it begins on, and its fields.</summary>
internal sealed record CsvRow(int Line, string[] Fields, bool BadQuotes);

/// <summary>
/// Rows of a CSV file, with the lines they begin on. A field in quotes may span lines. A row is looked at in place,
/// as bytes, or taken as texts.
/// </summary>
internal sealed class CsvRows : ITableRows
{
    private const int LargestRow = 4_000_000;

    private readonly CsvReader reader;
    private readonly string name;
    private readonly long linesBefore;
    private readonly HashSet<long> badQuotes = [];

    public CsvRows(TextReader text, string delimiter, string name)
    {
        this.name = name;
        reader = CsvReader.Create(text, Options(delimiter));
    }

    /// <summary>Rows of a part of a file, as UTF-8; so many lines of the file stand before it.</summary>
    public CsvRows(ReadOnlyMemory<byte> part, string delimiter, string name, long linesBefore)
    {
        this.name = name;
        this.linesBefore = linesBefore;
        reader = CsvReader.Create(part, Options(delimiter));
    }

    public int FieldCount => reader.FieldCount;

    /// <summary>The line the current row begins on.</summary>
    public int Line => (int)(reader.LineNumber + linesBefore);

    /// <summary>The byte of the part the current row begins on.</summary>
    public int At => (int)reader.ByteOffset;

    /// <summary>Whether quotes of the current row are misplaced.</summary>
    public bool BadQuotes => badQuotes.Count > 0 && badQuotes.Contains(reader.LineNumber);

    /// <summary>A field of the current row, trimmed, as UTF-8; valid until the next row.</summary>
    public ReadOnlySpan<byte> Field(int place) => reader.GetSpan(place);

    /// <summary>Goes to the next row, blank or not.</summary>
    public bool Advance()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException endless)
        {
            var line = endless.LineNumber + linesBefore;
            throw new ImportException(
                $"{name} 第 {line} 行起的一行过长：多半是引号没有配对。请改正后重试。",
                $"{name}: the row that begins on line {line} is too long, probably because a quote in it is "
                + "never closed. Mend it and try again.",
                endless);
        }
    }

    /// <summary>The current row as texts, or null when it is blank.</summary>
    public CsvRow? Current()
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++) fields[i] = reader.GetString(i);
        if (Array.TrueForAll(fields, string.IsNullOrWhiteSpace)) return null;
        return new CsvRow(Line, fields, BadQuotes);
    }

    /// <summary>The next row that is not blank, or null at the end.</summary>
    public CsvRow? Next()
    {
        while (Advance())
        {
            if (Current() is { } row) return row;
        }

        return null;
    }

    public void Dispose() => reader.Dispose();

    private CsvReaderOptions Options(string delimiter) => delimiter.Length == 1
        ? new CsvReaderOptions
        {
            Separator = delimiter[0],
            HasHeader = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            TrackLineNumbers = true,
            MaxRecordSize = LargestRow,
            OnMalformedRecord = malformed => badQuotes.Add(malformed.LineNumber),
        }
        : throw new ImportException(
            $"分隔符“{delimiter}”不是一个字符。请改正导入配置的 delimiter。",
            $"The delimiter '{delimiter}' is not one character. Correct 'delimiter' in the import profile.");
}
