using System.Xml.Linq;

namespace Evaluation.Rules.Dmn;

/// <summary>Reads the elements of one file.</summary>
internal sealed class DmnReading(string file, XNamespace dmn)
{
    public DmnModel Model(XElement root) => new()
    {
        File = file,
        Name = (string?)root.Attribute("name") ?? "",
        Namespace = (string?)root.Attribute("namespace") ?? "",
        Imports = [.. root.Elements(dmn + "import").Where(IsDmnImport).Select(i =>
            new DmnImport(Name(i), (string?)i.Attribute("namespace") ?? ""))],
        ItemDefinitions = [.. root.Elements(dmn + "itemDefinition").Select(Item)],
        Inputs = [.. root.Elements(dmn + "inputData").Select(e => new DmnInputData
        {
            Id = Id(e), Name = Name(e), Variable = Variable(e), Line = DmnReader.LineOf(e),
        })],
        Decisions = [.. root.Elements(dmn + "decision").Select(Decision)],
        Knowledge = [.. root.Elements(dmn + "businessKnowledgeModel").Select(Knowledge)],
        Services = [.. root.Elements(dmn + "decisionService").Select(Service)],
    };

    private static bool IsDmnImport(XElement import) =>
        (string?)import.Attribute("importType") is not { } type || type.Contains("/DMN/", StringComparison.Ordinal);

    private static string Name(XElement e) => Names.Clean((string?)e.Attribute("name") ?? "");

    private static string Id(XElement e) => (string?)e.Attribute("id") ?? "";

    private static string? TypeOf(XElement e) =>
        (string?)e.Attribute("typeRef") is { Length: > 0 } type ? Names.Clean(type) : null;

    private DmnVariable Variable(XElement e)
    {
        var variable = e.Element(dmn + "variable");
        var name = variable is null || Name(variable).Length == 0 ? Name(e) : Name(variable);
        return new DmnVariable(name, variable is null ? null : TypeOf(variable));
    }

    private static DmnVariable Named(XElement e) => new(Name(e), TypeOf(e));

    private DmnItemDefinition Item(XElement e) => Nested(e, () => new DmnItemDefinition
    {
        Name = Name(e),
        TypeRef = e.Element(dmn + "typeRef") is { } type ? Names.Clean(type.Value) : null,
        IsCollection = (string?)e.Attribute("isCollection") is "true" or "1",
        AllowedValues = Text(e.Element(dmn + "allowedValues")),
        TypeConstraint = Text(e.Element(dmn + "typeConstraint")),
        Components = [.. e.Elements(dmn + "itemComponent").Select(Item)],
        Function = e.Element(dmn + "functionItem") is { } function
            ? new DmnFunctionItem([.. function.Elements(dmn + "parameters").Select(Named)],
                (string?)function.Attribute("outputTypeRef"))
            : null,
    });

    private string? Text(XElement? e) => e?.Element(dmn + "text")?.Value;

    private List<string> References(XElement e, params string[] kinds) =>
        [.. e.Elements().Where(r => r.Name.Namespace == dmn && kinds.Contains(r.Name.LocalName))
            .SelectMany(r => r.Attribute("href") is { } own ? [own] : r.Elements().Attributes("href"))
            .Select(h => h.Value)];

    private DmnDecision Decision(XElement e) => new()
    {
        Id = Id(e),
        Name = Name(e),
        Variable = Variable(e),
        Line = DmnReader.LineOf(e),
        Requires = References(e, "informationRequirement", "knowledgeRequirement"),
        Logic = Logic(e),
    };

    private DmnKnowledge Knowledge(XElement e) => new()
    {
        Id = Id(e),
        Name = Name(e),
        Variable = Variable(e),
        Line = DmnReader.LineOf(e),
        Requires = References(e, "knowledgeRequirement"),
        Logic = e.Element(dmn + "encapsulatedLogic") is { } logic ? Function(logic) : null,
    };

    private DmnService Service(XElement e) => new()
    {
        Id = Id(e),
        Name = Name(e),
        Variable = Variable(e),
        Line = DmnReader.LineOf(e),
        Outputs = References(e, "outputDecision"),
        InputDecisions = References(e, "inputDecision"),
        InputData = References(e, "inputData"),
    };

    // Far more than any model drawn by hand; what is nested deeper could run out of stack.
    private const int DeepestNesting = 60;
    private int _depth;

    private T Nested<T>(XElement e, Func<T> read)
    {
        if (++_depth > DeepestNesting)
        {
            throw new DmnFormatException($"{file}:{DmnReader.LineOf(e)}: <{e.Name.LocalName}> is nested deeper than " +
                $"{DeepestNesting} levels; split it into several decisions or types.");
        }
        var result = read();
        _depth--;
        return result;
    }

    /// <summary>The one expression below an element, or null.</summary>
    private DmnExpression? Logic(XElement parent)
    {
        foreach (var e in parent.Elements().Where(e => e.Name.Namespace == dmn))
        {
            if (Expression(e) is { } expression)
            {
                return expression with { TypeRef = TypeOf(e), Line = DmnReader.LineOf(e) };
            }
        }
        return null;
    }

    private DmnExpression Needed(XElement? parent, XElement owner, string what) =>
        (parent is null ? null : Logic(parent)) ?? throw new DmnFormatException(
            $"{file}:{DmnReader.LineOf(owner)}: <{owner.Name.LocalName}> has no expression in <{what}>; add one.");

