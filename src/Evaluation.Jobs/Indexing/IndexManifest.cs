using System.Security.Cryptography;
using System.Text.Json;
using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Indexing;

/// <summary>
/// What a command of the index did, so that anybody can do it again: the inputs with their hashes, every step with its
/// parameters, and what was drawn from which seed.
/// </summary>
public static class IndexManifest
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes a manifest.</summary>
    /// <param name="path">The file; it is replaced.</param>
    /// <param name="command">The command: <c>index build</c>.</param>
    /// <param name="inputs">The files it read.</param>
    /// <param name="index">The index it built; null where none was.</param>
    /// <param name="draws">Names and values of what was drawn: noise, draws, seed; empty where nothing was.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void Write(
        string path, string command, IEnumerable<string> inputs, CompositeIndex? index, IReadOnlyDictionary<string, double> draws)
    {
        var steps = index is null ? null : new
        {
            index.Specification.Screen,
            index.Specification.Denominate,
            index.Specification.Impute,
            index.Group,
            index.Specification.Outliers,
            index.Specification.Normalise,
            Range = index.Specification.Normalise == NormalisationMethod.MinMax ? index.Specification.EffectiveRange : null,
            index.Specification.Aggregate,
            UnitsLeftOut = index.Availability.Select(unit => unit.Unit).Except(index.Units),
            IndicatorsLeftOut = index.Silent,
        };
        var manifest = new
        {
            Command = command,
            Inputs = inputs.Select(input => new
            {
                File = Path.GetFileName(input),
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(input))),
            }),
            Steps = steps,
            Draws = draws,
        };
        File.WriteAllText(path, JsonSerializer.Serialize(manifest, Form) + "\n");
    }
}
