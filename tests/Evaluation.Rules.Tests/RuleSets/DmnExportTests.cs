using System.Xml.Linq;
using Evaluation.Rules.Dmn;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Exporting;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>A rule set written as DMN scores as the rule set does.</summary>
public sealed class DmnExportTests
{
    private static RuleSet Load(string folder) =>
        RuleSetLoader.Load(RuleFolder.Read(Path.Combine(Repository.Root(), folder)));

    [Theory]
    [MemberData(nameof(ShippedRulesTests.Folders), MemberType = typeof(ShippedRulesTests))]
    public void The_worked_cases_give_the_same_points_in_the_models_to_the_last_digit(string folder)
    {
        var rules = Load(folder);
        var files = DmnExport.Of(rules);
        foreach (var scheme in rules.Schemes)
        {
            var program = DmnProgram.Link(DmnReader.Read(files[$"{scheme.Id}.dmn"], scheme.Id), []);
            foreach (var indicator in scheme.Indicators)
            {
                foreach (var one in indicator.Cases) SamePoints(rules, scheme, program, indicator, one);
            }
        }
    }

    private static void SamePoints(RuleSet rules, Scheme scheme, DmnProgram program, Indicator indicator,
        WorkedCase one)
    {
        var asOf = one.AsOf ?? rules.AsOf;
        var outcome = Scorer.Create(rules, scheme, asOf)
            .Outcome(indicator.Id, new UnitFacts("case", one.Given, new Dictionary<string, Provenance>()));
        var inputs = new FeelContext(one.Given.Append(KeyValuePair.Create("as_of", (FeelValue)asOf)));
        var points = program.Evaluate(
            $"{string.Concat(indicator.Id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))} points", inputs);

        points.Value.ShouldBe(outcome is Scored scored ? scored.Points : FeelValue.Null,
            $"{scheme.Id} {indicator.Id}: {one.Name}");
    }

    [Theory]
    [MemberData(nameof(ShippedRulesTests.Folders), MemberType = typeof(ShippedRulesTests))]
    public void The_worked_cases_pass_as_a_test_file_of_the_conformance_kit(string folder)
    {
        var rules = Load(folder);
        var files = DmnExport.Of(rules);
        foreach (var scheme in rules.Schemes)
        {
            var results = DmnTestRunner.Run(files[$"{scheme.Id}-cases.xml"], scheme.Id, files,
                DateTimeOffset.UnixEpoch);

            var ofIndicators = scheme.Indicators
                .SelectMany(indicator => indicator.Cases.Select((_, at) => $"{indicator.Id}-{at + 1}")).ToHashSet();
            results.Count(result => ofIndicators.Contains(result.Case)).ShouldBe(ofIndicators.Count);
            (results.Count - ofIndicators.Count).ShouldBeGreaterThanOrEqualTo(scheme.Cases.Count(one => one.Points is not null));
            results.Where(result => !result.Passed).Select(result => $"{result.Case}: {result.Problem}")
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_case_with_other_points_fails_in_the_models_too()
    {
        var rules = new RuleTexts().Load();
        var files = DmnExport.Of(rules).ToDictionary(file => file.Key, file => file.Value);
        files["trial-cases.xml"] = files["trial-cases.xml"].Replace(">12<", ">13<", StringComparison.Ordinal);

        DmnTestRunner.Run(files["trial-cases.xml"], "trial", files, DateTimeOffset.UnixEpoch)
            .Count(result => !result.Passed).ShouldBe(2);
    }

    [Fact]
    public void Bands_are_a_unique_table_metrics_are_input_data_and_the_article_is_the_knowledge_source()
    {
        var model = XDocument.Parse(DmnExport.Of(new RuleTexts().Load())["trial.dmn"]).Root!;
        var dmn = model.Name.Namespace;
        var decision = model.Elements(dmn + "decision").Single(one => (string?)one.Attribute("name") == "R1 points");
        var table = decision.Element(dmn + "decisionTable")!;

        ((string?)table.Attribute("hitPolicy")).ShouldBe("UNIQUE");
        table.Elements(dmn + "rule")
            .Select(rule => string.Join(" → ", rule.Descendants(dmn + "text").Select(text => text.Value)))
            .ShouldBe([">= full_share → 20", "[0.2..full_share) → 12", "< 0.2 → 0"]);
        model.Elements(dmn + "inputData").Select(input => (string?)input.Attribute("name"))
            .ShouldBe(["as_of", "external_hours", "effective_hours", "network"]);
        var authority = decision.Descendants(dmn + "requiredAuthority").Single().Attribute("href")!.Value[1..];
        var source = model.Elements(dmn + "knowledgeSource").Single(one => (string?)one.Attribute("id") == authority);
        ((string?)source.Attribute("name")).ShouldBe("试评办法 第四条");
    }

    [Fact]
    public void Missing_data_that_earn_nothing_have_a_row_of_their_own()
    {
        var model = XDocument.Parse(DmnExport.Of(new RuleTexts().Load())["trial.dmn"]).Root!;
        var dmn = model.Name.Namespace;
        var rules = model.Elements(dmn + "decision").Single(one => (string?)one.Attribute("name") == "R2 points")
            .Descendants(dmn + "rule");

        string.Join(" ", rules.First().Descendants(dmn + "text").Select(text => text.Value)).ShouldBe("true - 0");
    }

    [Fact]
    public void A_model_is_the_same_text_every_time() =>
        DmnExport.Of(new RuleTexts().Load()).ShouldBe(DmnExport.Of(new RuleTexts().Load()));

    [Theory]
    [MemberData(nameof(ShippedRulesTests.Folders), MemberType = typeof(ShippedRulesTests))]
    public void Every_reference_in_a_model_leads_somewhere_and_every_indicator_has_its_decision(string folder)
    {
        var rules = Load(folder);
        foreach (var scheme in rules.Schemes)
        {
            var model = XDocument.Parse(DmnExport.Of(rules)[$"{scheme.Id}.dmn"]).Root!;
            var ids = model.Elements().Attributes("id").Select(id => "#" + id.Value).ToList();

            ids.ShouldBeUnique();
            model.Descendants().Attributes("href").Select(href => href.Value).Except(ids).ShouldBeEmpty();
            model.Elements().Attributes("name").Count(name => name.Value.EndsWith(" points", StringComparison.Ordinal))
                .ShouldBe(scheme.Indicators.Count());
        }
    }
}
