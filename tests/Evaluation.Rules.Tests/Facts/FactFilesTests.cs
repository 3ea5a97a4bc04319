using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Tests.Facts;

using static Tests.Scoring.Sample;

public sealed class FactFilesTests
{
    private static IReadOnlyList<UnitFacts> Read(string json) =>
        FactFiles.ReadJson("facts.json", json, Rules(Scheme(ExternalUse())).Metrics);

    private static string Refused(string json) => Should.Throw<FactFileException>(() => Read(json)).Message;

    [Fact]
    public void Facts_are_typed_by_their_metrics_and_lists_nest()
    {
        var facts = Read("""
            [
              { "unit": "a", "effective_hours": 1000.50, "portal": "yes", "external_hours": null,
                "instruments": [ { "id": "i-2", "effective_hours": 2 }, { "id": "i-1", "condition": "good" } ] },
              { "unit": "b" }
            ]
            """);

        facts.Select(unit => unit.Unit).ShouldBe(["a", "b"]);
        facts[0].Values["effective_hours"].ShouldBe((FeelValue)1000.5m);
        facts[0].Values["portal"].ShouldBe((FeelValue)"yes");
        facts[0].Values.ContainsKey("external_hours").ShouldBeFalse();
        facts[0].Values["instruments"].ToString().ShouldBe(
            "[{id: \"i-1\", condition: \"good\"}, {id: \"i-2\", effective_hours: 2}]");
    }

    [Theory]
    [InlineData("[{\"unit\":\"a\",\n  \"efective_hours\": 1}]",
        "facts.json:2:3: error: no metric is called 'efective_hours'")]
    [InlineData("[{\"unit\":\"a\", \"effective_hours\": \"many\"}]",
        "facts.json:1:34: error: 'many' is no number for effective_hours")]
    [InlineData("[{\"unit\":\"a\", \"portal\": \"maybe\"}]",
        "facts.json:1:25: error: 'maybe' is no answer of portal — use one of: yes, no")]
    [InlineData("[{\"staff\": 1}]", "facts.json:1:2: error: the object has no unit")]
    [InlineData("[{\"unit\":\"a\"},\n{\"unit\":\"a\"}]", "facts.json:2:1: error: the unit a stands twice")]
    [InlineData("[{\"unit\":\"a\", \"staff\": 1, \"staff\": 2}]", "'staff' stands twice in one object")]
    [InlineData("[{\"unit\":\"a\", \"instruments\": [{\"effective_hours\": 1}]}]",
        "an item of 'instruments' has no id")]
    [InlineData("[{\"unit\":\"a\", \"instruments\": [{\"id\":\"x\"},{\"id\":\"x\"}]}]",
        "the id x stands twice in 'instruments'")]
    [InlineData("[{\"unit\":\"a\", \"instruments\": 5}]", "'instruments' is no array")]
    [InlineData("[{\"unit\":\"a\", \"staff\": [1]}]", "'staff' is no single value")]
    [InlineData("{\"unit\":\"a\"}", "facts.json:1:1: error: the facts are no array")]
    [InlineData("[{\"unit\":\"a\",]", "facts.json:1:14: error: this is not JSON")]
    [InlineData("", "this is not JSON")]
    public void What_is_wrong_is_named_with_line_and_column(string json, string message) =>
        Refused(json).ShouldContain(message);

    [Fact]
    public void Every_problem_is_told_not_only_the_first() =>
        Should.Throw<FactFileException>(
            () => Read("[{\"unit\":\"a\",\"x\":1,\"y\":2},{\"unit\":\"b\",\"staff\":\"z\"}]"))
            .Problems.Count.ShouldBe(3);

    [Fact]
    public void Columns_count_characters_not_bytes() =>
        Refused("[{\"unit\":\"单位\", \"x\":1}]").ShouldContain("facts.json:1:16:");
}
