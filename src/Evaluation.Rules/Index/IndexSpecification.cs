namespace Evaluation.Rules.Index;

/// <summary>How an index is built from its data: every step, with its parameters.</summary>
public sealed record IndexSpecification
{
    /// <summary>Units with a smaller share of available values are left out; 0 keeps all.</summary>
    public double Screen { get; init; } = 2.0 / 3;

    /// <summary>Whether indicators are divided by the columns their framework names.</summary>
    public bool Denominate { get; init; } = true;

    /// <summary>What stands in for missing values.</summary>
    public ImputationMethod Impute { get; init; } = ImputationMethod.GroupMean;

    /// <summary>The group column for imputation by group; null: <see cref="Imputation.CoarsestGroup"/>.</summary>
    public string? Group { get; init; }

    /// <summary>When and how outliers are tamed; null: not at all.</summary>
    public OutlierRule? Outliers { get; init; } = OutlierRule.Usual;

    /// <summary>How indicators are brought to one scale.</summary>
    public NormalisationMethod Normalise { get; init; } = NormalisationMethod.MinMax;

    /// <summary>The ends of min–max; null: 0 to 100, or 1 to 100 where a geometric or harmonic mean follows.</summary>
    public Interval? Range { get; init; }

    /// <summary>One aggregation method, or one for each level from 2 upwards.</summary>
    public IReadOnlyList<AggregationMethod> Aggregate { get; init; } = [AggregationMethod.ArithmeticMean];

    /// <summary>For data that are normalised already: nothing is done to them but aggregation.</summary>
    public static IndexSpecification Normalised { get; } = new()
    {
        Screen = 0, Denominate = false, Impute = ImputationMethod.None, Outliers = null, Normalise = NormalisationMethod.None,
    };

    /// <summary>The ends of min–max that hold: a geometric or harmonic mean is not defined at 0.</summary>
    public Interval EffectiveRange =>
        Range ?? new(Aggregate.All(method => method == AggregationMethod.ArithmeticMean) ? 0 : 1, 100);
}
