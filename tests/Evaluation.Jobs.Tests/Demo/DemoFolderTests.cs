using System.Globalization;
using Evaluation.Jobs.Demo;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Tests.Demo;

public sealed class DemoFolderTests : IDisposable
{
    private static readonly Period Year = new(new DateOnly(2001, 1, 1), new DateOnly(2002, 1, 1));
    private readonly string folder = Directory.CreateTempSubdirectory("evaluation-demo-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var first = DemoFolder.Write(Path.Combine(folder, "a"), DemoScale.Named("small"), 7, Year);
        var again = DemoFolder.Write(Path.Combine(folder, "b"), DemoScale.Named("small"), 7, Year);
        var other = DemoFolder.Write(Path.Combine(folder, "c"), DemoScale.Named("small"), 8, Year);

        Names(again).ShouldBe(Names(first));
        foreach (var name in Names(first))
        {
            File.ReadAllBytes(Path.Combine(again, name)).ShouldBe(File.ReadAllBytes(Path.Combine(first, name)), name);
        }

        File.ReadAllText(Path.Combine(other, "service_records.csv"))
            .ShouldNotBe(File.ReadAllText(Path.Combine(first, "service_records.csv")));
    }

    [Fact]
    public void A_folder_that_is_complete_is_not_written_again()
    {
        var written = DemoFolder.Write(folder, DemoScale.Named("small"), 7, Year);
        var before = File.GetLastWriteTimeUtc(Path.Combine(written, "units.csv"));

        DemoFolder.Write(folder, DemoScale.Named("small"), 7, Year).ShouldBe(written);

        File.GetLastWriteTimeUtc(Path.Combine(written, "units.csv")).ShouldBe(before);
    }

    [Fact]
    public void Mean_effective_and_external_hours_are_the_published_ones()
    {
        var scale = DemoScale.Named("small");
        var written = DemoFolder.Write(folder, scale, 1, Year);
        var sessions = Sessions(written).ToList();

        // National round of the latest published year: 1,599 effective and 273 external hours an instrument.
        Mean(sessions, scale).ShouldBeInRange(1599m * 0.97m, 1599m * 1.03m);
        Mean([.. sessions.Where(session => session.External)], scale).ShouldBeInRange(273m * 0.95m, 273m * 1.05m);
    }

    [Fact]
    public void The_data_have_the_dirt_of_real_logs()
    {
        var written = DemoFolder.Write(folder, DemoScale.Named("small"), 1, Year);
        var sessions = Sessions(written).ToList();
        var lines = File.ReadAllLines(Path.Combine(written, "service_records.csv"));

        sessions.ShouldContain(session => session.Start < Year.From.ToDateTime(TimeOnly.MinValue));
        sessions.ShouldContain(session => session.End > Year.To.ToDateTime(TimeOnly.MinValue));
        sessions.Count(session => session.End.Date > session.Start.Date).ShouldBeGreaterThan(1000);
        Overlaps(sessions).ShouldBeGreaterThan(500);
        lines.ShouldContain(line => line.Contains("-02-30 ", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("外协", StringComparison.Ordinal));
        lines.Length.ShouldBeGreaterThan(lines.Distinct().Count(), "a record is handed in twice");
    }

    [Fact]
    public void One_unit_of_each_category_leaves_a_figure_out()
    {
        var written = DemoFolder.Write(folder, DemoScale.Named("small"), 1, Year);
        var reported = File.ReadLines(Path.Combine(written, "unit_metrics.csv")).Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(cells => cells[1]);

        foreach (var category in reported)
        {
            var units = category.Select(cells => cells[0]).Distinct().Count();
            category.GroupBy(cells => cells[2]).ShouldContain(
                metric => metric.Select(cells => cells[0]).Distinct().Count() == units - 1, category.Key);
        }
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private sealed record Session(string Instrument, DateTime Start, DateTime End, bool External);

    private static IEnumerable<Session> Sessions(string folder)
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, "service_records.csv")).Skip(1))
        {
            var cells = line.Split(',');
            if (Time(cells[3]) is { } start && Time(cells[4]) is { } end && start < end)
            {
                yield return new Session(cells[2], start, end, cells[5] == "external");
            }
        }

        static DateTime? Time(string text) => DateTime.TryParseExact(
            text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    private static int Overlaps(IEnumerable<Session> sessions) => sessions
        .GroupBy(session => session.Instrument)
        .Sum(instrument => instrument.OrderBy(session => session.Start)
            .Zip(instrument.OrderBy(session => session.Start).Skip(1))
            .Count(pair => pair.Second.Start < pair.First.End));

    private static decimal Mean(IReadOnlyList<Session> sessions, DemoScale scale)
    {
        var begin = Year.From.ToDateTime(TimeOnly.MinValue);
        var end = Year.To.ToDateTime(TimeOnly.MinValue);
        var minutes = 0L;
        foreach (var instrument in sessions.GroupBy(session => session.Instrument))
        {
            var counted = begin;
            foreach (var session in instrument.OrderBy(session => session.Start))
            {
                var from = session.Start > counted ? session.Start : counted;
                var to = session.End < end ? session.End : end;
                if (to <= from) continue;
                minutes += (long)(to - from).TotalMinutes;
                counted = to;
            }
        }

        return minutes / 60m / scale.Instruments;
    }
}
