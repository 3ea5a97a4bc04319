using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>points:</c> of an indicator: exactly one of the six forms.</summary>
internal sealed class PointsReader(
    ProblemList problems, FormulaReader formulas, string what, NameScope scope, RuleFiles files)
{
    private static readonly string[] Forms = ["bands", "formula", "goalposts", "checklist", "panel", "table"];

    public PointsRule Read(YamlNode? node)
    {
        if (node is null) return new BandPoints([]);
        var map = new MapReader(node, $"'points' of {what}", problems, [.. Forms, TableReader.DecisionKey]);
        var found = Forms.Where(map.Has).ToList();
        if (found.Count != 1 && node is YamlMap)
        {
            problems.Add(map.Location, $"'points' of {what} has {found.Count} forms ({string.Join(", ", found)})",
                $"keep exactly one of: {string.Join(", ", Forms)}");
        }

        if (map.Optional(TableReader.DecisionKey) is { } decision && !map.Has("table"))
        {
            problems.Add(decision.Location, $"'points' of {what} names a decision, but no table",
                "add table: the .dmn file, or delete decision");
        }

        return found.FirstOrDefault() switch
        {
            "bands" => new BandPoints([.. map.List("bands").Select(BandOf)]),
            "formula" => new FormulaPoints(formulas.Formula(map.Required("formula"),
                $"the points formula of {what}", scope)),
            "goalposts" => Goalposts(map.Required("goalposts")!),
            "checklist" => new ChecklistPoints([.. map.List("checklist").Select(ItemOf)]),
            "panel" => Panel(map.Required("panel")!),
            "table" => new TableReader(problems, formulas, what, scope, files).Read(map),
            _ => new BandPoints([]),
        };
    }

    private Band BandOf(YamlNode node)
    {
        var map = new MapReader(node, $"a band of {what}", problems, "when", "points");
        return new Band(formulas.Condition(map.Required("when"), $"a band of {what}", scope), map.Decimal("points"));
    }

    private ChecklistItem ItemOf(YamlNode node)
    {
        var map = new MapReader(node, $"an item of the checklist of {what}", problems, "name", "when", "points");
        return new ChecklistItem(
            map.Bilingual("name"),
            formulas.Formula(map.Required("when"), $"an item of the checklist of {what}", scope),
            map.Decimal("points"));
    }

    private GoalpostPoints Goalposts(YamlNode node)
    {
        var map = new MapReader(node, $"the goalposts of {what}", problems, "zero", "full");
        var before = problems.Count;
        var posts = new GoalpostPoints(map.Decimal("zero"), map.Decimal("full"));
        if (problems.Count == before && posts.Zero == posts.Full)
        {
            problems.Add(node.Location, $"both goalposts of {what} stand at the same value",
                "write the value that earns nothing as zero and the value that earns everything as full");
        }

        return posts;
    }

    private PanelPoints Panel(YamlNode node)
    {
        var map = new MapReader(node, $"the panel of {what}", problems, "scorers", "range", "combine");
        map.Required("range");
        var range = map.OptionalRange("range", $"the panel of {what}");
        if (range is not null && range is not { MinimumIncluded: true, MaximumIncluded: true })
        {
            problems.Add(node.Location,
                $"the panel of {what} has an open range", "write both ends with [ ], e.g. \"[0..10]\"");
        }

        return new PanelPoints(
            map.Bilingual("scorers"),
            range?.Minimum ?? 0m,
            range?.Maximum ?? 1m,
            map.Choice("combine", RuleWords.Combinations));
    }
}
