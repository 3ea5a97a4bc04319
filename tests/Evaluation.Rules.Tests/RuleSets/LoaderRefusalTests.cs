using Evaluation.Rules.RuleSets;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>Everything the loader refuses: each with file, line, what is wrong and how to mend it.</summary>
public sealed class LoaderRefusalTests
{
    private const string R1 = "indicators/R1-sharing.yaml";
    private const string R1Cases = "indicators/R1-sharing.cases.yaml";
    private const string Scheme = "scheme.yaml";
    private const string Metrics = "metrics.yaml";

    private static void Refuses(RuleTexts texts, string path, int line, string message, string mend) =>
        ShouldSay(texts.Problem(), path, line, message, mend);

    private static void ShouldSay(RuleProblem problem, string path, int line, string message, string mend)
    {
        problem.Location.Path.ShouldBe(path);
        problem.Location.Line.ShouldBe(line);
        problem.Message.ShouldContain(message);
        problem.Mend.ShouldContain(mend);
        problem.Severity.ShouldBe(ProblemSeverity.Error);
    }

    [Fact]
    public void A_mistyped_key_is_refused_and_the_right_one_suggested()
    {
        var problems = new RuleTexts().With(R1, "missing: withhold", "mising: withhold").Problems();

        problems.Count.ShouldBe(2);
        ShouldSay(problems[0], R1, 1, "the indicator R1 has no 'missing'", "add missing: …");
        ShouldSay(problems[1], R1, 16, "the indicator R1 has no key 'mising'", "write 'missing'");
    }

    [Fact]
    public void A_key_that_stands_twice_is_refused_with_both_lines() =>
        Refuses(new RuleTexts().With(R1, "max: 20", "max: 20\nunit: share"), R1, 16,
            "the key 'unit' stands twice here (first in line 7)", "keep one of the two");

    [Fact]
    public void A_rule_without_a_source_is_refused() =>
        Refuses(new RuleTexts().With(R1, "source: { document: 试评办法, item: 第四条 }\n", ""), R1, 1,
            "the indicator R1 has no 'source'", "source: { document: …");

    [Fact]
    public void A_source_without_a_document_is_refused() =>
        Refuses(new RuleTexts().With(R1, "document: 试评办法, item: 第四条", "item: 第四条"), R1, 3,
            "the source of the indicator R1 has no 'document'", "add document:");

    [Fact]
    public void A_text_in_one_language_only_is_refused() =>
        Refuses(new RuleTexts().With(R1, "{ zh: 共享率, en: Sharing rate }", "{ zh: 共享率 }"), R1, 2,
            "'name' of the indicator R1 has no 'en'", "add en: the English text");

    [Theory]
    [InlineData("1,5")]
    [InlineData("2e1")]
    [InlineData("020")]
    [InlineData("20 points")]
    [InlineData("0x14")]
    [InlineData("12345678901234567890123456789")]
    public void What_is_not_an_exact_decimal_is_refused(string number) =>
        Refuses(new RuleTexts().With(R1, "max: 20", $"max: {number}"), R1, 15,
            $"'max' of the indicator R1 is '{number}', which is not a decimal number", "write digits with a point");

    [Theory]
    [InlineData("2020-13-01")]
    [InlineData("2020-02-30")]
    [InlineData("1.1.2020")]
    public void A_day_that_is_not_in_the_calendar_is_refused(string day) =>
        Refuses(new RuleTexts().With(Scheme, "from: 2020-01-01", $"from: {day}"), Scheme, 11,
            $"'from' of a value of the parameter full_share is '{day}'", "write year-month-day");

    [Fact]
    public void A_formula_that_is_not_feel_is_refused_at_the_place_in_the_line()
    {
        var problem = new RuleTexts().With(R1, "external_hours / effective_hours", "external_hours / (effective_hours").Problem();

        ShouldSay(problem, R1, 6, "the value of the indicator R1 is not FEEL", "external_hours / (effective_hours");
        problem.Location.Column.ShouldBeGreaterThan("value: external_hours / ".Length);
    }

    [Fact]
    public void A_formula_of_several_lines_is_refused_in_its_own_line()
    {
        var problem = new RuleTexts()
            .With(R1, "value: external_hours / effective_hours", "value: |\n  if external_hours > 0\n  then external_hours / effective_hours\n  els 0")
            .Problem();

        problem.Location.Path.ShouldBe(R1);
        problem.Location.Line.ShouldBeInRange(8, 10);
    }

