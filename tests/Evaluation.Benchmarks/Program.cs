using Evaluation.Benchmarks;

// dotnet run -c Release --project tests/Evaluation.Benchmarks
ScoringBenchmark.Run(units: 55_000, indicators: 20, rounds: 5);
ScoringBenchmark.Run(units: 3_600, indicators: 30, rounds: 5);
return 0;
