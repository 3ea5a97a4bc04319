using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads worked cases: of an indicator, or of a whole scheme.</summary>
internal sealed class CasesReader(ProblemList problems, RuleNames names)
{
    /// <summary>The cases of a cases file.</summary>
    public IReadOnlyList<WorkedCase> OfFile(YamlMap root, bool ofScheme)
    {
        var file = new MapReader(root, "the cases file", problems, "cases");
        return Cases(file.List("cases"), ofScheme);
    }

    /// <summary>The cases of a list.</summary>
    public IReadOnlyList<WorkedCase> Cases(IEnumerable<YamlNode> nodes, bool ofScheme)
    {
        var cases = nodes.Select(node => CaseOf(node, ofScheme)).ToList();
        CommonParts.RefuseRepeats(problems, cases.Select(one => (one.Name, one.Location)), "the case");
        return cases;
    }

    private WorkedCase CaseOf(YamlNode node, bool ofScheme)
    {
        if (ofScheme && (node as YamlMap)?["units"] is not null) return new UnitsCaseReader(problems, this).Read(node);
        var map = new MapReader(node, "a worked case", problems, "case", "given", "expect", "as_of");
        var name = map.Text("case");
        var given = map.Required("given") is { } facts ? Facts(facts, name) : [];
        string[] keys = ofScheme ? ["total", "grade", "points", "outcome"] : ["points", "value", "outcome"];
        var expected = map.Required("expect");
        var expect = new MapReader(
            expected ?? new YamlMap([], map.Location), $"what the case '{name}' expects", problems, keys);
        if (expected is YamlMap { Entries.Count: 0 })
        {
            problems.Add(expected.Location,
                $"the case '{name}' expects nothing", $"write one of: {string.Join(", ", keys)}");
        }

        return new WorkedCase(
            name,
            given,
            expect.Choice("outcome", RuleWords.Outcomes, ExpectedOutcome.Scored),
            expect.OptionalDecimal(ofScheme ? "total" : "points"),
            !ofScheme && expect.Optional("value") is { } value ? ValueOf(value,
                "the expected value") : (FeelValue?)null,
            ofScheme ? expect.OptionalText("grade") : null,
            ofScheme ? PointsByIndicator(expect) : new Dictionary<string, decimal>(),
            map.OptionalDate("as_of"),
            map.Location);
    }

    private Dictionary<string, decimal> PointsByIndicator(MapReader expect)
    {
        var points = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (expect.Optional("points") is not { } node) return points;
        var map = new MapReader(node, "the points a case expects", problems, names.Indicators);
        foreach (var entry in map.Entries.Where(entry => names.Indicators.Contains(entry.Key.Text)))
        {
            points[entry.Key.Text] = map.DecimalOf(entry.Value, entry.Key.Text) ?? 0m;
        }

        return points;
    }

    /// <summary>The facts of a case by metric code.</summary>
    public Dictionary<string, FeelValue> Facts(YamlNode node, string name)
    {
        var facts = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
        if (node is not YamlMap map)
        {
            problems.Add(node.Location, $"the facts of the case '{name}' are {node.Kind}",
                "write { metric_code: value, … }; {} when nothing is known");
            return facts;
        }

        foreach (var entry in map.Entries) ReadFact(entry, name, facts);
        return facts;
    }

    private void ReadFact(YamlEntry entry, string name, Dictionary<string, FeelValue> facts)
    {
        var code = entry.Key.Text;
        if (names.Lists.ContainsKey(code))
        {
            facts[code] = Resources(entry, name);
        }
        else if (names.Metrics.TryGetValue(code, out var metric) && metric.ResourceList is null)
        {
            facts[code] = FactOf(metric, entry.Value);
        }
        else if (names.Parameters.ContainsKey(code))
        {
            problems.Add(entry.Key.Location, $"the case '{name}' gives the parameter '{code}'",
                "delete it: its value comes from scheme.yaml; as_of: chooses the date");
        }
        else
        {
            var known = names.Lists.Keys.Concat(names.Metrics.Keys.Where(metricCode => !metricCode.Contains('.')));
            var near = NearestWord.Of(code, known);
            problems.Add(entry.Key.Location, $"the case '{name}' gives '{code}', which is no metric",
                near is null ? $"declare {code} in metrics.yaml" : $"write '{near}', or declare {code} in metrics.yaml");
        }
    }

    private FeelValue Resources(YamlEntry entry, string name)
    {
        var list = entry.Key.Text;
        if (entry.Value is not YamlList nodes)
        {
            problems.Add(entry.Value.Location, $"'{list}' of the case '{name}' is {entry.Value.Kind}",
                $"write a list: [ {{ id: a, … }}, {{ id: b, … }} ]");
            return FeelValue.Null;
        }

        return FeelValue.List([.. nodes.Items.Select(node => Resource(node, list))]);
    }

    private FeelValue Resource(YamlNode node, string list)
    {
        var map = new MapReader(node, $"an item of '{list}'", problems, [RuleNames.ResourceId, .. names.Lists[list]]);
        var resource = new FeelContext.Builder();
        resource.Set(RuleNames.ResourceId, map.Text(RuleNames.ResourceId));
        foreach (var entry in map.Entries)
        {
            if (names.Metrics.TryGetValue($"{list}.{entry.Key.Text}", out var metric))
            {
                resource.Set(entry.Key.Text, FactOf(metric, entry.Value));
            }
        }

        return FeelValue.Context(resource.Build());
    }

    // A case feeds a formula what an import would: exact numbers, or one of the metric's answers.
    private FeelValue FactOf(Metric metric, YamlNode node)
    {
        if (metric.Kind != MetricKind.Answer)
        {
            if (node is YamlText text && MapReader.TryDecimal(text.Text, out var number)) return number;
            problems.Add(node.Location, $"'{metric.Code}' is {node.Kind}, but its values are numbers",
                "write a number, or leave the metric out where it is missing");
            return FeelValue.Null;
        }

        if (node is YamlText { IsEmpty: false } answer && (metric.Answers.Count == 0 || metric.Answers.Contains(answer.Text)))
        {
            return answer.Text;
        }

        problems.Add(node.Location, $"'{metric.Code}' is {node.Kind}, which is not one of its answers",
            (metric.Answers.Count == 0 ? "write a text" : $"use one of: {string.Join(", ", metric.Answers)}")
                + "; leave the metric out where it is missing");
        return FeelValue.Null;
    }

    /// <summary>A value whose kind shows in how it is written: number, true or false, day, else text.</summary>
    public FeelValue ValueOf(YamlNode node, string what)
    {
        switch (node)
        {
            case YamlText { IsEmpty: true }: return FeelValue.Null;
            case YamlText { Plain: true, Text: "true" or "false" } flag: return flag.Text == "true";
            case YamlText { Plain: true } number when MapReader.TryDecimal(number.Text, out var value): return value;
            case YamlText { Plain: true } date when MapReader.TryDate(date.Text, out var day): return day;
            case YamlText text: return text.Text;
            case YamlList list: return FeelValue.List([.. list.Items.Select(item => ValueOf(item, what))]);
            default:
                problems.Add(node.Location, $"{what} is {node.Kind}", "write a number, a text, true, false or a day");
                return FeelValue.Null;
        }
    }
}