    [Fact]
    public void A_metric_nobody_defined_is_refused_where_given_lists_it() =>
        Refuses(
            new RuleTexts()
                .With(R1, "[ external_hours,", "[ outside_hours,")
                .With(R1, "external_hours / effective_hours", "outside_hours / effective_hours"),
            R1, 5, "'given' of the indicator R1 lists 'outside_hours', which is no metric and no parameter",
            "declare outside_hours in metrics.yaml");

    [Fact]
    public void A_mistyped_name_in_a_formula_is_refused_with_the_name_that_was_meant()
    {
        var problem = new RuleTexts().With(R1, "external_hours / effective_hours", "external_hours / efective_hours").Problems()
            .Single(problem => problem.Severity == ProblemSeverity.Error);

        ShouldSay(problem, R1, 6, "uses 'efective_hours', which is no metric and no parameter", "write 'effective_hours'");
        problem.Location.Column.ShouldBe("value: external_hours / ".Length + 1);
    }

    [Fact]
    public void A_metric_used_but_not_given_is_refused() =>
        Refuses(new RuleTexts().With(R1, "given: [ external_hours, effective_hours, full_share ]", "given: [ external_hours, full_share ]"),
            R1, 6, "uses 'effective_hours', but 'given' does not list it", "add effective_hours to given");

    [Fact]
    public void A_parameter_of_a_band_that_given_does_not_list_is_refused_in_each_band()
    {
        var problems = new RuleTexts().With(R1, ", full_share ]", " ]").Problems();

        problems.Select(problem => problem.Location.Line).ShouldBe([12, 13]);
        problems.ShouldAllBe(problem => problem.Mend == "add full_share to given");
    }

    [Fact]
    public void A_resource_metric_nobody_defined_is_refused_through_a_loop()
    {
        var problems = new RuleTexts()
            .With(R1, "given: [ external_hours, effective_hours, full_share ]", "given: [ instruments.used_hours, full_share ]")
            .With(R1, "external_hours / effective_hours", "mean(for i in instruments return i.used_hour)")
            .With(R1Cases, RuleTexts.R1Cases.Replace("external_hours: 500, effective_hours: 1000", "instruments: []", StringComparison.Ordinal))
            .Problems();

        ShouldSay(
            problems.Single(problem => problem.Severity == ProblemSeverity.Error), R1, 6,
            "asks for 'instruments.used_hour', which is no metric", "write 'used_hours'");
    }

    [Fact]
    public void A_function_feel_does_not_have_is_refused() =>
        Refuses(new RuleTexts().With(R1, "external_hours / effective_hours", "meen([external_hours, effective_hours])"), R1, 6,
            "calls 'meen', which is no function of FEEL", "write 'mean'");

    [Fact]
    public void A_formula_that_asks_what_day_it_is_is_refused() =>
        Refuses(new RuleTexts().With(R1, "external_hours / effective_hours", "external_hours / effective_hours * today().month"), R1, 6,
            "a score must not depend on the day it is computed on", "declare a dated parameter");

    [Fact]
    public void A_file_nested_without_end_is_refused() =>
        Refuses(new RuleTexts().With("extra.yaml", "deep: " + new string('[', 5000) + new string(']', 5000)), "extra.yaml", 1,
            "deep in one another", "write the file flatter");

    [Fact]
    public void An_indicator_without_a_file_is_refused_where_it_is_listed() =>
        Refuses(new RuleTexts().With(Scheme, "[ R1, R2 ]", "[ R1, R2, R3 ]"), Scheme, 18,
            "the block sharing lists the indicator 'R3', which has no file", "indicators/R3-some-words.yaml");

    [Fact]
    public void An_indicator_file_that_no_block_lists_is_refused() =>
        Refuses(new RuleTexts().With(Scheme, "[ R1, R2 ]", "[ R1 ]"), "indicators/R2-registration.yaml", 1,
            "no block lists the indicator R2", "add R2 to the indicators of a block in scheme.yaml");

    [Fact]
    public void An_indicator_listed_twice_is_refused() =>
        Refuses(new RuleTexts().With(Scheme, "[ R1, R2 ]", "[ R1, R2, R1 ]"), Scheme, 18,
            "the indicator 'R1' is there twice", "give each its own id");

