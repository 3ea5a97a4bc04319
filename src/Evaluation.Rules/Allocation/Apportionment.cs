using System.Numerics;

namespace Evaluation.Rules.Allocation;

/// <summary>Turns exact shares into whole rounding units, by the method the policy declares.</summary>
internal static class Apportionment
{
    /// <summary>The shares in whole units.</summary>
    /// <param name="claims">Bounds in whole units, and weights: divisor methods look at them.</param>
    /// <param name="shares">Numerators of the exact shares in rounding units.</param>
    /// <param name="denominator">Their common denominator.</param>
    /// <param name="method">How.</param>
    /// <param name="ties">Order of two shares: of equal remainders the earlier one goes first.</param>
    public static T[] Round<T>(
        WholeClaim<T>[] claims, T[] shares, T denominator, RoundingMethod method, Comparison<int> ties)
        where T : IBinaryInteger<T>
    {
        switch (method)
        {
            case RoundingMethod.Cumulative:
                return Cumulative(shares, denominator, ties);
            case RoundingMethod.DHondt or RoundingMethod.SainteLague or RoundingMethod.HuntingtonHill:
                return Converted(Divisors(claims, method, ties).Round(
                    [.. shares.Select(share => BigInteger.CreateChecked(share))], BigInteger.CreateChecked(denominator)));
            case RoundingMethod.Quota:
                return Converted(Divisors(claims, RoundingMethod.DHondt, ties).RoundWithinQuota(
                    [.. shares.Select(share => BigInteger.CreateChecked(share))], BigInteger.CreateChecked(denominator)));
        }

        var whole = new T[shares.Length];
        var remainders = new T[shares.Length];
        for (var i = 0; i < whole.Length; i++) (whole[i], remainders[i]) = T.DivRem(shares[i], denominator);
        if (method == RoundingMethod.HalfUp) HalfUp(whole, remainders, denominator);
        else if (method == RoundingMethod.LargestRemainder) LargestRemainder(whole, remainders, denominator, ties);
        return whole;

        static T[] Converted(BigInteger[] seats) => [.. seats.Select(T.CreateChecked)];
    }

    private static void HalfUp<T>(T[] whole, T[] remainders, T denominator)
        where T : IBinaryInteger<T>
    {
        for (var i = 0; i < whole.Length; i++)
        {
            if (remainders[i] >= denominator - remainders[i]) whole[i]++;
        }
    }

    // The remainders add up to a whole number of units where the shares do; else the fraction of a unit is left.
    private static void LargestRemainder<T>(T[] whole, T[] remainders, T denominator, Comparison<int> ties)
        where T : IBinaryInteger<T>
    {
        var sum = T.Zero;
        foreach (var remainder in remainders) sum += remainder;
        var left = int.CreateChecked(sum / denominator);
        if (left == 0) return;
        var order = Enumerable.Range(0, whole.Length).Where(i => !T.IsZero(remainders[i])).ToArray();
        Array.Sort(order, (one, other) =>
        {
            var greater = remainders[other].CompareTo(remainders[one]);
            return greater != 0 ? greater : ties(one, other);
        });
        for (var k = 0; k < left; k++) whole[order[k]]++;
    }

    private static T[] Cumulative<T>(T[] shares, T denominator, Comparison<int> ties)
        where T : IBinaryInteger<T>
    {
        var order = Enumerable.Range(0, shares.Length).ToArray();
        Array.Sort(order, ties);
        var whole = new T[shares.Length];
        var (sum, before, two) = (T.Zero, T.Zero, T.One + T.One);
        foreach (var i in order)
        {
            sum += shares[i];
            var now = ((two * sum) + denominator) / (two * denominator);
            whole[i] = now - before;
            before = now;
        }

        return whole;
    }

    private static DivisorMethod Divisors<T>(WholeClaim<T>[] claims, RoundingMethod method, Comparison<int> ties)
        where T : IBinaryInteger<T> => new(
            [.. claims.Select(claim => new WholeClaim<BigInteger>(
                BigInteger.CreateChecked(claim.Weight), BigInteger.CreateChecked(claim.Low),
                BigInteger.CreateChecked(claim.High), claim.Capped))],
            method,
            ties);
}
