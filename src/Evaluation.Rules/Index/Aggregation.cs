namespace Evaluation.Rules.Index;

/// <summary>How the parts of an aggregate are put together.</summary>
public enum AggregationMethod
{
    /// <summary>Weighted arithmetic mean: a lack in one part can be made good by another.</summary>
    ArithmeticMean,

    /// <summary>Weighted geometric mean: a lack weighs more; needs positive values.</summary>
    GeometricMean,

    /// <summary>Weighted harmonic mean: a lack weighs most; needs positive values.</summary>
    HarmonicMean,
}

/// <summary>
/// The tree of a framework, ready to aggregate many times with different weights. A missing part is left out and the
/// weights of the others are taken as shares of theirs; an aggregate without any part that counts is missing itself.
/// </summary>
public sealed class Aggregation
{
    private readonly IndexFramework framework;
    private readonly Node[] nodes;

    /// <summary>The tree with a method for every level.</summary>
    /// <param name="framework">The framework.</param>
    /// <param name="methods">One method for all levels, or one for each level from 2 upwards.</param>
    /// <exception cref="IndexSpecificationException">The number of methods fits neither.</exception>
    public Aggregation(IndexFramework framework, IReadOnlyList<AggregationMethod> methods)
    {
        var levels = framework.Top.Level - 1;
        if (methods.Count != 1 && methods.Count != levels)
        {
            throw new IndexSpecificationException(
                $"{methods.Count} aggregation methods are given for {levels} levels above the indicators: give one, or {levels}.");
        }

        this.framework = framework;
        Codes = [.. framework.Indicators.Concat(framework.Aggregates).Select(row => row.Code)];
        var places = Codes.Select((code, place) => (code, place)).ToDictionary(pair => pair.code, pair => pair.place);
        nodes = [.. framework.Aggregates.Select(aggregate => new Node(
            places[aggregate.Code],
            [.. framework.ChildrenOf(aggregate.Code).Select(child => places[child.Code])],
            methods[methods.Count == 1 ? 0 : aggregate.Level - 2]))];
    }

    /// <summary>The codes of all columns: the indicators, then the aggregates from the lowest level up.</summary>
    public IReadOnlyList<string> Codes { get; }

    /// <summary>The weights of the framework, in the order of <see cref="Codes"/>.</summary>
    public double[] NominalWeights() => [.. Codes.Select(code => framework[code].Weight)];

    /// <summary>Every column of the tree: the normalised indicators as they are, and the aggregates.</summary>
    /// <param name="normalised">The indicators of the framework, in its order.</param>
    /// <param name="weights">In the order of <see cref="Codes"/>.</param>
    /// <exception cref="IndexSpecificationException">A geometric or harmonic mean meets a value that is not positive.</exception>
    public IndexTable Apply(IndexTable normalised, double[] weights)
    {
        var columns = new double[Codes.Count][];
        normalised.Values().CopyTo(columns, 0);
        Fill(columns, weights, normalised.Units);
        return new IndexTable(
            normalised.Units, [.. Codes.Select((code, place) => KeyValuePair.Create(code, columns[place]))]);
    }

    /// <summary>The scores alone: the column of the index itself.</summary>
    internal double[] Scores(double[][] indicators, double[] weights, IReadOnlyList<string> units)
    {
        var columns = new double[Codes.Count][];
        indicators.CopyTo(columns, 0);
        Fill(columns, weights, units);
        return columns[^1];
    }

    /// <summary>
    /// The effective weights: the share of each code in the index when nothing is missing. Those of the indicators sum to 1,
    /// and so do those of every level.
    /// </summary>
    public double[] EffectiveWeights(double[] weights)
    {
        var effective = new double[Codes.Count];
        effective[^1] = 1;
        for (var node = nodes.Length - 1; node >= 0; node--)
        {
            var (place, children, _) = nodes[node];
            var sum = children.Sum(child => weights[child]);
            foreach (var child in children) effective[child] = sum > 0 ? effective[place] * weights[child] / sum : 0;
        }

        return effective;
    }

