using System.Diagnostics;
using System.Globalization;
using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Reports.Pdf;
using Evaluation.Jobs.Tests.Reports;

namespace Evaluation.Benchmarks;

/// <summary>Reports a second, and whether the process grows while it draws.</summary>
internal static class ReportBenchmark
{
    internal static void Run(int reports, int growth)
    {
        using var renderer = new CairoReportRenderer();
        var models = Enumerable.Range(1, 32).Select(SampleReports.Card).Select(card => SampleReports.Material(card))
            .Select(AssessmentReport.Build).ToList();
        Draw(renderer, models, 20, threads: 1);
        foreach (var threads in (int[])[1, 2])
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            var bytes = Draw(renderer, models, reports, threads);
            var seconds = watch.Elapsed.TotalSeconds;
            var processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / reports;
            Say($"{reports} reports, {threads} thread(s): {reports / seconds:F1} a second");
            Say($"  a report: {processor:F0} ms of processor, {bytes / reports / 1024} KiB");
        }

        for (var round = 0; round < 3; round++)
        {
            Draw(renderer, models, growth, threads: 2);
            GC.Collect();
            Say($"resident after {growth} more: {Environment.WorkingSet / 1024 / 1024} MiB");
        }
    }

    private static long Draw(CairoReportRenderer renderer, List<AssessmentReport> models, int reports, int threads)
    {
        var bytes = 0L;
        Parallel.For(0, reports, new ParallelOptions { MaxDegreeOfParallelism = threads }, index =>
        {
            var stream = new MemoryStream();
            renderer.Render(models[index % models.Count], stream);
            Interlocked.Add(ref bytes, stream.Length);
        });
        return bytes;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
