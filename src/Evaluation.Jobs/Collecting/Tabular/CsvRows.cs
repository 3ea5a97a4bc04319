using CsvHelper;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>A row of a CSV file: the line it begins on, and its fields.</summary>
internal sealed record CsvRow(int Line, string[] Fields, bool BadQuotes);

/// <summary>Rows of a CSV file, with the lines they begin on. A field in quotes may span lines.</summary>
internal sealed class CsvRows : IDisposable
{
    private const int LargestRow = 4_000_000;

    private readonly CsvReader reader;
    private readonly string name;
    private readonly HashSet<long> badQuotes = [];

    public CsvRows(TextReader text, string delimiter, string name)
    {
        this.name = name;
        if (delimiter.Length != 1)
        {
            throw new ImportException(
                $"分隔符“{delimiter}”不是一个字符。请改正导入配置的 delimiter。",
                $"The delimiter '{delimiter}' is not one character. Correct 'delimiter' in the import profile.");
        }

        reader = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = delimiter[0],
            HasHeader = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            TrackLineNumbers = true,
            MaxRecordSize = LargestRow,
            OnMalformedRecord = malformed => badQuotes.Add(malformed.LineNumber),
        });
    }

    /// <summary>The next row that is not blank, or null at the end.</summary>
    public CsvRow? Next()
    {
        try
        {
            while (reader.Read())
            {
                var fields = new string[reader.FieldCount];
                for (var i = 0; i < fields.Length; i++) fields[i] = reader.GetString(i);
                if (Array.TrueForAll(fields, string.IsNullOrWhiteSpace)) continue;
                return new CsvRow((int)reader.LineNumber, fields, badQuotes.Remove(reader.LineNumber));
            }

            return null;
        }
        catch (CsvFormatException endless)
        {
            throw new ImportException(
                $"{name} 第 {endless.LineNumber} 行起的一行过长：多半是引号没有配对。请改正后重试。",
                $"{name}: the row that begins on line {endless.LineNumber} is too long, probably because a quote in it is "
                + "never closed. Mend it and try again.",
                endless);
        }
    }

    public void Dispose() => reader.Dispose();
}
