using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;

namespace Evaluation.Jobs.Allocating;

/// <summary>The payment list as a spreadsheet: amounts are numbers, everything else is text, the last row adds up.</summary>
public static class PaymentWorkbook
{
    private const int FirstAmount = 7;
    private const int LongestTitle = 31;
    private const uint AmountStyle = 1;
    private const uint BuiltInThousandsWithTwoDecimals = 4;

    /// <summary>Writes the workbook.</summary>
    /// <param name="lines">The list.</param>
    /// <param name="nameOf">What a unit is called.</param>
    /// <param name="title">Name of the sheet.</param>
    /// <param name="stream">Where it goes; it must be able to seek.</param>
    public static void Write(IReadOnlyList<PaymentLine> lines, Func<string, Bilingual> nameOf, string title, Stream stream)
    {
        using var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        var sheet = workbook.AddNewPart<WorksheetPart>();
        var rows = new SheetData();
        rows.Append(RowOf(AllocateFiles.PaymentHead, amounts: false));
        foreach (var line in lines) rows.Append(RowOf(AllocateFiles.Cells(line, nameOf), amounts: true));
        rows.Append(RowOf(AllocateFiles.Totals(lines), amounts: true));
        sheet.Worksheet = new Worksheet(rows);
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
        workbook.Workbook = new Workbook(new Sheets(new Sheet
        {
            Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = title.Length <= LongestTitle ? title : title[..LongestTitle],
        }));
        workbook.Workbook.Save();
    }

    private static Row RowOf(IReadOnlyList<string> cells, bool amounts) => new(cells.Select((cell, column) =>
        amounts && column >= FirstAmount
            ? new Cell { StyleIndex = AmountStyle, CellValue = new CellValue(decimal.Parse(cell, CultureInfo.InvariantCulture)) }
            : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(cell)) }));

    private static Stylesheet Styles() => new(
        new Fonts(new Font()),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None })),
        new Borders(new Border()),
        new CellFormats(
            new CellFormat(), new CellFormat { NumberFormatId = BuiltInThousandsWithTwoDecimals, ApplyNumberFormat = true }));
}
