using Evaluation.Rules.DataChecks;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>checks.yaml</c>, the data checks beside the metrics.</summary>
internal sealed class ChecksFile(IReadOnlyDictionary<string, Metric> metrics, Cycle? cycle, ProblemList problems)
{
    public const string Path = "checks.yaml";

    private static readonly IReadOnlyDictionary<string, CheckSeverity> Severities = new Dictionary<string, CheckSeverity>
    {
        ["info"] = CheckSeverity.Info,
        ["warning"] = CheckSeverity.Warning,
        ["blocking"] = CheckSeverity.Blocking,
    };

    private readonly IReadOnlyDictionary<string, string> _overs =
        CheckScope.Overs(metrics).ToDictionary(over => over, StringComparer.Ordinal);

    public IReadOnlyList<DataCheck> Read(YamlMap root)
    {
        var file = new MapReader(root, Path, problems, "checks");
        var checks = file.List("checks").Select(CheckOf).ToList();
        CommonParts.RefuseRepeats(problems, checks.Select(check => (check.Id, check.Location)), "the check");
        return checks;
    }

    private DataCheck CheckOf(YamlNode node)
    {
        var map = new MapReader(node, "a check", problems,
            "check", "name", "category", "over", "when", "severity", "message", "cases", "source");
        var id = map.Code("check");
        var what = $"the check {id}";
        var over = map.Choice("over", _overs);
        var scope = CheckScope.Of(metrics, over);
        var when = FormulaOf(map.Required("when"), $"'when' of {what}", scope);
        return new DataCheck(
            id,
            map.Bilingual("name"),
            CategoryOf(map),
            over,
            when,
            map.Choice("severity", Severities),
            MessageOf(map, what, scope),
            [.. scope.Metrics(when.Expression.FreePaths).Distinct().Order(StringComparer.Ordinal)],
            [.. map.List("cases").Select(one => CaseOf(one, what, scope))],
            map.Source(what),
            map.Location);
    }

    private string? CategoryOf(MapReader map)
    {
        if (map.OptionalText("category") is not { } category) return null;
        if (cycle is not null && cycle.Categories.All(known => known.Id != category))
        {
            problems.Add(map.Optional("category")!.Location, $"'{category}' is not a category of the cycle",
                NearestWord.Mend(category, [.. cycle.Categories.Select(known => known.Id)]));
        }

        return category;
    }

    private Formula FormulaOf(YamlNode? node, string what, CheckScope scope)
    {
        var nothing = FeelExpression.Parse("null");
        if (node is not YamlText text)
        {
            if (node is not null) problems.Add(node.Location, $"{what} is {node.Kind}", "put the formula in quotes");
            return new Formula(nothing, node?.Location ?? new FileLocation(Path, 1));
        }

        try
        {
            var expression = FeelExpression.Parse(text.Text, scope.Names);
            RefuseUnknown(expression, text.Location, what, scope);
            return new Formula(expression, text.Location);
        }
        catch (Exception broken) when (broken is FeelSyntaxException or FeelLimitException)
        {
            problems.Add(text.Location, $"{what} is not FEEL: {broken.Message}", "mend the formula");
            return new Formula(nothing, text.Location);
        }
    }

    private CheckMessage MessageOf(MapReader map, string what, CheckScope scope)
    {
        var template = map.Bilingual("message");
        try
        {
            var message = CheckMessage.Parse(template, scope.Names);
            var place = map.Optional("message")?.Location ?? map.Location;
            foreach (var expression in message.Expressions) RefuseUnknown(expression, place, $"the message of {what}", scope);
            return message;
        }
        catch (Exception broken) when (broken is FeelSyntaxException or FeelLimitException)
        {
            problems.Add(map.Optional("message")?.Location ?? map.Location,
                $"the message of {what} has something in braces that is not FEEL: {broken.Message}",
                "write a name or formula in { }, or {{ for a brace");
            return CheckMessage.Parse(new Bilingual("", ""), []);
        }
    }

    private void RefuseUnknown(FeelExpression expression, FileLocation place, string what, CheckScope scope)
    {
        foreach (var path in expression.FreePaths.Concat(expression.FreeNames).Distinct())
        {
            if (scope.ProblemOf(path) is not var (wrong, known)) continue;
            problems.Add(place, $"{what} uses '{wrong}', which is not known here", NearestWord.Mend(wrong, [.. known]));
        }
    }

    private DataCheckCase CaseOf(YamlNode node, string what, CheckScope scope)
    {
        var map = new MapReader(node, $"a case of {what}", problems, "case", "given", "fires");
        var given = map.Required("given") is { } facts ? ValueOf(facts, what) : FeelValue.Null;
        var context = given.Kind == FeelKind.Context ? given.AsContext() : FeelContext.Empty;
        foreach (var name in context.Names.Where(name => !scope.Names.Contains(name, StringComparer.Ordinal)))
        {
            problems.Add(map.Location, $"a case of {what} gives '{name}', which is not known here",
                NearestWord.Mend(name, [.. scope.Names]));
        }

        map.Required("fires");
        return new DataCheckCase(map.Text("case"), context, map.Flag("fires"), map.Location);
    }

    private FeelValue ValueOf(YamlNode node, string what)
    {
        switch (node)
        {
            case YamlText { IsEmpty: true } or YamlText { Plain: true, Text: "null" }: return FeelValue.Null;
            case YamlText { Plain: true, Text: "true" or "false" } flag: return flag.Text == "true";
            case YamlText { Plain: true } number when MapReader.TryDecimal(number.Text, out var value): return value;
            case YamlText text: return text.Text;
            case YamlList list: return FeelValue.List([.. list.Items.Select(item => ValueOf(item, what))]);
            case YamlMap map:
                return FeelValue.Context(new FeelContext(map.Entries.Select(
                    entry => new KeyValuePair<string, FeelValue>(entry.Key.Text, ValueOf(entry.Value, what)))));
            default:
                problems.Add(node.Location, $"a value of {what} is {node.Kind}", "write a number, a text, a list or keys");
                return FeelValue.Null;
        }
    }
}
