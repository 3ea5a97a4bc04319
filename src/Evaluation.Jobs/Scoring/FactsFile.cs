using CsvHelper;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Jobs.Scoring;

/// <summary>Reads the facts of the <c>score</c> command: a table (CSV) or nested lists (JSON).</summary>
public static class FactsFile
{
    private const string UnitColumn = "unit";

    // The header is read as a row, so that an unknown column is told with its place.
    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    /// <summary>The facts of a file; its name ends with <c>.json</c> or <c>.csv</c>.</summary>
    /// <exception cref="FactFileException">Something in it is wrong; names line and column.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<UnitFacts> Read(string path, IReadOnlyDictionary<string, Metric> metrics)
    {
        var text = File.ReadAllText(path);
        return Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)
            ? FactFiles.ReadJson(path, text, metrics)
            : ReadCsv(path, text, metrics);
    }

    /// <summary>
    /// The facts of a table: column <c>unit</c>, then one column a metric; an empty cell is a missing value. Or of the
    /// observations that <c>import --out</c> wrote, known by their header.
    /// </summary>
    /// <exception cref="FactFileException">Something in it is wrong; names line and field.</exception>
    public static IReadOnlyList<UnitFacts> ReadCsv(
        string file, string text, IReadOnlyDictionary<string, Metric> metrics)
    {
        var problems = new List<FactProblem>();
        var units = new List<UnitFacts>();
        using var csv = CsvReader.Create(new StringReader(text.TrimStart('\uFEFF')), Options);
        try
        {
            if (csv.Read()) ReadRows(csv, metrics, units, problems);
            else problems.Add(new FactProblem(1, 1, "the file is empty", "start with a header: unit, metric codes"));
        }
        catch (CsvFormatException broken)
        {
            problems.Add(new FactProblem(
                (int)broken.LineNumber, 1, "a quote stands where none can stand",
                "put the whole field in quotes and double the quotes in it"));
        }

        return problems.Count == 0 ? units : throw new FactFileException(file, problems);
    }

    private static void ReadRows(
        CsvReader csv, IReadOnlyDictionary<string, Metric> metrics, List<UnitFacts> units, List<FactProblem> problems)
    {
        var header = Fields(csv);
        if (header.SequenceEqual(ObservationTable.Header))
        {
            units.AddRange(ObservationTable.Read(csv, metrics, problems));
            return;
        }

        var columns = ColumnsOf(header, metrics, problems);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (csv.Read()) ReadRow((int)csv.LineNumber, Fields(csv), columns, seen, units, problems);
    }

    private static string[] Fields(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    private static Columns ColumnsOf(
        string[] header, IReadOnlyDictionary<string, Metric> metrics, List<FactProblem> problems)
    {
        var byField = new Metric?[header.Length];
        var unitField = Array.IndexOf(header, UnitColumn);
        if (unitField < 0) problems.Add(
            new FactProblem(1, 1, "there is no column 'unit'", "add it with the id of every unit"));
        for (var field = 0; field < header.Length; field++)
        {
            if (field == unitField) continue;
            if (Array.IndexOf(header, header[field]) < field)
            {
                problems.Add(
                    new FactProblem(1, field + 1, $"the column '{header[field]}' stands twice", "keep one of the two"));
            }
            else if (!metrics.TryGetValue(header[field], out byField[field]))
            {
                var (message, mend) = FactFiles.UnknownMetric(header[field]);
                problems.Add(new FactProblem(1, field + 1, message, mend));
            }
            else if (byField[field]!.ResourceList is { } list)
            {
                problems.Add(new FactProblem(
                    1, field + 1, $"'{header[field]}' is a metric of every item of '{list}'",
                    "give lists of resources as JSON"));
            }
        }

        return new Columns(unitField, byField);
    }

    private static void ReadRow(
        int line, string[] record, Columns columns,
        HashSet<string> seen, List<UnitFacts> units, List<FactProblem> problems)
    {
        if (record.Length != columns.ByField.Length)
        {
            problems.Add(new FactProblem(
                line, record.Length, $"the row has {record.Length} fields, the header {columns.ByField.Length}",
                "add or remove commas"));
            return;
        }

        if (columns.UnitField < 0) return;
        var unit = record[columns.UnitField];
        if (unit.Length == 0) problems.Add(
            new FactProblem(line, columns.UnitField + 1, "the row names no unit", "add its id"));
        else if (!seen.Add(unit))
        {
            problems.Add(new FactProblem(line, columns.UnitField + 1, $"the unit {unit} stands twice",
                "keep one of the two rows"));
        }

        var values = new SortedDictionary<string, FeelValue>(StringComparer.Ordinal);
        for (var field = 0; field < record.Length; field++)
        {
            if (columns.ByField[field] is not { } metric || record[field].Length == 0) continue;
            if (FactFiles.TryRead(metric, record[field], out var value, out var problem)) values[metric.Code] = value;
            else problems.Add(new FactProblem(line, field + 1, problem.Message, problem.Mend));
        }

        units.Add(new UnitFacts(unit, values, new Dictionary<string, Provenance>()));
    }

    /// <summary>Which field of a row is what.</summary>
    /// <param name="UnitField">Index of the unit's field, or -1.</param>
    /// <param name="ByField">The metric of every field; null for the unit's and for unknown ones.</param>
    private sealed record Columns(int UnitField, Metric?[] ByField);
}
