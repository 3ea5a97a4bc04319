using System.Diagnostics;
using System.Globalization;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Demo;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;
using Npgsql;

namespace Evaluation.Benchmarks;

/// <summary>
/// Service records of a file: a raw COPY of it into a bare table of texts, and its import (validated, without repeats,
/// with document and line), on one fresh cluster, one after the other. Then three ways to merge and clip all hours.
/// </summary>
internal static class RecordsBenchmark
{
    private const UnixFileMode EverybodyReads =
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const string Columns =
        "record text, unit text, instrument text, started text, ended text, scope text, user_unit text, fee text, "
        + "purpose text, invoice text";

    public static async Task<int> Run(int rows, string cycle)
    {
        var folder = Directory.CreateTempSubdirectory("evaluation-records-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | EverybodyReads);
        try
        {
            await Run(rows, RuleSetLoader.Load(RuleFolder.Read(cycle)), folder);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Run(int rows, RuleSet rules, string folder)
    {
        var clock = Stopwatch.StartNew();
        var scale = DemoScale.Named("national") with { ServiceRecords = rows };
        if (rows < scale.Instruments * 20) scale = scale with { Instruments = Math.Max(1, rows / 190) };
        var file = Path.Combine(DemoFolder.Write(folder, scale, 1, rules.Cycle!.Period), "service_records.csv");
        Say($"{rows:N0} records made in {clock.Elapsed.TotalSeconds:0.0} s, {new FileInfo(file).Length / 1e6:N0} MB");

        await using var server = await LocalPostgres.StartPrivate(folder);
        await using var database = Database.Open(server.ConnectionString);
        await new Migrator(database, TimeProvider.System).Migrate();
        var raw = await RawCopy(database, file);
        Say($"raw COPY into a bare table: {raw.TotalSeconds:0.0} s");

        var documents = new DocumentStore(database, TimeProvider.System);
        var work = Environment.CpuUsage.TotalTime;
        clock.Restart();
        var recognised = new Recognition(rules).Look([file]).Files.Single();
        ImportResult result;
        using (Telling(clock, rows, out var progress)) result = await new Importer(rules).Import(recognised, documents, progress);
        var import = clock.Elapsed;
        work = Environment.CpuUsage.TotalTime - work;
        Say($"import: {import.TotalSeconds:0.0} s, {result.Accepted:N0} taken, {result.Rejected:N0} refused; {work.TotalSeconds:0.0} s of processor time in this process");
        Say($"ratio import : raw COPY = {import / raw:0.00}");
        Say($"peak resident memory of this process: {PeakMemory() >> 20:N0} MiB");
        await HoursBenchmark.Run(database, rules, recognised, Say);
        Say($"peak resident memory of this process: {PeakMemory() >> 20:N0} MiB");
    }

    private static async Task<TimeSpan> RawCopy(Database database, string file)
    {
        await using var connection = await database.Connect();
        await Execute(connection, $"create table bare ({Columns})");
        var clock = Stopwatch.StartNew();
        // The server reads the file itself: no client is in the way.
        await Execute(connection, $"copy bare from '{file}' (format csv, header)");
        var took = clock.Elapsed;
        await Execute(connection, "drop table bare");
        await Execute(connection, "checkpoint");
        return took;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static Timer Telling(Stopwatch clock, int rows, out Action<long, long> progress)
    {
        long seen = 0;
        progress = (now, _) => Interlocked.Exchange(ref seen, now);
        return new Timer(
            _ =>
            {
                var (done, seconds) = (Interlocked.Read(ref seen), clock.Elapsed.TotalSeconds);
                if (done > 0) Say($"  {done:N0} of {rows:N0} rows, {done / seconds:N0} a second, {(rows - done) * seconds / done:0} s left");
            },
            null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
    }

    /// <summary>The most that was resident since the process began; the system counts it.</summary>
    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
