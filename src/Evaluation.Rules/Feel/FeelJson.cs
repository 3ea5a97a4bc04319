using System.Text.Json;
using System.Text.Json.Nodes;

namespace Evaluation.Rules.Feel;

/// <summary>JSON to FEEL values and back: numbers are decimals, arrays lists, objects contexts. Dates, times and
/// durations are written as strings (ISO 8601), because JSON has no type for them.</summary>
public static class FeelJson
{
    /// <summary>The value of a JSON element. Throws <see cref="FormatException"/> for a number that a decimal can't
    /// hold.</summary>
    public static FeelValue Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.True: return FeelValue.True;
            case JsonValueKind.False: return FeelValue.False;
            case JsonValueKind.String: return element.GetString();
            case JsonValueKind.Number:
                return element.TryGetDecimal(out var number)
                    ? number
                    : throw new FormatException($"The number {element.GetRawText()} is too large; " +
                        "numbers go up to 7.9e28.");
            case JsonValueKind.Array:
                var items = new FeelValue[element.GetArrayLength()];
                var at = 0;
                foreach (var item in element.EnumerateArray())
                {
                    items[at++] = Read(item);
                }
                return FeelValue.List(items);
            case JsonValueKind.Object:
                var builder = new FeelContext.Builder();
                foreach (var property in element.EnumerateObject())
                {
                    builder.Set(property.Name, Read(property.Value));
                }
                return FeelValue.Context(builder.Build());
            default: return FeelValue.Null;
        }
    }

    /// <summary>The value of a JSON text; throws <see cref="JsonException"/> naming line and place when it is not
    /// JSON.</summary>
    public static FeelValue Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>The value as a JSON node; numbers keep every digit. Ranges and functions become their FEEL
    /// text.</summary>
    public static JsonNode? Write(FeelValue value)
    {
        StackGuard.Check();
        switch (value.Kind)
        {
            case FeelKind.Null: return null;
            case FeelKind.Number: return JsonValue.Create(value.AsNumber());
            case FeelKind.Boolean: return JsonValue.Create(value.IsTrue);
            case FeelKind.List:
                return new JsonArray([.. value.AsList().Select(Write)]);
            case FeelKind.Context:
                var node = new JsonObject();
                foreach (var (name, entry) in value.AsContext())
                {
                    node[name] = Write(entry);
                }
                return node;
            default: return JsonValue.Create(FeelText.Display(value));
        }
    }
}
