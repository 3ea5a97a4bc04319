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

    public static TheoryData<string, string, string, string, string> SmallChanges { get; } = new()
    {
        { R1, "range: \"[0..1]\"", "range: \"[0..2]\"", "the range of the value: from 0 to 2 (before: from 0 to 1)",
            "取值的范围由不低于 0 且不高于 1 改为不低于 0 且不高于 2。" },
        { R2, "network ]\nvalue", "network, full_share ]\nvalue",
            "the data it needs: `full_share, network` (before: `network`)", "须有的数据由“network”改为“full_share, network”。" },
        { R1, "item: 第四条 }", "item: 第四条, ours: true }",
            "whether the source is a public text: no, the rule is our own (before: yes)", "依据的性质由公开文件改为本平台自定。" },
        { R1, "item: 第四条 }", "item: 第四条, note: { zh: 注, en: Note } }",
            "the note on the source: \"Note\" (before: none)", "依据的说明由无改为“注”。" },
        { R1, "zh: 对外服务机时占多少", "zh: 占多少", "the question: only the Chinese text has changed.",
            "所问由“对外服务机时占多少”改为“占多少”。" },
        { R1, "en: Sharing rate", "en: Rate", "the name: \"Rate\" (before: \"Sharing rate\")", "名称只改了英文，中文未改。" },
        { Scheme, "unit: share", "unit: percent",
            "the unit of the parameter \"Share that earns full points\": per cent (before: share)", "的单位由占比改为百分数。" },
        { Scheme, "en: Share that earns full points", "en: Full share", "the name of the parameter \"Full share\"",
            "的名称只改了英文" },
        { Scheme, "value: 0.5 } ]\n    source: { document: 试评办法, item: 第四条 }",
            "value: 0.5 } ]\n    source: { document: 试评办法, item: 第八条 }", "the source of the parameter",
            "的依据由“试评办法 第四条”改为“试评办法 第八条”。" },
        { Scheme, "weight: 30\n    source: { document: 试评办法, item: 第三条 }",
            "weight: 30\n    source: { document: 试评办法, item: 第八条 }", "the source of the block \"Sharing\"",
            "一级指标“共享”的依据由" },
        { Scheme, "level: unit", "level: resource", "what is scored: single resources (before: units)",
            "评价对象由被评单位改为单件资源。" },
        { Scheme, "zh: 虚假数据, en: Untruthful data", "zh: 假数据, en: False data",
            "the name of the judgement \"False data\"", "判定“假数据”的名称由“虚假数据”改为“假数据”。" },
        { Scheme, "item: 第十条", "item: 第七条", "the source of the judgement \"Untruthful data\"",
            "的依据由“试评办法 第十条”改为“试评办法 第七条”。" },
        { Scheme, "zh: 良好, en: Good", "zh: 优秀, en: Excellent",
            "the name of the grade \"Excellent\": \"Excellent\" (before: \"Good\")", "等次“优秀”的名称由“良好”改为“优秀”。" },
        { Scheme, "mark: \"▲\"", "mark: \"◆\"", "the mark of the grade \"Good\"", "等次“良好”的标记由" },
        { Scheme, "item: 第九条", "item: 第七条", "the source of the grades", "等次的依据由" },
        { Scheme, "item: 第十二条", "item: 第七条", "the source of the awards", "奖补的依据由" },
        { Scheme, "en: Idle hours }, value", "en: Idle time }, value", "the name of the figure \"Idle time\"",
            "的名称只改了英文" },
        { "metrics.yaml", "en: Service records", "en: Records",
            "where it comes from: \"Records\" (before: \"Service records\")", "来源只改了英文" },
        { "metrics.yaml", "unit: hour\n    kind: flow\n    range", "unit: hour\n    kind: stock\n    range",
            "how observations combine: taken at the end of the period (before: added up over the period)",
            "汇总方式由期内相加改为取期末数。" },
    };

    [Theory]
    [MemberData(nameof(SmallChanges))]
    public void One_change_has_one_sentence(string file, string old, string by, string en, string zh)
    {
        var texts = Sample().Folder.Files.ToDictionary(one => one.Key, one => one.Value);
        var at = texts[file].IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0);
        texts[file] = texts[file][..at] + by + texts[file][(at + old.Length)..];
        var found = RuleSetDifferences.Of(Sample().Load(), RuleSetLoader.Load(new RuleFolder("next", texts)))
            .ShouldHaveSingleItem();

        found.Sentence.En.ShouldContain(en);
        found.Sentence.Zh.ShouldContain(zh);
    }

    [Fact]
    public void Formulas_that_differ_in_their_looks_alone_are_no_difference()
    {
        var now = Sample()
            .With(R1, "value: external_hours / effective_hours", "value: external_hours/effective_hours // 比率")
            .With(R1, "\">= full_share\"", "\">=full_share\"")
            .With(R1, "\"[0.2..full_share)\"", "\"[0.20 .. full_share)\"")
            .With(Scheme, "coefficient: 1", "coefficient: 1.0");

        Between(Sample(), now).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("network = \"on line\"", "network=\"on line\" // 在线", 0)]
    [InlineData("network = \"on line\"", "network = \"online\"", 1)]
    public void A_blank_counts_within_a_text_and_nowhere_else(string old, string now, int differences)
    {
        RuleTexts With(string condition) => Sample().With(Scheme, "coefficient: 1",
            $"coefficient: 1\n  eligible:\n    - when: '{condition}'\n      otherwise: {{ zh: 未联网, en: Not on the network }}");

        Between(With(old), With(now)).Count.ShouldBe(differences);
    }

    [Fact]
    public void A_rounding_of_places_and_the_order_of_judgements_are_told()
    {
        var old = Sample().With(Scheme, "count: 10, at_least: 18", "percent: 30, rounding: half_up");
        var rounded = Sample().With(Scheme, "count: 10, at_least: 18", "percent: 30, rounding: down");
        var first = Rest.IndexOf("  - judgement: untruthful", StringComparison.Ordinal);
        var second = Rest.IndexOf("  - judgement: incident", StringComparison.Ordinal);
        var end = Rest.IndexOf("grades:", StringComparison.Ordinal);
        var swapped = new RuleTexts().With(Scheme,
            RuleTexts.Scheme + Rest[..first] + Rest[second..end] + Rest[first..second] + Rest[end..]);

        Between(old, rounded).ShouldHaveSingleItem().Sentence.En
            .ShouldEndWith("30 % of the units, rounded down (before: 30 % of the units, rounded half up).");
        Between(Sample(), swapped).ShouldHaveSingleItem().Sentence.Zh
            .ShouldEndWith("判定的先后次序由“虚假数据、责任事故”改为“责任事故、虚假数据”。");
    }

    [Theory]
    [InlineData("checks.yaml", "severity: warning", "severity: blocking",
        "what a finding means: blocks until somebody decides")]
    [InlineData("imports/units.yaml", "delimiter: \",\"", "delimiter: \";\"",
        "the import \"units\", encoding and delimiter")]
    [InlineData("records.yaml", "from: 2014-12-31, value: 500000", "from: 2014-12-31, value: 300000", "Records and scope, ")]
    [InlineData("records.yaml", "when: related = true", "when: related != false",
        "service records that do not count, \"Use by a related party\", the condition")]
    [InlineData("index/index.yaml", "weight: 20", "weight: 25", "the weight")]
    [InlineData("cycle.yaml", "[2014] No. 70", "[2014] No. 71", "a document it rests on: ")]
    public void Data_checks_records_imports_and_the_year_are_compared(string file, string old, string by, string en)
    {
        var folder = RuleFolder.Read(Path.Combine(Repository.Root(), "rules/2026"));
        var texts = folder.Files.ToDictionary(one => one.Key, one => one.Value);
        var at = texts[file].IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0);
        texts[file] = texts[file][..at] + by + texts[file][(at + old.Length)..];
        var found = RuleSetDifferences.Of(RuleSetLoader.Load(folder), RuleSetLoader.Load(new RuleFolder("next",
            texts)));

        found.ShouldHaveSingleItem().Sentence.En.ToUpperInvariant().ShouldContain(en.ToUpperInvariant());
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
