using System.Globalization;
using System.Text.Json;
using System.Xml;
using Evaluation.Jobs.Collecting.Counter;
using Evaluation.Jobs.Collecting.Tabular;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// The records of a message, one by one, whichever of its forms it has: an object, an array, an envelope with the
/// records in a list (of objects or of texts, each an object), or the SOAP call <c>instruInfo</c>. The envelope names
/// unit and kind before the list, as the platform's own clients do.
/// </summary>
internal sealed class NriiMessage(string path, string name, string encoding)
{
    private const string Call = "instruInfo";

    // CXF calls parameters arg0, arg1 … where the service has no names for them.
    private static readonly string[] CodeNames = ["insCode", "arg0"];
    private static readonly string[] TypeNames = ["instruType", "arg1"];
    private static readonly string[] ListNames = ["instruList", "instruData", "effectData", "arg2"];

    private string? code;
    private int? type;

    public IEnumerable<NriiRecord> Records() => FileHead.Of(path).Text.StartsWith('<') ? OfSoap() : OfJson();

    private IEnumerable<NriiRecord> OfJson()
    {
        using var parts = new JsonObjectStream(TextEncoding.OpenUtf8(path, encoding), name);
        if (parts.IsArray())
        {
            foreach (var part in parts.Elements()) yield return NriiRecord.Of(part.Index, part.Value);
            yield break;
        }

        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var at = -1;
        foreach (var part in parts.Parts(ListNames.Contains))
        {
            if (!ListNames.Contains(part.Property))
            {
                fields[part.Property] = part.Value;
                Note(part.Property, part.Value.ToString());
                continue;
            }

            foreach (var record in part.Index < 0 ? InText(part.Value, at + 1) : [NriiRecord.Of(part.Index, part.Value)])
            {
                at = record.Index;
                yield return Enveloped(record);
            }
        }

        // Who names a kind of data sends an envelope, also one with nothing in it; else the object is the record.
        if (at < 0 && type is null) yield return new NriiRecord(0, fields);
    }

    private IEnumerable<NriiRecord> OfSoap()
    {
        using var stream = TextEncoding.OpenUtf8(path, encoding);
        using var reader = new StreamReader(stream);
        using var xml = XmlReader.Create(reader, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var (at, called) = (-1, false);
        while (Step(xml.Read))
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            called |= xml.LocalName == Call;
            var parameter = xml.LocalName;
            if (!called || !(CodeNames.Contains(parameter) || TypeNames.Contains(parameter) || ListNames.Contains(parameter)))
            {
                continue;
            }

            var text = Step(xml.ReadString);
            if (!ListNames.Contains(parameter))
            {
                Note(parameter, text);
                continue;
            }

            foreach (var record in InText(JsonSerializer.SerializeToElement(text), at + 1))
            {
                at = record.Index;
                yield return Enveloped(record);
            }
        }

        if (!called)
        {
            throw new ImportException(
                $"{name} 是 XML，但其中没有 {Call} 调用。请核对报送程序。",
                $"{name} is XML without a call of {Call} in it. Check the client that sent it.");
        }
    }

    /// <summary>The records of a list that came as one value: one record, or an array in a text.</summary>
    private static IEnumerable<NriiRecord> InText(JsonElement value, int first)
    {
        if (value.ValueKind != JsonValueKind.String || !value.GetString()!.TrimStart().StartsWith('['))
        {
            return [NriiRecord.Of(first, value)];
        }

        try
        {
            using var document = JsonDocument.Parse(value.GetString()!);
            return [.. document.RootElement.Clone().EnumerateArray().Select((one, index) => NriiRecord.Of(first + index, one))];
        }
        catch (JsonException)
        {
            return [NriiRecord.Of(first, value)];
        }
    }

    private void Note(string parameter, string text)
    {
        if (CodeNames.Contains(parameter)) code = text.Trim();
        if (TypeNames.Contains(parameter))
        {
            // What is no number is the number of no kind, and refused as such.
            type = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        }
    }

    private NriiRecord Enveloped(NriiRecord record) => record with { CodeOfEnvelope = code, TypeOfEnvelope = type };

    private T Step<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException broken)
        {
            throw new ImportException(
                $"{name} 第 {broken.LineNumber} 行不是完整有效的 XML（{broken.Message}）。请重新报送。",
                $"{name}, line {broken.LineNumber}, is not whole and valid XML ({broken.Message}). Send it again.",
                broken);
        }
    }
}
