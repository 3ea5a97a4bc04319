using System.Text;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Differences;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>What changed between two rule sets, as a policy officer reads it.</summary>
public sealed class DifferenceTests
{
    private const string R1 = "indicators/R1-sharing.yaml";
    private const string R2 = "indicators/R2-registration.yaml";
    private const string Scheme = "scheme.yaml";

    private const string Rest = """

        figures:
          - { figure: idle_hours, name: { zh: 闲置机时, en: Idle hours }, value: effective_hours - external_hours, unit: hour }
        judgements:
          - judgement: untruthful
            name: { zh: 虚假数据, en: Untruthful data }
            when: network = "none"
            effect: { grade: poor }
            source: { document: 试评办法, item: 第十条 }
          - judgement: incident
            name: { zh: 责任事故, en: Incident }
            when: external_hours < 5
            effect: { cap_grade: fair }
            source: { document: 试评办法, item: 第十一条 }
        grades:
          source: { document: 试评办法, item: 第九条 }
          grades:
            - { grade: good, name: { zh: 良好, en: Good }, mark: "▲" }
            - { grade: fair, name: { zh: 合格, en: Fair }, mark: "●" }
            - { grade: poor, name: { zh: 较差, en: Poor }, mark: "▼" }
          bands:
            - { grade: good, when: ">= 20" }
          quotas:
            - { grade: good, count: 10, at_least: 18 }
          rest: fair
          ties: { then: [ { by: card.points.R1 } ], at_edge: refuse }
        awards:
          pool: trial
          amounts: { good: 1000000 }
          coefficient: 1
          cap: 3000000
          round_to: 1
          rounding: largest_remainder
          source: { document: 试评办法, item: 第十二条 }

        """;

    private static RuleTexts Sample() => new RuleTexts().With(Scheme, RuleTexts.Scheme + Rest);

    private static IReadOnlyList<Difference> Between(RuleTexts old, RuleTexts now) =>
        RuleSetDifferences.Of(old.Load(), now.Load());

    private static string Sentences(IEnumerable<Difference> found) =>
        found.Aggregate(new StringBuilder(), (text, one) =>
        text.Append(one.Location).Append('\n').Append(one.Sentence.Zh).Append('\n').Append(one.Sentence.En)
            .Append("\n\n")).ToString();

    [Fact]
    public void A_rule_set_does_not_differ_from_itself() => Between(Sample(), Sample()).ShouldBeEmpty();

