namespace Evaluation.Rules.Index;

/// <summary>A set of weights under which the index is computed again.</summary>
/// <param name="Id">Its name or number.</param>
/// <param name="Weights">Weights by code; a code that is not named keeps its nominal weight.</param>
public sealed record WeightSet(string Id, IReadOnlyDictionary<string, double> Weights);

/// <summary>Weights with noise: how sure a rank is if nobody can say that a weight is exactly right.</summary>
public static class WeightNoise
{
    /// <summary>
    /// Sets drawn around the nominal weights: each weight × (1 + noise × u), u uniform in [-1, 1), then renormalised so that
    /// the weights below a parent sum to what they summed to before. The top has no weight to draw.
    /// </summary>
    /// <param name="framework">The framework.</param>
    /// <param name="noise">Relative noise, from 0 to 1: 0.25 is ± 25 %.</param>
    /// <param name="draws">How many sets.</param>
    /// <param name="seed">The same seed gives the same sets.</param>
    /// <exception cref="IndexSpecificationException">The noise is outside 0 to 1, or there are no draws.</exception>
    public static IReadOnlyList<WeightSet> Draw(IndexFramework framework, double noise, int draws, long seed)
    {
        if (!(noise is >= 0 and <= 1)) throw new IndexSpecificationException($"The noise {noise} is not a share from 0 to 1.");
        if (draws < 1) throw new IndexSpecificationException("At least one draw is needed.");
        var random = CounterRandom.Seeded(seed).For("weights");
        var groups = framework.Aggregates.Select(aggregate => framework.ChildrenOf(aggregate.Code).ToList()).ToList();
        return [.. Enumerable.Range(1, draws).Select(draw => new WeightSet(
            draw.ToString(System.Globalization.CultureInfo.InvariantCulture), Draw(groups, noise, random.For(draw))))];
    }

    private static Dictionary<string, double> Draw(List<List<FrameworkRow>> groups, double noise, CounterRandom random)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            // A weight's draws belong to its code, so that a row moved in the file changes nothing.
            var noisy = group.ConvertAll(row => row.Weight * (1 + noise * (2 * random.For(row.Code).Fraction(0) - 1)));
            var (before, after) = (group.Sum(row => row.Weight), noisy.Sum());
            for (var row = 0; row < group.Count; row++)
            {
                weights[group[row].Code] = after > 0 ? noisy[row] * before / after : group[row].Weight;
            }
        }

        return weights;
    }
}
