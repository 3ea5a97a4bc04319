using System.Globalization;
using System.Xml;

namespace Evaluation.Jobs.Collecting.OaiPmh;

/// <summary>
/// Walks through an OAI-PMH answer, record by record, whatever its encoding. A bare DataCite record, as an archive hands
/// it over on its own, is a list of one.
/// </summary>
internal sealed class OaiDocument(string path, string name)
{
    private const string Oai = "http://www.openarchives.org/OAI/2.0/";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string DataCite = "http://datacite.org/schema/kernel-";

    /// <summary>The answer as a whole.</summary>
    public OaiAnswer Answer()
    {
        var answer = new OaiAnswer("", null, null, null, null, null, null, null);
        using var reader = Open();
        try
        {
            reader.MoveToContent();
            if (!IsAnswer(reader) && !IsDataCite(reader)) throw NotAnswer(reader.Name);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.NamespaceURI == Oai) answer = With(answer, reader);
            }
        }
        catch (XmlException broken)
        {
            throw Broken(broken);
        }

        return answer;
    }

    /// <summary>The records, in the order of the document.</summary>
    public IEnumerable<OaiRecord> Records()
    {
        using var reader = Open();
        reader.MoveToContent();
        if (IsDataCite(reader))
        {
            yield return BareRecord(reader);
            yield break;
        }

        OaiRecord? header = null;
        while (Next(reader))
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "record" && reader.NamespaceURI == Oai)
            {
                if (header is not null) yield return header;
                header = null;
            }

            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader is { LocalName: "header", NamespaceURI: Oai })
            {
                // Of a list of identifiers the header is all there is.
                if (header is not null) yield return header;
                header = HeaderAt(reader);
            }
            else if (header is { Title: null } && IsTitle(reader))
            {
                header = header with { Title = reader.ReadString().Trim() };
            }
        }

        if (header is not null) yield return header;
    }

    private static OaiAnswer With(OaiAnswer answer, XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "responseDate":
                return answer with { Answered = Moment(reader.ReadString()) };
            case "request":
                return answer with { BaseUrl = reader.ReadString().Trim() };
            case "error":
                return answer with { Error = reader.GetAttribute("code") ?? "", ErrorText = reader.ReadString().Trim() };
            case "resumptionToken":
                return answer with { Token = reader.ReadString().Trim() is { Length: > 0 } token ? token : null };
            case "earliestDatestamp":
                return answer with { EarliestDatestamp = reader.ReadString().Trim() };
            case "granularity":
                return answer with { Granularity = reader.ReadString().Trim() };
            case "ListRecords" or "ListIdentifiers" or "GetRecord" or "Identify" or "ListSets" or "ListMetadataFormats":
                return answer with { Verb = reader.LocalName };
            default:
                return answer;
        }
    }

    private static OaiRecord HeaderAt(XmlReader reader)
    {
        var line = (reader as IXmlLineInfo)?.LineNumber ?? 0;
        var deleted = reader.GetAttribute("status") == "deleted";
        var (identifier, datestamp) = ("", "");
        using var inside = reader.ReadSubtree();
        while (inside.Read())
        {
            if (inside.NodeType != XmlNodeType.Element) continue;
            if (inside.LocalName == "identifier") identifier = inside.ReadString().Trim();
            else if (inside.LocalName == "datestamp") datestamp = inside.ReadString().Trim();
        }

        return new OaiRecord(identifier, DayOf(datestamp), datestamp, deleted, null, line);
    }

    private OaiRecord BareRecord(XmlReader reader)
    {
        var (identifier, title, updated) = ("", (string?)null, "");
        while (Next(reader))
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader is { LocalName: "identifier", Depth: 1 }) identifier = reader.ReadString().Trim();
            else if (title is null && IsTitle(reader)) title = reader.ReadString().Trim();
            else if (IsLastChange(reader)) updated = reader.ReadString().Trim();
        }

        return new OaiRecord(identifier, DayOf(updated), updated, false, title, 1);
    }

    private bool Next(XmlReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (XmlException broken)
        {
            throw Broken(broken);
        }
    }

    private XmlReader Open() => XmlReader.Create(
        SourceFile.Open(path),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true });

    private static bool IsAnswer(XmlReader reader) => reader is { LocalName: "OAI-PMH", NamespaceURI: Oai };

    private static bool IsDataCite(XmlReader reader) =>
        reader.LocalName == "resource" && reader.NamespaceURI.StartsWith(DataCite, StringComparison.Ordinal);

    private static bool IsLastChange(XmlReader reader) =>
        reader.LocalName == "date" && reader.GetAttribute("dateType") == "Updated";

    private static bool IsTitle(XmlReader reader) =>
        reader.LocalName == "title"
        && (reader.NamespaceURI == DublinCore || reader.NamespaceURI.StartsWith(DataCite, StringComparison.Ordinal));

    private static DateOnly? DayOf(string text) =>
        text.Length >= 10 && DateOnly.TryParseExact(
            text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static DateTimeOffset? Moment(string text) => DateTimeOffset.TryParse(
        text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var moment)
        ? moment
        : null;

    private ImportException NotAnswer(string root) => new(
        $"{name} 不是 OAI-PMH 答复：根元素是 {root}。请核对地址。",
        $"{name} is no OAI-PMH answer: its root element is {root}. Check the address.");

    private ImportException Broken(XmlException broken) => new(
        $"{name} 第 {broken.LineNumber} 行不是有效的 XML：{broken.Message} 文件可能被截断或损坏，请重新取得。",
        $"{name}, line {broken.LineNumber}: not valid XML: {broken.Message} It may be cut short or damaged: fetch it again.",
        broken);
}
