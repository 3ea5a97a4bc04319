using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Evaluation.Jobs.Allocating;

/// <summary>A table with amounts as a spreadsheet: amounts are numbers with two decimals, everything else is text.</summary>
public static class AmountsWorkbook
{
    private const int LongestTitle = 31;
    private const uint AmountStyle = 1;
    private const uint BuiltInThousandsWithTwoDecimals = 4;

    private static readonly char[] NotInTitles = ['[', ']', ':', '*', '?', '/', '\\'];

    /// <summary>Writes the workbook.</summary>
    /// <param name="title">Name of the sheet.</param>
    /// <param name="head">The columns.</param>
    /// <param name="rows">The rows; an amount is written as a number is for machines, or empty.</param>
    /// <param name="isAmount">Whether a column, from 0, holds amounts.</param>
    /// <param name="stream">Where it goes; it must be able to seek.</param>
    public static void Write(
        string title, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, Func<int, bool> isAmount, Stream stream)
    {
        using var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        var sheet = workbook.AddNewPart<WorksheetPart>();
        var all = new SheetData();
        all.Append(RowOf(head, _ => false));
        foreach (var row in rows) all.Append(RowOf(row, isAmount));
        sheet.Worksheet = new Worksheet(all);
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        workbook.Workbook = new Workbook(new Sheets(new Sheet
        {
            Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = TitleOf(title),
        }));
        workbook.Workbook.Save();
    }

    private static string TitleOf(string title)
    {
        var allowed = string.Concat(title.Select(letter => NotInTitles.Contains(letter) ? ' ' : letter));
        return allowed.Length <= LongestTitle ? allowed : allowed[..LongestTitle];
    }

    private static Row RowOf(IReadOnlyList<string> cells, Func<int, bool> isAmount) => new(cells.Select((cell, column) =>
        isAmount(column) && cell.Length > 0
            ? new Cell { StyleIndex = AmountStyle, CellValue = new CellValue(decimal.Parse(cell, CultureInfo.InvariantCulture)) }
            : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(cell)) }));

    private static Stylesheet Styles() => new(
        new Fonts(new Font()),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None })),
        new Borders(new Border()),
        new CellFormats(
            new CellFormat(), new CellFormat { NumberFormatId = BuiltInThousandsWithTwoDecimals, ApplyNumberFormat = true }));
}
