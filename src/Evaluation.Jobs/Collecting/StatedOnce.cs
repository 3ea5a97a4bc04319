using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting;

/// <summary>A document states a thing once; what it states again is refused, with the place where it stood first.</summary>
internal static class StatedOnce
{
    public static IEnumerable<Collected> In(IEnumerable<Collected> found)
    {
        var places = new Dictionary<UInt128, string>();
        foreach (var collected in found)
        {
            if (collected is not CollectedObservation { Observation: var one })
            {
                yield return collected;
                continue;
            }

            var key = BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(ObservationStore.NaturalKey(one))));
            if (places.TryAdd(key, one.Locator))
            {
                yield return collected;
                continue;
            }

            var value = one.Value?.ToString(CultureInfo.InvariantCulture) ?? one.Answer ?? "";
            yield return new CollectedReject(new RejectedCell(0, one.Locator, value,
                new Bilingual(
                    $"与 {places[key]} 重复：同一对象、同一数据项、同一期间只能有一个数值。请在来源处更正。",
                    $"It repeats {places[key]}: one thing, one metric and one period may have one figure only. Have it corrected "
                    + "at the source.")));
        }
    }
}
