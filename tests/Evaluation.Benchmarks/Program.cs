using System.Globalization;
using Evaluation.Benchmarks;

// dotnet run -c Release --project tests/Evaluation.Benchmarks [-- scoring|reports|records|index|allocation|certainty]
// records [--rows N] [--cycle DIR]
if (args is ["records", .. var options])
{
    return await RecordsBenchmark.Run(
        int.Parse(Option("--rows") ?? "10000000", CultureInfo.InvariantCulture), Option("--cycle") ?? "rules/2026");

    string? Option(string name) => Array.IndexOf(options, name) is var place and >= 0 ? options[place + 1] : null;
}

return args switch
{
    [] or ["scoring"] => Run(() =>
    {
        ScoringBenchmark.Run(units: 55_000, indicators: 20, rounds: 5);
        ScoringBenchmark.Run(units: 3_600, indicators: 30, rounds: 5);
    }),
    ["reports"] => Run(() => ReportBenchmark.Run(reports: 100, growth: 200)),
    ["index"] => Run(() => IndexBenchmark.Run(size: 512, rounds: 5)),
    ["allocation"] => Run(() => AllocationBenchmark.Run(units: 100_000)),
    ["certainty"] => Run(() => CertaintyBenchmark.Run(units: 3_600, indicators: 30, draws: 1_000, rounds: 3)),
    _ => WrongUse(),
};

static int Run(Action benchmark)
{
    benchmark();
    return 0;
}

static int WrongUse()
{
    Console.Error.WriteLine("There is no such benchmark. Use one of: scoring, reports, records, index, allocation, certainty");
    return 2;
}
