using Evaluation.Rules.Dmn;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Differences;
using Evaluation.Rules.RuleSets.Exporting;
using Evaluation.Rules.RuleSets.Mutation;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.RuleSets;

using static TableTexts;

/// <summary>A decision table drawn in a modeller, as an indicator's points: read, refused, proved, changed, exported.</summary>
public sealed class TablePointsTests
{
    private static RuleCheckReport Check(RuleTexts texts) => RuleSetCheck.Run(texts.Folder);

    private static void Refused(RuleTexts texts, string path, string line, string message)
    {
        var report = Check(texts);
        report.Problems.ShouldContain(problem => problem.Location.Path == path
                && problem.Location.Line == texts.LineOf(path, line) && problem.Message.Contains(message),
            string.Join('\n', report.Lines));
    }

    [Fact]
    public void A_sound_table_passes_every_check_and_its_cases()
    {
        var report = Check(Sound);

        report.Lines.ShouldBeEmpty();
        report.Checks.ShouldContain(check => check.Question == "the table of R2 covers its inputs");
        report.Checks.ShouldContain(check => check.Question == "every rule of the table of R2 can decide");
    }

    [Fact]
    public void The_table_is_part_of_the_rule_set_version() =>
        With(Rules.Select(rule => rule.Replace("|10", "|9"))).Folder.Hash.ShouldNotBe(Sound.Folder.Hash);

    [Fact]
    public void A_combination_without_a_rule_is_named_exactly() =>
        Refused(With(Rules.Select(rule => rule.Replace("< 100", "< 50"))), Table, "<decisionTable",
            "50 ≤ external_hours < 100 gets no points");

    [Fact]
    public void A_combination_in_two_rules_is_refused_at_the_second() =>
        Refused(With(Rules.Select(rule => rule.Replace("< 100|6", "<= 100|6"))), Table, "id=\"r2\"",
            "network = \"all\" and external_hours = 100 is in rules 1 (line 13) and 2 of the table");

    [Fact]
    public void Rules_that_give_the_same_may_overlap_under_the_policy_any_and_others_may_not()
    {
        string[] same = ["\"all\"|-|10", "-|>= 100|10", "not(\"all\")|< 100|0"];
        Check(With(same, "hitPolicy=\"ANY\"")).Checks
            .Single(check => check.Question == "the table of R2 covers its inputs").Passed.ShouldBeTrue();
        Refused(With([same[0], "-|>= 100|9", same[2]], "hitPolicy=\"ANY\""), Table, "id=\"r2\"", "which give different points");
    }

    [Fact]
    public void A_rule_that_earlier_ones_leave_nothing_is_dead() =>
        Refused(With(["\"all\"|-|10", "-|-|0", "\"some\"|>= 100|4"], "hitPolicy=\"FIRST\""), Table, "id=\"r3\"",
            "rule 3 of the table can never decide: other rules take everything it matches");

    [Fact]
    public void A_rule_for_an_answer_that_does_not_exist_is_dead() =>
        Refused(With([.. Rules, "\"most\"|-|5"]), Table, "id=\"r6\"", "no network that can occur is \"most\"");

    [Fact]
    public void Of_rules_by_priority_the_one_whose_points_never_come_first_is_dead() =>
        Refused(With(["\"all\"|-|10", "-|-|0", "\"all\"|>= 100|4"], "hitPolicy=\"PRIORITY\"",
                "<outputValues><text>10, 4, 0</text></outputValues>"), Table, "id=\"r3\"", "can never decide");

    [Fact]
    public void A_maximum_the_table_does_not_reach_is_refused() =>
        Refused(With(Rules.Select(rule => rule.Replace("|10", "|9"))), Table, "<decisionTable",
            "the table gives at most 9 points, but max is 10");

