using Evaluation.Jobs.Collecting.Tabular;

namespace Evaluation.Jobs.Collecting.Mirri;

/// <summary>A strain workbook, opened: its sheets and columns looked at, its rows by the names of their columns.</summary>
internal sealed class MirriWorkbook : IDisposable
{
    private readonly Workbook workbook;
    private readonly Dictionary<string, List<string>> headers = new(StringComparer.Ordinal);
    private readonly List<string> sheets;

    public MirriWorkbook(RecognisedFile file)
    {
        workbook = Workbook.Open(file.Path, file.Name);
        sheets = [.. workbook.Sheets().Select(sheet => sheet.Name)];
        foreach (var sheet in MirriSheet.All.Where(sheet => sheets.Contains(sheet.Name)))
        {
            headers[sheet.Name] = [.. Open(sheet.Name).Next()?.Fields ?? []];
        }
    }

    /// <summary>Sheets of the specification that are not there, each with the sheet that looks like it, if one does.</summary>
    public IReadOnlyList<(string Sheet, string? LooksLike)> MissingSheets() =>
        [.. MirriSheet.All.Select(sheet => sheet.Name).Where(name => !sheets.Contains(name))
            .Select(name => (name, Alike(name, sheets.Except(MirriSheet.All.Select(sheet => sheet.Name)))))];

    /// <summary>Columns that a sheet lacks, each with the column that looks like it, if one does.</summary>
    public IReadOnlyList<(string Column, string? LooksLike)> MissingColumns(MirriSheet sheet) =>
        !headers.TryGetValue(sheet.Name, out var header)
            ? []
            : [.. sheet.Columns.Where(column => !header.Contains(column))
                .Select(column => (column, Alike(column, header.Except(sheet.Columns))))];

    public IEnumerable<MirriRow> Rows(string sheet)
    {
        var rows = Open(sheet);
        var header = rows.Next()?.Fields ?? [];
        var places = header.Select((column, place) => (column, place))
            .Where(one => one.column.Length > 0)
            .DistinctBy(one => one.column, StringComparer.Ordinal)
            .ToDictionary(one => one.column, one => one.place, StringComparer.Ordinal);
        var letters = places.ToDictionary(one => one.Key, one => CsvHeader.Letter(one.Value), StringComparer.Ordinal);
        while (rows.Next() is { } row)
        {
            yield return new MirriRow(
                sheet, row.Line,
                places.Where(one => row.Fields[one.Value].Length > 0)
                    .ToDictionary(one => one.Key, one => row.Fields[one.Value], StringComparer.Ordinal),
                letters);
        }
    }

    public void Dispose() => workbook.Dispose();

    private SheetRows Open(string sheet) => new(workbook, sheet, headerRow: 1, MirriSheet.DateColumns);

    /// <summary>A name that is the same but for spaces, capitals and an end that is longer or shorter.</summary>
    private static string? Alike(string name, IEnumerable<string> others)
    {
        var wanted = Plain(name);
        return others.FirstOrDefault(other => Plain(other) is { Length: > 0 } plain
            && (plain.StartsWith(wanted, StringComparison.Ordinal) || wanted.StartsWith(plain, StringComparison.Ordinal)
                || (plain.Length > 4 && wanted.Length > 4 && plain[..5] == wanted[..5])));
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
