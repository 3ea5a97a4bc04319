using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>A sheet of a workbook, by its name; a hidden one is read only where somebody names it.</summary>
internal sealed record Sheet(string Name, bool Hidden);

/// <summary>
/// A workbook: its sheets, and the cells of one of them row by row. Of a formula the value kept with it counts.
/// </summary>
internal sealed class Workbook : IDisposable
{
    /// <summary>Days from 1 January 1900 to 1 January 1904, as spreadsheets count.</summary>
    private const int DaysTo1904 = 1462;

    private readonly IExcelDataReader reader;
    private readonly string name;
    private readonly WorkbookParts parts;
    private readonly string? from1904;
    private IReadOnlyDictionary<(int Row, int Column), string> errors = new Dictionary<(int, int), string>();

    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private Workbook(IExcelDataReader reader, string name, WorkbookParts parts)
    {
        this.reader = reader;
        this.name = name;
        this.parts = parts;
        from1904 = parts.Date1904();
    }

    /// <summary>The row the reader is in, from 1.</summary>
    public int Row => reader.Depth + 1;

    /// <summary>Cells in the row.</summary>
    public int Width => reader.FieldCount;

    /// <summary>Cells that are merged: their first and last row and column, from 0.</summary>
    public IReadOnlyList<CellRange> Merged => reader.MergeCells ?? [];

    /// <exception cref="ImportException">It is no workbook, or is locked by a password.</exception>
    public static Workbook Open(string path, string name)
    {
        var stream = SourceFile.OpenWhole(path);
        try
        {
            return new Workbook(ExcelReaderFactory.CreateReader(stream), name, new WorkbookParts(path));
        }
        catch (InvalidPasswordException locked)
        {
            stream.Dispose();
            throw new ImportException(
                $"{name} 有密码保护，不能读取。请去掉密码后重新保存。",
                $"{name} is locked by a password and cannot be read. Take the password off and save it again.",
                locked);
        }
        catch (Exception broken) when (IsDamage(broken))
        {
            stream.Dispose();
            throw Damaged(name, broken);
        }
    }

    public IReadOnlyList<Sheet> Sheets()
    {
        reader.Reset();
        var sheets = new List<Sheet>();
        do sheets.Add(new Sheet(reader.Name, reader.VisibleState != "visible"));
        while (reader.NextResult());
        reader.Reset();
        return sheets;
    }

    /// <summary>Goes to a sheet that is there.</summary>
    public void GoTo(string sheet)
    {
        reader.Reset();
        while (reader.Name != sheet && reader.NextResult())
        {
            // On to the next sheet.
        }

        errors = parts.Errors(sheet);
    }

    /// <summary>Goes to the next row, blank or not; false at the end of the sheet.</summary>
    public bool Advance()
    {
        try
        {
            return reader.Read();
        }
        catch (Exception broken) when (IsDamage(broken))
        {
            throw Damaged(name, broken);
        }
    }

    /// <summary>What stands in a cell: null, a text (an error is one), a number, a time or a truth value.</summary>
    public object? Value(int place)
    {
        if (place >= reader.FieldCount) return null;
        if (errors.TryGetValue((reader.Depth, place), out var error)) return error;
        // The reader knows the flag as 1 only; some programs write true.
        return reader.GetValue(place) is DateTime day && from1904 == "true"
            ? day.AddDays(DaysTo1904)
            : reader.GetValue(place);
    }

    /// <summary>
    /// A cell as text, the same in every culture: a number with the fifteen digits that a spreadsheet keeps, a day as
    /// <c>yyyy-MM-dd</c>, a truth value as <c>true</c> or <c>false</c>.
    /// </summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text.Trim(),
        double number => number.ToString("G15", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>
    /// The day of a serial number, such as a cell holds that was never formatted as a date; null where it is none.
    /// </summary>
    public DateTime? DayOf(double serial)
    {
        // Days of the 1904 system begin 1,462 days later. Day 60 of the other one never was.
        var days = from1904 is null ? serial : serial + DaysTo1904;
        return days is >= 61 and < 2_958_466 ? DateTime.FromOADate(days) : null;
    }

    public void Dispose() => reader.Dispose();

    private static bool IsDamage(Exception broken) =>
        broken is ExcelReaderException or InvalidDataException or XmlException or EndOfStreamException or FormatException
            or KeyNotFoundException;

    private static ImportException Damaged(string name, Exception broken) => new(
        $"{name} 不是完整有效的 Excel 工作簿（{broken.Message}）。请用表格软件打开并另存为 .xlsx 后重试。",
        $"{name} is not a whole and valid Excel workbook ({broken.Message}). Open it in a spreadsheet program, save it as "
        + ".xlsx and try again.",
        broken);
}
