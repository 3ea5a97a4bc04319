using System.Diagnostics;
using System.Globalization;
using System.Text;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Benchmarks;

/// <summary>
/// Scores many units by a scheme of bands, formulas, goalposts and checklists in turn, against hand-written C# over the
/// same decimals and the same rules, in the same process and in every round, so that a noisy machine slows both alike.
/// </summary>
internal static class ScoringBenchmark
{
    private static readonly string[] Ways =
        ["plain C#", "points only", "ledger, not read", "full ledger, every sentence", "… rule text and inputs", "… and the advice"];

    public static void Run(int units, int indicators, int rounds)
    {
        var watch = Stopwatch.StartNew();
        var rules = RuleSetLoader.Load(Folder(indicators));
        var scorer = Scorer.Create(rules, rules.Schemes[0], new DateOnly(2000, 1, 1));
        Say($"{units:N0} units x {indicators} indicators; loaded and compiled in {watch.Elapsed.TotalMilliseconds:N0} ms");

        var numbers = Numbers(units, indicators);
        var facts = Facts(numbers, indicators);
        var slots = facts.Select(scorer.Compiled.Slots).ToArray();
        var runs = Ways.Select(_ => new List<Round>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            var scores = (double)units * indicators;
            runs[0].Add(Measure(() => PlainSum(numbers), scores));
            runs[1].Add(Measure(() => SlotSum(scorer, slots), scores));
            runs[2].Add(Measure(() => LedgerSum(scorer, facts), scores));
            runs[3].Add(Measure(() => ReadSum(scorer, facts, line => line.Because.Zh.Length + line.Because.En.Length), scores));
            runs[4].Add(Measure(() => ReadSum(scorer, facts, LettersOf), scores));
            runs[5].Add(Measure(() => ReadSum(scorer, facts, line => LettersOf(line) + (line.More?.En.Length ?? 0)), scores));
            for (var way = 1; way < 3; way++)
            {
                if (runs[way][^1].Sum == runs[0][^1].Sum) continue;
                throw new InvalidOperationException($"{Ways[way]}: {runs[way][^1].Sum} is not {runs[0][^1].Sum}");
            }
        }

        for (var way = 0; way < Ways.Length; way++)
        {
            var time = Median(runs[way].Select(run => run.Nanoseconds));
            var ratio = Median(runs[way].Zip(runs[0], (own, plain) => own.Nanoseconds / plain.Nanoseconds));
            var bytes = Median(runs[way].Select(run => run.Bytes));
            Say($"{Ways[way],-28} {time,9:N0} ns, {ratio,6:N2} times plain, {1e9 / time,13:N0} a second, {bytes,7:N0} bytes, an indicator score (medians of {rounds})");
        }
    }

    /// <summary>One way, one round, an indicator score.</summary>
    private sealed record Round(double Nanoseconds, double Bytes, decimal Sum);