    private DmnExpression? Expression(XElement e) => Nested(e, () => Boxed(e));

    private DmnExpression? Boxed(XElement e) => e.Name.LocalName switch
    {
        "literalExpression" => new DmnLiteral(Text(e) ?? "", Language(e)),
        "decisionTable" => Table(e),
        "invocation" => Invocation(e),
        "context" => new DmnContext([.. e.Elements(dmn + "contextEntry").Select(entry => new DmnContextEntry(
            entry.Element(dmn + "variable") is { } variable ? Named(variable) : null, Logic(entry)))]),
        "relation" => new DmnRelation([.. e.Elements(dmn + "column").Select(Named)],
            [.. e.Elements(dmn + "row").Select(row => (IReadOnlyList<DmnExpression>)Items(row))]),
        "list" => new DmnList(Items(e)),
        "functionDefinition" => Function(e),
        "conditional" => new DmnConditional(Needed(e.Element(dmn + "if"), e, "if"),
            Needed(e.Element(dmn + "then"), e, "then"), Needed(e.Element(dmn + "else"), e, "else")),
        "filter" => new DmnFilter(Needed(e.Element(dmn + "in"), e, "in"), Needed(e.Element(dmn + "match"), e, "match")),
        "for" => new DmnFor(Iterator(e), Needed(e.Element(dmn + "in"), e, "in"),
            Needed(e.Element(dmn + "return"), e, "return")),
        "some" or "every" => new DmnQuantified(e.Name.LocalName == "every", Iterator(e),
            Needed(e.Element(dmn + "in"), e, "in"), Needed(e.Element(dmn + "satisfies"), e, "satisfies")),
        _ => null,
    };

    private static DmnVariable Iterator(XElement e) =>
        new(Names.Clean((string?)e.Attribute("iteratorVariable") ?? ""), null);

    private static string? Language(XElement e) =>
        (string?)e.Attribute("expressionLanguage") is { Length: > 0 } language
        && !language.Contains("FEEL", StringComparison.OrdinalIgnoreCase) ? language : null;

    private List<DmnExpression> Items(XElement e)
    {
        var items = new List<DmnExpression>();
        foreach (var child in e.Elements().Where(c => c.Name.Namespace == dmn))
        {
            if (Expression(child) is { } item)
            {
                items.Add(item with { TypeRef = TypeOf(child), Line = DmnReader.LineOf(child) });
            }
        }
        return items;
    }

    private DmnInvocation Invocation(XElement e) => new(
        Needed(e, e, "literalExpression"),
        [.. e.Elements(dmn + "binding").Select(b => new DmnBinding(
            b.Element(dmn + "parameter") is { } parameter ? Named(parameter) : new DmnVariable("", null), Logic(b)))]);

    private DmnFunction Function(XElement e) => new(
        (string?)e.Attribute("kind") ?? "FEEL",
        [.. e.Elements(dmn + "formalParameter").Select(Named)],
        Logic(e))
    {
        TypeRef = TypeOf(e),
        Line = DmnReader.LineOf(e),
    };

    private DmnTable Table(XElement e) => new()
    {
        HitPolicy = HitPolicy(e),
        Aggregation = (string?)e.Attribute("aggregation") switch
        {
            "SUM" => DmnAggregation.Sum,
            "MIN" => DmnAggregation.Min,
            "MAX" => DmnAggregation.Max,
            "COUNT" => DmnAggregation.Count,
            _ => DmnAggregation.None,
        },
        Inputs = [.. e.Elements(dmn + "input").Select(Input)],
        Outputs = [.. e.Elements(dmn + "output").Select(o => new DmnTableOutput(
            (string?)o.Attribute("name") is { Length: > 0 } name ? Names.Clean(name) : null, TypeOf(o),
            Text(o.Element(dmn + "outputValues")), Text(o.Element(dmn + "defaultOutputEntry"))))],
        Rules = [.. e.Elements(dmn + "rule").Select(r => new DmnRule(
            [.. r.Elements(dmn + "inputEntry").Select(i => Text(i) ?? "")],
            [.. r.Elements(dmn + "outputEntry").Select(o => Text(o) ?? "")], DmnReader.LineOf(r))
        {
            Annotations = [.. r.Elements(dmn + "annotationEntry").Select(a => Text(a)?.Trim() ?? "")],
        })],
        Annotations = [.. e.Elements(dmn + "annotation").Select(Name)],
    };

    private DmnTableInput Input(XElement e)
    {
        var expression = e.Element(dmn + "inputExpression");
        return new DmnTableInput(Text(expression) ?? "", expression is null ? null : TypeOf(expression),
            Text(e.Element(dmn + "inputValues")));
    }

    private DmnHitPolicy HitPolicy(XElement e) => (string?)e.Attribute("hitPolicy") switch
    {
        null or "UNIQUE" => DmnHitPolicy.Unique,
        "ANY" => DmnHitPolicy.Any,
        "PRIORITY" => DmnHitPolicy.Priority,
        "FIRST" => DmnHitPolicy.First,
        "RULE ORDER" => DmnHitPolicy.RuleOrder,
        "OUTPUT ORDER" => DmnHitPolicy.OutputOrder,
        "COLLECT" => DmnHitPolicy.Collect,
        var other => throw new DmnFormatException($"{file}:{DmnReader.LineOf(e)}: there is no hit policy " +
            $"{other}; write UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER or COLLECT."),
    };
}