    [Fact]
    public void The_most_of_added_rules_is_found_over_all_combinations()
    {
        var texts = With(["\"all\"|-|7", "-|>= 100|3", "not(\"all\")|< 100|0"],
            "hitPolicy=\"COLLECT\" aggregation=\"SUM\"");
        Check(texts).Problems.ShouldNotContain(problem => problem.Message.Contains("at most"));
        Refused(With(["\"all\"|-|8", "-|>= 100|3", "not(\"all\")|< 100|0"], "hitPolicy=\"COLLECT\" aggregation=\"SUM\""),
            Table, "<decisionTable", "the table gives at most 11 points, but max is 10");
    }

    [Fact]
    public void Points_that_fall_while_the_value_rises_are_refused()
    {
        var texts = With([">= 100|10", "< 100|4"]).With(R2, "value: network", "value: external_hours")
            .With(R2, "unit: answer", "unit: hour").With(R2, "given: [ network, external_hours ]", "given: [ external_hours ]")
            .With(R2Cases, "network: all, ", "").With(R2Cases, "network: some, ", "").With(R2Cases, "network: none, ", "")
            .With(Table, "<input><inputExpression typeRef=\"string\"><text>network</text></inputExpression></input>", "");
        Check(texts).Problems.ShouldNotContain(problem => problem.Message.Contains("although"));
        Refused(texts.With(Table, "<text>10</text>", "<text>3</text>"), Table, "id=\"r1\"",
            "points go from 4 (rule 2) to 3 (rule 1) as the value rises, although higher is better");
    }

    [Fact]
    public void A_threshold_of_the_table_without_its_two_cases_is_refused()
    {
        Refused(Sound.With(R2Cases, "external_hours: 100", "external_hours: 101"), Table, "id=\"r1\"",
            "no worked case of R2 has external_hours = 100, exactly on the threshold");
        Refused(Sound.With(R2Cases, "external_hours: 99", "external_hours: 20"), Table, "id=\"r1\"",
            "no worked case of R2 has external_hours just under the threshold 100");
    }

    [Theory]
    [InlineData("table: R2.dmn", "table: R3.dmn", R2, "table:", "the table of the indicator R2 is not there: indicators/R3.dmn")]
    [InlineData("decision: registration", "decision: entry", R2, "decision:", "has no decision 'entry'")]
    [InlineData("given: [ network, external_hours ]", "given: [ network ]", Table, "<decisionTable",
        "input 2 of the table of the indicator R2 uses 'external_hours', but 'given' does not list it")]
    public void What_the_indicator_says_of_its_table_must_be_so(
        string old, string by, string path, string line, string message) =>
        Refused(Sound.With(R2, old, by), path, line, message);

    [Theory]
    [InlineData("<text>network</text>", "<text>netwrok</text>", "<decisionTable", "uses 'netwrok', which is no metric")]
    [InlineData("&gt;= 100", "&gt;= hundred", "id=\"r1\"",
        "rule 1 of the table of the indicator R2, condition of input 2, uses 'hundred'")]
    [InlineData("&gt;= 100", "&gt;= &gt;= 100", "id=\"r1\"", "condition of input 2, is not FEEL")]
    [InlineData("<text>10</text>", "<text></text>", "id=\"r1\"", "rule 1 of the table of the indicator R2 gives no points")]
    [InlineData("hitPolicy=\"UNIQUE\"", "hitPolicy=\"RULE ORDER\"", "<decisionTable", "gives a list, but points are one number")]
    [InlineData("hitPolicy=\"UNIQUE\"", "hitPolicy=\"SINGLE\"", "<decisionTable", "there is no hit policy SINGLE")]
    [InlineData("hitPolicy=\"UNIQUE\"", "hitPolicy=\"PRIORITY\"", "<decisionTable", "lists no output values")]
    [InlineData("<output typeRef=\"number\"></output>", "<output name=\"a\"/><output name=\"b\"/>", "<decisionTable",
        "has 2 output columns, but points are one")]
    [InlineData("<output typeRef=\"number\">", "<output typeRef=\"string\">", "<decisionTable",
        "the output of the table of the indicator R2 has the type 'string', but points are numbers")]
    [InlineData("<inputEntry><text>&quot;all&quot;</text></inputEntry>", "", "id=\"r1\"", "has 1 conditions for 2 inputs")]
    [InlineData("typeRef=\"string\"><text>", "typeRef=\"tNetwork\"><text>", "<decisionTable", "has the type 'tNetwork'")]
    [InlineData("<output typeRef=\"number\"></output>", "<output typeRef=\"number\"/><annotation name=\"zh\"/>",
        "<decisionTable", "has an annotation column zh but no en")]
    [InlineData("</definitions>", "", "</decision>", "not well-formed XML")]
    public void What_is_wrong_in_the_model_is_named_with_its_file_line_and_rule(
        string old, string by, string line, string message)
    {
        var texts = Sound.With(Table, old, by);
        var found = texts.Problems();
        found.ShouldContain(problem => problem.Location.Path == Table && problem.Message.Contains(message)
                && Math.Abs(problem.Location.Line - texts.LineOf(Table, line)) <= 1,
            string.Join('\n', found));
    }

