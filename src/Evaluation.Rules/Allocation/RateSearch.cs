using System.Numerics;

namespace Evaluation.Rules.Allocation;

/// <summary>A claim in whole numbers of a common scale.</summary>
/// <param name="Weight">Positive.</param>
/// <param name="Low">Least share, at least 0.</param>
/// <param name="High">Greatest share; means nothing unless capped.</param>
/// <param name="Capped">Whether there is a greatest share.</param>
internal readonly record struct WholeClaim<T>(T Weight, T Low, T High, bool Capped)
    where T : IBinaryInteger<T>
{
    /// <summary>The share at a rate, times the rate's denominator, and the bound that holds it.</summary>
    public T ShareAt(T numerator, T denominator, out ClampedShare.Held held)
    {
        unchecked
        {
            var free = Weight * numerator;
            var low = Low * denominator;
            held = ClampedShare.Held.AtLow;
            if (free < low) return low;
            held = ClampedShare.Held.Free;
            if (!Capped || free <= High * denominator) return free;
            held = ClampedShare.Held.AtHigh;
            return High * denominator;
        }
    }
}

/// <summary>
/// Finds the one rate at which clamped shares spend a pot, without sorting: the sum of shares never falls as the rate
/// grows, so every look at a bound halves what is undecided. Exact, and linear in the number of claims on average.
/// </summary>
/// <remarks>The numbers must be small enough for T: products of a weight and an amount, summed over all
/// claims.</remarks>
internal static class RateSearch
{
    /// <summary>What is known of a claim between the rates that are still possible.</summary>
    [Flags]
    private enum Known : byte
    {
        AboveLow = 1,
        BelowHigh = 2,
        Free = AboveLow | BelowHigh,
    }

    /// <summary>The rate as a ratio, or null when the upper bounds cannot spend the pot. The lower bounds must not exceed
    /// it.</summary>
    public static (T Numerator, T Denominator)? Find<T>(WholeClaim<T>[] claims, T pot)
        where T : IBinaryInteger<T>
    {
        var search = new Search<T>(claims);
        while (search.Undecided > 0) search.LookAt(pot);
        return search.Slope > T.Zero ? (pot - search.Constant, search.Slope) : search.Upper;
    }

    private sealed class Search<T>
        where T : IBinaryInteger<T>
    {
        private readonly WholeClaim<T>[] _claims;
        private readonly int[] _undecided;
        private readonly Known[] _known;
        private readonly sbyte[] _toLow;
        private readonly sbyte[] _toHigh;

        public Search(WholeClaim<T>[] claims)
        {
            _claims = claims;
            _undecided = new int[claims.Length];
            _known = new Known[claims.Length];
            (_toLow, _toHigh) = (new sbyte[claims.Length], new sbyte[claims.Length]);
            for (var i = 0; i < claims.Length; i++)
            {
                // A lower bound of nothing is left at once; without an upper bound none is ever met.
                if (T.IsZero(claims[i].Low)) _known[i] |= Known.AboveLow;
                if (!claims[i].Capped) _known[i] |= Known.BelowHigh;
                if (_known[i] == Known.Free) Slope += claims[i].Weight;
                else _undecided[Undecided++] = i;
            }
        }

        public int Undecided { get; private set; }

        /// <summary>Sum of the shares that stand at a bound whatever the rate.</summary>
        public T Constant { get; private set; } = T.Zero;

        /// <summary>Sum of the weights of the shares that grow with the rate.</summary>
        public T Slope { get; private set; } = T.Zero;

        /// <summary>The least rate looked at that spends the pot.</summary>
        public (T Numerator, T Denominator)? Upper { get; private set; }

        /// <summary>Looks at one of the undecided bounds: the rate lies at or below it, or above.</summary>
        public void LookAt(T pot)
        {
            unchecked
            {
                var (numerator, denominator) = Pivot();
                var spent = (Constant * denominator) + (Slope * numerator);
                for (var k = 0; k < Undecided; k++)
                {
                    var claim = _claims[_undecided[k]];
                    var free = claim.Weight * numerator;
                    var low = claim.Low * denominator;
                    var high = claim.High * denominator;
                    _toLow[k] = (sbyte)free.CompareTo(low);
                    _toHigh[k] = claim.Capped ? (sbyte)free.CompareTo(high) : (sbyte)-1;
                    spent += _toLow[k] <= 0 ? low : _toHigh[k] >= 0 ? high : free;
                }

                if (spent >= pot * denominator) Below((numerator, denominator));
                else Above();
            }
        }

        private void Below((T, T) pivot)
        {
            Upper = pivot;
            var left = 0;
            for (var k = 0; k < Undecided; k++)
            {
                var i = _undecided[k];
                if (_toLow[k] <= 0)
                {
                    Constant += _claims[i].Low;
                    continue;
                }

                if (_toHigh[k] <= 0) _known[i] |= Known.BelowHigh;
                if (_known[i] == Known.Free) Slope += _claims[i].Weight;
                else _undecided[left++] = i;
            }

            Undecided = left;
        }

        private void Above()
        {
            var left = 0;
            for (var k = 0; k < Undecided; k++)
            {
                var i = _undecided[k];
                if (_toHigh[k] >= 0)
                {
                    Constant += _claims[i].High;
                    continue;
                }

                if (_toLow[k] >= 0) _known[i] |= Known.AboveLow;
                if (_known[i] == Known.Free) Slope += _claims[i].Weight;
                else _undecided[left++] = i;
            }

            Undecided = left;
        }

        // The middle one of three undecided bounds; each look decides at least the one it looks at.
        private (T Amount, T Weight) Pivot()
        {
            var (first, second, third) =
                (BoundOf(Undecided / 4), BoundOf(Undecided / 2), BoundOf(3 * Undecided / 4));
            if (IsAbove(first, second)) (first, second) = (second, first);
            if (IsAbove(second, third)) second = third;
            return IsAbove(first, second) ? first : second;
        }

        private static bool IsAbove((T Amount, T Weight) one, (T Amount, T Weight) other) =>
            unchecked(one.Amount * other.Weight > other.Amount * one.Weight);

        private (T Amount, T Weight) BoundOf(int k)
        {
            var i = _undecided[k];
            return ((_known[i] & Known.AboveLow) == 0 ? _claims[i].Low : _claims[i].High, _claims[i].Weight);
        }
    }
}
