namespace Evaluation.Rules.Index;

/// <summary>
/// The index under other choices. What a choice shares with earlier ones is computed once: the normalised table of a
/// combination, the tree of an aggregation, the weights of a set, the rank change of a whole combination.
/// </summary>
internal sealed class RebuiltIndices
{
    private static readonly Interval PositiveRange = new(1, 100);

    private readonly CompositeIndex index;
    private readonly List<(string Name, int Alternatives, Func<Combination, int, Combination> Choose)> factors;
    private readonly Combination nominal;
    private readonly Dictionary<(ImputationMethod, bool, NormalisationMethod), IndexTable> tables = [];
    private readonly Dictionary<AggregationMethod, Aggregation> trees = [];
    private readonly Dictionary<Combination, double> changes = [];
    private readonly List<double[]> weights;

    public RebuiltIndices(CompositeIndex index, IndexChoices choices, long seed)
    {
        this.index = index;
        weights = WeightsOf(choices, seed);
        nominal = new(choices.Impute[0], choices.TreatOutliers[0], choices.Normalise[0], choices.Aggregate[0], Weights: -1);
        factors =
        [
            ("normalise", choices.Normalise.Count, (run, one) => run with { Normalise = choices.Normalise[one] }),
            ("aggregate", choices.Aggregate.Count, (run, one) => run with { Aggregate = choices.Aggregate[one] }),
            ("outliers", choices.TreatOutliers.Count, (run, one) => run with { Treat = choices.TreatOutliers[one] }),
            ("impute", choices.Impute.Count, (run, one) => run with { Impute = choices.Impute[one] }),
            ("weights", weights.Count, (run, one) => run with { Weights = one }),
        ];
        factors.RemoveAll(factor => factor.Alternatives < 2);
    }

    /// <summary>The choices that have alternatives, in the order of the design's columns.</summary>
    public IReadOnlyList<string> Factors => [.. factors.Select(factor => factor.Name)];

    /// <summary>Mean absolute rank change against the index as it is, for a row of fractions in [0, 1).</summary>
    public double MeanRankChange(ReadOnlySpan<double> row)
    {
        var run = nominal;
        for (var factor = 0; factor < row.Length; factor++)
        {
            run = factors[factor].Choose(run, (int)(row[factor] * factors[factor].Alternatives));
        }

        if (changes.TryGetValue(run, out var known)) return known;
        var scores = Tree(run.Aggregate).Scores(
            Table(run).Values(), run.Weights < 0 ? index.Weights : weights[run.Weights], index.Units);
        return changes[run] = Ranking.MeanChange(index.Ranks, Ranking.Of(scores));
    }

    private List<double[]> WeightsOf(IndexChoices choices, long seed)
    {
        if (choices.WeightNoise == 0) return [];
        return [.. WeightNoise.Draw(index.Framework, choices.WeightNoise, choices.WeightSets, seed)
            .Select(set => index.Aggregation.Codes
                .Select((code, place) => set.Weights.TryGetValue(code, out var weight) ? weight : index.Weights[place]).ToArray())];
    }

    private Aggregation Tree(AggregationMethod method) =>
        trees.TryGetValue(method, out var known) ? known : trees[method] = new Aggregation(index.Framework, [method]);

    private IndexTable Table(Combination run)
    {
        var key = (run.Impute, run.Treat, run.Normalise);
        if (tables.TryGetValue(key, out var known)) return known;
        var group = run.Impute is ImputationMethod.GroupMean or ImputationMethod.GroupMedian
            ? index.Group ?? Imputation.CoarsestGroup(index.Framework, index.Data)
            : null;
        var imputed = Imputation.Apply(index.Denominated, run.Impute, group is null ? null : index.Data.Groups[group]);
        var rule = index.Specification.Outliers ?? OutlierRule.Usual;
        return tables[key] = imputed.Map((code, column) => Normalise(
            run.Treat ? OutlierTreatment.Apply(column, rule).Values : column, index.Framework[code].Direction, run.Normalise));
    }

    private static double[] Normalise(double[] column, int direction, NormalisationMethod method)
    {
        if (Normalisation.SaysNothing(column, direction, method)) return Array.ConvertAll(column, _ => double.NaN);
        var values = Normalisation.Apply(column, direction, method, PositiveRange);
        if (method != NormalisationMethod.ZScore) return values;
        var shift = PositiveRange.Low - ColumnStatistics.Present(values).Min();
        return Array.ConvertAll(values, value => value + shift);
    }

    /// <summary>One alternative of every choice; <paramref name="Weights"/> is the number of a set, -1 the nominal weights.</summary>
    private readonly record struct Combination(
        ImputationMethod Impute, bool Treat, NormalisationMethod Normalise, AggregationMethod Aggregate, int Weights);
}
