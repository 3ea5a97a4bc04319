using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// Bands that compare with fixed numbers, as one sorted row of edges: between two neighbouring edges nothing changes,
/// so one search finds the band that the tests, run in file order, would find. Every answer in the row was given by
/// those tests.
/// </summary>
internal sealed class NumberSteps
{
    private readonly decimal[] _edges;

    // Below the first edge, on it, above it, on the second, …: 2n + 1 places, each with the band that holds there or -1.
    private readonly int[] _bands;

    private NumberSteps(decimal[] edges, int[] bands) => (_edges, _bands) = (edges, bands);

    /// <summary>The row, or null where a band does not compare with fixed numbers.</summary>
    public static NumberSteps? Of(CompiledScheme scheme, BandPoints rule)
    {
        var edges = new SortedSet<decimal>();
        var slots = scheme.EmptySlots();
        foreach (var band in rule.Bands)
        {
            if (!band.When.Tests.FreeNames.All(scheme.Parameters.ContainsKey)) return null;
            foreach (var test in band.When.Tests.Root.Tests)
            {
                if (EndsOf(test) is not { } ends) return null;
                foreach (var end in ends)
                {
                    if (ConditionWords.Number(scheme, slots, end, band.When.Text) is not { } edge) return null;
                    edges.Add(edge);
                }
            }
        }

        var tests = rule.Bands.Select(band => scheme.Tests(band.When)).ToList();
        return Samples([.. edges]) is { } samples
            ? new NumberSteps([.. edges], [.. samples.Select(sample =>
                tests.FindIndex(test => test.Test(FeelValue.Number(sample), slots) == true))])
            : null;
    }

    /// <summary>Index of the first band that holds, or -1.</summary>
    public int BandOf(decimal value)
    {
        var (low, high) = (0, _edges.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = decimal.Compare(value, _edges[middle]);
            if (order == 0) return _bands[(2 * middle) + 1];
            if (order < 0) high = middle;
            else low = middle + 1;
        }

        return _bands[2 * low];
    }

    private static FeelNode[]? EndsOf(FeelNode test) => test switch
    {
        FeelComparisonTest comparison => [comparison.Endpoint],
        FeelInterval interval => [interval.Low, interval.High],
        FeelLiteral literal => [literal],
        _ => null,
    };

    /// <summary>A number of each place, or null where edges lie too close or too far out for one between or beyond
    /// them.</summary>
    private static List<decimal>? Samples(decimal[] edges)
    {
        const decimal Far = 1e20m;
        if (edges.Length == 0 || edges[0] < -Far || edges[^1] > Far) return null;
        var samples = new List<decimal> { edges[0] - 1m };
        for (var i = 0; i < edges.Length; i++)
        {
            samples.Add(edges[i]);
            var above = i + 1 < edges.Length ? edges[i] + ((edges[i + 1] - edges[i]) / 2m) : edges[i] + 1m;
            if (above <= edges[i] || (i + 1 < edges.Length && above >= edges[i + 1])) return null;
            samples.Add(above);
        }

        return samples;
    }
}