    [Fact]
    public void A_model_nobody_uses_and_a_decision_that_needs_another_are_refused()
    {
        new RuleTexts().With("indicators/lost.dmn", Model(Rules, "", "")).Problem()
            .Message.ShouldBe("nothing reads this file");
        Sound.With(Table, "<requiredInput href=\"#i1\"/>", "<requiredDecision href=\"#d2\"/>").Problems()
            .ShouldContain(problem => problem.Message.Contains("requires another decision or a function"));
    }

    [Fact]
    public void Every_cell_is_changed_and_the_cases_notice()
    {
        var report = RuleSetMutation.Run(Sound.Folder);
        var changes = report.Results.Where(result => result.Location.Path == Table).ToList();

        changes.Select(result => result.Change).ShouldContain("R2 table, rule 1, input 2: >= 100 → > 100");
        changes.Select(result => result.Change).ShouldContain("R2 table, rule 3, points: 4 → 5");
        changes.Select(result => result.Change).ShouldContain("R2 table, rule 5, input 1: \"none\" → \"some\"");
        changes.Where(result => result.Fate == MutantFate.Survived).ShouldBeEmpty();
    }

    [Fact]
    public void A_hit_policy_is_changed_too()
    {
        var texts = With(["\"all\"|-|7", "-|>= 100|3", "-|-|0"], "hitPolicy=\"COLLECT\" aggregation=\"SUM\"").With(R2Cases, """
            cases:
              - { case: both, given: { network: all, external_hours: 100 }, expect: { points: 10 } }
              - { case: neither, given: { network: none, external_hours: 99 }, expect: { points: 0 } }
            """);

        RuleSetMutation.Run(texts.Folder).Results.Where(result => result.Change.Contains("hit policy"))
            .Select(result => (result.Change, result.Fate)).ShouldBe(
            [
                ("R2 table, hit policy: Sum → Max", MutantFate.Killed), ("R2 table, hit policy: Sum → Count", MutantFate.Killed),
            ]);
    }

    [Fact]
    public void A_changed_rule_a_new_one_and_one_that_is_gone_are_told()
    {
        var later = With(["\"all\"|>= 100|9", "\"all\"|< 100|6", "\"some\"|-|4", "\"none\"|-|0"]).Load();
        var sentences = RuleSetDifferences.Of(Sound.Load(), later).Select(one => one.Sentence).ToList();

        sentences.Select(one => one.Zh).ShouldBe(
        [
            "试评方案 R2 入网：决策表中第 1 条（\"all\" | >= 100）的得分由“10”改为“9”。",
            "试评方案 R2 入网：决策表新增规则，第 3 条（\"some\" | -）得“4”分。",
            "试评方案 R2 入网：决策表取消规则，原为第 3 条（\"some\" | >= 100）得“4”分。",
            "试评方案 R2 入网：决策表取消规则，原为第 4 条（\"some\" | < 100）得“2”分。",
        ]);
        sentences[1].En.ShouldBe(
            "Trial scheme, R2 Registration: a new rule of the decision table, rule 3 (\"some\" | -) earns `4`.");
    }

