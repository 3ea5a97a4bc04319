using CsvHelper;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Jobs.Allocating;

/// <summary>
/// Reads the file of units of the <c>allocate</c> command: a row a unit, or, where the policy has columns of a list, a row
/// an item of the list. Columns are found by their code or by one of their aliases; others are passed over.
/// </summary>
public sealed class UnitsFile
{
    private const string UnitColumn = "unit";
    private const string ItemId = "id";

    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly PolicyFile _policy;
    private readonly List<FactProblem> _problems = [];
    private readonly Dictionary<string, Row> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Column, string Value), int> _once = [];
    private InputColumn?[] _columns = [];
    private int _unitField;

    private UnitsFile(PolicyFile policy) => _policy = policy;

    /// <summary>What is known of one unit so far.</summary>
    private sealed record Row(int Line, Dictionary<string, FeelValue> Values, Dictionary<string, List<FeelValue>> Items);

    /// <summary>The units of a file, in its order, and the headers the policy has no use for.</summary>
    /// <param name="path">A CSV file in UTF-8 or GB18030; fields are parted by comma, semicolon or tab.</param>
    /// <param name="policy">The policy, for the columns.</param>
    /// <param name="where">Header → value: only rows with this value are read.</param>
    /// <exception cref="FactFileException">A column or a cell is wrong; names line and field.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (IReadOnlyList<UnitFacts> Units, IReadOnlyList<string> Unused) Read(
        string path, PolicyFile policy, IReadOnlyDictionary<string, string> where)
    {
        using var reader = TextEncoding.Open(path, "auto");
        return Read(path, reader.ReadToEnd(), policy, where);
    }

    /// <summary>The same from a text.</summary>
    /// <exception cref="FactFileException">A column or a cell is wrong; names line and field.</exception>
    public static (IReadOnlyList<UnitFacts> Units, IReadOnlyList<string> Unused) Read(
        string file, string text, PolicyFile policy, IReadOnlyDictionary<string, string> where)
    {
        var reading = new UnitsFile(policy);
        var unused = reading.ReadTable(text.TrimStart('\uFEFF'), where);
        if (reading._problems.Count > 0) throw new FactFileException(file, reading._problems);
        return (reading.Facts(), unused);
    }

    private IReadOnlyList<string> ReadTable(string text, IReadOnlyDictionary<string, string> where)
    {
        using var csv = CsvReader.Create(new StringReader(text), CsvReaderOptions.Default with
        {
            Separator = SeparatorOf(text),
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
        try
        {
            if (!csv.Read())
            {
                Problem(1, 1, "the file is empty", $"start with a header: {UnitColumn}, {string.Join(", ", _policy.Columns.Keys)}");
                return [];
            }

            var header = Fields(csv);
            var unused = ReadHeader(header);
            var filters = Filters(header, where);
            if (_problems.Count > 0) return [];
            while (csv.Read())
            {
                var fields = Fields(csv);
                if (fields.All(field => field.Length == 0)) continue;
                if (fields.Length != header.Length)
                {
                    Problem((int)csv.LineNumber, fields.Length, $"the row has {fields.Length} fields, the header {header.Length}",
                        "add or remove separators");
                }
                else if (filters.All(filter => fields[filter.Field] == filter.Value)) ReadRow((int)csv.LineNumber, fields);
            }

            return unused;
        }
        catch (CsvFormatException broken)
        {
            Problem((int)broken.LineNumber, 1, "a quote stands where none can stand",
                "put the whole field in quotes and double the quotes in it");
            return [];
        }
    }

    private static string[] Fields(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    // The separator that parts the header into the most fields.
    private static char SeparatorOf(string text)
    {
        var header = text.AsSpan(0, text.IndexOf('\n') is var end and >= 0 ? end : text.Length).ToString();
        return Separators.MaxBy(separator => header.Count(letter => letter == separator));
    }

    private IReadOnlyList<string> ReadHeader(string[] header)
    {
        _columns = new InputColumn?[header.Length];
        _unitField = -1;
        var unused = new List<string>();
        for (var field = 0; field < header.Length; field++)
        {
            var column = ColumnOf(header[field]);
            var isUnit = column is null
                ? header[field].Equals(UnitColumn, StringComparison.OrdinalIgnoreCase) : column.Metric.Code == UnitColumn;
            if (isUnit)
            {
                if (_unitField >= 0) Problem(1, field + 1, "two columns name the unit", "keep one of the two");
                _unitField = field;
            }
            else if (column is null) unused.Add(header[field]);
            else if (_columns.Contains(column))
            {
                Problem(1, field + 1, $"the column {column.Metric.Code} stands twice", "keep one of the two");
            }
            else _columns[field] = column;
        }

        if (_unitField < 0)
        {
            var aliases = _policy.Columns.TryGetValue(UnitColumn, out var unit) ? string.Concat(unit.Aliases.Select(alias => $" or '{alias}'")) : "";
            Problem(1, 1, $"there is no column '{UnitColumn}'{aliases}", "add it with the name or id of every unit");
        }

        foreach (var column in _policy.Columns.Values.Where(column =>
            column.Missing == MissingCell.Refuse && column.Metric.Code != UnitColumn && !_columns.Contains(column)))
        {
            var also = column.Aliases.Count == 0 ? "" : $" (also read as {string.Join(", ", column.Aliases)})";
            Problem(1, 1, $"there is no column '{column.Metric.Code}'{also}: {column.Metric.Name.En}", "add it to the file");
        }

        return unused;
    }

    private InputColumn? ColumnOf(string header) => _policy.Columns.Values.FirstOrDefault(column =>
        column.Aliases.Prepend(column.Metric.Code).Any(name => name.Equals(header, StringComparison.OrdinalIgnoreCase)));

    private List<(int Field, string Value)> Filters(string[] header, IReadOnlyDictionary<string, string> where)
    {
        var filters = new List<(int, string)>();
        foreach (var (column, value) in where)
        {
            var field = Array.FindIndex(header, name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
            if (field < 0) Problem(1, 1, $"there is no column '{column}' to choose rows by", $"name one of: {string.Join(", ", header)}");
            filters.Add((field, value));
        }

        return filters;
    }

    private void ReadRow(int line, string[] fields)
    {
        var unit = fields[_unitField];
        if (unit.Length == 0)
        {
            Problem(line, _unitField + 1, "the row names no unit", "add its name or id");
            return;
        }

        var hasItems = _columns.Any(column => column?.Metric.ResourceList is not null);
        if (_units.TryGetValue(unit, out var row))
        {
            if (!hasItems) Problem(line, _unitField + 1, $"the unit {unit} stands twice (first in line {row.Line})", "keep one of the two rows");
        }
        else
        {
            _units[unit] = row = new Row(line, new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        }

        var items = new Dictionary<string, List<KeyValuePair<string, FeelValue>>>(StringComparer.Ordinal);
        for (var field = 0; field < fields.Length; field++)
        {
            if (_columns[field] is { } column) ReadCell(line, field + 1, fields[field], column, unit, row, items);
        }

        foreach (var (list, entries) in items.Where(item => item.Value.Count > 0))
        {
            if (!row.Items.TryGetValue(list, out var all)) row.Items[list] = all = [];
            entries.AddRange(_policy.Columns.Values
                .Where(column => column.Metric.ResourceList == list && column.Missing == MissingCell.Value)
                .Where(column => entries.All(entry => entry.Key != column.Metric.ShortCode))
                .Select(column => KeyValuePair.Create(column.Metric.ShortCode, column.Usual)));
            if (entries.All(entry => entry.Key != ItemId)) entries.Insert(0, new(ItemId, FeelValue.String($"{list}-{line}")));
            all.Add(FeelValue.Context(new FeelContext(entries)));
        }
    }

    private void ReadCell(
        int line, int field, string cell, InputColumn column, string unit, Row row,
        Dictionary<string, List<KeyValuePair<string, FeelValue>>> items)
    {
        var metric = column.Metric;
        if (cell.Length == 0)
        {
            if (column.Missing == MissingCell.Refuse && !row.Values.ContainsKey(metric.Code))
            {
                Problem(line, field, $"{metric.Code} of {unit} is empty: {metric.Name.En}",
                    "write the value; where nothing is known, leave the unit out");
            }

            return;
        }

        if (!TryRead(metric, cell, out var value, out var problem))
        {
            Problem(line, field, problem.Message, problem.Mend);
            return;
        }

        if (!PolicyColumns.InRange(metric, value))
        {
            Problem(line, field, $"{metric.Code} of {unit} is {cell}, outside the range of the column ({metric.Name.En})", "check the figure");
        }

        if (column.Once && !_once.TryAdd((metric.Code, cell), line))
        {
            Problem(line, field, $"{metric.Code} '{cell}' is claimed twice (first in line {_once[(metric.Code, cell)]})",
                "it counts once: decide which row keeps it and delete the other");
        }

        if (metric.ResourceList is { } list)
        {
            if (!items.TryGetValue(list, out var entries)) items[list] = entries = [];
            entries.Add(new(metric.ShortCode, value));
        }
        else if (!row.Values.TryAdd(metric.Code, value) && !row.Values[metric.Code].Equals(value))
        {
            Problem(line, field, $"{metric.Code} of {unit} is {cell}, but an earlier row says otherwise", "make the rows of a unit agree");
        }
    }

    // Amounts come with thousands separators, shares with a per cent sign, answers in several spellings.
    private static bool TryRead(Metric metric, string cell, out FeelValue value, out (string Message, string Mend) problem)
    {
        if (metric.Kind == MetricKind.Answer)
        {
            var answer = metric.Answers.FirstOrDefault(known => known.Equals(cell, StringComparison.OrdinalIgnoreCase))
                ?? metric.AnswerNames.FirstOrDefault(name => name.Value.Zh == cell
                    || name.Value.En.Equals(cell, StringComparison.OrdinalIgnoreCase)).Key
                ?? YesOrNo(metric, cell);
            return FactFiles.TryRead(metric, answer ?? cell, out value, out problem);
        }

        return FactFiles.TryRead(metric, WithoutThousands(cell), out value, out problem);
    }

    private static string? YesOrNo(Metric metric, string cell)
    {
        if (!metric.Answers.Contains("yes") || !metric.Answers.Contains("no")) return null;
        return cell.ToUpperInvariant() switch
        {
            "是" or "TRUE" or "1" or "Y" or "有" => "yes",
            "否" or "FALSE" or "0" or "N" or "无" => "no",
            _ => null,
        };
    }

    private static string WithoutThousands(string cell)
    {
        var whole = cell.Split('.')[0].TrimStart('-', '+');
        var groups = whole.Split(',');
        var grouped = groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3);
        return grouped ? cell.Replace(",", "", StringComparison.Ordinal) : cell;
    }

    private List<UnitFacts> Facts()
    {
        var lists = _policy.Columns.Values.Select(column => column.Metric.ResourceList).OfType<string>().Distinct().ToList();
        var units = new List<UnitFacts>(_units.Count);
        foreach (var (unit, row) in _units)
        {
            foreach (var list in lists) row.Values[list] = FeelValue.List([.. row.Items.GetValueOrDefault(list) ?? []]);
            units.Add(PolicyColumns.Complete(
                _policy, new UnitFacts(unit, row.Values, new Dictionary<string, Provenance>()), _units.Count));
        }

        return units;
    }

    private void Problem(int line, int field, string message, string mend) => _problems.Add(new FactProblem(line, field, message, mend));
}
