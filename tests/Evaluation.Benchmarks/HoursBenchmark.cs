using System.Diagnostics;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;
using Npgsql;

namespace Evaluation.Benchmarks;

/// <summary>
/// Three ways to merge and clip the hours of all instruments: <c>range_agg</c>, a window function, and the meter that
/// measuring uses, which also says of every record what became of it. They must agree to the microsecond.
/// </summary>
internal static class HoursBenchmark
{
    private const string Ranges =
        """
        select sum(extract(epoch from upper(u) - lower(u))) from (
            select unnest(range_agg(tsrange(greatest(started, $1), least(ended, $2)))) as u
            from service_records where ended > $1 and started < $2 and kind = 0 group by resource) merged
        """;

    private const string Window =
        """
        select sum(extract(epoch from greatest(least(ended, $2) - greatest(started, $1, covered), interval '0'))) from (
            select started, ended, max(ended) over (
                partition by resource order by started rows between unbounded preceding and 1 preceding) as covered
            from service_records where ended > $1 and started < $2 and kind = 0) merged
        """;

    public static async Task Run(Database database, RuleSet rules, RecognisedFile file, Action<FormattableString> say)
    {
        var period = rules.Cycle!.Period;
        var clock = Stopwatch.StartNew();
        var merged = await Sql(database, Ranges, period);
        say($"merged and clipped by range_agg: {merged:N0} h in {clock.Elapsed.TotalSeconds:0.0} s");
        clock.Restart();
        var windowed = await Sql(database, Window, period);
        say($"merged and clipped by a window function: {windowed:N0} h in {clock.Elapsed.TotalSeconds:0.0} s");
        clock.Restart();
        var metered = await Meter(database, rules, file);
        say($"merged, clipped and accounted for by the meter, two shards at once: {metered:N0} h in {clock.Elapsed.TotalSeconds:0.0} s");
        if (merged != windowed || windowed != metered) throw new InvalidOperationException("the three ways do not agree");
    }

    private static async Task<decimal> Sql(Database database, string sql, Period period)
    {
        await using var connection = await database.Connect();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter { Value = period.From.ToDateTime(TimeOnly.MinValue) });
        command.Parameters.Add(new NpgsqlParameter { Value = period.To.ToDateTime(TimeOnly.MinValue) });
        return decimal.Round((decimal)(await command.ExecuteScalarAsync())! / 3600m, 6);
    }

    private static async Task<decimal> Meter(Database database, RuleSet rules, RecognisedFile file)
    {
        const string run = "benchmark";
        var runs = new RunStore(database, TimeProvider.System);
        await new RuleSetStore(database, TimeProvider.System).Record(rules.Folder);
        await runs.Request(
            new Run(run, rules.Cycle!.Id, rules.Version, Engine.Version, true, null, null, "requested", null, default, null),
            [new RunDocument(file.Document, file.Path)]);
        var records = new ServiceRecordStore(database);
        var units = await records.UnitsOfRun(run, "instruments");
        long ticks = 0;
        await Parallel.ForEachAsync(units.Chunk(4), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (some, cancel) =>
        {
            string? at = null;
            var meter = new HoursMeter(rules.Cycle.Period);
            await foreach (var (_, resource, use) in records.Uses(
                run, "instruments", rules.Cycle.Period, (some[0].Unit, some[^1].Unit), cancel: cancel))
            {
                if (at != resource)
                {
                    Interlocked.Add(ref ticks, meter.Total().Merged.Ticks);
                    (at, meter) = (resource, new HoursMeter(rules.Cycle.Period));
                }

                meter.Add(use);
            }

            Interlocked.Add(ref ticks, meter.Total().Merged.Ticks);
        });
        return decimal.Round(decimal.Divide(ticks, TimeSpan.TicksPerHour), 6);
    }
}
