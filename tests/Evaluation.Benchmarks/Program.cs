using Evaluation.Benchmarks;

// dotnet run -c Release --project tests/Evaluation.Benchmarks [-- reports|index]
if (args is ["reports"])
{
    ReportBenchmark.Run(reports: 100, growth: 200);
    return 0;
}

if (args is ["index"])
{
    IndexBenchmark.Run(size: 512, rounds: 5);
    return 0;
}

ScoringBenchmark.Run(units: 55_000, indicators: 20, rounds: 5);
ScoringBenchmark.Run(units: 3_600, indicators: 30, rounds: 5);
return 0;
