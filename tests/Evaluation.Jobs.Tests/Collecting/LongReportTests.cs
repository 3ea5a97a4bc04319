using System.Globalization;
using Evaluation.Jobs.Collecting;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

using static CounterTests;

/// <summary>What is held in memory is counted for the whole process: no other test may run beside these.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class MeasuredAlone
{
    public const string Name = "measured alone";
}

[Collection(MeasuredAlone.Name)]
public sealed class LongReportTests(ITestOutputHelper output) : IDisposable
{
    private readonly ImportRoom room = new(ImportRoom.Counter);

    public void Dispose() => room.Dispose();

    [Fact]
    public void A_packed_report_of_hundreds_of_thousands_of_datasets_is_read_in_little_memory()
    {
        const int subsets = 14, each = 30_305;
        var path = Path.Combine(room.Folder, "usage_packed.json");
        var unpacked = 0L;
        using (var writer = new StreamWriter(path))
        {
            var parts = Report(Dataset("10.1/@", Instance("total", "investigations", 1), Instance("unique", "investigations", 1)));
            unpacked = PackedReport.Write(writer, parts, subsets, each);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, seen, total) = (0L, 0, 0m);
        new Importer(room.Rules).Look(room.Recognise(path), collected =>
        {
            if (collected is not CollectedObservation one) return;
            total += one.Observation.Value ?? 0;
            if (++seen % 100_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        });

        // Every tenth DOI comes again in capitals: one dataset, its figures added, the totals unchanged.
        total.ShouldBe(2 * subsets * each);
        seen.ShouldBe(2 * subsets * each * 10 / 11);
        output.WriteLine($"{unpacked / 1_000_000} MB of JSON, {subsets * each} datasets, {most / 1_000_000} MB held");
        unpacked.ShouldBeGreaterThan(120_000_000);
        most.ShouldBeLessThan(64_000_000);
    }

    [Fact]
    public void A_long_report_is_read_dataset_by_dataset()
    {
        var path = Path.Combine(room.Folder, "usage_long.json");
        using (var writer = new StreamWriter(path))
        {
            var parts = Report(Dataset("10.1/@", Instance("total", "investigations", 1), Instance("unique", "investigations", 1)));
            var (begin, end) = (parts.IndexOf('[') + 1, parts.LastIndexOf(']'));
            writer.Write(parts[..begin]);
            for (var i = 0; i < 50_000; i++)
            {
                if (i > 0) writer.Write(',');
                writer.Write(parts[begin..end].Replace("@", i.ToString(CultureInfo.InvariantCulture)));
            }

            writer.Write(parts[end..]);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var seen = 0;
        new Importer(room.Rules).Look(room.Recognise(path), collected =>
        {
            if (collected is CollectedObservation && ++seen % 20_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        });
        seen.ShouldBe(100_000);
        output.WriteLine($"{new FileInfo(path).Length / 1_000_000} MB of JSON, {most / 1_000_000} MB held");
        most.ShouldBeLessThan(20_000_000);
    }
}
