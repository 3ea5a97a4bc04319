using System.Diagnostics;
using System.Globalization;
using System.Text;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Benchmarks;

/// <summary>
/// Scores many units by a scheme of many banded indicators, against hand-written C# over the same decimals and the same
/// bands, in turn and in the same process, so that a noisy machine slows both alike.
/// </summary>
internal static class ScoringBenchmark
{
    public static void Run(int units, int indicators, int rounds)
    {
        var watch = Stopwatch.StartNew();
        var rules = RuleSetLoader.Load(Folder(indicators));
        var scorer = Scorer.Create(rules, rules.Schemes[0], new DateOnly(2000, 1, 1));
        Console.WriteLine($"{units:N0} units x {indicators} indicators; loaded and compiled in {watch.Elapsed.TotalMilliseconds:N0} ms");

        var numbers = Numbers(units, indicators);
        var facts = Facts(numbers, indicators);
        var slots = facts.Select(scorer.Compiled.Slots).ToArray();
        Console.WriteLine("round | plain C# ns | points only ns | ratio | full ledger ns | ratio   (ns an indicator score)");
        for (var round = 0; round < rounds; round++)
        {
            var plain = Time(() => PlainSum(numbers));
            var points = Time(() => SlotSum(scorer, slots));
            if (plain.Sum != points.Sum) throw new InvalidOperationException($"{plain.Sum} is not {points.Sum}");
            var ledger = Time(() => facts.Sum(unit => scorer.Score(unit).Points));
            if (plain.Sum != ledger.Sum) throw new InvalidOperationException($"{plain.Sum} is not {ledger.Sum}");
            double Each(TimeSpan time) => time.TotalNanoseconds / ((double)units * indicators);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{round,5} | {Each(plain.Time),11:N1} | {Each(points.Time),14:N1} | {points.Time / plain.Time,5:N2} | {Each(ledger.Time),14:N1} | {ledger.Time / plain.Time,5:N1}"));
        }
    }

    private static (TimeSpan Time, decimal Sum) Time(Func<decimal> work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var sum = work();
        return (watch.Elapsed, sum);
    }

    private static decimal SlotSum(Scorer scorer, FeelValue[][] slots)
    {
        var sum = 0m;
        foreach (var row in slots) sum += scorer.ScorePoints(row) ?? 0m;
        return sum;
    }

    /// <summary>What a programmer would write by hand for the same table: ratio, then the first band reached.</summary>
    private static decimal PlainSum((decimal Used, decimal Quota)[][] units)
    {
        var sum = 0m;
        foreach (var unit in units)
        {
            foreach (var (used, quota) in unit)
            {
                var value = used / quota;
                sum += value >= 1m ? 5m : value >= 0.8m ? 4m : value >= 0.6m ? 3m : value >= 0.4m ? 2m : value >= 0.2m ? 1m : 0m;
            }
        }

        return sum;
    }

    private static (decimal Used, decimal Quota)[][] Numbers(int units, int indicators)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, units).Select(_ => Enumerable.Range(0, indicators)
            .Select(_ => ((decimal)random.Next(0, 20000) / 10m, random.Next(2) == 0 ? 800m : 1400m)).ToArray())];
    }

    private static UnitFacts[] Facts((decimal Used, decimal Quota)[][] numbers, int indicators) =>
        [.. numbers.Select((unit, u) =>
        {
            var values = new Dictionary<string, FeelValue>(indicators * 2);
            for (var i = 0; i < indicators; i++)
            {
                values[$"used_{i}"] = unit[i].Used;
                values[$"quota_{i}"] = unit[i].Quota;
            }

            return new UnitFacts(u.ToString(CultureInfo.InvariantCulture), values, new Dictionary<string, Provenance>());
        })];

    private static RuleFolder Folder(int indicators)
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
                        points:
                          bands:
                            - { when: ">= 1", points: 5 }
                            - { when: "[0.8..1)", points: 4 }
                            - { when: "[0.6..0.8)", points: 3 }
                            - { when: "[0.4..0.6)", points: 2 }
                            - { when: "[0.2..0.4)", points: 1 }
                            - { when: "< 0.2", points: 0 }
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
}
