using System.Text.Json;
using Evaluation.Jobs.Collecting.Tabular;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>One record of a message, as it was sent.</summary>
/// <param name="Index">Its place in the message, from 0.</param>
/// <param name="Fields">What it has, or nothing where it is not an object.</param>
/// <param name="Broken">The text that should have been an object; null for a good record.</param>
internal sealed record NriiRecord(int Index, IReadOnlyDictionary<string, JsonElement> Fields, string? Broken = null)
{
    // Clients spell some fields in two ways; the platform takes both.
    private static readonly Dictionary<string, string> OtherSpellings = new(StringComparer.Ordinal)
    {
        ["cname"] = "canme",
        ["applicantUnit"] = "applicatUnit",
    };

    private const string None = "无";
    private static readonly char[] Separators = [',', '，', '、', ';', '；'];

    /// <summary>The unit code that the envelope names, if there is one.</summary>
    public string? CodeOfEnvelope { get; init; }

    /// <summary>The number of the kind that the envelope names, if there is one.</summary>
    public int? TypeOfEnvelope { get; init; }

    /// <summary>Where it stands: <c>[12]</c>.</summary>
    public string Place => $"[{Index.ToString(System.Globalization.CultureInfo.InvariantCulture)}]";

    /// <summary>Code of the unit, its own before that of the envelope; empty where nobody says it.</summary>
    public string Code => Text("insCode") is { Length: > 0 } own ? own : CodeOfEnvelope ?? "";

    public static NriiRecord Of(int index, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new NriiRecord(index, FieldsOf(element)),
        // The platform's own list is of texts, each an object.
        JsonValueKind.String => OfText(index, element.GetString() ?? ""),
        _ => new NriiRecord(index, new Dictionary<string, JsonElement>(), element.GetRawText()),
    };

    private static NriiRecord OfText(int index, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new NriiRecord(index, FieldsOf(document.RootElement.Clone()));
            }
        }
        catch (JsonException)
        {
            // Said below: it is no object.
        }

        return new NriiRecord(index, new Dictionary<string, JsonElement>(), text);
    }

    private static Dictionary<string, JsonElement> FieldsOf(JsonElement element)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject()) fields[property.Name] = property.Value;
        return fields;
    }

    /// <summary>A field as text without blanks at its ends; empty where it is absent, null or "无".</summary>
    public string Text(string field)
    {
        if (!Fields.TryGetValue(field, out var value)
            && !(OtherSpellings.TryGetValue(field, out var other) && Fields.TryGetValue(other, out value)))
        {
            return "";
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => UnitCrosswalk.Tidy(value.GetString() ?? ""),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        };
        return text == None ? "" : text;
    }

    /// <summary>A field of several values, whichever of the usual separators stand between them.</summary>
    public IReadOnlyList<string> Several(string field) => Text(field).Split(
        Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A field that has to be there.</summary>
    public string Needed(string field) => Text(field) is { Length: > 0 } text ? text : throw new NriiRefusal(
        NriiCodes.FieldMissing, $"{Place}.{field}", "",
        $"必填字段 {field} 没有值。请补填后重报。", $"The field {field} must be filled in. Add it and send the record again.");

    /// <summary>A number of 0 or more; null where the field is empty.</summary>
    public decimal? Number(string field)
    {
        var text = Text(field);
        if (text.Length == 0) return null;
        var place = $"{Place}.{field}";
        if (NriiText.LooksLikeDate(text))
        {
            throw new NriiRefusal(
                NriiCodes.QuantityIsDate, place, text,
                $"数量字段 {field} 中是日期“{text}”，多半是报送程序把时间格式套在了数量上。请改正报送程序后重报。",
                $"The quantity {field} holds the date '{text}': most likely the client writes a quantity as a time. Mend "
                + "the client and send the record again.");
        }

        try
        {
            var number = CellText.Number(field, text);
            if (number >= 0) return number;
        }
        catch (CellException)
        {
            // Said below, with the code that programs ask for.
        }

        throw new NriiRefusal(
            NriiCodes.NotANumber, place, text,
            $"字段 {field} 的“{text}”不是非负数值。请只写数字。",
            $"'{text}' in {field} is not a number of 0 or more. Write digits only.");
    }
}