    [Fact]
    public void An_indicator_file_under_another_name_is_refused() =>
        Refuses(new RuleTexts().With(R1, "indicator: R1", "indicator: R9").With(Scheme, "[ R1, R2 ]", "[ R9, R2 ]"), R1, 1,
            "the file of the indicator R9 is named R1-sharing.yaml", "rename it R9-some-words.yaml");

    [Fact]
    public void Cases_beside_no_indicator_are_refused() =>
        Refuses(new RuleTexts().With("indicators/R7-lost.cases.yaml", RuleTexts.R2Cases), "indicators/R7-lost.cases.yaml", 1,
            "these cases stand beside no indicator file", "indicators/R7-lost.yaml is not there");

    [Fact]
    public void A_file_nothing_reads_is_refused() =>
        Refuses(new RuleTexts().With("indicater/R3.yaml", "indicator: R3"), "indicater/R3.yaml", 1, "nothing reads this file", "move it");

    [Theory]
    [InlineData("unit: share", "unit: shares", 7, "share")]
    [InlineData("direction: higher", "direction: up", 9, "higher, lower, target")]
    [InlineData("missing: withhold", "missing: withold", 16, "withhold")]
    public void A_word_outside_its_closed_list_is_refused(string old, string by, int line, string mend) =>
        Refuses(new RuleTexts().With(R1, old, by), R1, line, "which is not one of its values", mend);

    [Fact]
    public void An_unknown_kind_of_metric_is_refused() =>
        ShouldSay(
            new RuleTexts().With(Metrics, "kind: answer", "kind: answers").Problems().Single(problem => problem.Location.Path == Metrics),
            Metrics, 17, "'kind' of the metric network is 'answers'", "write answer");

    [Fact]
    public void A_metric_defined_twice_is_refused() =>
        Refuses(new RuleTexts().With(Metrics, RuleTexts.Metrics + "\n  network: {}"), Metrics, 25,
            "the key 'network' stands twice here (first in line 14)", "keep one of the two");

    [Fact]
    public void A_grade_the_table_does_not_have_is_refused() =>
        Refuses(new RuleTexts().With(Scheme, RuleTexts.Scheme + """

            grades:
              source: { document: 试评办法 }
              grades:
                - { grade: good, name: { zh: 良好, en: Good }, mark: "▲" }
              bands:
                - { grade: god, when: ">= 0" }
            """), Scheme, 24, "'god' is not a grade of this scheme", "write 'good'");

    [Fact]
    public void A_card_is_asked_only_for_what_it_has() =>
        Refuses(new RuleTexts().With(Scheme, RuleTexts.Scheme + """

            judgements:
              - judgement: low
                name: { zh: 低分, en: Low }
                when: card.points.R3 < 1
                effect: { adjust: "-2" }
                source: { document: 试评办法 }
            """), Scheme, 22, "asks for 'card.points.R3', which the score card does not have", "write 'R1'");

    [Fact]
    public void Two_forms_of_points_at_once_are_refused() =>
        Refuses(new RuleTexts().With(R1, "points:\n", "points:\n  formula: 20 * value\n"), R1, 11,
            "'points' of the indicator R1 has 2 forms (bands, formula)", "keep exactly one of");

    [Fact]
    public void A_formula_that_yaml_reads_as_a_list_is_refused_with_the_advice_to_quote_it() =>
        Refuses(new RuleTexts().With(R1, "value: external_hours / effective_hours", "value: [external_hours, effective_hours][1]"), R1, 6,
            "this is not YAML", "stands in quotes");

    [Fact]
    public void A_condition_without_quotes_is_refused_with_the_advice_to_quote_it() =>
        Refuses(new RuleTexts().With(R1, """{ when: ">= full_share", points: 20 }""", "{ when: >= full_share, points: 20 }"), R1, 12,
            "this is not YAML", "stands in quotes");

    [Fact]
    public void A_tab_is_refused_by_its_line() =>
        Refuses(new RuleTexts().With(R1, "    - { when: \"< 0.2\"", "\t- { when: \"< 0.2\""), R1, 14, "a tab stands in the indentation", "indent with spaces");

    [Fact]
    public void A_missing_space_behind_a_colon_is_named() =>
        Refuses(new RuleTexts().With(R1Cases, "{ points: 20, value: 0.5 }", "{ points: 20, value:0.5 }"), R1Cases, 2,
            "has no key 'value:0.5'", "put a space behind the colon");

