using System.Globalization;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Tests.Collecting.Pulling;
using Evaluation.Rules.RuleSets;
using Xunit.Abstractions;

namespace Evaluation.Web.Tests.Commands;

/// <summary>Two programs on one database, both awake.</summary>
public sealed class TwoWorkersTests(ITestOutputHelper log) : IAsyncLifetime, IDisposable
{
    // More sources than one node pulls at the same time, so that both have something to do.
    private const int Sources = 6;
    private const int Periods = 2;

    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset From = new(2025, 3, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private readonly TemporaryFolder folder = new();
    private ReplayServer server = null!;

    public async Task InitializeAsync() => server = await ReplayServer.Start();

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_source_is_pulled_by_one_of_two_workers_and_what_a_killed_one_held_is_pulled_by_the_other()
    {
        await using var node = await EvaluationNode.Open(folder.Below("data"), default);
        await Enter(node);
        using var one = EvaluationProcess.Start(["worker", "--data", folder.Below("data")]);
        using var other = EvaluationProcess.Start(["worker", "--data", folder.Below("data")]);

        var all = await Until(node, pulls => Running(pulls).Select(pull => pull.Node).Distinct().Count() == 2);
        Running(all).GroupBy(pull => pull.Id.Source).ShouldAllBe(source => source.Count() == 1);
        one.Kill();
        var done = await Until(node, pulls => pulls.All(pull => pull.State == "done"));
        log.WriteLine(string.Join('\n', done));

        server.AskedTogether.ShouldBeEmpty("no source is asked by two at once");
        done.Count.ShouldBe(Sources * Periods);
        done.ShouldAllBe(pull => pull.Pages == 1);
        var held = done.Count(pull => pull.Attempt > 1);
        held.ShouldBeGreaterThan(0, "the killed worker was at work");
        server.Requests.Count.ShouldBeInRange(done.Count, done.Count + held, "only what it held is asked for again");
        for (var source = 1; source <= Sources; source++)
        {
            (await node.Get<PullStore>().Documents(Code(source))).ShouldHaveSingleItem("both periods said the same");
        }

        (await Records(node)).ShouldBe(Sources);
    }

    private async Task Enter(EvaluationNode node)
    {
        var rules = RuleSetLoader.Load(RuleFolder.Read(EvaluationProcess.RuleFolder("2026")));
        for (var source = 1; source <= Sources; source++)
        {
            server.On($"/{Code(source)}.csv", Replay.Text(
                "record,unit,instrument,start,end,scope,user_unit,fee_yuan,purpose,invoice\n"
                + $"r1,{Code(source)},i1,2025-03-01 08:00,2025-03-01 10:00,internal,x,5,,\n") with { Silence = Slowness });
            await node.Get<SourceDesk>().Add(
                new SourceDraft(Code(source))
                {
                    Kind = "file", Address = server.At($"/{Code(source)}.csv").ToString(), Profile = "service-records",
                    Rules = rules, Pause = TimeSpan.Zero,
                },
                default);
            await node.Get<PullStore>().Request(
                Code(source), Enumerable.Range(0, Periods).Select(day => (From.AddDays(day), From.AddDays(day + 1))),
                "backfill");
        }
    }

    private static IEnumerable<SourcePull> Running(IEnumerable<SourcePull> pulls) =>
        pulls.Where(pull => pull.State == "running");

    private static string Code(int source) => string.Create(CultureInfo.InvariantCulture, $"source-{source}");

    private static async Task<List<SourcePull>> Until(EvaluationNode node, Func<List<SourcePull>, bool> reached)
    {
        var pulls = new List<SourcePull>();
        for (var tries = 0; tries < 900; tries++)
        {
            pulls = [];
            for (var source = 1; source <= Sources; source++)
            {
                pulls.AddRange(await node.Get<PullStore>().OfSource(Code(source)));
            }

            if (reached(pulls)) return pulls;
            await Task.Delay(100);
        }

        throw new TimeoutException(string.Join('\n', pulls));
    }

    private static async Task<long> Records(EvaluationNode node)
    {
        await using var command = node.Database.Source.CreateCommand("select count(*) from service_records");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
