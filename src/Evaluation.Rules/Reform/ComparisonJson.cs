using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Evaluation.Rules.Reform;

/// <summary>The written form of a comparison: UTF-8, declared order of properties, no blanks.</summary>
public static class ComparisonJson
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new PlainDecimal() },
    };

    /// <summary>The bytes of a comparison.</summary>
    public static byte[] Write(RuleComparison comparison) => JsonSerializer.SerializeToUtf8Bytes(comparison, Form);

    /// <summary>The comparison of <see cref="Write"/>.</summary>
    /// <exception cref="JsonException">The bytes are no comparison.</exception>
    public static RuleComparison Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<RuleComparison>(bytes, Form) ?? throw new JsonException("the comparison is null");

    /// <summary>Decimals without trailing zeros, so that equal numbers are equal bytes.</summary>
    private sealed class PlainDecimal : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteRawValue(Scoring.CanonicalWriter.Number(value));
    }
}