    [Fact]
    public void Comments_cases_and_line_ends_of_formulas_are_no_difference()
    {
        var now = Sample().With(R1, "value: external_hours / effective_hours",
            "# 说明\nvalue: |\n  external_hours\n    / effective_hours")
            .With("indicators/R1-sharing.cases.yaml", "case: on a half", "case: exactly a half");

        Between(Sample(), now).ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_of_change_has_a_sentence_in_both_languages()
    {
        var now = Sample()
            .With(R1, "\">= full_share\", points: 20", "\">= full_share\", points: 19")
            .With(R1, "[0.2..full_share)", "[0.25..full_share)")
            .With(R1, "\"< 0.2\", points: 0", "\"[0.1..0.25)\", points: 3 }\n    - { when: \"< 0.1\", points: 0")
            .With(R1, "value: external_hours / effective_hours", "value: min(1, external_hours / effective_hours)")
            .With(R1, "max: 20", "max: 19")
            .With(R1, "missing: withhold", "missing: zero")
            .With(R2, "item: 第五条", "item: 第六条")
            .With(R2, "'\"some\"', points: 4", "'\"some\"', points: 5")
            .With(Scheme, "value: 0.5", "value: 0.6")
            .With(Scheme, "weight: 30", "weight: 19")
            .With(Scheme, "indicators: [ R1, R2 ]",
                "indicators: [ R1 ]\n  - block: network\n    name: { zh: 入网, en: Network }\n    weight: 10\n"
                + "    source: { document: 试评办法, item: 第三条 }\n    indicators: [ R2 ]")
            .With(Scheme, "total: 30", "total: 29")
            .With(Scheme, "value: effective_hours - external_hours",
                "value: \"max(0, effective_hours - external_hours)\"")
            .With(Scheme, "effect: { cap_grade: fair }", "effect: { cap_total: 15 }")
            .With(Scheme, "when: network = \"none\"", "when: network != \"all\"")
            .With(Scheme, "when: \">= 20\"", "when: \">= 22\"")
            .With(Scheme, "count: 10, at_least: 18", "percent: 30, rounding: half_up, at_least: 18")
            .With(Scheme, "at_edge: refuse", "at_edge: all_in")
            .With(Scheme, "by: card.points.R1", "by: card.points.R2")
            .With(Scheme, "good: 1000000", "good: 1200000, fair: 100000")
            .With(Scheme, "coefficient: 1", "coefficient: if external_hours > 1000 then 2 else 1")
            .With(Scheme, "rounding: largest_remainder", "rounding: down")
            .With("metrics.yaml", "range: \"[0..]\"\n    from: { zh: 服务记录, en: Service records }\n  network",
                "range: \"[0..8784]\"\n    from: { zh: 服务记录, en: Service records }\n  network")
            .With("metrics.yaml", "answers: [ all, some, none ]", "answers: [ all, some, none, unknown ]")
            .With(R2, "'\"none\"', points: 0", "'\"none\", \"unknown\"', points: 0");

        Golden.Match("differences.txt", Sentences(Between(Sample(), now)));
    }

    [Fact]
    public void An_indicator_that_is_new_or_gone_is_named_with_its_maximum()
    {
        var without = new RuleTexts().Without(R2).Without("indicators/R2-registration.cases.yaml")
            .With(Scheme, "[ R1, R2 ]", "[ R1 ]").With(Scheme, "weight: 30", "weight: 20")
                .With(Scheme, "total: 30", "total: 20");

        Between(without, new RuleTexts()).Select(one => one.Sentence.En)
            .ShouldContain("Added: Trial scheme, the indicator R2 Registration, at most 10 points.");
        Between(new RuleTexts(), without).Select(one => one.Sentence.Zh).ShouldContain("取消试评方案的指标 R2 入网，最高 10 分。");
    }

    [Fact]
    public void Pots_and_deadlines_of_a_year_are_compared()
    {
        var folder = RuleFolder.Read(Path.Combine(Repository.Root(), "rules/2026"));
        var texts = folder.Files.ToDictionary(file => file.Key, file => file.Value);
        var old = RuleSetLoader.Load(folder);
        texts["cycle.yaml"] = texts["cycle.yaml"]
            .Replace($"by: {old.Cycle!.Deadlines[0].By:yyyy-MM-dd}", "by: 2026-01-15", StringComparison.Ordinal)
            .Replace($"pot: {old.Cycle.Pools[0].Pot.Yuan:0}", "pot: 1", StringComparison.Ordinal);
        var found = RuleSetDifferences.Of(old, RuleSetLoader.Load(new RuleFolder("next", texts)))
            .Select(one => one.Sentence.En).ToList();

        found.ShouldContain(sentence =>
            sentence.StartsWith($"The year, the deadline \"{old.Cycle.Deadlines[0].Name.En}\": 2026-01-15 (before: "));
        found.ShouldContain(sentence =>
            sentence.Contains($"the pool \"{old.Cycle.Pools[0].Name.En}\" (CNY): 1 (before: "));
    }

    [Theory]
    [MemberData(nameof(ShippedRulesTests.Folders), MemberType = typeof(ShippedRulesTests))]
    public void Between_any_two_rule_sets_every_sentence_is_whole(string folder)
    {
        var old = RuleSetLoader.Load(RuleFolder.Read(Path.Combine(Repository.Root(), folder)));
        foreach (string other in ShippedRulesTests.Folders)
        {
            var now = RuleSetLoader.Load(RuleFolder.Read(Path.Combine(Repository.Root(), other)));
            foreach (var one in RuleSetDifferences.Of(old, now))
            {
                one.Sentence.Zh.ShouldEndWith("。");
                one.Sentence.Zh.ShouldNotContain(" 。");
                one.Sentence.En.ShouldEndWith(".");
                one.Sentence.En.ShouldNotContain("  ");
            }
        }
    }
}
