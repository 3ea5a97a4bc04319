using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>
/// Adds up rows of a file that speak of the same thing, where a profile says that they are parts of it
/// (<c>duplicates: add</c>). The file is read twice, so that only the repeated ones are held in memory.
/// </summary>
internal static class RepeatedFigures
{
    public const string Option = "duplicates";
    public const string Add = "add";

    /// <summary>On a figure that is the sum of several rows.</summary>
    public const string Flag = "rows-added";

    public static IEnumerable<Collected> Added(Func<IEnumerable<Collected>> read)
    {
        var seen = new HashSet<UInt128>();
        var repeated = new HashSet<UInt128>();
        foreach (var collected in read())
        {
            if (KeyOf(collected) is { } key && !seen.Add(key)) repeated.Add(key);
        }

        seen.Clear();
        var held = new Dictionary<UInt128, MetricObservation>();
        foreach (var collected in read())
        {
            if (KeyOf(collected) is not { } key || !repeated.Contains(key))
            {
                yield return collected;
                continue;
            }

            var part = ((CollectedObservation)collected).Observation;
            held[key] = held.TryGetValue(key, out var sum) ? sum with { Value = sum.Value + part.Value } : part;
        }

        foreach (var sum in held.Values)
        {
            yield return new CollectedFlag(Flag);
            yield return new CollectedObservation(
                sum with { Flags = [.. sum.Flags.Append(Flag).Order(StringComparer.Ordinal)] });
        }
    }

    private static UInt128? KeyOf(Collected collected) =>
        collected is CollectedObservation { Observation: { Value: not null } one }
            ? BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(ObservationStore.NaturalKey(one))))
            : null;
}
