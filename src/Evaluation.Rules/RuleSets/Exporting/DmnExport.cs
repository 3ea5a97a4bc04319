using System.Xml.Linq;
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

    private const string PrecedesId = "knowledge_precedes";

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
        var decisions = SchemeDecisions.Of(rules, scheme);
        var used = decisions.SelectMany(decision => decision.Needs).ToHashSet(StringComparer.Ordinal);
        var inputs = InputsOf(rules, scheme, decisions).Where(input => used.Contains(input.Name)).ToList();
        var names = inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var sources = new SourceElements(Dmn);
        return new XElement(Dmn + "definitions",
            new XAttribute("id", "definitions"),
            new XAttribute("name", scheme.Id),
            new XAttribute("namespace", $"urn:evaluation:{scheme.Id}:{rules.Version}"),
            Description(scheme.Name),
            inputs.Select(input => Input(input.Name, input.Type, input.Description)),
            decisions.Any(decision => decision.CallsPrecedes) ? Precedes(SchemeDecisions.PrecedesOf(rules, scheme)) : null,
            decisions.Select(decision => Element(decision, names, sources)).ToList(),
            sources.All);
    }

    private static IEnumerable<(string Name, string? Type, Bilingual Description)> InputsOf(
        RuleSet rules, Scheme scheme, IReadOnlyList<ModelDecision> decisions) =>
    [
        (AsOf, "date", new Bilingual("计算日，参数按当日取值", "The day whose parameters are in force")),
        .. decisions.SelectMany(decision => decision.Needs).Distinct(StringComparer.Ordinal)
            .Where(name => name != AsOf && !scheme.Parameters.ContainsKey(name))
            .Where(name => rules.Metrics.Values.Any(metric => metric.Code == name || metric.ResourceList == name))
            .Select(code => MetricInput(rules, code)),
        (GradeDecisions.AllUnits, null, new Bilingual(
            "全部单位：每项为 unit（单位编号）和 standing 的各个成员",
            "All units: of each, unit (its id) and the members of standing")),
        .. AwardDecisions.Inputs(scheme),
    ];

    private static XElement Description(Bilingual text) => new(Dmn + "description", $"{text.Zh}\n{text.En}");

    private static (string Name, string? Type, Bilingual Description) MetricInput(RuleSet rules, string code)
    {
        if (rules.Metrics.TryGetValue(code, out var metric)) return (code, TypeOf(metric), metric.Name);
        var members = rules.Metrics.Values.Where(member => member.ResourceList == code).ToList();
        return (code, null, new Bilingual(
            $"逐项清单，每项有 id 和：{string.Join("、", members.Select(member => $"{member.ShortCode}（{member.Name.Zh}）"))}",
            $"A list with an id and: {string.Join(", ", members.Select(member => $"{member.ShortCode} ({member.Name.En})"))}"));
    }

    private static string TypeOf(Metric metric) => metric.Kind == MetricKind.Answer ? "string" : "number";

    private static XElement Input(string code, string? type, Bilingual description) => new(Dmn + "inputData",
        new XAttribute("id", InputId(code)), new XAttribute("name", code), Description(description),
            Variable(code, type));

    private static XElement Variable(string name, string? type) => new(Dmn + "variable",
        new XAttribute("name", name), type is null ? null : new XAttribute("typeRef", type));

    private static string InputId(string name) => $"input_{name.Replace(' ', '.')}";

    private static string DecisionId(string name) => $"decision_{name.Replace(' ', '.')}";

    private static XElement Element(ModelDecision decision, HashSet<string> inputs, SourceElements sources) => new(
        Dmn + "decision",
        new XAttribute("id", DecisionId(decision.Name)), new XAttribute("name", decision.Name),
        Description(decision.Description),
        decision.Question is { } question ? new XElement(Dmn + "question", $"{question.Zh}\n{question.En}") : null,
        decision.AllowedAnswers is { } answers ? new XElement(Dmn + "allowedAnswers", answers) : null,
        Variable(decision.Name, decision.Type),
        decision.Needs.Select(name => inputs.Contains(name)
            ? Requires("requiredInput", InputId(name))
            : Requires("requiredDecision", DecisionId(name))),
        decision.CallsPrecedes ? new XElement(Dmn + "knowledgeRequirement",
            new XElement(Dmn + "requiredKnowledge", new XAttribute("href", $"#{PrecedesId}"))) : null,
        decision.Sources.Distinct().Select(sources.Cite).ToList(),
        decision.Table is { } table ? After(decision.Before, Table(table, decision.Type ?? "Any")) : Literal(decision.Text!));

    private static XElement Precedes(string text) => new(Dmn + "businessKnowledgeModel",
        new XAttribute("id", PrecedesId), new XAttribute("name", GradeDecisions.Precedes),
        Description(new Bilingual("甲单位排在乙单位之前", "Whether unit a stands before unit b")),
        Variable(GradeDecisions.Precedes, null),
        new XElement(Dmn + "encapsulatedLogic",
            new XElement(Dmn + "formalParameter", new XAttribute("name", "a")),
            new XElement(Dmn + "formalParameter", new XAttribute("name", "b")),
            Literal(text)));

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
