using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads worked cases of awards: of an award policy, or of the awards of a scheme.</summary>
internal sealed class AwardCasesReader(ProblemList problems, RuleNames names, bool ofScheme)
{
    /// <summary>The unit of a case that has only one.</summary>
    private const string OnlyUnit = "unit";

    private readonly CasesReader _facts = new(problems, names);

    /// <summary>The cases of a cases file.</summary>
    public IReadOnlyList<AwardCase> Read(YamlMap root)
    {
        var file = new MapReader(root, "the cases file", problems, "cases");
        var cases = file.List("cases").Select(CaseOf).ToList();
        CommonParts.RefuseRepeats(problems, cases.Select(one => (one.Name, one.Location)), "the case");
        return cases;
    }

    private AwardCase CaseOf(YamlNode node)
    {
        var map = new MapReader(node, "a worked case", problems,
            ["case", "pool", "budget", "parameters", "given", "units", "expect", "as_of"]);
        var name = map.Text("case");
        var expect = new MapReader(
            map.Required("expect") ?? new YamlMap([], map.Location), $"what the case '{name}' expects", problems,
            "award", "awards", "payments", "months", "paid", "left", "refused");
        var units = Units(map, name);
        return new AwardCase(
            name,
            map.OptionalText("pool"),
            map.OptionalDecimal("budget"),
            Parameters(map),
            units,
            Awards(expect, name, units),
            Payments(expect),
            expect.OptionalDecimal("left"),
            expect.Flag("refused"),
            map.OptionalDate("as_of"),
            map.Location)
        {
            Paid = expect.OptionalDecimal("paid"),
            Months = [.. expect.OptionalList("months").Select(month => (int)(expect.DecimalOf(month, "months") ?? 0m))],
        };
    }

    private List<AwardCaseUnit> Units(MapReader map, string name)
    {
        if (map.Has("given") == map.Has("units"))
        {
            problems.Add(map.Location, $"the case '{name}' needs given or units, one of the two",
                "write given: { column: value, … } for one unit, or units: { a: { … }, b: { … } }");
            return [];
        }

        if (map.Optional("given") is { } given) return [UnitOf(OnlyUnit, given, name)];
        if (map.Optional("units") is YamlMap units) return [.. units.Entries.Select(entry => UnitOf(entry.Key.Text, entry.Value, name))];
        problems.Add(map.Optional("units")!.Location, $"the units of the case '{name}' are no mapping", "write units: { a: { … }, b: { … } }");
        return [];
    }

    // In a scheme's case grade, rank and total stand beside the facts; in a policy they are columns like any other.
    private AwardCaseUnit UnitOf(string unit, YamlNode node, string name)
    {
        string[] ofCard = ofScheme ? ["grade", "rank", "total"] : [];
        var (card, facts) = (new List<YamlEntry>(), node);
        if (node is YamlMap map)
        {
            card = [.. map.Entries.Where(entry => ofCard.Contains(entry.Key.Text))];
            facts = new YamlMap([.. map.Entries.Except(card)], map.Location);
        }

        var reader = new MapReader(new YamlMap(card, node.Location), $"the card of the case '{name}'", problems, ["grade", "rank", "total"]);
        return new AwardCaseUnit(
            new UnitFacts(unit, _facts.Facts(facts, name), new Dictionary<string, Provenance>()),
            reader.OptionalText("grade"),
            (int)(reader.OptionalDecimal("rank") ?? 1m),
            reader.OptionalDecimal("total"));
    }

    private Dictionary<string, FeelValue> Parameters(MapReader map)
    {
        var values = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
        if (map.Optional("parameters") is not { } node) return values;
        var parameters = new MapReader(node, "the parameters of a case", problems, [.. names.Parameters.Keys]);
        foreach (var entry in parameters.Entries.Where(entry => names.Parameters.ContainsKey(entry.Key.Text)))
        {
            values[entry.Key.Text] = _facts.ValueOf(entry.Value, $"the parameter {entry.Key.Text}");
        }

        return values;
    }

    private Dictionary<string, decimal> Awards(MapReader expect, string name, List<AwardCaseUnit> units)
    {
        var awards = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (expect.OptionalDecimal("award") is { } only && units.Count == 1) awards[units[0].Facts.Unit] = only;
        if (expect.Optional("awards") is { } node)
        {
            var map = new MapReader(node, $"the awards of the case '{name}'", problems, [.. units.Select(unit => unit.Facts.Unit)]);
            foreach (var entry in map.Entries) awards[entry.Key.Text] = map.DecimalOf(entry.Value, entry.Key.Text) ?? 0m;
        }

        if (awards.Count == 0 && !expect.Has("refused") && !expect.Has("left"))
        {
            problems.Add(expect.Location, $"the case '{name}' expects nothing",
                "write award: an amount, awards: { a: …, b: … }, left: an amount, or refused: true");
        }

        return awards;
    }

    private Dictionary<string, int> Payments(MapReader expect)
    {
        var payments = new Dictionary<string, int>(StringComparer.Ordinal);
        if (expect.OptionalDecimal("payments") is { } only) payments[OnlyUnit] = (int)only;
        return payments;
    }
}
