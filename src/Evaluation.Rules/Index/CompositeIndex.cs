namespace Evaluation.Rules.Index;

/// <summary>
/// A composite index, built: every stage from the raw data to the ranks. The vocabulary and the definitions are those of
/// COINr (Becker et al. 2022); the order is screen, denominate, impute, treat outliers, normalise, aggregate.
/// </summary>
public sealed class CompositeIndex
{
    private CompositeIndex(IndexFramework framework, IndexData data, IndexSpecification specification)
    {
        Framework = framework;
        Specification = specification;
        Availability = UnitAvailability.Of(data.Indicators);
        var kept = Availability.Index().Where(unit => unit.Item.Available >= specification.Screen).Select(unit => unit.Index).ToList();
        if (kept.Count < 2)
        {
            throw new IndexSpecificationException(
                $"{kept.Count} of {Availability.Count} units are left after screening: an index compares at least two. "
                + "Lower the share of available values that is asked for.");
        }

        Data = data.Only(kept);
        Denominated = specification.Denominate ? Denomination.Apply(framework, Data) : Data.Indicators;
        Group = !Imputation.IsComplete(Denominated) && specification.Impute is (ImputationMethod.GroupMean or ImputationMethod.GroupMedian)
            ? GroupOf()
            : null;
        Imputed = Imputation.Apply(Denominated, specification.Impute, Group is null ? null : Data.Groups[Group]);
        Treatments = specification.Outliers is { } rule
            ? Imputed.Columns.ToDictionary(code => code, code => OutlierTreatment.Apply(Imputed[code].ToArray(), rule))
            : new Dictionary<string, TreatedColumn>();
        Treated = Imputed.Map((code, column) => Treatments.TryGetValue(code, out var treated) ? treated.Values : column);
        Normalised = Treated.Map((code, column) =>
            Normalisation.Apply(column, framework[code].Direction, specification.Normalise, specification.EffectiveRange));
        Silent = [.. Treated.Columns.Where(code =>
            Normalisation.SaysNothing(Treated[code], framework[code].Direction, specification.Normalise))];
        Counted = Normalised.Map((code, column) => Silent.Contains(code) ? Array.ConvertAll(column, _ => double.NaN) : column);
        Aggregation = new Aggregation(framework, specification.Aggregate);
        Weights = Aggregation.NominalWeights();
        Aggregated = Aggregation.Apply(Counted, Weights);
        Scores = Aggregated[framework.Top.Code].ToArray();
        Ranks = Ranking.Of(Scores);
    }

    /// <summary>What was built.</summary>
    public IndexFramework Framework { get; }

    /// <summary>How.</summary>
    public IndexSpecification Specification { get; }

    /// <summary>How much of each unit's data is there, the screened-out units included.</summary>
    public IReadOnlyList<UnitAvailability> Availability { get; }

    /// <summary>The data of the units that passed the screen.</summary>
    public IndexData Data { get; }

    /// <summary>The group column that imputation used; null where none was needed.</summary>
    public string? Group { get; }

    /// <summary>Indicators divided by their denominators.</summary>
    public IndexTable Denominated { get; }

    /// <summary>Missing values filled in.</summary>
    public IndexTable Imputed { get; }

    /// <summary>What outlier treatment did to each indicator; empty where there was none.</summary>
    public IReadOnlyDictionary<string, TreatedColumn> Treatments { get; }

    /// <summary>Outliers tamed.</summary>
    public IndexTable Treated { get; }

    /// <summary>On one scale, more is better.</summary>
    public IndexTable Normalised { get; }

    /// <summary>Indicators that tell no unit from another by the normalisation that was chosen: they take no part.</summary>
    public IReadOnlyList<string> Silent { get; }

    /// <summary>The normalised indicators that take part; those that are <see cref="Silent"/> are missing.</summary>
    public IndexTable Counted { get; }

    /// <summary>The indicators that take part, and every aggregate.</summary>
    public IndexTable Aggregated { get; }

    /// <summary>The tree that aggregated them.</summary>
    public Aggregation Aggregation { get; }

    /// <summary>The weights, in the order of the tree's codes.</summary>
    public double[] Weights { get; }

    /// <summary>The score of every unit, in the order of the tables; NaN where it has none.</summary>
    public double[] Scores { get; }

    /// <summary>The rank of every unit, in the order of the tables; 0 where it has none.</summary>
    public int[] Ranks { get; }

    /// <summary>Codes of the units that are ranked or could be, in the order of the tables.</summary>
    public IReadOnlyList<string> Units => Data.Indicators.Units;

    /// <summary>Builds an index.</summary>
    /// <exception cref="IndexSpecificationException">The steps do not go together with each other or with the data.</exception>
    public static CompositeIndex Build(IndexFramework framework, IndexData data, IndexSpecification specification) =>
        new(framework, data, specification);

    private string? GroupOf()
    {
        if (Specification.Group is not { } named) return Imputation.CoarsestGroup(Framework, Data);
        return Data.Groups.ContainsKey(named)
            ? named
            : throw new IndexSpecificationException(
                $"There is no group column {named}. Group columns: {string.Join(", ", Data.Groups.Keys.Order(StringComparer.Ordinal))}.");
    }
}
