using System.Globalization;
using System.Xml.Linq;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>The worked cases of a scheme and of its indicators as a test file of the DMN conformance kit.</summary>
internal static class DmnCases
{
    private static readonly XNamespace Kit = "http://www.omg.org/spec/DMN/20160719/testcase";
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly XNamespace Xsd = "http://www.w3.org/2001/XMLSchema";

    public static XElement Of(RuleSet rules, Scheme scheme) => new(Kit + "testCases",
        new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
        new XAttribute(XNamespace.Xmlns + "xsd", Xsd),
        new XElement(Kit + "modelName", $"{scheme.Id}.dmn"),
        scheme.Indicators.SelectMany(indicator => indicator.Cases
            .Select((one, at) => Case(rules, scheme, indicator, one, at + 1))),
        DmnSchemeCases.Of(rules, scheme).Select(Case));

    private static XElement Case(ModelCase one) => new(Kit + "testCase",
        new XAttribute("id", one.Id),
        new XElement(Kit + "description", one.Description),
        one.Inputs.Select(input =>
            new XElement(Kit + "inputNode", new XAttribute("name", input.Name), Value(input.Value))),
        Result(one.Decision, one.Expected));

    private static XElement Case(RuleSet rules, Scheme scheme, Indicator indicator, WorkedCase one, int number)
    {
        var logic = new IndicatorLogic(scheme, rules.Metrics, indicator);
        var expectsValue = one is { Expect: ExpectedOutcome.Scored, Value: not null };
        return new XElement(Kit + "testCase",
            new XAttribute("id", $"{indicator.Id}-{number}"),
            new XElement(Kit + "description", one.Name),
            new XElement(Kit + "inputNode", new XAttribute("name", DmnExport.AsOf), Value(one.AsOf ?? rules.AsOf)),
            one.Given.OrderBy(fact => fact.Key, StringComparer.Ordinal)
                .Select(fact => new XElement(Kit + "inputNode", new XAttribute("name", fact.Key), Value(fact.Value))),
            expectsValue ? Result(logic.ValueName, one.Value!.Value) : null,
            Expects(one) is { } points ? Result(logic.PointsName, points) : null);
    }

    // What is withheld or does not apply has no points; a case that states the value alone states nothing about them.
    private static FeelValue? Expects(WorkedCase one) => one.Expect != ExpectedOutcome.Scored ? FeelValue.Null
        : one.Points is { } points ? FeelValue.Number(points)
        : null;

    private static XElement Result(string name, FeelValue value) => new(Kit + "resultNode",
        new XAttribute("name", name), new XAttribute("type", "decision"), new XElement(Kit + "expected", Value(value)));

    private static XElement Value(FeelValue value) => value.Kind switch
    {
        FeelKind.Number => Simple("decimal", FeelValue.NumberText(value.AsNumber())),
        FeelKind.Boolean => Simple("boolean", value.IsTrue ? "true" : "false"),
        FeelKind.Date => Simple("date", value.AsDate().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        FeelKind.String => Simple("string", value.AsString()),
        FeelKind.List => new XElement(Kit + "list", value.AsList()
            .Select(item => new XElement(Kit + "item", Content(item)))),
        _ => new XElement(Kit + "value", new XAttribute(Xsi + "nil", "true")),
    };

    private static object Content(FeelValue value) => value.Kind == FeelKind.Context
        ? value.AsContext().Select(member =>
            new XElement(Kit + "component", new XAttribute("name", member.Key), Value(member.Value)))
        : Value(value);

    private static XElement Simple(string type, string text) =>
        new(Kit + "value", new XAttribute(Xsi + "type", $"xsd:{type}"), text);
}
