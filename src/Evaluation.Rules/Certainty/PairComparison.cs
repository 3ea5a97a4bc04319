using Evaluation.Rules.Index;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// Compares units two by two by the points of each indicator, without adding anything up: the cross-check of the ranking,
/// by <see cref="Outranking"/>, for as many units as there are. An indicator that does not apply to one of the two has no
/// part in the comparison.
/// </summary>
internal sealed class PairComparison
{
    private const int Decimals = 6;

    private readonly double[] _weights;
    private readonly double[][] _rows;

    /// <summary>A comparison of the units of a table.</summary>
    public PairComparison(CompiledScheme scheme, UnitTable table)
    {
        _weights = Array.ConvertAll(scheme.Indicators, compiled => ShareTable.Number(compiled.Indicator.Max));
        _rows = [.. Enumerable.Range(0, table.AsDeclared.Units).Select(_ => new double[_weights.Length])];
        for (var indicator = 0; indicator < _weights.Length; indicator++) PutLevels(table, indicator);
    }

    /// <summary>Units a unit outranks less units that outrank it, by unit.</summary>
    public int[] Copeland(CancellationToken cancel)
    {
        var scores = new int[_rows.Length];
        Parallel.For(0, _rows.Length, new ParallelOptions { CancellationToken = cancel }, one =>
        {
            for (var other = 0; other < _rows.Length; other++)
            {
                if (one == other) continue;
                var share = Outranking.Share(_rows[one], _rows[other], _weights);
                if (Outranking.Beats(share)) scores[one]++;
                else if (Outranking.Beats(1.0 - share)) scores[one]--;
            }
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
        var order = Enumerable.Range(0, _rows.Length).OrderByDescending(unit => points[unit]).ThenBy(unit => unit).ToArray();
        var found = new List<(int, int, decimal)>[_rows.Length];
        Parallel.For(0, _rows.Length, new ParallelOptions { CancellationToken = cancel }, place =>
        {
            found[place] = [];
            var above = order[place];
            for (var next = place + 1; next < order.Length; next++)
            {
                var below = order[next];
                if (points[below] == points[above] || copeland[below] <= copeland[above]) continue;
                var share = Outranking.Share(_rows[below], _rows[above], _weights);
                if (Outranking.Beats(share)) found[place].Add((above, below, Math.Round((decimal)share, Decimals)));
            }
        });
        return [.. found.SelectMany(pairs => pairs)];
    }

    // The points of an indicator as their place among all points it gave: places are exact, shares of a double are not.
    private void PutLevels(UnitTable table, int indicator)
    {
        var levels = Enumerable.Range(0, _rows.Length).Where(unit => table.Applies(indicator, unit))
            .Select(unit => table.Points(indicator, unit)).Distinct().Order()
            .Select((points, level) => (points, level)).ToDictionary(pair => pair.points, pair => pair.level);
        for (var unit = 0; unit < _rows.Length; unit++)
        {
            _rows[unit][indicator] = table.Applies(indicator, unit) ? levels[table.Points(indicator, unit)] : double.NaN;
        }
    }
}
