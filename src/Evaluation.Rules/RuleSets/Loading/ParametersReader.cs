using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>parameters:</c> of a scheme or an award policy.</summary>
internal sealed class ParametersReader(ProblemList problems, IReadOnlyDictionary<string, Metric> metrics)
{
    /// <summary>The parameters by code.</summary>
    public Dictionary<string, Parameter> Read(MapReader scheme)
    {
        var parameters = new Dictionary<string, Parameter>(StringComparer.Ordinal);
        if (scheme.Optional("parameters") is not { } node) return parameters;
        if (node is not YamlMap map)
        {
            problems.Add(node.Location, $"'parameters' is {node.Kind}",
                "write code: { name: …, unit: …, values: …, source: … } for each");
            return parameters;
        }

        foreach (var entry in map.Entries)
        {
            MetricsFile.CheckCode(entry.Key, dotted: false, problems);
            if (metrics.ContainsKey(entry.Key.Text))
            {
                problems.Add(entry.Key.Location,
                    $"'{entry.Key.Text}' is a metric and a parameter at once", "rename one of them");
            }

            parameters[entry.Key.Text] = ParameterOf(entry);
        }

        return parameters;
    }

    private Parameter ParameterOf(YamlEntry entry)
    {
        var what = $"the parameter {entry.Key.Text}";
        var map = new MapReader(entry.Value, what, problems, "name", "unit", "values", "source");
        var values = new List<DatedValue>();
        foreach (var node in map.List("values"))
        {
            var value = DatedValueOf(node, what);
            if (values.Count > 0 && value.From <= values[^1].From)
            {
                problems.Add(node.Location, $"a value of {what} does not begin after the one above it",
                    "order the values by 'from', oldest first, one a day");
            }

            if (values.Count > 0 && value.Value.Kind != values[^1].Value.Kind)
            {
                problems.Add(node.Location, $"a value of {what} is of another kind than the one above it",
                    "write all of them as numbers, or all as texts");
            }

            values.Add(value);
        }

        return new Parameter(entry.Key.Text, map.Bilingual("name"), map.Unit(), values, map.Source(what), entry.Key.Location);
    }

    private DatedValue DatedValueOf(YamlNode node, string what)
    {
        var map = new MapReader(node, $"a value of {what}", problems, "from", "value");
        var value = map.Required("value") switch
        {
            YamlText { Plain: true } text => map.DecimalOf(text, "value") ?? 0m,
            YamlText text => text.Text,
            { } other => map.DecimalOf(other, "value") ?? 0m,
            null => Feel.FeelValue.Null,
        };
        return new DatedValue(map.Date("from"), value);
    }
}
