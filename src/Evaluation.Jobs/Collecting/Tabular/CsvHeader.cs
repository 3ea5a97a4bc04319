using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>Where the columns of a profile stand in a file.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly MappingProfile profile;
    private readonly string? sheet;

    /// <summary>Finds every column the profile names.</summary>
    /// <exception cref="ImportException">One is missing, or stands there twice: the whole file is refused.</exception>
    /// <param name="row">The row with the names of the columns.</param>
    /// <param name="profile">Names the columns.</param>
    /// <param name="name">What the file is called.</param>
    /// <param name="sheet">The sheet of a workbook, or null for a file of text.</param>
    public CsvHeader(CsvRow? row, MappingProfile profile, string name, string? sheet = null)
    {
        this.profile = profile;
        this.sheet = sheet;
        var headers = row?.Fields ?? throw new ImportException(
            $"{name} 是空文件：没有表头。", $"{name} is empty: it has no header row.");
        Width = headers.Length;
        IsLayout = row.Line == 0;
        var needed = Needed(profile).Distinct(StringComparer.Ordinal).ToList();
        var missing = needed.Where(column => !headers.Contains(column, StringComparer.Ordinal)).ToList();
        if (missing.Count > 0)
        {
            throw new ImportException(
                $"{name} 第 {row.Line} 行的表头缺少列：{string.Join("、", missing)}。应有：{string.Join("、", needed)}；"
                + $"实有：{string.Join("、", headers)}。请改正表头，或改正导入配置 imports/{profile.Id}.yaml。",
                $"{name}, line {row.Line}: the header lacks {string.Join(", ", missing)}. Expected: "
                + $"{string.Join(", ", needed)}; found: {string.Join(", ", headers)}. Correct the header, or the import "
                + $"profile imports/{profile.Id}.yaml.");
        }

        foreach (var column in needed)
        {
            if (headers.Count(header => header == column) > 1)
            {
                throw new ImportException(
                    $"{name} 第 {row.Line} 行的表头中“{column}”出现了不止一次，不知道该读哪一列。",
                    $"{name}, line {row.Line}: the header has '{column}' more than once; which one to read is not known.");
            }

            places[column] = Array.IndexOf(headers, column);
        }
    }

    /// <summary>Whether it stands in the profile and not in the file, whose columns are places in a line.</summary>
    public bool IsLayout { get; }

    /// <summary>Columns in the header.</summary>
    public int Width { get; }

    /// <summary>The column of a role (unit, resource, value …), or null when the profile names none.</summary>
    public string? Column(string role) => profile.Columns.GetValueOrDefault(role);

    /// <summary>Place of the column of a role, from 0; -1 when the profile names none.</summary>
    public int Place(string role) => Column(role) is { } column ? places[column] : -1;

    /// <summary>Place of a column the profile names, from 0.</summary>
    public int PlaceOf(string column) => places[column];

    public string Text(CsvRow row, string column) => row.Fields[places[column]];

    /// <summary>The cell of a role, or null when the profile names no column for it or the cell is empty.</summary>
    public string? Of(CsvRow row, string role) =>
        Column(role) is { } column && Text(row, column) is { Length: > 0 } text ? text : null;

    /// <summary>
    /// <c>fee_yuan (H)</c>: the column's name and its letter in a spreadsheet; in a workbook <c>Sheet!H12 (fee_yuan)</c>.
    /// </summary>
    public string Cell(CsvRow row, string column) =>
        sheet is null ? $"{column} ({Letter(places[column])})" : $"{Address(row, column)} ({column})";

    /// <summary><c>H12</c>: the cell's address in a spreadsheet; in a workbook with its sheet, <c>Sheet!H12</c>.</summary>
    public string Address(CsvRow row, string column) =>
        $"{(sheet is null ? "" : sheet + "!")}{Letter(places[column])}{row.Line}";

    /// <summary>The row as a whole: <c>12</c>, or <c>Sheet!12</c>.</summary>
    public string Row(CsvRow row) => $"{(sheet is null ? "" : sheet + "!")}{row.Line}";

    private static IEnumerable<string> Needed(MappingProfile profile) =>
        profile.Columns.Values
            .Concat(profile.Metrics.Where(metric => metric.EachRow is null).Select(metric => metric.Column))
            .Concat(profile.Metrics.SelectMany(metric => metric.When.Keys))
            .Concat(profile.Dimensions.Values)
            .Concat(profile.Where.Keys)
            .Concat(profile.PeriodColumn is { } period ? [period] : []);

    /// <summary>The letters of a column in a spreadsheet; the first is A.</summary>
    public static string Letter(int place)
    {
        var letters = "";
        for (var rest = place + 1; rest > 0; rest = (rest - 1) / 26) letters = (char)('A' + ((rest - 1) % 26)) + letters;
        return letters;
    }
}
