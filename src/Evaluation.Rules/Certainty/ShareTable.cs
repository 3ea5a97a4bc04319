using System.Numerics;
using Evaluation.Rules.Index;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// What every unit earned of every indicator, as a share of its maximum, one array an indicator: totals under other
/// weights are then a few multiplications a unit. Only units with a total of their own have a place in it.
/// </summary>
/// <remarks>Totals are sums in a fixed order of additions and multiplications of doubles, so that they are the same
/// bits on every machine.</remarks>
internal sealed class ShareTable
{
    private readonly double[][] _shares;
    private readonly int[] _pattern;
    private readonly bool[][] _patterns;
    private readonly double _outOf;

    /// <summary>A table.</summary>
    /// <param name="scheme">Gives indicators, blocks and what the total is out of.</param>
    /// <param name="shares">Indicator × unit; 0 where the indicator does not apply.</param>
    /// <param name="applies">Indicator × unit.</param>
    public ShareTable(CompiledScheme scheme, double[][] shares, bool[][] applies)
    {
        _shares = shares;
        _outOf = Number(scheme.Scheme.OutOf);
        Weights = [.. scheme.Indicators.Select(compiled => Number(compiled.Indicator.Max))];
        Blocks = BlocksOf(scheme);
        (_pattern, _patterns) = Patterns(applies, shares.Length == 0 ? 0 : shares[0].Length);
    }

    /// <summary>Units in the table.</summary>
    public int Units => _pattern.Length;

    /// <summary>The declared weight of every indicator: its maximum.</summary>
    public double[] Weights { get; }

    /// <summary>First indicator of every block, and the one after the last.</summary>
    public (int First, int After)[] Blocks { get; }

    /// <summary>Whether some indicator does not apply to some unit.</summary>
    public bool AnyNotApplicable => Array.Exists(_patterns, pattern => Array.Exists(pattern, applies => !applies));

    /// <summary>Share of an indicator a unit earned.</summary>
    public double Share(int indicator, int unit) => _shares[indicator][unit];

    /// <summary>Whether an indicator applies to a unit.</summary>
    public bool Applies(int indicator, int unit) => _patterns[_pattern[unit]][indicator];

    /// <summary>Totals of weighted sums, before judgements: what does not apply is left out and the rest
    /// re-scaled.</summary>
    /// <param name="weights">A weight an indicator.</param>
    /// <param name="totals">One a unit.</param>
    /// <param name="rescale">False: what does not apply counts nothing of its maximum.</param>
    public void Sum(ReadOnlySpan<double> weights, Span<double> totals, bool rescale = true)
    {
        totals.Clear();
        for (var indicator = 0; indicator < _shares.Length; indicator++)
        {
            if (weights[indicator] != 0.0) AddScaled(_shares[indicator], weights[indicator], totals);
        }

        var factors = new double[_patterns.Length];
        for (var pattern = 0; pattern < factors.Length; pattern++)
        {
            var applicable = Applicable(weights, rescale ? _patterns[pattern] : null, 0, _shares.Length);
            factors[pattern] = applicable > 0.0 ? _outOf / applicable : 0.0;
        }

        for (var unit = 0; unit < totals.Length; unit++) totals[unit] *= factors[_pattern[unit]];
    }

    /// <summary>Totals of geometric means of the blocks' shares, before judgements.</summary>
    /// <param name="weights">A weight an indicator.</param>
    /// <param name="floor">Share at which a block that earned nothing enters.</param>
    /// <param name="totals">One a unit.</param>
    /// <param name="rescale">False: what does not apply counts nothing of its maximum.</param>
    public void Multiply(ReadOnlySpan<double> weights, double floor, Span<double> totals, bool rescale = true)
    {
        for (var unit = 0; unit < totals.Length; unit++)
        {
            var applies = rescale ? _patterns[_pattern[unit]] : null;
            var (logarithms, whole) = (0.0, 0.0);
            foreach (var (first, after) in Blocks)
            {
                var weight = Applicable(weights, applies, first, after);
                if (weight <= 0.0) continue;
                var earned = 0.0;
                for (var i = first; i < after; i++) earned += weights[i] * _shares[i][unit];
                logarithms += weight * StableMath.Log(floor + ((1.0 - floor) * earned / weight));
                whole += weight;
            }

            var mean = whole > 0.0 ? StableMath.Exp(logarithms / whole) : floor;
            totals[unit] = _outOf * (mean - floor) / (1.0 - floor);
        }
    }

    /// <summary>A decimal as the double next to it.</summary>
    public static double Number(decimal number) => (double)number;

    private static double Applicable(ReadOnlySpan<double> weights, bool[]? applies, int first, int after)
    {
        var sum = 0.0;
        for (var i = first; i < after; i++)
        {
            if (applies is null || applies[i]) sum += weights[i];
        }

        return sum;
    }

    // Lane by lane the same multiplication and addition, however many lanes a machine has.
    private static void AddScaled(double[] shares, double weight, Span<double> totals)
    {
        var lanes = Vector<double>.Count;
        var unit = 0;
        var factor = new Vector<double>(weight);
        for (; unit <= totals.Length - lanes; unit += lanes)
        {
            var sum = new Vector<double>(totals[unit..]) + (new Vector<double>(shares, unit) * factor);
            sum.CopyTo(totals[unit..]);
        }

        for (; unit < totals.Length; unit++) totals[unit] += shares[unit] * weight;
    }

    private static (int First, int After)[] BlocksOf(CompiledScheme scheme)
    {
        var first = 0;
        return [.. scheme.Scheme.Blocks.Select(block =>
        {
            var range = (first, first + block.Indicators.Count);
            first = range.Item2;
            return range;
        })];
    }

    private static (int[] OfUnit, bool[][] Patterns) Patterns(bool[][] applies, int units)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var patterns = new List<bool[]>();
        var ofUnit = new int[units];
        for (var unit = 0; unit < units; unit++)
        {
            var own = Array.ConvertAll(applies, indicator => indicator[unit]);
            var key = string.Concat(own.Select(flag => flag ? '1' : '0'));
            if (!known.TryGetValue(key, out ofUnit[unit]))
            {
                ofUnit[unit] = patterns.Count;
                known.Add(key, patterns.Count);
                patterns.Add(own);
            }
        }

        return (ofUnit, [.. patterns]);
    }
}
