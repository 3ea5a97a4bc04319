using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads one indicator, from a file of its own or written inside a scheme.</summary>
internal sealed class IndicatorReader(ProblemList problems, RuleNames names, RuleFiles files)
{
    private static readonly string[] Keys =
    [
        "indicator",
            "name", "source", "question", "given", "optional", "value", "unit", "range", "direction", "points", "max",
        "short_of_max", "missing", "applies",
    ];

    /// <summary>The indicator of a mapping.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="cases">Cases that stand in a file beside it; null for an indicator inside a scheme, which lists its own.</param>
    public Indicator Read(YamlNode node, IReadOnlyList<WorkedCase>? cases)
    {
        var id = (node as YamlMap)?["indicator"] is YamlText { Text: var text } ? text : "";
        var what = id.Length > 0 ? $"the indicator {id}" : "an indicator";
        var map = new MapReader(node, what, problems, cases is null ? [.. Keys, "cases"] : Keys);
        var formulas = new FormulaReader(problems);
        var errorsBefore = problems.Errors;
        var given = Given(map, what);
        var scope = new NameScope(names, given);
        var indicator = new Indicator(
            map.Code("indicator"),
            map.Bilingual("name"),
            map.Source(what),
            map.Bilingual("question"),
            given,
            formulas.Formula(map.Required("value"), $"the value of {what}", scope),
            map.Unit(),
            map.OptionalRange("range", what) ?? ValueRange.Everything,
            map.Choice("direction", RuleWords.Directions),
            new PointsReader(problems, formulas, what, scope with { Value = true }, files).Read(map.Required("points")),
            Max(map, what),
            map.Choice("missing", RuleWords.Missing),
            Applies(map, what, formulas, scope),
            cases ?? new CasesReader(problems, names).Cases(map.OptionalList("cases"), ofScheme: false),
            map.Location)
        {
            Optional = Optional(map, what, given),
            ShortOfMax = map.Has("short_of_max") ? map.Bilingual("short_of_max") : null,
            MaxLocation = map.Optional("max")?.Location ?? map.Location,
        };

        // A formula that could not be read would have used something.
        if (problems.Errors == errorsBefore) WarnOfUnused(map, what, given, formulas);
        return indicator;
    }

    private IReadOnlyList<string> Given(MapReader map, string what)
    {
        var given = new List<string>();
        foreach (var code in map.Texts("given", required: true))
        {
            if (given.Contains(code.Text))
            {
                problems.Add(code.Location, $"'given' of {what} lists {code.Text} twice", "keep it once");
            }
            else if (!names.IsKnown(code.Text))
            {
                var declare = $"declare {code.Text} in metrics.yaml, or under parameters in scheme.yaml";
                var near = NearestWord.Of(code.Text, names.All);
                problems.Add(code.Location,
                    $"'given' of {what} lists '{code.Text}', which is no metric and no parameter",
                    near is null ? declare : $"write '{near}', or {declare}");
            }

            // An unknown code stays listed, so that the formula that uses it is not reported as well.
            if (!given.Contains(code.Text)) given.Add(code.Text);
        }

        return given;
    }

    private IReadOnlyList<string> Optional(MapReader map, string what, IReadOnlyList<string> given)
    {
        var optional = new List<string>();
        foreach (var code in map.Texts("optional"))
        {
            if (given.Contains(code.Text) && !names.Parameters.ContainsKey(code.Text)) optional.Add(code.Text);
            else problems.Add(code.Location,
                $"'optional' of {what} lists '{code.Text}', which is no metric that 'given' lists",
                NearestWord.Of(code.Text, given) is { } near ? $"write '{near}', or add {code.Text} to given" : $"add {code.Text} to given");
        }

        return optional;
    }

    private decimal Max(MapReader map, string what)
    {
        if (map.Required("max") is not { } node || map.DecimalOf(node, "max") is not { } max) return 0m;
        if (max <= 0m)
        {
            problems.Add(node.Location, $"'max' of {what} is not above 0", "write the most points it can earn");
        }

        return max;
    }

    private Applicability? Applies(MapReader indicator, string what, FormulaReader formulas, NameScope scope)
    {
        if (indicator.Optional("applies") is not { } node) return null;
        var map = new MapReader(node, $"'applies' of {what}", problems, "when", "otherwise");
        return new Applicability(
            formulas.Formula(map.Required("when"), $"'applies' of {what}", scope), map.Bilingual("otherwise"));
    }

    private void WarnOfUnused(MapReader map, string what, IReadOnlyList<string> given, FormulaReader formulas)
    {
        foreach (var code in given.Where(code => names.IsKnown(code) && !formulas.Used.Contains(code)))
        {
            if (formulas.Used.Any(used => used.StartsWith(code + ".", StringComparison.Ordinal))) continue;
            problems.Warn(map.Optional("given")!.Location, $"'given' of {what} lists '{code}', but no formula uses it",
                "delete it, unless the indicator shall wait for it");
        }
    }
}
