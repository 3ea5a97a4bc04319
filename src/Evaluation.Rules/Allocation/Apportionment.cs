using System.Numerics;

namespace Evaluation.Rules.Allocation;

/// <summary>Turns exact shares into whole rounding units, by the method the policy declares.</summary>
internal static class Apportionment
{
    /// <summary>The shares in whole units.</summary>
    /// <param name="shares">Numerators of the exact shares in rounding units.</param>
    /// <param name="denominator">Their common denominator.</param>
    /// <param name="method">How.</param>
    /// <param name="tieOrder">Indices of the shares; of equal remainders the one that stands earlier here goes
    /// first.</param>
    public static BigInteger[] Round(
        IReadOnlyList<BigInteger> shares, BigInteger denominator, RoundingMethod method, IReadOnlyList<int> tieOrder)
    {
        var whole = new BigInteger[shares.Count];
        var remainders = new BigInteger[shares.Count];
        for (var i = 0; i < whole.Length; i++) whole[i] = BigInteger.DivRem(shares[i], denominator, out remainders[i]);
        switch (method)
        {
            case RoundingMethod.HalfUp:
                for (var i = 0; i < whole.Length; i++)
                {
                    if (2 * remainders[i] >= denominator) whole[i]++;
                }

                break;
            case RoundingMethod.LargestRemainder:
                // The remainders add up to a whole number of units, because the shares do.
                var left = (int)(
                    remainders.Aggregate(BigInteger.Zero, (sum, remainder) => sum + remainder) / denominator);
                foreach (var i in tieOrder.OrderByDescending(index => remainders[index]).Take(left)) whole[i]++;
                break;
        }

        return whole;
    }
}
