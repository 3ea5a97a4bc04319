using ExcelDataReader;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>
/// Rows of one sheet, as if they were rows of a CSV file; the line is the row in the sheet. A text in cells that are
/// merged downwards stands in each of their rows; a number stands in the first alone, so that it is not counted twice.
/// </summary>
internal sealed class SheetRows : ITableRows
{
    private readonly Workbook workbook;
    private readonly HashSet<string> dateColumns;
    private readonly Dictionary<(int Column, int FirstRow), string> mergedTexts = [];
    private readonly List<CellRange> merged;
    private readonly int headerRow;
    private bool[]? isDate;

    /// <param name="workbook">The workbook, at no matter which sheet.</param>
    /// <param name="sheet">A sheet that is there.</param>
    /// <param name="headerRow">The row with the names of the columns, from 1; what stands above it is passed over.</param>
    /// <param name="dateColumns">Columns in which a plain number is the serial number of a day.</param>
    public SheetRows(Workbook workbook, string sheet, int headerRow, IEnumerable<string> dateColumns)
    {
        this.workbook = workbook;
        this.headerRow = headerRow;
        this.dateColumns = dateColumns.ToHashSet(StringComparer.Ordinal);
        workbook.GoTo(sheet);
        merged = [.. workbook.Merged.Where(range => range.ToRow > range.FromRow)];
    }

    public CsvRow? Next()
    {
        while (workbook.Advance())
        {
            if (workbook.Row < headerRow) continue;
            var fields = Fields();
            if (Array.TrueForAll(fields, string.IsNullOrEmpty)) continue;
            if (isDate is not null) return new CsvRow(workbook.Row, fields, BadQuotes: false);
            var width = Array.FindLastIndex(fields, field => field.Length > 0) + 1;
            isDate = [.. fields.Take(width).Select(dateColumns.Contains)];
            return new CsvRow(workbook.Row, fields[..width], BadQuotes: false);
        }

        return null;
    }

    public void Dispose() => workbook.Dispose();

    /// <summary>As wide as the header; wider only where something stands beyond it.</summary>
    private string[] Fields()
    {
        var cells = Enumerable.Range(0, workbook.Width).Select(Field).ToList();
        var width = isDate?.Length ?? cells.Count;
        while (cells.Count > width && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
        while (cells.Count < width) cells.Add("");
        return [.. cells];
    }

    private string Field(int place)
    {
        var value = workbook.Value(place);
        if (value is double serial && isDate is not null && place < isDate.Length && isDate[place]
            && serial >= FirstSerial && workbook.DayOf(serial) is { } day)
        {
            return Workbook.Text(day);
        }

        var text = Workbook.Text(value);
        var row = workbook.Row - 1;
        var range = merged.Find(range =>
            range.FromColumn <= place && place <= range.ToColumn && range.FromRow <= row && row <= range.ToRow);
        if (range is null || place != range.FromColumn) return text;
        if (row == range.FromRow && value is string) mergedTexts[(place, range.FromRow)] = text;
        return text.Length > 0 ? text : mergedTexts.GetValueOrDefault((place, range.FromRow), "");
    }

    /// <summary>Smaller numbers are years and months, not days.</summary>
    private const double FirstSerial = 10_000;
}
