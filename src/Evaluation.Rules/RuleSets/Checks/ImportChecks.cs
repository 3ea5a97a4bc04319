using Evaluation.Rules.RuleSets.Loading;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>The unit of each imported column becomes the unit of its metric, by the factor that the units demand.</summary>
internal static class ImportChecks
{
    // Unit of the file → unit of the metric: what one of the former is in the latter.
    private static readonly IReadOnlyDictionary<(string From, string To), decimal> Factors =
        new Dictionary<(string, string), decimal>
        {
            [("percent", "share")] = 0.01m,
            [("share", "percent")] = 100m,
            [("ten_thousand_yuan", "yuan")] = 10_000m,
            [("yuan", "ten_thousand_yuan")] = 0.0001m,
            [("day", "hour")] = 24m,
        };

    // Things that are counted: "12 samples" and "a count of 12" are the same number.
    private static readonly HashSet<string> Counted =
        ["count", "time", "sample", "record", "person", "instrument", "accession", "dataset"];

    public static IReadOnlyList<CheckResult> Run(RuleSet rules)
    {
        var results = new List<CheckResult>();
        foreach (var column in rules.Imports.SelectMany(import => import.Metrics))
        {
            if (!rules.Metrics.TryGetValue(column.Metric, out var metric)) continue;
            var problems = new ProblemList();
            Check(problems, column, metric.Unit.Code);
            results.Add(new CheckResult(
                $"the column {column.Column} becomes {column.Metric} in its unit", column.Location, problems.InOrder()));
        }

        return results;
    }

    private static void Check(ProblemList problems, MetricColumn column, string unit)
    {
        decimal? factor = column.Unit == unit || (Counted.Contains(column.Unit) && Counted.Contains(unit)) ? 1m
            : Factors.TryGetValue((column.Unit, unit), out var known) ? known : null;
        if (factor is null)
        {
            problems.Add(column.Location, $"the column '{column.Column}' is in {column.Unit}, but {column.Metric} is in {unit}, and one cannot become the other",
                "correct the unit of the column, or choose the metric it really is");
        }
        else if (column.Times != factor)
        {
            problems.Add(column.Location,
                $"the column '{column.Column}' is taken times {NumberSet.Text(column.Times)}, but {column.Unit} becomes {unit} times {NumberSet.Text(factor.Value)}",
                factor == 1m ? "delete times, or correct the unit" : $"write times: {NumberSet.Text(factor.Value)}");
        }
    }
}
