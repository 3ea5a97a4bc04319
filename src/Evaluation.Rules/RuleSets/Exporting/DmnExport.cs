using System.Xml.Linq;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>
/// A rule set as DMN 1.5 models, so that any DMN engine can recompute a score: one model a scheme, and beside it a test
/// file (in the form of the conformance kit) with the worked cases of its indicators.
/// </summary>
public static class DmnExport
{
    private static readonly XNamespace Dmn = "https://www.omg.org/spec/DMN/20230324/MODEL/";

    /// <summary>The input that says which day's parameters are in force.</summary>
    internal const string AsOf = "as_of";

    /// <summary>File name → text: <c>scheme.dmn</c> and <c>scheme-cases.xml</c> for each scheme.</summary>
    public static IReadOnlyDictionary<string, string> Of(RuleSet rules)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var scheme in rules.Schemes)
        {
            files.Add($"{scheme.Id}.dmn", Text(Model(rules, scheme)));
            files.Add($"{scheme.Id}-cases.xml", Text(DmnCases.Of(rules, scheme)));
        }

        return files;
    }

    private static string Text(XElement root) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString().ReplaceLineEndings("\n") + "\n";

    private static XElement Model(RuleSet rules, Scheme scheme)
    {
        var logics = scheme.Indicators.Select(indicator =>
            (indicator, Logic: new IndicatorLogic(scheme, rules.Metrics, indicator))).ToList();
        var used = logics.SelectMany(pair => pair.Logic.Inputs).Distinct(StringComparer.Ordinal).ToList();
        var parameters = used.Where(scheme.Parameters.ContainsKey).Select(code => scheme.Parameters[code]).ToList();
        var sources = new SourceElements(Dmn);
        return new XElement(Dmn + "definitions",
            new XAttribute("id", "definitions"),
            new XAttribute("name", scheme.Id),
            new XAttribute("namespace", $"urn:evaluation:{scheme.Id}:{rules.Version}"),
            Description(scheme.Name),
            parameters.Count > 0 ? Input(AsOf, "date",
                new Bilingual("计算日，参数按当日取值", "The day whose parameters are in force")) : null,
            used.Where(code => !scheme.Parameters.ContainsKey(code)).Select(code => MetricInput(rules, code)),
            parameters.Select(parameter => Parameter(parameter, sources)).ToList(),
            logics.SelectMany(pair => Decisions(scheme, pair.indicator, pair.Logic, sources)).ToList(),
            sources.All);
    }

    private static XElement Description(Bilingual text) => new(Dmn + "description", $"{text.Zh}\n{text.En}");

    private static XElement MetricInput(RuleSet rules, string code)
    {
        if (rules.Metrics.TryGetValue(code, out var metric)) return Input(code, TypeOf(metric), metric.Name);
        var members = rules.Metrics.Values.Where(member => member.ResourceList == code).ToList();
        return Input(code, null, new Bilingual(
            $"逐项清单，每项有 id 和：{string.Join("、", members.Select(member => $"{member.ShortCode}（{member.Name.Zh}）"))}",
            $"A list with an id and: {string.Join(", ", members.Select(member => $"{member.ShortCode} ({member.Name.En})"))}"));
    }

    private static string TypeOf(Metric metric) => metric.Kind == MetricKind.Answer ? "string" : "number";

    private static XElement Input(string code, string? type, Bilingual description) => new(Dmn + "inputData",
        new XAttribute("id", InputId(code)), new XAttribute("name", code), Description(description),
            Variable(code, type));

    private static XElement Variable(string name, string? type) => new(Dmn + "variable",
        new XAttribute("name", name), type is null ? null : new XAttribute("typeRef", type));

    private static string InputId(string code) => $"input_{code}";

    private static string DecisionId(string name) => $"decision_{name.Replace(' ', '_')}";

    // The latest value that is in force on the day; before the first one there is none.
    private static XElement Parameter(Parameter parameter, SourceElements sources)
    {
        var type = parameter.Values[0].Value.IsNumber ? "number" : "string";
        var latestFirst = parameter.Values.Reverse().Select(dated =>
            ((IReadOnlyList<string>)[$">= @\"{dated.From:yyyy-MM-dd}\""], dated.Value.ToString()));
        return new XElement(Dmn + "decision",
            new XAttribute("id", DecisionId(parameter.Code)), new XAttribute("name", parameter.Code),
            Description(parameter.Name),
            Variable(parameter.Code, type),
            Requires("requiredInput", InputId(AsOf)),
            sources.Cite(parameter.Source),
            Table(new TableLogic("FIRST", [AsOf], [.. latestFirst]), type));
    }

    private static IEnumerable<XElement> Decisions(
        Scheme scheme, Indicator indicator, IndicatorLogic logic, SourceElements sources)
    {
        var requires = logic.Inputs.Select(code => scheme.Parameters.ContainsKey(code)
            ? Requires("requiredDecision", DecisionId(code))
            : Requires("requiredInput", InputId(code))).ToList();
        yield return new XElement(Dmn + "decision",
            new XAttribute("id", DecisionId(logic.ValueName)), new XAttribute("name", logic.ValueName),
            Description(indicator.Name),
            new XElement(Dmn + "question", $"{indicator.Question.Zh}\n{indicator.Question.En}"),
            Variable(logic.ValueName, null),
            requires,
            sources.Cite(indicator.Source),
            Literal(logic.Value));
        yield return new XElement(Dmn + "decision",
            new XAttribute("id", DecisionId(logic.PointsName)), new XAttribute("name", logic.PointsName),
            Description(indicator.Name),
            new XElement(Dmn + "allowedAnswers", $"0 … {NumberSet.Text(indicator.Max)}"),
            Variable(logic.PointsName, "number"),
            Requires("requiredDecision", DecisionId(logic.ValueName)),
            requires,
            sources.Cite(indicator.Source),
            logic.Table is { } table ? After(logic.Before, Table(table, "number")) : Literal(logic.Expression));
    }

    private static XElement After(IReadOnlyList<(string If, string Then)> before, XElement logic) =>
        before.Reverse().Aggregate(logic, (rest, choice) => new XElement(Dmn + "conditional",
            new XElement(Dmn + "if", Literal(choice.If)),
            new XElement(Dmn + "then", Literal(choice.Then)),
            new XElement(Dmn + "else", rest)));

    private static XElement Requires(string kind, string id) => new(Dmn + "informationRequirement",
        new XElement(Dmn + kind, new XAttribute("href", $"#{id}")));

    private static XElement Literal(string text) => new(Dmn + "literalExpression", new XElement(Dmn + "text", text));

    private static XElement Table(TableLogic table, string output) => new(Dmn + "decisionTable",
        new XAttribute("hitPolicy", table.HitPolicy),
        table.HitPolicy == "COLLECT" ? new XAttribute("aggregation", table.Aggregation) : null,
        table.Inputs.Select((input, at) => new XElement(Dmn + "input",
            new XElement(Dmn + "inputExpression",
                table.Types.ElementAtOrDefault(at) is { } type ? new XAttribute("typeRef", type) : null,
                TextOf(input)),
            table.Allowed.ElementAtOrDefault(at) is { } allowed
                ? new XElement(Dmn + "inputValues", TextOf(allowed))
                : null)),
        new XElement(Dmn + "output", new XAttribute("typeRef", output),
            table.Priorities.Count > 0
                ? new XElement(Dmn + "outputValues", TextOf(string.Join(", ", table.Priorities)))
                : null,
            table.Default is { } otherwise ? new XElement(Dmn + "defaultOutputEntry", TextOf(otherwise)) : null),
        table.Notes.Count > 0 ? Annotations.Select(name => new XElement(Dmn + "annotation", new XAttribute("name", name)))
            : null,
        table.Rules.Select((rule, at) => new XElement(Dmn + "rule",
            rule.Tests.Select(test => new XElement(Dmn + "inputEntry", TextOf(test))),
            new XElement(Dmn + "outputEntry", TextOf(rule.Output)),
            table.Notes.Count > 0
                ? new[] { table.Notes[at]?.Zh, table.Notes[at]?.En }
                    .Select(note => new XElement(Dmn + "annotationEntry", TextOf(note ?? "")))
                : null)));

    private static readonly string[] Annotations = ["zh", "en"];

    private static XElement TextOf(string text) => new(Dmn + "text", text);
}
