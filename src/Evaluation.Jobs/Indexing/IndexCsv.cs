using System.Globalization;
using CsvHelper;
using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Indexing;

/// <summary>A CSV file of an index, read as a whole: a header, then rows that all have as many fields.</summary>
internal sealed class IndexCsv
{
    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    private readonly string file;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<(int Line, string[] Fields)> rows = [];

    private IndexCsv(string file) => this.file = file;

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>The rows.</summary>
    public int Count => rows.Count;

    /// <summary>What was found wrong so far; <see cref="RefuseIfWrong"/> says it.</summary>
    public List<IndexProblem> Problems { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="IndexInputException">It is not such a table, or lacks a column.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IndexCsv Read(string path, params IReadOnlyList<string> required)
    {
        var table = new IndexCsv(path);
        using (var csv = CsvReader.Create(new StringReader(File.ReadAllText(path).TrimStart('\uFEFF')), Options)) table.Fill(csv);
        foreach (var column in required.Where(column => !table.Has(column)))
        {
            table.Problems.Add(new(1, column, $"there is no column {column}", "add it; names count with upper and lower case"));
        }

        table.RefuseIfWrong();
        return table;
    }

    public bool Has(string column) => places.ContainsKey(column);

    public int LineOf(int row) => rows[row].Line;

    /// <summary>A field as it stands; empty where the column is absent.</summary>
    public string Text(int row, string column) => places.TryGetValue(column, out var place) ? rows[row].Fields[place] : "";

    /// <summary>A field that may say nothing: null where it is empty or NA.</summary>
    public string? Word(int row, string column) => Text(row, column) is { Length: > 0 } and not "NA" and var text ? text : null;

    /// <summary>A field that is a number; NaN where it is empty or NA. Anything else becomes a problem.</summary>
    public double Number(int row, string column)
    {
        if (Word(row, column) is not { } text) return double.NaN;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        Problems.Add(new(LineOf(row), column, $"'{text}' is not a number",
            "write digits with a point for decimals; leave the field empty where the value is not known"));
        return double.NaN;
    }

    /// <summary>A field that must be a number.</summary>
    public double NeededNumber(int row, string column)
    {
        if (Word(row, column) is null) Problems.Add(new(LineOf(row), column, "the field is empty", "write a number"));
        return Number(row, column);
    }

    /// <exception cref="IndexInputException">Something was found wrong.</exception>
    public void RefuseIfWrong()
    {
        if (Problems.Count > 0) throw new IndexInputException(file, [.. Problems.OrderBy(problem => problem.Line)]);
    }

    private void Fill(CsvReader csv)
    {
        try
        {
            if (!csv.Read()) Problems.Add(new(1, "", "the file is empty", "start with a header that names the columns"));
            else Header = Fields(csv);
            foreach (var (place, name) in Header.Index())
            {
                if (!places.TryAdd(name, place)) Problems.Add(new(1, name, "the column stands twice", "keep one of the two"));
            }

            while (csv.Read()) AddRow((int)csv.LineNumber, Fields(csv));
        }
        catch (CsvFormatException broken)
        {
            Problems.Add(new((int)broken.LineNumber, "", "a quote stands where none can stand",
                "put the whole field in quotes and double the quotes in it"));
        }
    }

    private void AddRow(int line, string[] fields)
    {
        if (Array.TrueForAll(fields, string.IsNullOrEmpty)) return;
        if (fields.Length == Header.Count) rows.Add((line, fields));
        else
        {
            Problems.Add(new(line, "", $"the row has {fields.Length} fields, the header {Header.Count}", "add or remove commas"));
        }
    }

    private static string[] Fields(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
}