    private static Round Measure(Func<decimal> work, double scores)
    {
        GC.Collect();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var sum = work();
        var time = watch.Elapsed;
        return new Round(time.TotalNanoseconds / scores, (GC.GetAllocatedBytesForCurrentThread() - before) / scores, sum);
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static decimal LedgerSum(Scorer scorer, UnitFacts[] facts)
    {
        var sum = 0m;
        foreach (var unit in facts) sum += scorer.Score(unit).Points;
        return sum;
    }

    private static decimal ReadSum(Scorer scorer, UnitFacts[] facts, Func<LedgerLine, int> lettersOf)
    {
        var letters = 0L;
        foreach (var unit in facts)
        {
            var lines = scorer.Score(unit).Lines;
            for (var i = 0; i < lines.Count; i++) letters += lettersOf(lines[i]);
        }

        return letters;
    }

    private static int LettersOf(LedgerLine line)
    {
        var letters = line.Because.Zh.Length + line.Because.En.Length + line.PointsText.Length;
        var inputs = line.Inputs;
        for (var i = 0; i < inputs.Count; i++) letters += inputs[i].Code.Length + (inputs[i].Value.IsNull ? 0 : 1);
        return letters;
    }

    private static decimal SlotSum(Scorer scorer, FeelValue[][] slots)
    {
        var sum = 0m;
        foreach (var row in slots) sum += scorer.ScorePoints(row) ?? 0m;
        return sum;
    }

    /// <summary>What a programmer would write by hand for the same rules: the ratio, then its points.</summary>
    private static decimal PlainSum((decimal Used, decimal Quota)[][] units)
    {
        var sum = 0m;
        foreach (var unit in units)
        {
            for (var i = 0; i < unit.Length; i++)
            {
                var (used, quota) = unit[i];
                var value = used / quota;
                sum += (i % 4) switch
                {
                    0 => value >= 1m ? 5m
                        : value >= 0.8m ? 4m
                        : value >= 0.6m ? 3m
                        : value >= 0.4m ? 2m
                        : value >= 0.2m ? 1m
                        : 0m,
                    1 => Math.Round(Math.Min(5m, 5m * value), 20, MidpointRounding.ToEven),
                    2 => value <= 0.2m ? 0m
                        : value >= 1m ? 5m
                        : Math.Round(5m * (value - 0.2m) / 0.8m, 20, MidpointRounding.ToEven),
                    _ => (value >= 0.5m ? 2m : 0m) + (used > 100m ? 1m : 0m) + (quota >= 1000m ? 2m : 0m),
                };
            }
        }

        return sum;
    }

    internal static (decimal Used, decimal Quota)[][] Numbers(int units, int indicators)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, units).Select(_ => Enumerable.Range(0, indicators)
            .Select(_ => ((decimal)random.Next(0, 20000) / 10m, random.Next(2) == 0 ? 800m : 1400m)).ToArray())];
    }

    internal static UnitFacts[] Facts((decimal Used, decimal Quota)[][] numbers, int indicators)
    {
        // Units share the names of their metrics, as those read from the database do.
        var names = Enumerable.Range(0, indicators).Select(i => (Used: $"used_{i}", Quota: $"quota_{i}")).ToArray();
        return [.. numbers.Select((unit, u) =>
        {
            var values = new Dictionary<string, FeelValue>(indicators * 2);
            for (var i = 0; i < indicators; i++)
            {
                values[names[i].Used] = unit[i].Used;
                values[names[i].Quota] = unit[i].Quota;
            }

            return new UnitFacts(u.ToString(CultureInfo.InvariantCulture), values, new Dictionary<string, Provenance>());
        })];
    }

    internal static RuleFolder Folder(int indicators)
    {
        var metrics = new StringBuilder("metrics:\n");
        var scheme = new StringBuilder($$"""
            scheme: benchmark
            name: { zh: 基准, en: Benchmark }
            category: benchmark
            level: unit
            source: { document: benchmark, ours: true }
            total: {{indicators * 5}}
            blocks:
              - block: all
                name: { zh: 全部, en: All }
                weight: {{indicators * 5}}
                source: { document: benchmark, ours: true }
                indicators:

            """);
        for (var i = 0; i < indicators; i++)
        {
            foreach (var code in new[] { $"used_{i}", $"quota_{i}" })
            {
                metrics.AppendLine(CultureInfo.InvariantCulture, $"  {code}: {{ name: {{ zh: {code}, en: {code} }}, unit: hour, kind: flow, from: {{ zh: 基准, en: benchmark }} }}");
            }

            scheme.AppendLine(CultureInfo.InvariantCulture, $$"""
                      - indicator: I{{i}}
                        name: { zh: 利用率, en: Utilisation }
                        source: { document: benchmark, ours: true }
                        question: { zh: 用了多少, en: How much is used }
                        given: [ used_{{i}}, quota_{{i}} ]
                        value: used_{{i}} / quota_{{i}}
                        unit: share
                        direction: higher
                        points: {{Points(i)}}
                        max: 5
                        missing: withhold
                """);
        }

        return new RuleFolder("benchmark", new Dictionary<string, string>
        {
            ["metrics.yaml"] = metrics.ToString(),
            ["scheme.yaml"] = scheme.ToString(),
        });
    }

    private static string Points(int indicator) => (indicator % 4) switch
    {
        0 => """
            { bands: [ { when: ">= 1", points: 5 }, { when: "[0.8..1)", points: 4 }, { when: "[0.6..0.8)", points: 3 },
                { when: "[0.4..0.6)", points: 2 }, { when: "[0.2..0.4)", points: 1 }, { when: "< 0.2", points: 0 } ] }
            """.ReplaceLineEndings(" "),
        1 => """{ formula: "min(5, 5 * value)" }""",
        2 => "{ goalposts: { zero: 0.2, full: 1 } }",
        _ => string.Create(CultureInfo.InvariantCulture, $$"""
            { checklist: [ { when: "value >= 0.5", points: 2, name: { zh: 过半, en: Half used } },
                { when: "used_{{indicator}} > 100", points: 1, name: { zh: 有使用, en: In use } },
                { when: "quota_{{indicator}} >= 1000", points: 2, name: { zh: 通用, en: General } } ] }
            """).ReplaceLineEndings(" "),
    };
}
