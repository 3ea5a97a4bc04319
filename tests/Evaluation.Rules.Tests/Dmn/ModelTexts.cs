using System.Security;
using System.Text.RegularExpressions;
using Evaluation.Rules.Dmn;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Tests.Dmn;

/// <summary>DMN models written in few words, and what they give.</summary>
internal static class ModelTexts
{
    public static string Model(string content, string attributes = "namespace=\"urn:a\" name=\"a\"") =>
        $"<definitions xmlns=\"{Dmn15}\" {attributes}>{Boxed(content)}</definitions>";

    public const string Dmn15 = "https://www.omg.org/spec/DMN/20230324/MODEL/";

    // «x + 1» stands for a literal expression.
    public static string Boxed(string content) => Regex.Replace(content, "«(.*?)»", m => Feel(m.Groups[1].Value));

    public static string Decision(string name, string logic, string requires = "") =>
        $"<decision name=\"{name}\" id=\"d_{name}\"><variable name=\"{name}\"/>{requires}{logic}</decision>";

    public static string Feel(string text) =>
        $"<literalExpression><text>{SecurityElement.Escape(text)}</text></literalExpression>";

    public static string Input(string name, string type = "Any") =>
        $"<inputData name=\"{name}\" id=\"i_{name}\"><variable name=\"{name}\" typeRef=\"{type}\"/></inputData>";

    public static string Needs(string kind, string href) =>
        kind == "knowledge"
            ? $"<knowledgeRequirement><requiredKnowledge href=\"{href}\"/></knowledgeRequirement>"
            : $"<informationRequirement><required{kind} href=\"{href}\"/></informationRequirement>";

    public static string Run(string model, string decision, string inputs = "{}", params string[] others) =>
        DmnProgram.Link(DmnReader.Read(model, "a.dmn"), [.. others.Select(o => DmnReader.Read(o, "b.dmn"))])
            .Evaluate(decision, FeelExpression.Parse(inputs).Evaluate(FeelContext.Empty).AsContext()).Value.ToString();

    public static string Table(string policy, string outputs, params string[] rules) =>
        $"<decisionTable {policy}>" +
        "<input><inputExpression typeRef=\"number\"><text>x</text></inputExpression></input>" + outputs +
        string.Concat(rules.Select(rule =>
        {
            var cells = rule.Split('|');
            var outputEntries = cells[1..].Select(c =>
                $"<outputEntry><text>{SecurityElement.Escape(c)}</text></outputEntry>");
            return $"<rule><inputEntry><text>{SecurityElement.Escape(cells[0])}</text></inputEntry>" +
                string.Concat(outputEntries) + "</rule>";
        })) + "</decisionTable>";
}
