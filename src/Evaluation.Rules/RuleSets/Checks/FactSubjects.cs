using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Thresholds of one thing that is compared, and the values the cases give it.</summary>
/// <param name="Name">What is compared, for messages.</param>
/// <param name="Thresholds">Where the rule turns, with the place that says so.</param>
/// <param name="Values">The values of the worked cases.</param>
/// <param name="Range">The values that can occur.</param>
/// <param name="Whole">Whether only whole numbers are usual, so that one less is just under.</param>
internal sealed record ThresholdSubject(
    string Name,
    IReadOnlyList<(decimal Threshold, FileLocation Location)> Thresholds,
    IReadOnlyList<decimal> Values,
    NumberSet Range,
    bool Whole)
{
    /// <summary>Whether the rule asks for these very numbers, so that nothing turns under them.</summary>
    public bool OnlyOn { get; init; }
}

/// <summary>Finds what formulas compare of the facts: a metric, a metric of each resource, or something computed of
/// them.</summary>
internal static class FactSubjects
{
    private sealed record Asked(string Name, bool OnlyOn, decimal Threshold, FileLocation Location, Metric? Metric,
        FeelExpression? Input);

    /// <summary>A subject for each thing the formulas compare, with the values that facts give it.</summary>
    public static IEnumerable<ThresholdSubject> Of(
        CheckBench bench, IEnumerable<Formula> formulas, IReadOnlyList<IReadOnlyDictionary<string,
            FeelValue>> facts) => formulas
        .SelectMany(formula => OfMetrics(bench, formula).Concat(OfComputed(bench, formula)))
        .GroupBy(asked => (asked.Name, asked.OnlyOn))
        .Select(group => SubjectOf(bench, group.Key.Name, [.. group], facts));

    private static ThresholdSubject SubjectOf(
        CheckBench bench, string name, IReadOnlyList<Asked> asked, IReadOnlyList<IReadOnlyDictionary<string,
            FeelValue>> facts)
    {
        var first = asked[0];
        var values = first.Metric is { } metric
            ? facts.SelectMany(one => Figures(metric, one))
            : facts.Select(one => bench.Constants.NumberIn(first.Input!, one)).OfType<decimal>();
        return new ThresholdSubject(
            name,
            [.. asked.Select(one => (one.Threshold, one.Location))],
            [.. values],
            first.Metric is { } known ? NumberSet.Of(new ValueRange(known.Minimum, true, known.Maximum, true))
                : RangeOf(bench, first.Input!),
            first.Metric is { } counted ? counted.Unit.Decimals == 0 : IsWhole(bench, first.Input!.Root))
        {
            OnlyOn = first.OnlyOn,
        };
    }

    private static IEnumerable<Asked> OfMetrics(CheckBench bench, Formula formula) =>
        from comparison in Comparisons.In(formula.Expression.Root, formula.Text, bench.Constants)
        where comparison.Value.IsNumber && comparison.Subject != NameScope.ValueName
        let metric = FiringChecks.MetricOf(bench, comparison.Subject)
        where metric is not null && !bench.Constants.Fixes(comparison.Subject)
        select new Asked(metric.Code, IsEquality(comparison.Operator), comparison.Value.AsNumber(), formula.Location,
            metric, null);

    // What stands inside a loop asks things that only the loop knows; no case states them.
    private static IEnumerable<Asked> OfComputed(CheckBench bench, Formula formula) =>
        from comparison in Comparisons.Computed(formula.Expression.Root, formula.Text, bench.Constants)
        let text = comparison.Input.TextIn(formula.Text)
        let input = FeelExpression.Parse(text, [.. bench.Rules.Metrics.Keys, .. bench.Scheme.Parameters.Keys])
        where input.FreeNames.All(name => IsFact(bench, name))
        select new Asked(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            IsEquality(comparison.Operator), comparison.Threshold, formula.Location, null, input);

    private static bool IsEquality(FeelOperator comparison) =>
        comparison is FeelOperator.Equal or FeelOperator.NotEqual;

    private static bool IsFact(CheckBench bench, string name) => bench.Constants.Fixes(name)
        || bench.Rules.Metrics.ContainsKey(name) || bench.Rules.Metrics.Values.Any(metric =>
            metric.ResourceList == name);

    private static IEnumerable<decimal> Figures(Metric metric, IReadOnlyDictionary<string, FeelValue> facts)
    {
        if (metric.ResourceList is not { } list)
        {
            return facts.TryGetValue(metric.Code, out var value) && value.IsNumber ? [value.AsNumber()] : [];
        }

        return facts.TryGetValue(list, out var items) && items.Kind == FeelKind.List
            ? items.AsList().Where(item => item.Kind == FeelKind.Context)
                .Select(item => item.AsContext()[metric.ShortCode]).Where(one => one.IsNumber).Select(one =>
                    one.AsNumber())
            : [];
    }

    private static bool IsWhole(CheckBench bench, FeelNode node) => node switch
    {
        FeelCall { Function: FeelName { Name: "count" or "floor" or "ceiling" } } => true,
        FeelLiteral { Value.IsNumber: true } literal => decimal.IsInteger(literal.Value.AsNumber()),
        FeelName name => bench.Rules.Metrics.TryGetValue(name.Name, out var metric) && metric.Unit.Decimals == 0,
        FeelBinary { Operator: FeelOperator.Add or FeelOperator.Subtract or FeelOperator.Multiply } sum =>
            IsWhole(bench, sum.Left) && IsWhole(bench, sum.Right),
        _ => false,
    };

    // Sums, products and ratios of what is never below 0 are never below 0.
    private static NumberSet RangeOf(CheckBench bench, FeelExpression input) =>
        NeverNegative(bench, input) ? NumberSet.Above(0m, included: true) : NumberSet.All;

    /// <summary>Whether the text tells that an expression is never below 0.</summary>
    public static bool NeverNegative(CheckBench bench, FeelExpression input) => !Subtracts(input.Root)
        && input.FreePaths.All(path => FiringChecks.MetricOf(bench, path) is not { } metric || metric.Minimum >= 0m);

    private static bool Subtracts(FeelNode node) =>
        node is FeelNegation or FeelBinary { Operator: FeelOperator.Subtract } || node.Children.Any(Subtracts);
}
