using System.Text.Encodings.Web;
using System.Text.Json;
using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Indexing;

/// <summary>The resource index of a run, every scope of it.</summary>
/// <param name="Cycle">The year.</param>
/// <param name="EarlierCycle">The year it is compared with, or null where no finished run of an earlier year has an index.</param>
/// <param name="Scopes">Provinces, disciplines, then institutions by category.</param>
public sealed record ResourceIndexResult(string Cycle, string? EarlierCycle, IReadOnlyList<ResourceIndexScope> Scopes)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>The bytes that are kept and offered as open data: the same result always has the same.</summary>
    public byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>A result as it was kept.</summary>
    public static ResourceIndexResult Read(byte[] json) =>
        JsonSerializer.Deserialize<ResourceIndexResult>(json, Form) ?? throw new InvalidDataException("The index on record is empty.");
}
