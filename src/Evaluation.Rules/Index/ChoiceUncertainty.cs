namespace Evaluation.Rules.Index;

/// <summary>The choices whose weight on the ranking is asked for; each is a factor of a Sobol design.</summary>
public sealed record IndexChoices
{
    /// <summary>Ways to normalise. All are put on positive scales, so that every mean can follow: min–max runs from 1 to 100,
    /// z-scores are shifted per indicator so that the smallest is 1.</summary>
    public IReadOnlyList<NormalisationMethod> Normalise { get; init; } =
        [NormalisationMethod.MinMax, NormalisationMethod.ZScore, NormalisationMethod.Rank];

    /// <summary>Ways to aggregate, at every level.</summary>
    public IReadOnlyList<AggregationMethod> Aggregate { get; init; } =
        [AggregationMethod.ArithmeticMean, AggregationMethod.GeometricMean, AggregationMethod.HarmonicMean];

    /// <summary>Whether outliers are treated.</summary>
    public IReadOnlyList<bool> TreatOutliers { get; init; } = [true, false];

    /// <summary>Ways to fill in missing values.</summary>
    public IReadOnlyList<ImputationMethod> Impute { get; init; } = [ImputationMethod.GroupMean, ImputationMethod.Mean, ImputationMethod.None];

    /// <summary>Relative noise of the weights.</summary>
    public double WeightNoise { get; init; } = 0.25;

    /// <summary>How many sets of weights the factor draws from.</summary>
    public int WeightSets { get; init; } = 100;

    /// <summary>
    /// The choices there really are for an index: filling in is one only where values are missing, and by group only where
    /// a group column divides the units.
    /// </summary>
    public static IndexChoices For(CompositeIndex index) => new()
    {
        Impute = Imputation.IsComplete(index.Denominated) ? [ImputationMethod.None]
            : Imputation.CoarsestGroup(index.Framework, index.Data) is null ? [ImputationMethod.Mean, ImputationMethod.None]
            : [ImputationMethod.GroupMean, ImputationMethod.Mean, ImputationMethod.None],
    };
}

/// <summary>How much of the uncertainty of a ranking comes from one choice.</summary>
/// <param name="Factor">The choice: normalise, aggregate, outliers, impute, weights.</param>
/// <param name="Index">First-order and total index of the mean absolute rank change, with bootstrap intervals.</param>
public sealed record ChoiceInfluence(string Factor, SobolIndex Index);

/// <summary>What other choices would do to the ranking.</summary>
/// <param name="Runs">Times the index was built: N(d + 2).</param>
/// <param name="MeanRankChange">Mean over the runs of A and B of the mean absolute rank change against the index as it is.</param>
/// <param name="Influences">Every factor with more than one alternative; empty where no choice moves any rank.</param>
public sealed record ChoiceUncertainty(int Runs, double MeanRankChange, IReadOnlyList<ChoiceInfluence> Influences)
{
    /// <summary>Builds the index anew for every row of a Saltelli design over the choices.</summary>
    /// <param name="index">The index as it is.</param>
    /// <param name="choices">The alternatives.</param>
    /// <param name="size">N, the rows of the design's first matrix.</param>
    /// <param name="bootstrap">Draws of the bootstrap.</param>
    /// <param name="seed">The same seed gives the same result.</param>
    /// <exception cref="IndexSpecificationException">Fewer than two choices have alternatives, or a run cannot be built.</exception>
    public static ChoiceUncertainty Of(CompositeIndex index, IndexChoices choices, int size, int bootstrap, long seed)
    {
        var rebuilt = new RebuiltIndices(index, choices, seed);
        if (rebuilt.Factors.Count < 2)
        {
            throw new IndexSpecificationException("A Sobol analysis needs at least two choices with more than one alternative each.");
        }

        var random = CounterRandom.Seeded(seed);
        var design = new SaltelliDesign(rebuilt.Factors.Count, size, random.For("design"));
        var outputs = new double[design.Rows];
        var row = new double[design.Factors];
        for (var run = 0; run < design.Rows; run++)
        {
            for (var factor = 0; factor < row.Length; factor++) row[factor] = design[run, factor];
            outputs[run] = rebuilt.MeanRankChange(row);
        }

        var plain = outputs[..(2 * size)];
        var influences = plain.Any(output => output != plain[0])
            ? SobolIndices.Estimate(outputs, design.Factors, bootstrap, random.For("bootstrap"))
                .Zip(rebuilt.Factors, (found, factor) => new ChoiceInfluence(factor, found)).ToList()
            : [];
        return new(design.Rows, plain.Sum() / plain.Length, influences);
    }
}
