using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Worked cases give figures that can occur: a share of 80 in a case is a per cent in the wrong
/// place.</summary>
internal static class FactChecks
{
    public static void Run(CheckBench bench)
    {
        var cases = bench.Scheme.Indicators.SelectMany(indicator => indicator.Cases).Concat(bench.Scheme.Cases)
            .ToList();
        if (cases.Count == 0) return;
        bench.Ask("the figures of the worked cases lie in the ranges of their metrics", cases[0].Location, problems =>
        {
            foreach (var one in cases)
            {
                foreach (var (metric, number) in Figures(bench, one)
                    .Where(figure => IsOutside(figure.Metric, figure.Number)))
                {
                    var can = NumberSet.Words(new ValueRange(metric.Minimum, true, metric.Maximum, true), metric.Code);
                    problems.Add(one.Location,
                        $"the case '{one.Name}' gives {metric.Code} = {NumberSet.Text(number)}, but metrics.yaml says {can}",
                        "correct the figure, or the range of the metric");
                }
            }
        });
    }

    private static bool IsOutside(Metric metric, decimal number) => number < metric.Minimum || number > metric.Maximum;

    private static IEnumerable<(Metric Metric, decimal Number)> Figures(CheckBench bench, WorkedCase one)
    {
        foreach (var (code, value) in one.Units?.Facts.SelectMany(unit => unit.Values) ?? one.Given)
        {
            var facts = value.Kind == FeelKind.List
                ? value.AsList().SelectMany(item => item.AsContext()
                    .Select(member => ($"{code}.{member.Key}", member.Value)))
                : [(code, value)];
            foreach (var (name, fact) in facts)
            {
                if (fact.IsNumber && bench.Rules.Metrics.TryGetValue(name, out var metric)) yield return (metric,
                    fact.AsNumber());
            }
        }
    }
}
