using System.Diagnostics;
using System.Globalization;
using Evaluation.Jobs.Hosting;
using Xunit.Abstractions;

namespace Evaluation.Web.Tests.Commands;

/// <summary>The import of a large file of service records, by the real program, killed without warning.</summary>
public sealed class ImportKilledTests(ITestOutputHelper log) : IDisposable
{
    private const int Seed = 433;
    private const int Kills = 3;
    private const int Records = 300_000;
    private const int Repeats = 7;
    private const int Parts = 2;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_import_that_is_killed_again_and_again_ends_with_every_record_once()
    {
        var file = Write();
        // Their databases are awake all the time, so that the time is that of the import.
        await using var quiet = await EvaluationNode.Open(folder.Below("whole"), default);
        await using var node = await EvaluationNode.Open(folder.Below("killed"), default);
        var clock = Stopwatch.StartNew();
        var whole = await EvaluationProcess.Run(Arguments(file, "whole"));
        var took = clock.Elapsed;
        whole.Exit.ShouldBe(1, "what it repeats is refused");
        whole.Output.TrimEnd().Split('\n')[^1].ShouldBe($"accepted {Records} rejected {Repeats} replaced 0 flagged 0");
        var expected = await Contents(quiet);
        expected.ShouldBe((Records, Records, Repeats, "read", Parts));

        var moments = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = EvaluationProcess.Start(Arguments(file, "killed"));
            await Task.Delay(took * (0.4 + (0.5 * moments.NextDouble())));
            process.Kill();
            await process.Exit();
            log.WriteLine((await Contents(node)).ToString());
        }

        (await EvaluationProcess.Run(Arguments(file, "killed"))).Error.ShouldContain(" repeats line ");
        (await Contents(node)).ShouldBe(expected);
        var again = await EvaluationProcess.Run(Arguments(file, "killed"));
        again.Output.TrimEnd().Split('\n')[^1].ShouldBe("accepted 0 rejected 0 replaced 0 flagged 0");
        (await Contents(node)).ShouldBe(expected, "a second import writes nothing");
    }

    private string[] Arguments(string file, string data) =>
    [
        "import", "--format", "service-records", file, "--cycle", EvaluationProcess.RuleFolder("2026"), "--data",
        folder.Below(data),
    ];

    /// <summary>
    /// Records that count, how many of them are different ones, refusals, the state of the document, parts that are read.
    /// </summary>
    private static async Task<(long Records, long Different, long Refused, string State, long Parts)> Contents(
        EvaluationNode node)
    {
        await using var command = node.Database.Source.CreateCommand(
            """
            select count(*), count(distinct record), (select count(*) from rejected_rows),
                   coalesce((select string_agg(state, ' ') from source_documents), 'not begun'),
                   (select count(*) from service_record_parts where state = 'read')
            from service_records
            """);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3), reader.GetInt64(4));
    }

    /// <summary>A file of two parts; its last rows repeat records of the first part.</summary>
    private string Write()
    {
        var path = folder.Below("service_records.csv");
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("record,unit,instrument,start,end,scope,user_unit,fee_yuan,purpose,invoice");
        for (var row = 0; row < Records + Repeats; row++)
        {
            var record = row < Records ? row : row - Records;
            var day = string.Create(CultureInfo.InvariantCulture, $"2025-0{1 + (record % 9)}-03");
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"R{record:0000000},inst-{record % 9},i-{record % 411:000},{day} 08:00,{day} 10:30,external,User {record % 53},125.50,,"));
        }

        return path;
    }
}
