using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// Compares units two by two by the points of each indicator, without adding anything up: the cross-check of the ranking.
/// Exact: weights are whole numbers of a common scale. An indicator that does not apply to one of the two has no part in
/// the comparison.
/// </summary>
internal sealed class PairComparison
{
    private readonly long[] _weights;
    private readonly int[][] _codes;
    private readonly int _units;

    /// <summary>A comparison of the units of a table.</summary>
    public PairComparison(CompiledScheme scheme, UnitTable table)
    {
        _units = table.AsDeclared.Units;
        var maxima = Array.ConvertAll(scheme.Indicators, compiled => compiled.Indicator.Max);
        var scale = Math.Min(maxima.Max(NumberText.DecimalsOf), Contest.PointDecimals);
        var one = Enumerable.Range(0, scale).Aggregate(1L, (product, _) => product * 10);
        _weights = Array.ConvertAll(maxima, max => (long)Math.Round(max * one, MidpointRounding.ToEven));
        _codes = [.. Enumerable.Range(0, maxima.Length).Select(indicator => Codes(table, indicator))];
    }

    /// <summary>Units a unit outranks less units that outrank it, by unit.</summary>
    public int[] Copeland(CancellationToken cancel)
    {
        var scores = new int[_units];
        Parallel.For(0, _units, new ParallelOptions { CancellationToken = cancel }, one =>
        {
            for (var other = 0; other < _units; other++) scores[one] += Math.Sign(Lead(one, other).Lead);
        });
        return scores;
    }

    /// <summary>Pairs in which the unit with the lower score outranks the other and has the greater Copeland
    /// score.</summary>
    /// <param name="points">Score by unit.</param>
    /// <param name="copeland">Copeland score by unit.</param>
    /// <param name="cancel">Ends the comparison.</param>
    public IReadOnlyList<(int Above, int Below, decimal Weight)> Disagreeing(
        decimal[] points, int[] copeland, CancellationToken cancel)
    {
        var order = Enumerable.Range(0, _units).OrderByDescending(unit => points[unit]).ThenBy(unit => unit).ToArray();
        var found = new List<(int, int, decimal)>[_units];
        Parallel.For(0, _units, new ParallelOptions { CancellationToken = cancel }, place =>
        {
            found[place] = [];
            var above = order[place];
            for (var next = place + 1; next < _units; next++)
            {
                var below = order[next];
                if (points[below] == points[above] || copeland[below] <= copeland[above]) continue;
                var (lead, whole) = Lead(below, above);
                if (lead > 0) found[place].Add((above, below, Math.Round((lead + whole) / (2m * whole), 6)));
            }
        });
        return [.. found.SelectMany(pairs => pairs)];
    }

    /// <summary>Weight in which one is better less weight in which the other is, and the weight compared.</summary>
    private (long Lead, long Whole) Lead(int one, int other)
    {
        var (lead, whole) = (0L, 0L);
        for (var i = 0; i < _codes.Length; i++)
        {
            var (own, its) = (_codes[i][one], _codes[i][other]);
            if (own < 0 || its < 0) continue;
            whole += _weights[i];
            if (own > its) lead += _weights[i];
            else if (own < its) lead -= _weights[i];
        }

        return (lead, whole);
    }

    // The points of an indicator as their place among all points it gave: whole numbers compare faster. -1: none.
    private static int[] Codes(UnitTable table, int indicator)
    {
        var units = table.AsDeclared.Units;
        var levels = Enumerable.Range(0, units).Where(unit => table.Applies(indicator, unit))
            .Select(unit => table.Points(indicator, unit)).Distinct().Order()
            .Select((points, code) => (points, code)).ToDictionary(pair => pair.points, pair => pair.code);
        return [.. Enumerable.Range(0, units)
            .Select(unit => table.Applies(indicator, unit) ? levels[table.Points(indicator, unit)] : -1)];
    }
}
