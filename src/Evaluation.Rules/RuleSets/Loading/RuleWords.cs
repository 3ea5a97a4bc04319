using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>The closed lists of words that rule files use.</summary>
internal static class RuleWords
{
    public static IReadOnlyDictionary<string, SchemeLevel> Levels { get; } = new Dictionary<string, SchemeLevel>
    {
        ["unit"] = SchemeLevel.Unit,
        ["resource"] = SchemeLevel.Resource,
    };

    public static IReadOnlyDictionary<string, Direction> Directions { get; } = new Dictionary<string, Direction>
    {
        ["higher"] = Direction.Higher,
        ["lower"] = Direction.Lower,
        ["target"] = Direction.Target,
    };

    public static IReadOnlyDictionary<string, MissingPolicy> Missing { get; } = new Dictionary<string, MissingPolicy>
    {
        ["withhold"] = MissingPolicy.Withhold,
        ["zero"] = MissingPolicy.Zero,
        ["exclude"] = MissingPolicy.Exclude,
    };

    public static IReadOnlyDictionary<string, MetricKind> Kinds { get; } = new Dictionary<string, MetricKind>
    {
        ["stock"] = MetricKind.Stock,
        ["flow"] = MetricKind.Flow,
        ["ratio"] = MetricKind.Ratio,
        ["answer"] = MetricKind.Answer,
    };

    public static IReadOnlyDictionary<string, PanelCombination> Combinations { get; } =
        new Dictionary<string, PanelCombination>
        {
            ["mean"] = PanelCombination.Mean,
            ["median"] = PanelCombination.Median,
            ["trimmed_mean"] = PanelCombination.TrimmedMean,
        };

    public static IReadOnlyDictionary<string, QuotaRounding> QuotaRoundings { get; } =
        new Dictionary<string, QuotaRounding>
        {
            ["down"] = QuotaRounding.Down,
            ["up"] = QuotaRounding.Up,
            ["half_up"] = QuotaRounding.HalfUp,
        };

    public static IReadOnlyDictionary<string, EdgeTies> EdgeTies { get; } = new Dictionary<string, EdgeTies>
    {
        ["all_in"] = Grading.EdgeTies.AllIn,
        ["all_out"] = Grading.EdgeTies.AllOut,
        ["refuse"] = Grading.EdgeTies.Refuse,
    };

    /// <summary>Order of a tie key: true is greater first.</summary>
    public static IReadOnlyDictionary<string, bool> Orders { get; } = new Dictionary<string, bool>
    {
        ["descending"] = true,
        ["ascending"] = false,
    };

    public static IReadOnlyDictionary<string, RoundingMethod> Roundings { get; } =
        new Dictionary<string, RoundingMethod>
        {
            ["largest_remainder"] = RoundingMethod.LargestRemainder,
            ["half_up"] = RoundingMethod.HalfUp,
            ["down"] = RoundingMethod.Down,
            ["cumulative"] = RoundingMethod.Cumulative,
            ["dhondt"] = RoundingMethod.DHondt,
            ["sainte_lague"] = RoundingMethod.SainteLague,
            ["huntington_hill"] = RoundingMethod.HuntingtonHill,
            ["quota"] = RoundingMethod.Quota,
        };

    public static IReadOnlyDictionary<string, SpendRule> Spending { get; } = new Dictionary<string, SpendRule>
    {
        ["all"] = SpendRule.All,
        ["up_to_caps"] = SpendRule.UpToCaps,
        ["as_needed"] = SpendRule.AsNeeded,
        ["as_computed"] = SpendRule.AsComputed,
        ["exactly"] = SpendRule.Exactly,
    };

    public static IReadOnlyDictionary<string, ExpectedOutcome> Outcomes { get; } =
        new Dictionary<string, ExpectedOutcome>
        {
            ["scored"] = ExpectedOutcome.Scored,
            ["withheld"] = ExpectedOutcome.Withheld,
            ["not_applicable"] = ExpectedOutcome.NotApplicable,
        };

    public static IReadOnlyDictionary<string, MappingTarget> Targets { get; } = new Dictionary<string, MappingTarget>
    {
        ["observations"] = MappingTarget.Observations,
        ["service_records"] = MappingTarget.ServiceRecords,
        ["units"] = MappingTarget.Units,
        ["resources"] = MappingTarget.Resources,
        ["ignore"] = MappingTarget.Ignored,
    };
}