    [Theory]
    [InlineData("value: &v external_hours", "an anchor (&v) stands here")]
    [InlineData("value: !!str external_hours", "a tag (tag:yaml.org,2002:str) stands here")]
    public void Anchors_and_tags_are_refused(string by, string message) =>
        new RuleTexts().With(R1, "value: external_hours", by).Problems().ShouldContain(problem =>
            problem.Location.Path == R1 && problem.Location.Line == 6 && problem.Message == message);

    [Fact]
    public void An_empty_file_is_refused() =>
        Refuses(new RuleTexts().With(R1Cases, "# nothing yet\n"), R1Cases, 1, "the file is empty", "write its keys, or delete the file");

    [Fact]
    public void A_case_that_gives_an_unknown_answer_is_refused() =>
        Refuses(new RuleTexts().With("indicators/R2-registration.cases.yaml", "given: { network: some }", "given: { network: most }"),
            "indicators/R2-registration.cases.yaml", 3, "'network' is 'most', which is not one of its answers", "use one of: all, some, none");

    [Fact]
    public void A_case_that_gives_an_unknown_metric_is_refused() =>
        Refuses(new RuleTexts().With(R1Cases, "external_hours: 500,", "extrenal_hours: 500,"), R1Cases, 2,
            "gives 'extrenal_hours', which is no metric", "write 'external_hours'");

    [Fact]
    public void A_case_that_sets_a_parameter_is_refused() =>
        Refuses(new RuleTexts().With(R1Cases, "external_hours: 500,", "external_hours: 500, full_share: 1,"), R1Cases, 2,
            "gives the parameter 'full_share'", "as_of: chooses the date");

    [Fact]
    public void Every_problem_of_every_file_is_named_at_once()
    {
        var problems = new RuleTexts()
            .With(R1, "max: 20", "max: many")
            .With(Scheme, "total: 30", "total: thirty")
            .With(Metrics, "unit: answer", "unit: reply")
            .Problems();

        problems.Select(problem => $"{problem.Location.Path}:{problem.Location.Line}")
            .ShouldBe([$"{R1}:15", $"{Metrics}:16", $"{Scheme}:6"]);
    }

    [Fact]
    public void Every_file_that_is_not_yaml_is_named_at_once()
    {
        var problems = new RuleTexts().With(R1, "name: {", "name: {{").With(Metrics, "metrics:", "metrics: [").Problems();

        problems.Select(problem => problem.Location.Path).Distinct().ShouldBe([R1, Metrics]);
        problems.ShouldAllBe(problem => problem.Message.StartsWith("this is not YAML"));
    }

    [Fact]
    public void A_folder_without_metrics_is_refused() =>
        Refuses(new RuleTexts().Without(Metrics), Metrics, 1, "the rule folder has no metrics.yaml", "add it");

    [Fact]
    public void A_folder_without_a_scheme_is_refused() =>
        new RuleTexts().Without(Scheme).Problems().ShouldContain(problem =>
            problem.Location.Path == Scheme && problem.Message == "the rule folder has neither cycle.yaml nor scheme.yaml");

    [Fact]
    public void However_a_file_is_mangled_the_loader_answers_with_problems_and_never_fails()
    {
        var texts = new[] { RuleTexts.Scheme, RuleTexts.R1, RuleTexts.Metrics, RuleTexts.R1Cases };
        string[] paths = [Scheme, R1, Metrics, R1Cases];
        const string Splinters = "{}[]:,\"'|>-&*!%@#?\n\t x0.=<()";
        var spots =
            from file in Gen.Choose(0, 3)
            from at in Gen.Choose(0, 100_000)
            from what in Gen.Choose(0, 100_000)
            select (file, at, what);
        Prop.ForAll(spots.ToArbitrary(), spot =>
        {
            var (file, at, what) = spot;
            var place = at % texts[file].Length;
            var splinter = Splinters[what % Splinters.Length].ToString();
            var mangled = what % 2 == 0 ? texts[file].Insert(place, splinter) : texts[file].Remove(place, 1).Insert(place, splinter);
            try
            {
                new RuleTexts().With(paths[file], mangled).Load();
            }
            catch (RuleSetException refused)
            {
                refused.Problems.ShouldContain(problem => problem.Severity == ProblemSeverity.Error);
                refused.Problems.ShouldAllBe(problem => problem.Location.Line > 0 && problem.Mend.Length > 0);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
