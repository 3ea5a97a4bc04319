using System.Diagnostics;
using System.Globalization;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Benchmarks;

/// <summary>
/// Weight draws over many units: scores and ranks alone, on one thread and on two, against a plain loop over doubles in
/// the same rounds; then the whole study with grades, money, edges, choices and the cross-check.
/// </summary>
internal static class CertaintyBenchmark
{
    private static readonly FileLocation Here = new("benchmark", 1);

    public static void Run(int units, int indicators, int draws, int rounds)
    {
        var rules = RuleSetLoader.Load(ScoringBenchmark.Folder(indicators));
        var scorer = Scorer.Create(rules, rules.Schemes[0], new DateOnly(2000, 1, 1));
        var facts = ScoringBenchmark.Facts(ScoringBenchmark.Numbers(units, indicators), indicators);
        var sheets = facts.Select(unit => (unit, scorer.Score(unit))).ToList();
        var table = new UnitTable(scorer.Compiled, facts);
        var noise = new WeightNoise(table.AsDeclared, 1, 0.25m);
        var cards = Grader.Grade(scorer.Compiled, sheets).ToDictionary(card => card.Unit);
        var run = new DrawRun(
            new Contest(scorer, sheets), table, noise, scorer.Compiled,
            [.. facts.Select(unit => (unit, cards[unit.Unit]))], []);
        Say($"{draws:N0} weight draws over {units:N0} units x {indicators} indicators, medians of {rounds}");
        var times = new List<(double Seconds, double Processor)>[] { [], [], [] };
        for (var round = 0; round < rounds; round++)
        {
            times[0].Add(Time(() => Plain(table, noise, draws)));
            times[1].Add(Time(() => Ranks(run, noise, draws, 1)));
            times[2].Add(Time(() => Ranks(run, noise, draws, 2)));
        }

        string[] names = ["plain loop and sort, one thread", "scores and ranks, one thread", "scores and ranks, two threads"];
        for (var way = 0; way < names.Length; way++)
        {
            var (seconds, processor) = (
                Median(times[way].Select(time => time.Seconds)), Median(times[way].Select(time => time.Processor)));
            var ratio = Median(times[way].Zip(times[0], (own, plain) => own.Processor / plain.Processor));
            Say($"{names[way],-34} {seconds,6:N2} s, {processor,6:N2} s of processor, {ratio,5:N2} times plain");
        }

        Whole(rules, units, indicators, draws);
    }

    private static void Whole(RuleSet rules, int units, int indicators, int draws)
    {
        var source = rules.Schemes[0].Source;
        var grades = new GradeTable(
            [
                new("excellent", new("优秀", "Excellent"), "◆"), new("good", new("良好", "Good"), "▲"),
                new("qualified", new("合格", "Qualified"), "●"),
            ],
            [],
            [
                new("excellent", null, Feel("30"), QuotaRounding.Down, null),
                new("good", null, Feel("40"), QuotaRounding.Down, null),
            ],
            "qualified", [], EdgeTies.AllIn, source, Here);
        var scheme = rules.Schemes[0] with { Grades = grades };
        var choices = new ChoiceSpec([Choice.Weights, Choice.Scaling], 64, 200, 0.01m);
        var spec = new Robustness(1, draws, 0.25m, 0.9m, choices, source, Here);
        var facts = ScoringBenchmark.Facts(ScoringBenchmark.Numbers(units, indicators), indicators);
        var scorer = Scorer.Create(rules with { Schemes = [scheme] }, scheme, new DateOnly(2000, 1, 1));
        foreach (var (what, own) in new[]
        {
            ("without choices", spec with { Choices = null }), ("with choices", spec),
        })
        {
            var (seconds, processor) = Time(() => CertaintyStudy.Of(scorer, own, [], facts));
            Say($"the whole study {what}: {seconds:N1} s, {processor:N1} s of processor, all threads");
        }
    }

    private static Formula Feel(string text) => new(FeelExpression.Parse(text), Here);

    private static void Ranks(DrawRun run, WeightNoise noise, int draws, int threads) =>
        Parallel.For(
            0, draws, new ParallelOptions { MaxDegreeOfParallelism = threads }, draw => run.Play(noise.Draw(draw)));

    /// <summary>What a programmer would write: weighted sums, a sort, a rank a unit.</summary>
    private static void Plain(UnitTable table, WeightNoise noise, int draws)
    {
        var shares = table.AsDeclared;
        var (totals, order, ranks) = (new double[shares.Units], new int[shares.Units], new int[shares.Units]);
        for (var draw = 0; draw < draws; draw++)
        {
            var weights = noise.Draw(draw);
            for (var unit = 0; unit < totals.Length; unit++)
            {
                var total = 0.0;
                for (var i = 0; i < weights.Length; i++) total += weights[i] * shares.Share(i, unit);
                (totals[unit], order[unit]) = (-total, unit);
            }

            Array.Sort(totals, order);
            for (var place = 0; place < order.Length; place++) ranks[order[place]] = place + 1;
        }
    }

    // Processor time tells more than the clock where other work is going on.
    private static (double Seconds, double Processor) Time(Action work)
    {
        GC.Collect();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        work();
        return (
            watch.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
