namespace Evaluation.Rules.Index;

/// <summary>What the resource index says of one subject. A missing number is null.</summary>
/// <param name="Code">Code of the subject.</param>
/// <param name="Name">Its name.</param>
/// <param name="Units">Units it is made of.</param>
/// <param name="Score">Score from 0 to 100, or null where it has none.</param>
/// <param name="Rank">Rank, or null.</param>
/// <param name="Available">Share of the figures it has.</param>
public sealed record IndexedSubject(string Code, Bilingual Name, int Units, double? Score, int? Rank, double Available)
{
    /// <summary>Rank at the 5 % quantile of the weight draws; null without a rank.</summary>
    public double? Rank5 { get; init; }

    /// <summary>Rank at the 95 % quantile.</summary>
    public double? Rank95 { get; init; }

    /// <summary>Score of each block, by block code.</summary>
    public IReadOnlyDictionary<string, double?> Blocks { get; init; } = new Dictionary<string, double?>();

    /// <summary>The figures themselves, by indicator code.</summary>
    public IReadOnlyDictionary<string, decimal?> Figures { get; init; } = new Dictionary<string, decimal?>();

    /// <summary>What each indicator adds to the score above (or below) the mean of all, by indicator code; they sum to the
    /// score less the mean score.</summary>
    public IReadOnlyDictionary<string, double> Parts { get; init; } = new Dictionary<string, double>();

    /// <summary>Rank in the earlier year, in that year's own index; null where there is none.</summary>
    public int? EarlierRank { get; init; }

    /// <summary>Score now less score then, both years on one scale; null where there is none.</summary>
    public double? Change { get; init; }
}

/// <summary>How much an indicator or a block matters for the ranking.</summary>
/// <param name="Code">Code of the indicator or block.</param>
/// <param name="EffectiveWeight">Its share in the index when nothing is missing.</param>
/// <param name="MeanRankChange">Mean absolute rank change if it were left out; null where nothing could be ranked.</param>
public sealed record IndexedPart(string Code, double EffectiveWeight, double? MeanRankChange);

/// <summary>The resource index over one kind of subject.</summary>
/// <param name="Kind">province, discipline or institution.</param>
/// <param name="Category">The category of institutions; null where all categories count.</param>
/// <param name="Without">Why there is no index, or null where there is one.</param>
/// <param name="Subjects">In the order of ranks, those without a rank last.</param>
/// <param name="Parts">Blocks and indicators that took part.</param>
public sealed record ResourceIndexScope(
    string Kind, string? Category, Bilingual? Without, IReadOnlyList<IndexedSubject> Subjects, IReadOnlyList<IndexedPart> Parts)
{
    /// <summary>What other choices of method would do to the ranking; null where there is no index.</summary>
    public ChoiceUncertainty? Choices { get; init; }

    /// <summary>Pairs of ranked subjects whose order the pairwise comparison does not confirm.</summary>
    public int Disagreeing { get; init; }

    /// <summary>All pairs of ranked subjects.</summary>
    public int Pairs { get; init; }

    /// <summary>Indicators that told no subject from another, and took no part.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];

    /// <summary>Name of the scope in an address: <c>province</c>, <c>institution-data</c>.</summary>
    public string Id => Category is null ? Kind : $"{Kind}-{Category}";
}
