using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads a worked case of several units that are ranked and graded together.</summary>
internal sealed class UnitsCaseReader(ProblemList problems, CasesReader facts)
{
    /// <summary>The case of a mapping with <c>units:</c>.</summary>
    public WorkedCase Read(YamlNode node)
    {
        var map = new MapReader(node, "a worked case", problems, "case", "given", "units", "expect", "as_of");
        var name = map.Text("case");
        var shared = map.Optional("given") is { } given ? facts.Facts(given, name) : [];
        var units = Units(map, name, shared);
        var what = $"what the case '{name}' expects";
        var expect = new MapReader(
            map.Required("expect") ?? new YamlMap([], map.Location), what, problems, "totals", "ranks", "grades", "refused");
        var ids = units.Select(unit => unit.Unit).ToList();
        var expected = new WorkedUnits(
            units, Numbers(expect, "totals", ids), Numbers(expect, "ranks", ids), Grades(expect, ids),
            expect.Flag("refused"));
        if (map.Has("expect") && !expected.Refused
            && expected.Totals.Count + expected.Ranks.Count + expected.Grades.Count == 0)
        {
            problems.Add(map.Location, $"the case '{name}' expects nothing",
                "write totals, ranks or grades: { unit: … }, or refused: true");
        }

        return new WorkedCase(
            name, shared, ExpectedOutcome.Scored, null, null, null, new Dictionary<string, decimal>(),
            map.OptionalDate("as_of"), map.Location)
        {
            Units = expected,
        };
    }

    // What a unit says of itself counts before what all share.
    private List<UnitFacts> Units(MapReader map, string name, Dictionary<string, FeelValue> shared)
    {
        if (map.Required("units") is not YamlMap units)
        {
            problems.Add(map.Optional("units")!.Location, $"the units of the case '{name}' are no mapping",
                "write units: { a: { metric_code: value, … }, b: { … } }");
            return [];
        }

        return [.. units.Entries.Select(entry =>
        {
            var own = new Dictionary<string, FeelValue>(shared, StringComparer.Ordinal);
            foreach (var (code, value) in facts.Facts(entry.Value, name)) own[code] = value;
            return new UnitFacts(entry.Key.Text, own, new Dictionary<string, Provenance>());
        })];
    }

    private Dictionary<string, decimal> Numbers(MapReader expect, string key, IReadOnlyCollection<string> units)
    {
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (expect.Optional(key) is not { } node) return numbers;
        var map = new MapReader(node, $"the {key} a case expects", problems, units);
        foreach (var entry in map.Entries) numbers[entry.Key.Text] = map.DecimalOf(entry.Value, entry.Key.Text) ?? 0m;
        return numbers;
    }

    private Dictionary<string, string> Grades(MapReader expect, IReadOnlyCollection<string> units)
    {
        var grades = new Dictionary<string, string>(StringComparer.Ordinal);
        if (expect.Optional("grades") is not { } node) return grades;
        var map = new MapReader(node, "the grades a case expects", problems, units);
        foreach (var entry in map.Entries.Where(entry => units.Contains(entry.Key.Text)))
        {
            grades[entry.Key.Text] = map.Text(entry.Key.Text);
        }

        return grades;
    }
}
