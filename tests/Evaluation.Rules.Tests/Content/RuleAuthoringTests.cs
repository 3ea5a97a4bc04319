using System.Text.RegularExpressions;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Content;

/// <summary>The tutorial on writing rules says what is so: its snippets stand in the rule files or load, and its figures
/// come out.</summary>
public sealed partial class RuleAuthoringTests
{
    private const string Example = "rules/reference/moe-2000-instrument";

    private static readonly string Tutorial =
        File.ReadAllText(Path.Combine(Repository.Root(), "docs", "rule-authoring.md"));

    private static readonly RuleFolder Folder = RuleFolder.Read(Path.Combine(Repository.Root(), Example));

    // A comment above a block of code says where it stands, or what it is.
    [GeneratedRegex(@"<!-- (?<from>\S+) -->\n```(?:yaml|json)\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Snippet { get; }

    private static IReadOnlyList<(string From, string Text)> Snippets { get; } =
        [.. Snippet.Matches(Tutorial).Select(match => (match.Groups["from"].Value, match.Groups["text"].Value))];

    private static string Squeezed(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [Fact]
    public void Every_quoted_snippet_stands_word_for_word_in_the_file_it_names()
    {
        var quoted = Snippets.Where(snippet => snippet.From.StartsWith("rules/", StringComparison.Ordinal)).ToList();

        quoted.Count.ShouldBeGreaterThanOrEqualTo(20);
        foreach (var (from, text) in quoted)
        {
            Squeezed(File.ReadAllText(Path.Combine(Repository.Root(), from))).ShouldContain(Squeezed(text), Case.Sensitive, from);
        }
    }

    [Fact]
    public void Every_snippet_is_checked_and_stands_in_both_languages()
    {
        Regex.Count(Tutorial, @"^```(yaml|json)$", RegexOptions.Multiline).ShouldBe(Snippets.Count);
        var half = Snippets.Count / 2;
        Snippets.Skip(half).ShouldBe(Snippets.Take(half));
    }

    [Theory]
    [InlineData("bands", typeof(BandPoints))]
    [InlineData("formula", typeof(FormulaPoints))]
    [InlineData("goalposts", typeof(GoalpostPoints))]
    [InlineData("checklist", typeof(ChecklistPoints))]
    [InlineData("panel", typeof(PanelPoints))]
    public void Every_way_to_earn_points_loads_as_it_is_written(string form, Type rule)
    {
        var text = Snippets.First(snippet => snippet.From == form).Text;
        var points = string.Join('\n', text.Split('\n').Select(line => "          " + line));
        var scheme = $$"""
            scheme: tutorial
            name: { zh: 教程, en: Tutorial }
            category: tutorial
            level: unit
            source: { document: 教程, ours: true }
            total: 15
            blocks:
              - block: sharing
                name: { zh: 共享, en: Sharing }
                weight: 15
                source: { document: 教程, ours: true }
                indicators:
                  - indicator: X
                    name: { zh: 外部共享率, en: External-use ratio }
                    source: { document: 教程, ours: true }
                    question: { zh: 多少, en: How much }
                    given: [ external_share ]
                    value: external_share
                    unit: share
                    direction: higher
                    points:
            {{points.Replace("          ", "              ", StringComparison.Ordinal)}}
                    max: 15
                    missing: withhold
            """;
        var rules = RuleSetLoader.Load(new RuleFolder("tutorial", new Dictionary<string, string>
        {
            ["metrics.yaml"] =
                "metrics:\n  external_share: { name: { zh: 外部共享率, en: External share }, unit: share, kind: ratio, "
                + "from: { zh: 教程, en: tutorial } }\n",
            ["scheme.yaml"] = scheme,
        }));

        rules.Schemes[0].Indicators.Single().Points.ShouldBeOfType(rule);
    }

    [Fact]
    public void The_check_ends_as_the_tutorial_says()
    {
        var report = RuleSetCheck.Run(Folder);

        report.Passed.ShouldBeGreaterThan(0);
        report.Failed.ShouldBe(0);
        Regex.Count(Tutorial, Regex.Escape("`N passed, 0 failed`")).ShouldBe(2);
    }

    [Fact]
    public void The_change_the_tutorial_suggests_is_refused()
    {
        const string Before = "min(100, 100 * effective_hours";
        Tutorial.ShouldContain($"`{Before}`");
        var files = Folder.Files.ToDictionary(file => file.Key, file =>
            file.Value.Replace(Before, "min(90, 100 * effective_hours", StringComparison.Ordinal));

        var report = RuleSetCheck.Run(new RuleFolder("changed", files));

        report.Failed.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void The_facts_score_as_the_tutorial_says_and_with_the_sentence_it_shows()
    {
        var rules = RuleSetLoader.Load(Folder);
        var scorer = Scorer.Create(rules, rules.Schemes[0], rules.AsOf);
        var json = Snippets.First(snippet => snippet.From == "facts.json").Text;
        var facts = FactFiles.ReadJson("facts.json", json, rules.Metrics).Single();
        var sheet = scorer.Score(facts);

        var card = Grader.Grade(scorer.Compiled, [(facts, sheet)]).Single();

        card.Total.ShouldBe(85.55m);
        card.Grade.ShouldBe("good");
        Tutorial.ShouldContain("> " + sheet.Lines[0].Because.Zh);
        Tutorial.ShouldContain("> " + sheet.Lines[0].Because.En);
    }
}