    /// <summary>
    /// The weight every indicator really has in the score of every unit, its missing values considered: entry [indicator][unit].
    /// The weighted values of a unit sum to its score, when every level is an arithmetic mean.
    /// </summary>
    internal double[][] WeightsOfUnits(IndexTable aggregated, double[] weights)
    {
        var columns = aggregated.Values();
        var effective = Codes.Select(_ => new double[aggregated.Units.Count]).ToArray();
        Array.Fill(effective[^1], 1);
        for (var node = nodes.Length - 1; node >= 0; node--)
        {
            var (place, children, _) = nodes[node];
            for (var unit = 0; unit < aggregated.Units.Count; unit++)
            {
                var present = children.Where(child => !double.IsNaN(columns[child][unit])).ToList();
                var sum = present.Sum(child => weights[child]);
                foreach (var child in present) effective[child][unit] = sum > 0 ? effective[place][unit] * weights[child] / sum : 0;
            }
        }

        return effective[..framework.Indicators.Count];
    }

    private void Fill(double[][] columns, double[] weights, IReadOnlyList<string> units)
    {
        foreach (var (place, children, method) in nodes)
        {
            columns[place] = method switch
            {
                AggregationMethod.ArithmeticMean => Arithmetic(columns, children, weights, units.Count),
                AggregationMethod.GeometricMean => Means(columns, children, weights, units, Geometric),
                AggregationMethod.HarmonicMean => Means(columns, children, weights, units, Harmonic),
                _ => throw new ArgumentOutOfRangeException(nameof(columns), method, "an unknown method"),
            };
        }
    }

    private static double[] Arithmetic(double[][] columns, int[] children, double[] weights, int units)
    {
        var sums = new double[units];
        var shares = new double[units];
        foreach (var child in children)
        {
            var (column, weight) = (columns[child], weights[child]);
            if (weight == 0) continue;
            for (var unit = 0; unit < units; unit++)
            {
                var value = column[unit];
                if (double.IsNaN(value)) continue;
                sums[unit] += weight * value;
                shares[unit] += weight;
            }
        }

        for (var unit = 0; unit < units; unit++) sums[unit] = shares[unit] > 0 ? sums[unit] / shares[unit] : double.NaN;
        return sums;
    }

    private double[] Means(
        double[][] columns, int[] children, double[] weights, IReadOnlyList<string> units,
        Func<IReadOnlyList<(double Value, double Weight)>, double> mean)
    {
        var result = new double[units.Count];
        var parts = new List<(double Value, double Weight)>(children.Length);
        for (var unit = 0; unit < units.Count; unit++)
        {
            parts.Clear();
            foreach (var child in children)
            {
                var value = columns[child][unit];
                if (double.IsNaN(value) || weights[child] == 0) continue;
                if (value <= 0) throw NotPositive(units[unit], Codes[child], value);
                parts.Add((value, weights[child]));
            }

            result[unit] = parts.Count > 0 ? mean(parts) : double.NaN;
        }

        return result;
    }

    private static double Geometric(IReadOnlyList<(double Value, double Weight)> parts) =>
        StableMath.Exp(parts.Sum(part => part.Weight * StableMath.Log(part.Value)) / parts.Sum(part => part.Weight));

    private static double Harmonic(IReadOnlyList<(double Value, double Weight)> parts) =>
        parts.Sum(part => part.Weight) / parts.Sum(part => part.Weight / part.Value);

    private static IndexSpecificationException NotPositive(string unit, string code, double value) => new(
        FormattableString.Invariant($"{code} of the unit {unit} is {value}: geometric and harmonic means need positive values. ")
        + "Choose a normalisation whose values are positive (minmax with a range from 1, rank), or the arithmetic mean.");

    private sealed record Node(int Place, int[] Children, AggregationMethod Method);
}
