using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>A small sound rule folder as text, and ways to spoil it in one place.</summary>
internal sealed class RuleTexts
{
    public const string Metrics = """
        metrics:
          effective_hours:
            name: { zh: 有效机时, en: Effective hours }
            unit: hour
            kind: flow
            range: "[0..]"
            from: { zh: 服务记录, en: Service records }
          external_hours:
            name: { zh: 对外服务机时, en: External hours }
            unit: hour
            kind: flow
            range: "[0..]"
            from: { zh: 服务记录, en: Service records }
          network:
            name: { zh: 入网情况, en: Registration }
            unit: answer
            kind: answer
            answers: [ all, some, none ]
            from: { zh: 单位填报, en: Reported by the unit }
          instruments.used_hours:
            name: { zh: 单台有效机时, en: Hours of one instrument }
            unit: hour
            kind: flow
            from: { zh: 服务记录, en: Service records }
        """;

    public const string Scheme = """
        scheme: trial
        name: { zh: 试评方案, en: Trial scheme }
        category: instruments
        level: unit
        source: { document: 试评办法, item: 第三条 }
        total: 30
        parameters:
          full_share:
            name: { zh: 满分共享率, en: Share that earns full points }
            unit: share
            values: [ { from: 2020-01-01, value: 0.5 } ]
            source: { document: 试评办法, item: 第四条 }
        blocks:
          - block: sharing
            name: { zh: 共享, en: Sharing }
            weight: 30
            source: { document: 试评办法, item: 第三条 }
            indicators: [ R1, R2 ]
        """;

    public const string R1 = """
        indicator: R1
        name: { zh: 共享率, en: Sharing rate }
        source: { document: 试评办法, item: 第四条 }
        question: { zh: 对外服务机时占多少, en: What share of hours serves outsiders }
        given: [ external_hours, effective_hours, full_share ]
        value: external_hours / effective_hours
        unit: share
        range: "[0..1]"
        direction: higher
        points:
          bands:
            - { when: ">= full_share", points: 20 }
            - { when: "[0.2..full_share)", points: 12 }
            - { when: "< 0.2", points: 0 }
        max: 20
        missing: withhold
        """;

    public const string R1Cases = """
        cases:
          - { case: on a half, given: { external_hours: 500, effective_hours: 1000 }, expect: { points: 20, value: 0.5 } }
          - { case: just under a half, given: { external_hours: 499, effective_hours: 1000 }, expect: { points: 12 } }
          - { case: on a fifth, given: { external_hours: 200, effective_hours: 1000 }, expect: { points: 12 } }
          - { case: just under a fifth, given: { external_hours: 199, effective_hours: 1000 }, expect: { points: 0 } }
          - { case: no external hours known, given: { effective_hours: 1000 }, expect: { outcome: withheld } }
        """;

    public const string R2 = """
        indicator: R2
        name: { zh: 入网, en: Registration }
        source: { document: 试评办法, item: 第五条 }
        question: { zh: 是否全部入网, en: Are all instruments registered }
        given: [ network ]
        value: network
        unit: answer
        direction: higher
        points:
          bands:
            - { when: '"all"', points: 10 }
            - { when: '"some"', points: 4 }
            - { when: '"none"', points: 0 }
        max: 10
        missing: zero
        """;

    public const string R2Cases = """
        cases:
          - { case: all, given: { network: all }, expect: { points: 10 } }
          - { case: some, given: { network: some }, expect: { points: 4 } }
          - { case: none, given: { network: none }, expect: { points: 0 } }
          - { case: not said, given: {}, expect: { points: 0 } }
        """;

    private readonly Dictionary<string, string> _files = new()
    {
        ["metrics.yaml"] = Metrics,
        ["scheme.yaml"] = Scheme,
        ["indicators/R1-sharing.yaml"] = R1,
        ["indicators/R1-sharing.cases.yaml"] = R1Cases,
        ["indicators/R2-registration.yaml"] = R2,
        ["indicators/R2-registration.cases.yaml"] = R2Cases,
    };

    /// <summary>The same folder with one text replaced in one file; the text must be there.</summary>
    public RuleTexts With(string path, string old, string by)
    {
        _files[path].ShouldContain(old);
        _files[path] = _files[path].Replace(old, by, StringComparison.Ordinal);
        return this;
    }

    /// <summary>The same folder with a file added or overwritten.</summary>
    public RuleTexts With(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    /// <summary>The same folder without a file.</summary>
    public RuleTexts Without(string path)
    {
        _files.Remove(path).ShouldBeTrue();
        return this;
    }

    public RuleFolder Folder => new("trial", _files);

    public RuleSet Load() => RuleSetLoader.Load(Folder);

    /// <summary>The problems the loader finds; fails when it finds none.</summary>
    public IReadOnlyList<RuleProblem> Problems() => Should.Throw<RuleSetException>(() => Load()).Problems;

    /// <summary>The one problem the loader finds.</summary>
    public RuleProblem Problem() => Problems().ShouldHaveSingleItem();

    /// <summary>The line of the first occurrence of a text in a file, from 1.</summary>
    public int LineOf(string path, string text) =>
        Array.FindIndex(_files[path].Split('\n'), line => line.Contains(text, StringComparison.Ordinal)) + 1;
}
