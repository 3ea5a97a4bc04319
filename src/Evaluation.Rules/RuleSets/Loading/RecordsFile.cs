using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>records.yaml</c>: which service records and which resources count at all.</summary>
internal sealed class RecordsFile(ProblemList problems, Cycle? cycle)
{
    public const string Path = "records.yaml";

    private static readonly UnitOfMeasure Answer = UnitOfMeasure.All["answer"];

    private readonly FormulaReader _formulas = new(problems);

    public RecordRules Read(YamlMap root)
    {
        var file = new MapReader(root, Path, problems, "parameters", "exclude", "leave_out");
        var parameters = new ParametersReader(problems, new Dictionary<string, Metric>()).Read(file);
        var ofRecords = ScopeOf(RecordRules.OfRecords, parameters, root.Location);
        var ofResources = ScopeOf(RecordRules.OfResources, parameters, root.Location);
        var rules = new RecordRules(
            parameters,
            [.. file.OptionalList("exclude").Select(node => RecordRule(node, ofRecords))],
            [.. file.OptionalList("leave_out").Select(node => ResourceRule(node, ofResources))]);
        CommonParts.RefuseRepeats(
            problems,
            rules.Records.Select(rule => (rule.Id, rule.Location))
                .Concat(rules.Resources.Select(rule => (rule.Id, rule.Location))),
            "the rule");
        return rules;
    }

    // The names of records and resources stand where a scheme has its metrics: unknown names are found the same way.
    private static NameScope ScopeOf(
        IReadOnlyList<string> names, IReadOnlyDictionary<string, Parameter> parameters, FileLocation location)
    {
        var nothing = new Bilingual(MapReader.NoText, MapReader.NoText);
        var known = names.ToDictionary(
            name => name,
            name => new Metric(
                name, nothing, Answer, MetricKind.Answer, null, null, [], new Dictionary<string, string>(), nothing, location),
            StringComparer.Ordinal);
        return new NameScope(new RuleNames(known, parameters));
    }

    private RecordExclusion RecordRule(YamlNode node, NameScope names)
    {
        var map = new MapReader(node, "an exclusion of records", problems, "exclude", "name", "when", "source", "cases");
        var id = map.Code("exclude");
        var what = $"the exclusion {id}";
        return new RecordExclusion(
            id, map.Bilingual("name"), _formulas.Formula(map.Required("when"), $"'when' of {what}", names), map.Source(what),
            Cases(map, what, names), map.Location);
    }

    private ResourceExclusion ResourceRule(YamlNode node, NameScope names)
    {
        var map = new MapReader(
            node, "a scope rule", problems, "leave_out", "category", "name", "when", "source", "cases");
        var id = map.Code("leave_out");
        var what = $"the scope rule {id}";
        var category = map.Code("category");
        if (category.Length > 0 && cycle is not null && cycle.Categories.All(one => one.Id != category))
        {
            var known = cycle.Categories.Select(one => one.Id).ToList();
            problems.Add(map.Location, $"{what} is for '{category}', which is no category of the cycle",
                NearestWord.Mend(category, known));
        }

        return new ResourceExclusion(
            id, category, map.Bilingual("name"), _formulas.Formula(map.Required("when"), $"'when' of {what}", names),
            map.Source(what), Cases(map, what, names), map.Location);
    }

    private List<RuleCase> Cases(MapReader rule, string what, NameScope names)
    {
        var cases = new List<RuleCase>();
        foreach (var node in rule.List("cases"))
        {
            var map = new MapReader(node, $"a case of {what}", problems, "given", "holds");
            map.Required("holds");
            cases.Add(new RuleCase(Given(map, what, names), map.Flag("holds"), map.Location));
        }

        return cases;
    }

    // The values of a case are FEEL, so that a day and a text cannot be taken for one another.
    private Dictionary<string, FeelValue> Given(MapReader map, string what, NameScope names)
    {
        var given = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
        if (map.Required("given") is not YamlMap values) return given;
        foreach (var entry in values.Entries)
        {
            if (!names.Names.Metrics.ContainsKey(entry.Key.Text))
            {
                problems.Add(entry.Key.Location, $"a case of {what} gives '{entry.Key.Text}', which nothing is called",
                    NearestWord.Mend(entry.Key.Text, [.. names.Names.Metrics.Keys]));
            }

            var formula = _formulas.Formula(entry.Value, $"'{entry.Key.Text}' of a case of {what}", names);
            given[entry.Key.Text] = formula.Expression.Evaluate(FeelContext.Empty);
        }

        return given;
    }
}
