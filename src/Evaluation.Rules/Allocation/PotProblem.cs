using System.Numerics;

namespace Evaluation.Rules.Allocation;

/// <summary>One pot in whole numbers of T, on its way from claims to awards.</summary>
internal sealed class PotProblem<T>
    where T : IBinaryInteger<T>
{
    private readonly IReadOnlyList<PotClaim> _claims;
    private readonly PotTerms _terms;
    private readonly PotScales _scales;
    private readonly Func<decimal, int, T> _scaled;
    private readonly T _step;
    private readonly T _pot;
    private readonly T[] _first;
    private readonly T[] _low;
    private readonly T[] _high;
    private readonly bool[] _below;
    private (T Numerator, T Denominator) _formula;

    public PotProblem(
        IReadOnlyList<PotClaim> claims, PotTerms terms, PotScales scales, Func<decimal, int, T> scaled)
    {
        (_claims, _terms, _scales, _scaled) = (claims, terms, scales, scaled);
        _step = Money(terms.RoundTo);
        _pot = Money(terms.Pot ?? 0m);
        _below = new bool[claims.Count];
        (_first, _low, _high) = (new T[claims.Count], new T[claims.Count], new T[claims.Count]);
        for (var i = 0; i < claims.Count; i++)
        {
            // What is promised counts in whole rounding units, in the unit's favour below and the pot's above, so that no
            // rounding can break it.
            _first[i] = Up(claims[i].First);
            _low[i] = Up(claims[i].Low);
            if (claims[i].High is { } high) _high[i] = Exact.FloorTo(Money(high), _step);
        }
    }

    private T Money(decimal amount) => _scaled(amount, _scales.Money);

    private T Up(decimal amount) => amount == 0m ? T.Zero : Exact.CeilingTo(Money(amount), _step);

    public (PotSolution?, PotRefusal?) Solve()
    {
        var crossed = Indices(i => _claims[i].High is not null && T.Max(_low[i], _first[i]) > _high[i]);
        if (crossed.Count > 0) return Refused(PotTrouble.CrossedBounds, crossed, i => T.Max(_low[i], _first[i]));
        var weights = new T[_claims.Count];
        for (var i = 0; i < weights.Length; i++) weights[i] = _scaled(_claims[i].Basis, _scales.Weight);
        _formula = Plain(weights);
        if (_terms.Threshold is { } threshold) DropBelow(weights, threshold);
        return Share(weights);
    }

    // Without a common rate to find, amounts are the bases themselves: money per weight is a matter of scales.
    private (T Numerator, T Denominator) RateOne =>
        (T.CreateChecked(BigInteger.Pow(10, _scales.Money)), T.CreateChecked(BigInteger.Pow(10, _scales.Weight)));

    private bool MustSpend => _terms.Spend is SpendRule.All or SpendRule.UpToCaps;

    private void DropBelow(T[] weights, decimal threshold)
    {
        var (numerator, denominator) = _formula;
        var least = Money(threshold);
        for (var i = 0; i < weights.Length; i++)
        {
            if (_claims[i].Basis == 0m) continue;
            _below[i] = (_first[i] * denominator) + (weights[i] * numerator) < least * denominator;
        }

        for (var i = 0; i < weights.Length; i++)
        {
            if (!_below[i]) continue;
            (weights[i], _first[i], _low[i]) = (T.Zero, T.Zero, T.Zero);
        }
    }

    // The rate if nobody had bounds.
    private (T Numerator, T Denominator) Plain(T[] weights)
    {
        if (!MustSpend) return RateOne;
        var (sum, pot) = (T.Zero, _pot);
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            pot -= _first[i];
        }

        return T.IsZero(sum) ? (T.Zero, T.One) : (T.Max(pot, T.Zero), sum);
    }

    private (PotSolution?, PotRefusal?) Share(T[] weights)
    {
        // Those who share, and what the others get whatever the rate.
        var sharing = Indices(i => !T.IsZero(weights[i]));
        var (fixedSum, firsts, lows) = (T.Zero, T.Zero, T.Zero);
        for (var i = 0; i < weights.Length; i++)
        {
            firsts += _first[i];
            lows += T.Max(_low[i], _first[i]);
            fixedSum += T.IsZero(weights[i]) ? T.Max(_low[i], _first[i]) : _first[i];
        }

        if (_terms.Pot is not null && firsts > _pot)
        {
            return Refused(PotTrouble.FirstExceedsPot, Indices(i => _first[i] > T.Zero), i => _first[i]);
        }

        if (_terms.Pot is not null && lows > _pot)
        {
            return Refused(PotTrouble.FloorsExceedPot, Indices(i => T.Max(_low[i], _first[i]) > T.Zero),
                i => T.Max(_low[i], _first[i]));
        }

        var claims = new WholeClaim<T>[sharing.Count];
        for (var k = 0; k < claims.Length; k++)
        {
            var i = sharing[k];
            claims[k] = new WholeClaim<T>(
                weights[i], T.Max(_low[i] - _first[i], T.Zero), _high[i] - _first[i], _claims[i].High is not null);
        }

        var left = SpendsWholeUnits ? Exact.FloorTo(_pot - fixedSum, _step) : _pot - fixedSum;
        var (rate, trouble) = Rate(claims, left);
        if (trouble is { } problem)
        {
            return Refused(problem, problem == PotTrouble.CapsBelowPot ? sharing : Indices(i => AtRateOne(weights, i) > T.Zero),
                i => problem == PotTrouble.CapsBelowPot ? _high[i] : AtRateOne(weights, i));
        }

        return (Rounded(weights, sharing, claims, rate), null);
    }

    private bool SpendsWholeUnits => _terms.Rounding is not (RoundingMethod.HalfUp or RoundingMethod.Down);

    private T AtRateOne(T[] weights, int i)
    {
        var (numerator, denominator) = RateOne;
        var share = new WholeClaim<T>(
            weights[i], T.Max(_low[i] - _first[i], T.Zero), _high[i] - _first[i], _claims[i].High is not null)
            .ShareAt(numerator, denominator, out _);
        return _first[i] + (share / denominator);
    }

    /// <summary>The rate of spending; null where every claim is at its upper bound.</summary>
    private ((T Numerator, T Denominator)? Rate, PotTrouble? Trouble) Rate(WholeClaim<T>[] claims, T left)
    {
        if (claims.Length == 0)
        {
            PotTrouble? unspent = T.IsZero(left) ? null : _terms.Spend switch
            {
                SpendRule.Exactly => PotTrouble.AmountsDoNotAddUp,
                SpendRule.All => PotTrouble.CapsBelowPot,
                _ => null,
            };
            return (RateOne, unspent);
        }

        if (!MustSpend)
        {
            if (_terms.Pot is null) return (RateOne, null);
            var (sum, one) = (T.Zero, RateOne);
            foreach (var claim in claims) sum += claim.ShareAt(one.Numerator, one.Denominator, out _);
            var compared = sum.CompareTo(left * one.Denominator);
            if (_terms.Spend == SpendRule.Exactly && compared != 0) return (null, PotTrouble.AmountsDoNotAddUp);
            if (_terms.Spend == SpendRule.AsComputed && compared > 0) return (null, PotTrouble.AmountsExceedPot);
            if (compared <= 0) return (one, null);
        }

        var found = RateSearch.Find(claims, left);
        return (found, found is null && _terms.Spend == SpendRule.All ? PotTrouble.CapsBelowPot : null);
    }

    private PotSolution Rounded(
        T[] weights, IReadOnlyList<int> sharing, WholeClaim<T>[] claims, (T Numerator, T Denominator)? rate)
    {
        var shares = new T[claims.Length];
        var held = new ClampedShare.Held[_claims.Count];
        var (numerator, denominator) = rate ?? (T.Zero, T.One);
        for (var k = 0; k < claims.Length; k++)
        {
            shares[k] = rate is null ? claims[k].High : claims[k].ShareAt(numerator, denominator, out held[sharing[k]]);
            if (rate is null) held[sharing[k]] = ClampedShare.Held.AtHigh;
        }

        var inUnits = new WholeClaim<T>[claims.Length];
        for (var k = 0; k < claims.Length; k++)
        {
            inUnits[k] = claims[k] with { Low = claims[k].Low / _step, High = claims[k].High / _step };
        }

        var whole = Apportionment.Round(inUnits, shares, denominator * _step, _terms.Rounding,
            (one, other) => _terms.Ties(sharing[one], sharing[other]));
        var amounts = new decimal[_claims.Count];
        for (var i = 0; i < amounts.Length; i++)
        {
            if (T.IsZero(weights[i])) amounts[i] = Decimal(T.Max(_low[i], _first[i]));
        }

        for (var k = 0; k < claims.Length; k++)
        {
            amounts[sharing[k]] = Decimal(_first[sharing[k]] + (whole[k] * _step));
        }

        return new PotSolution(
            PerUnitOfBasis(_formula), rate is { } found ? PerUnitOfBasis(found) : null,
            [.. _first.Select(Decimal)], [.. _low.Select(Decimal)],
            [.. Enumerable.Range(0, _claims.Count).Select(i => _claims[i].High is null ? (decimal?)null : Decimal(_high[i]))],
            _below, held, amounts);
    }

    // From scaled money for a scaled weight to yuan for one of the basis.
    private (BigInteger, BigInteger) PerUnitOfBasis((T Numerator, T Denominator) rate) => (
        BigInteger.CreateChecked(rate.Numerator) * BigInteger.Pow(10, _scales.Weight),
        BigInteger.CreateChecked(rate.Denominator) * BigInteger.Pow(10, _scales.Money));

    private decimal Decimal(T amount) => decimal.CreateChecked(amount) * new decimal(1, 0, 0, false, (byte)_scales.Money);

    private List<int> Indices(Func<int, bool> which) => [.. Enumerable.Range(0, _claims.Count).Where(which)];

    private (PotSolution?, PotRefusal?) Refused(PotTrouble trouble, IReadOnlyList<int> claims, Func<int, T> amount) =>
        (null, new PotRefusal(trouble, claims, claims.Sum(i => Decimal(amount(i)))));
}
