using System.Globalization;
using System.Text.Json;
using Evaluation.Jobs.Collecting.Tabular;

namespace Evaluation.Jobs.Collecting.Nemo;

/// <summary>One thing of a NEMO server: a use, a correction, a tool …</summary>
/// <param name="Model">Name of its endpoint, e.g. <c>usage_events</c>.</param>
/// <param name="Id">Its number; its name where a fixture gives no number.</param>
/// <param name="Fields">What it has.</param>
/// <param name="Place">Where it stands in the document.</param>
internal sealed record NemoItem(string Model, string Id, JsonElement Fields, string Place)
{
    /// <summary>Whether it is only there to be referred to.</summary>
    public bool IsReference { get; init; }

    /// <summary>
    /// A field as text: a fixture refers to others by name in a list (<c>["PECVD"]</c>), the API by number.
    /// </summary>
    public string Text(string field) => Fields.TryGetProperty(field, out var value) ? TextOf(value) : "";

    public bool IsTrue(string field) => Fields.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>An instant with its offset; null where there is none.</summary>
    /// <exception cref="CellException">There is a text that is no instant.</exception>
    public DateTimeOffset? Instant(string field)
    {
        var text = Text(field);
        if (text.Length == 0) return null;
        var (culture, style) = (CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return DateTimeOffset.TryParse(text, culture, style, out var instant)
            ? instant
            : throw new CellException(
                $"{Place}.{field}", text,
                $"“{text}”不是时间。请在来源处更正。", $"'{text}' is no time. Have it corrected at the source.");
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(TextOf)),
        JsonValueKind.Object when value.TryGetProperty("name", out var name) => TextOf(name),
        JsonValueKind.Object when value.TryGetProperty("id", out var id) => TextOf(id),
        _ => "",
    };
}