    [Fact]
    public void The_export_gives_the_table_back()
    {
        var rules = Sound.Load();
        var model = DmnReader.Read(DmnExport.Of(rules)["trial.dmn"], "trial.dmn");
        var logic = model.Decisions.Single(decision => decision.Name == "R2 points").Logic;
        while (logic is DmnConditional choice) logic = choice.Else;

        var table = logic.ShouldBeOfType<DmnTable>();
        table.HitPolicy.ShouldBe(DmnHitPolicy.Unique);
        table.Inputs.Select(input => (input.Expression, input.TypeRef)).ShouldBe([("network", "string"), ("external_hours", "number")]);
        table.Rules.Select(rule => string.Join('|', [.. rule.Tests, .. rule.Outputs])).ShouldBe(Rules);
    }

    private static readonly (string Attributes, string Output)[] Policies =
    [
        ("hitPolicy=\"UNIQUE\"", ""), ("hitPolicy=\"ANY\"", ""), ("hitPolicy=\"FIRST\"", ""),
        ("hitPolicy=\"PRIORITY\"", "<outputValues><text>4, 10, 0, 7</text></outputValues>"),
        ("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", ""), ("hitPolicy=\"COLLECT\" aggregation=\"MIN\"", ""),
        ("hitPolicy=\"COLLECT\" aggregation=\"MAX\"", ""), ("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", ""),
        ("hitPolicy=\"FIRST\"", "<defaultOutputEntry><text>3</text></defaultOutputEntry>"),
        ("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", "<defaultOutputEntry><text>5</text></defaultOutputEntry>"),
    ];

    [Fact]
    public void Whatever_the_table_the_points_are_those_the_dmn_engine_gives()
    {
        var random = new Random(20);
        string[] answers = ["\"all\"", "\"some\"", "\"none\"", "\"all\", \"none\"", "not(\"some\")", "-"];
        string[] hours = ["< 100", ">= 100", "[50..150)", "(100..200]", "-", "0", "not(100)"];
        string[] points = ["10", "7", "4", "2", "0", "external_hours / 100"];
        var compared = 0;
        for (var round = 0; round < 400; round++)
        {
            var (attributes, output) = Policies[round % Policies.Length];
            var rules = Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
                $"{Pick(answers)}|{Pick(hours)}|{Pick(points)}").ToList();
            var texts = With(rules, attributes, output);
            var (loaded, program) = (texts.Load(), DmnProgram.Link(DmnReader.Read(Model(rules, attributes, output), "m"), []));
            var scorer = Scorer.Create(loaded, loaded.Schemes[0], loaded.AsOf);
            foreach (var network in new[] { "all", "some", "none" })
            {
                foreach (var external in new[] { 0m, 50m, 100m, 150m, 200m, 450m })
                {
                    var values = new Dictionary<string, FeelValue> { ["network"] = network, ["external_hours"] = external };
                    var outcome = scorer.Outcome("R2", new UnitFacts("u", values, new Dictionary<string, Provenance>()));
                    var expected = DmnValue(program, values);
                    (outcome is Scored scored ? scored.Points : FeelValue.Null).ShouldBe(expected,
                        $"{attributes} {output}\n{string.Join('\n', rules)}\n{network} {external}");
                    compared++;
                }
            }
        }

        compared.ShouldBe(7200);

        string Pick(string[] from) => from[random.Next(from.Length)];

        // Points above the maximum are refused, not given.
        FeelValue DmnValue(DmnProgram program, Dictionary<string, FeelValue> values)
        {
            var value = program.Evaluate("registration", new FeelContext(values)).Value;
            return value.TryNumber(out var number) && number is < 0m or > 10m ? FeelValue.Null : value;
        }
    }
}
