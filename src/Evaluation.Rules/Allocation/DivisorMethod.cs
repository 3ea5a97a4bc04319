using System.Numerics;

namespace Evaluation.Rules.Allocation;

/// <summary>
/// Apportionment by divisors: the next unit goes to the greatest weight ÷ divisor(units so far). An outcome is right when
/// nobody's next quotient exceeds anybody's last one; rounding each share by the method's own rule gives such an outcome
/// for a sum close by, and units are then given or taken one by one.
/// </summary>
/// <param name="claims">Weights, and bounds in whole units.</param>
/// <param name="method">D'Hondt, Sainte-Laguë, or Huntington and Hill.</param>
/// <param name="ties">Of equal quotients the earlier one goes first.</param>
internal sealed class DivisorMethod(WholeClaim<BigInteger>[] claims, RoundingMethod method, Comparison<int> ties)
{
    // Handing out units one after the other is for places and thousands of yuan, not for millions of fen.
    private const long MostSteps = 50_000_000;

    /// <summary>Whole units that add up as the shares do.</summary>
    public BigInteger[] Round(BigInteger[] shares, BigInteger denominator)
    {
        var seats = new BigInteger[shares.Length];
        for (var i = 0; i < seats.Length; i++) seats[i] = Within(i, OwnRounding(shares[i], denominator));
        var left = Sum(shares) / denominator - Sum(seats);
        var queue = new PriorityQueue<int, int>(Comparer<int>.Create(left > 0 ? NextFirst : LastFirst));
        for (var i = 0; i < seats.Length; i++) Offer(i);
        for (; left != 0 && queue.TryDequeue(out var i, out _); left -= left.Sign)
        {
            seats[i] += left.Sign;
            Offer(i);
        }

        return seats;

        // The quotient of a unit in the queue does not change while it waits there.
        void Offer(int i)
        {
            if (left > 0 ? !claims[i].Capped || seats[i] < claims[i].High : seats[i] > claims[i].Low) queue.Enqueue(i, i);
        }

        int NextFirst(int one, int other)
        {
            var order = CompareQuotients(other, seats[other], one, seats[one]);
            return order != 0 ? order : ties(one, other);
        }

        int LastFirst(int one, int other)
        {
            var order = CompareQuotients(one, seats[one] - 1, other, seats[other] - 1);
            return order != 0 ? order : ties(other, one);
        }
    }

    /// <summary>The quota method: unit after unit, nobody beyond its share of the units so far rounded up.</summary>
    /// <exception cref="ArgumentException">There are too many units to hand out one by one.</exception>
    public BigInteger[] RoundWithinQuota(BigInteger[] shares, BigInteger denominator)
    {
        var total = Sum(shares) / denominator;
        if (total * shares.Length > MostSteps)
        {
            throw new ArgumentException(
                "The quota method hands out one unit after the other and this pot has too many of them: choose a greater "
                + "round_to, or another method.");
        }

        var weights = Sum(claims.Select(claim => claim.Weight));
        var seats = new BigInteger[shares.Length];
        for (BigInteger house = 1; house <= total; house++)
        {
            var best = -1;
            for (var i = 0; i < seats.Length; i++)
            {
                if (seats[i] * weights >= house * claims[i].Weight || (claims[i].Capped && seats[i] >= claims[i].High)) continue;
                if (best >= 0)
                {
                    var order = CompareQuotients(i, seats[i], best, seats[best]);
                    if (order < 0 || (order == 0 && ties(best, i) < 0)) continue;
                }

                best = i;
            }

            if (best >= 0) seats[best]++;
        }

        return seats;
    }

    private BigInteger Within(int i, BigInteger seats) =>
        BigInteger.Max(claims[i].Low, claims[i].Capped ? BigInteger.Min(seats, claims[i].High) : seats);

    private BigInteger OwnRounding(BigInteger share, BigInteger denominator)
    {
        var down = BigInteger.DivRem(share, denominator, out var remainder);
        var up = method switch
        {
            RoundingMethod.DHondt => false,
            RoundingMethod.SainteLague => 2 * remainder >= denominator,
            _ => share * share >= down * (down + 1) * denominator * denominator,
        };
        return up && remainder > 0 ? down + 1 : down;
    }

    // weight ÷ divisor, without dividing; a divisor of nothing stands above all others.
    private int CompareQuotients(int one, BigInteger seatsOfOne, int other, BigInteger seatsOfOther)
    {
        var (left, right) = (Divisor(seatsOfOne), Divisor(seatsOfOther));
        if (left.IsZero || right.IsZero)
        {
            return left.IsZero && right.IsZero
                ? claims[one].Weight.CompareTo(claims[other].Weight)
                : left.IsZero ? 1 : -1;
        }

        return (Numerator(one) * right).CompareTo(Numerator(other) * left);
    }

    private BigInteger Numerator(int i) =>
        method == RoundingMethod.HuntingtonHill ? claims[i].Weight * claims[i].Weight : claims[i].Weight;

    private BigInteger Divisor(BigInteger seats) => method switch
    {
        RoundingMethod.DHondt => seats + 1,
        RoundingMethod.SainteLague => (2 * seats) + 1,
        _ => seats * (seats + 1),
    };

    private static BigInteger Sum(IEnumerable<BigInteger> numbers) =>
        numbers.Aggregate(BigInteger.Zero, (sum, number) => sum + number);
}
