using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>
/// What the reader of workbooks does not hand out: since when days are counted, and cells that hold an error. Looked up in
/// the parts of an .xlsx file; an .xls file has none.
/// </summary>
internal sealed class WorkbookParts(string path)
{
    private const string Workbook = "xl/workbook.xml";
    private const string Relations = "xl/_rels/workbook.xml.rels";

    /// <summary>As written: <c>1</c>, <c>true</c>, or null for 1900.</summary>
    public string? Date1904()
    {
        using var archive = Open();
        return archive is null ? null : Elements(archive, Workbook, "workbookPr")
            .Select(xml => xml.GetAttribute("date1904"))
            .FirstOrDefault(flag => flag is "1" or "true");
    }

    /// <summary>Row and column from 0 → the error that stands in the cell, such as <c>#DIV/0!</c>.</summary>
    public IReadOnlyDictionary<(int Row, int Column), string> Errors(string sheet)
    {
        var errors = new Dictionary<(int, int), string>();
        using var archive = Open();
        if (archive is null || PartOf(archive, sheet) is not { } part) return errors;
        foreach (var cell in Elements(archive, part, "c"))
        {
            if (cell.GetAttribute("t") != "e" || cell.GetAttribute("r") is not { } address) continue;
            errors[Place(address)] = cell.ReadToDescendant("v", cell.NamespaceURI) ? cell.ReadString() : "#";
        }

        return errors;
    }

    private static string? PartOf(ZipArchive archive, string sheet)
    {
        var id = Elements(archive, Workbook, "sheet")
            .Where(xml => xml.GetAttribute("name") == sheet)
            .Select(RelationOf)
            .FirstOrDefault();
        var target = Elements(archive, Relations, "Relationship")
            .Where(xml => xml.GetAttribute("Id") == id)
            .Select(xml => xml.GetAttribute("Target"))
            .FirstOrDefault();
        return target is null ? null : target.StartsWith('/') ? target[1..] : "xl/" + target;
    }

    /// <summary>The relation an element names: <c>r:id</c>, in whichever edition of the namespace.</summary>
    private static string? RelationOf(XmlReader xml)
    {
        for (var named = xml.MoveToFirstAttribute(); named; named = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal)) return xml.Value;
        }

        return null;
    }

    private static IEnumerable<XmlReader> Elements(ZipArchive archive, string part, string name)
    {
        if (archive.GetEntry(part) is not { } entry) yield break;
        using var xml = XmlReader.Create(entry.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name) yield return xml;
        }
    }

    private ZipArchive? Open()
    {
        var stream = SourceFile.OpenWhole(path);
        Span<byte> magic = stackalloc byte[2];
        var isZip = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 'P' && magic[1] == 'K';
        stream.Position = 0;
        if (isZip) return new ZipArchive(stream, ZipArchiveMode.Read);
        stream.Dispose();
        return null;
    }

    private static (int Row, int Column) Place(string address)
    {
        var letters = address.TakeWhile(char.IsAsciiLetterUpper).ToArray();
        var column = letters.Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1);
        return (int.Parse(address.AsSpan(letters.Length), CultureInfo.InvariantCulture) - 1, column - 1);
    }
}
