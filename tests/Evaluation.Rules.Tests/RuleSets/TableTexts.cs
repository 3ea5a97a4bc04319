using System.Security;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>The rule folder of <see cref="RuleTexts"/> whose second indicator takes its points from a drawn table.</summary>
internal static class TableTexts
{
    public const string Table = "indicators/R2.dmn";
    public const string R2 = "indicators/R2-registration.yaml";
    public const string R2Cases = "indicators/R2-registration.cases.yaml";

    private const string Bands = """
          bands:
            - { when: '"all"', points: 10 }
            - { when: '"some"', points: 4 }
            - { when: '"none"', points: 0 }
        """;

    /// <summary>Rules of the sound table: registration, external hours, points.</summary>
    public static readonly string[] Rules =
    [
        "\"all\"|>= 100|10", "\"all\"|< 100|6", "\"some\"|>= 100|4", "\"some\"|< 100|2", "\"none\"|-|0",
    ];

    /// <summary>A folder with a table of these rules.</summary>
    /// <param name="rules">Conditions and points of each rule, with <c>|</c> between.</param>
    /// <param name="attributes">Hit policy of the table.</param>
    /// <param name="output">What stands inside the output element.</param>
    public static RuleTexts With(IEnumerable<string> rules, string attributes = "hitPolicy=\"UNIQUE\"", string output = "") =>
        new RuleTexts()
            .With(R2, "  " + Bands.TrimStart(), "  { table: R2.dmn, decision: registration }")
            .With(R2, "given: [ network ]", "given: [ network, external_hours ]")
            .With(R2Cases, Cases)
            .With(Table, Model(rules, attributes, output));

    /// <summary>The sound folder.</summary>
    public static RuleTexts Sound => With(Rules);

    /// <summary>A model as a modeller writes it.</summary>
    public static string Model(IEnumerable<string> rules, string attributes, string output)
    {
        var rows = rules.Select((rule, at) =>
        {
            var cells = rule.Split('|');
            var tests = cells[..^1].Select(cell => $"<inputEntry><text>{SecurityElement.Escape(cell)}</text></inputEntry>");
            return $"      <rule id=\"r{at + 1}\">{string.Concat(tests)}"
                + $"<outputEntry><text>{SecurityElement.Escape(cells[^1])}</text></outputEntry></rule>\n";
        });
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:trial">
              <inputData id="i1" name="network"><variable name="network" typeRef="string"/></inputData>
              <inputData id="i2" name="external_hours"><variable name="external_hours" typeRef="number"/></inputData>
              <decision id="d1" name="registration">
                <variable name="registration" typeRef="number"/>
                <informationRequirement><requiredInput href="#i1"/></informationRequirement>
                <informationRequirement><requiredInput href="#i2"/></informationRequirement>
                <decisionTable {attributes}>
                  <input><inputExpression typeRef="string"><text>network</text></inputExpression></input>
                  <input><inputExpression typeRef="number"><text>external_hours</text></inputExpression></input>
                  <output typeRef="number">{output}</output>
            {string.Concat(rows)}    </decisionTable>
              </decision>
            </definitions>
            """;
    }

    private const string Cases = """
        cases:
          - { case: all and on 100, given: { network: all, external_hours: 100 }, expect: { points: 10 } }
          - { case: all and just under 100, given: { network: all, external_hours: 99 }, expect: { points: 6 } }
          - { case: some and on 100, given: { network: some, external_hours: 100 }, expect: { points: 4 } }
          - { case: some and just under 100, given: { network: some, external_hours: 99 }, expect: { points: 2 } }
          - { case: none, given: { network: none, external_hours: 200 }, expect: { points: 0 } }
          - { case: not said, given: {}, expect: { points: 0 } }
        """;
}
