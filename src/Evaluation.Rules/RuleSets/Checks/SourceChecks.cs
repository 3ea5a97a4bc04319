using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Each indicator has an article of its own: one cited twice is a copy that was not finished.</summary>
internal static class SourceChecks
{
    public static void Run(CheckBench bench) =>
        bench.Ask("no two indicators cite the same item", bench.Scheme.Location, problems =>
        {
            var first = new Dictionary<(string, string, string?), Indicator>();
            foreach (var indicator in bench.Scheme.Indicators.Where(indicator => indicator.Source.Item is not null))
            {
                var source = indicator.Source;
                if (first.TryAdd((source.Document, source.Item!, source.Page), indicator)) continue;
                var other = first[(source.Document, source.Item!, source.Page)];
                problems.Add(indicator.Location,
                    $"the source of {indicator.Id} is that of {other.Id} ({other.Location}): {source.Document} {source.Item}",
                    "cite the item of each; where one item holds both, say which part: item: \"3, second row\"");
            }
        });
}
