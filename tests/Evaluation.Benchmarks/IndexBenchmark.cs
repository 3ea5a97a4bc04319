using System.Diagnostics;
using System.Globalization;
using Evaluation.Rules.Index;

namespace Evaluation.Benchmarks;

/// <summary>
/// A composite index of 51 units and 49 indicators, the size of the published example: how long it takes to build, to draw
/// weights over, and to take apart by Sobol indices, against a plain loop that does the same arithmetic from scratch.
/// </summary>
internal static class IndexBenchmark
{
    private const int Units = 51;
    private const int Indicators = 49;
    private const int Blocks = 8;

    internal static void Run(int size, int rounds)
    {
        var (framework, data) = Example();
        var specification = new IndexSpecification { Impute = ImputationMethod.Mean };
        var build = Best(rounds, () => CompositeIndex.Build(framework, data, specification));
        Say($"{Units} units x {Indicators} indicators: built in {build:F2} ms");

        var index = CompositeIndex.Build(framework, data, specification);
        var draws = Best(rounds, () => RankRobustness.Of(index, WeightNoise.Draw(framework, 0.25, 1000, 1)));
        Say($"1,000 draws of weights: {draws:F0} ms");

        var choices = IndexChoices.For(index);
        var ours = Best(rounds, () => ChoiceUncertainty.Of(index, choices, size, 100, 1));
        var plain = Best(rounds, () => PlainLoop.Outputs(index, choices, size));
        var runs = ChoiceUncertainty.Of(index, choices, size, 100, 1).Runs;
        Say($"Sobol over {runs:N0} runs: {ours:F0} ms; the plain loop {plain:F0} ms; ratio {plain / ours:F1}");
    }

    private static double Best(int rounds, Func<object> work)
    {
        work();
        return Enumerable.Range(0, rounds).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            work();
            return watch.Elapsed.TotalMilliseconds;
        });
    }

    private static (IndexFramework Framework, IndexData Data) Example()
    {
        var random = CounterRandom.Seeded(51);
        var rows = Enumerable.Range(0, Indicators).Select(number =>
            new FrameworkRow(Code(number), Code(number), FrameworkRowType.Indicator)
            {
                Level = 1, Parent = $"block{number % Blocks}", Direction = number % 4 == 0 ? -1 : 1,
            }).ToList();
        rows.AddRange(Enumerable.Range(0, Blocks).Select(block =>
            new FrameworkRow($"block{block}", $"block{block}", FrameworkRowType.Aggregate) { Level = 2, Parent = "index" }));
        rows.Add(new FrameworkRow("index", "index", FrameworkRowType.Aggregate) { Level = 3 });
        var columns = Enumerable.Range(0, Indicators).Select(number => KeyValuePair.Create(
            Code(number), Enumerable.Range(0, Units).Select(unit => Value(random.For(number), unit)).ToArray())).ToList();
        var units = Enumerable.Range(0, Units).Select(unit => unit.ToString("D2", CultureInfo.InvariantCulture)).ToList();
        return (IndexFramework.Of("benchmark", rows), new IndexData(
            new IndexTable(units, columns), units, new Dictionary<string, double[]>(), new Dictionary<string, string?[]>()));
    }

    // Skewed, with one value in twenty missing: what data of this kind look like.
    private static double Value(CounterRandom random, int unit) =>
        random.Below(unit, 20) == 0 ? double.NaN : Math.Exp(3 * random.Fraction(unit + Units));

    private static string Code(int number) => string.Create(CultureInfo.InvariantCulture, $"i{number:D2}");

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
