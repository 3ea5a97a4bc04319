using System.Text.Json;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>
/// One spelling for the four that reports use: <c>Dataset-ID</c>, <c>dataset_id</c> and <c>dataset-id</c> are the same.
/// </summary>
internal static class Spelling
{
    public static string Of(string name) => name.Replace('_', '-').ToLowerInvariant();

    /// <summary>A property under any spelling, or null.</summary>
    public static JsonElement? Property(JsonElement owner, string name)
    {
        if (owner.ValueKind != JsonValueKind.Object) return null;
        foreach (var property in owner.EnumerateObject())
        {
            if (Of(property.Name) == name) return property.Value;
        }

        return null;
    }

    /// <summary>A text or number under any spelling, as text; empty when it is not there.</summary>
    public static string Text(JsonElement owner, string name) => Property(owner, name) is { } value ? Text(value) : "";

    public static string Text(IReadOnlyDictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var value) ? Text(value) : "";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };
}
