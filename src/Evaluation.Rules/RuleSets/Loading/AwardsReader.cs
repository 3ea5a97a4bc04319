using Evaluation.Rules.Allocation;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>awards:</c> of a scheme.</summary>
internal sealed class AwardsReader(
    ProblemList problems, RuleNames names, GradesReader gradesReader, IReadOnlyCollection<string> grades)
{
    private readonly FormulaReader _formulas = new(problems);
    private readonly NameScope _everything = new(names, Card: true);

    public AwardPolicy Read(YamlNode node)
    {
        var map = new MapReader(node, "'awards' of the scheme", problems,
            "pool", "amounts", "coefficient", "floor", "cap", "round_to", "rounding", "source");
        var roundTo = map.Required("round_to") is { } unit ? map.DecimalOf(unit, "round_to") : null;
        if (roundTo <= 0m)
        {
            problems.Add(map.Required("round_to")!.Location,
                "'round_to' is not above 0", "write the rounding unit in yuan, e.g. 1 or 10000");
        }

        return new AwardPolicy(
            map.Code("pool"),
            Amounts(map),
            OptionalFormula(map, "coefficient"),
            OptionalFormula(map, "floor"),
            OptionalFormula(map, "cap"),
            roundTo ?? 1m,
            map.Choice("rounding", RuleWords.Roundings),
            map.Source("the awards"),
            map.Location);
    }

    private IReadOnlyList<GradeAmount> Amounts(MapReader awards)
    {
        var amounts = new List<GradeAmount>();
        if (awards.Required("amounts") is not { } node) return amounts;
        if (node is not YamlMap map)
        {
            problems.Add(node.Location, $"'amounts' of the awards is {node.Kind}", "write { grade: yuan, … }");
            return amounts;
        }

        foreach (var entry in map.Entries)
        {
            gradesReader.CheckGrade(entry.Key.Text, entry.Key.Location, grades);
            var amount = awards.DecimalOf(entry.Value, $"amounts.{entry.Key.Text}") ?? 0m;
            if (amount < 0m) problems.Add(entry.Value.Location,
                $"the amount of {entry.Key.Text} is below 0", "write 0 or more yuan");
            amounts.Add(new GradeAmount(entry.Key.Text, amount));
        }

        return amounts;
    }

    private Formula? OptionalFormula(MapReader map, string key) =>
        map.Optional(key) is { } node ? _formulas.Formula(node, $"'{key}' of the awards", _everything) : null;
}
