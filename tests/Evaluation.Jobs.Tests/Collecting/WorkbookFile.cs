using System.Globalization;
using System.IO.Compression;
using System.Security;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>Writes a small workbook, cell by cell, so that a test says what stands in it.</summary>
internal sealed class WorkbookFile
{
    private const string Namespace = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    private readonly List<(string Name, string State, List<object?[]> Rows, string[] Merged)> sheets = [];

    /// <summary>The flag as programs write it: 0, 1, true, false.</summary>
    public string From1904 { get; init; } = "0";

    /// <summary>A cell that holds a day, formatted as one.</summary>
    public sealed record Date(double Serial);

    /// <summary>A formula with the value kept beside it.</summary>
    public sealed record Formula(string Text, double Kept);

    /// <summary>An error such as <c>#DIV/0!</c>.</summary>
    public sealed record Error(string Text);

    /// <summary>Rows from the first on; null is a blank cell, an empty row a blank row.</summary>
    public WorkbookFile Sheet(string name, object?[][] rows, string[]? merged = null, string state = "visible")
    {
        sheets.Add((name, state, [.. rows], merged ?? []));
        return this;
    }

    public string Save(string path)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Write(archive, "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
        Write(archive, "_rels/.rels", Relationships([("rId1", "officeDocument", "xl/workbook.xml")]));
        Write(archive, "xl/_rels/workbook.xml.rels", Relationships(
            [.. sheets.Select((_, at) => ($"rId{at + 1}", "worksheet", $"worksheets/sheet{at + 1}.xml")), ("rIdS", "styles", "styles.xml")]));
        Write(archive, "xl/styles.xml",
            $"<styleSheet {Namespace}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
        Write(archive, "xl/workbook.xml",
            $"<workbook {Namespace} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
            + $"<workbookPr date1904=\"{From1904}\"/><sheets>"
            + string.Concat(sheets.Select((sheet, at) =>
                $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" sheetId=\"{at + 1}\" state=\"{sheet.State}\" r:id=\"rId{at + 1}\"/>"))
            + "</sheets></workbook>");
        for (var at = 0; at < sheets.Count; at++) Write(archive, $"xl/worksheets/sheet{at + 1}.xml", SheetXml(sheets[at].Rows, sheets[at].Merged));
        return path;
    }

    private static string SheetXml(List<object?[]> rows, string[] merged) =>
        $"<worksheet {Namespace}><sheetData>"
        + string.Concat(rows.Select((row, at) => row.Length == 0
            ? ""
            : $"<row r=\"{at + 1}\">" + string.Concat(row.Select((cell, place) => Cell(cell, (char)('A' + place), at + 1))) + "</row>"))
        + "</sheetData>"
        + (merged.Length == 0 ? "" : $"<mergeCells>{string.Concat(merged.Select(range => $"<mergeCell ref=\"{range}\"/>"))}</mergeCells>")
        + "</worksheet>";

    private static string Cell(object? cell, char column, int row) => cell switch
    {
        null => "",
        Date day => $"<c r=\"{column}{row}\" s=\"1\"><v>{Number(day.Serial)}</v></c>",
        Formula formula => $"<c r=\"{column}{row}\"><f>{formula.Text}</f><v>{Number(formula.Kept)}</v></c>",
        Error error => $"<c r=\"{column}{row}\" t=\"e\"><v>{error.Text}</v></c>",
        bool truth => $"<c r=\"{column}{row}\" t=\"b\"><v>{(truth ? 1 : 0)}</v></c>",
        double or int or decimal => $"<c r=\"{column}{row}\"><v>{Convert.ToString(cell, CultureInfo.InvariantCulture)}</v></c>",
        _ => $"<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(cell.ToString())}</t></is></c>",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Relationships(IEnumerable<(string Id, string Type, string Target)> all) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(all.Select(one =>
            $"<Relationship Id=\"{one.Id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{one.Type}\" Target=\"{one.Target}\"/>"))
        + "</Relationships>";

    private static void Write(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + text);
    }
}
