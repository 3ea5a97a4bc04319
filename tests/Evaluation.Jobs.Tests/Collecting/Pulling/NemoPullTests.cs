using System.Globalization;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Tests;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>A NEMO server is pulled page by page, survives troubles, and twice is once.</summary>
public sealed class NemoPullTests(PostgresFixture postgres, ITestOutputHelper output)
    : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Token = "nemo-token-0123456789";

    private static readonly DateTimeOffset From = new(2025, 3, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset To = From.AddDays(45);

    private PullSite site = null!;
    private PullRoom room = null!;

    private ReplayServer Server => site.Server;

    public async Task InitializeAsync()
    {
        site = await PullSite.Open(postgres, SourceRoom.Rules);
        room = await site.Room();
        Serve();
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Pages_and_registers_become_hours_of_the_unit_with_their_scope()
    {
        await Add(room);
        var done = await room.Pull("n", From, To);
        (done.State, done.Pages, done.Rejected).ShouldBe(("done", 7, 0));
        var hours = await Observations("inst_hours_effective");
        hours.ShouldBe(["1|some-university|2|external", "2|some-university|3|external", "3|some-university|4|external", "4|some-university|1|external"]);
        Server.Requests.ShouldAllBe(request => request.Headers["Authorization"] == $"Token {Token}");
        Server.Requests.ShouldContain(request => request.PathAndQuery.Contains("end__isnull=true"));
        (await room.PlacesOf(Token)).ShouldBeEmpty("the token is nowhere in the data folder and in no table");
    }

    [Fact]
    public async Task A_second_pull_writes_nothing_and_a_server_without_pages_gives_the_same()
    {
        await Add(room);
        await room.Pull("n", From, To);
        var before = await room.Contents();
        await room.Pull("n", From, To);
        (await room.Contents()).ShouldBe(before);

        // The paging trap: this one ignores page_size and gives a bare list of everything.
        var bare = await site.Room();
        Serve(paged: false);
        await Add(bare);
        await bare.Pull("n", From, To);
        Figures(await bare.Contents()).ShouldBe(Figures(before));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(12)]
    public async Task Killed_before_any_page_and_started_again_it_ends_in_the_same_database(int request)
    {
        await Add(room);
        await room.Pull("n", From, To);
        var expected = await room.Contents();

        var again = await site.Room();
        await Add(again);
        await site.Killed(request, token => again.Pull("n", From, To, token));
        (await again.GoOn("n")).State.ShouldBe("done");
        (await again.Contents()).ShouldBe(expected);
    }

    [Fact]
    public async Task Too_many_requests_three_failures_and_a_cut_page_are_survived()
    {
        await Add(room);
        await room.Pull("n", From, To);
        var expected = await room.Contents();

        var again = await site.Room();
        Serve(troubles: [Replay.Status(429, retryAfter: "0"), Replay.Status(500), Replay.Status(500), Replay.Status(500), First.Cut()]);
        await Add(again);
        (await again.Pull("n", From, To)).State.ShouldBe("done");
        (await again.Contents()).ShouldBe(expected);
    }

    [Fact]
    public async Task Text_in_the_place_of_JSON_and_a_token_that_expired_are_told_and_nothing_is_stored()
    {
        await Add(room);
        Serve(troubles: [Replay.Text("maintenance until noon")]);
        (await Should.ThrowAsync<ImportException>(() => room.Pull("n", From, To))).Reason.En.ShouldContain("maintenance until noon");
        Serve(troubles: [Replay.Status(401)]);
        (await Should.ThrowAsync<ImportException>(() => room.Pull("n", From, To))).Reason.En.ShouldContain("401");
        Figures(await room.Contents()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_real_body_is_pulled_as_it_is()
    {
        using var sources = new SourceRoom(output);
        if (sources.Real("nemo/usage_events_api_nexuslims.json") is not { } path) return;
        Serve();
        Server.On(Events("2025-03-01", "2025-04-01", 1), Replay.File(path, "application/json"));
        await Add(room);
        await room.Pull("n", From, To);
        (await Observations("inst_hours_effective")).ShouldContain("29|some-university|3|unknown");
    }

    private Task<Source> Add(PullRoom to) => to.Add(
        "n", "nemo", Server.Address, "nemo", "some-university", new Dictionary<string, string> { ["token"] = Token },
        new Dictionary<string, string> { ["page_size"] = "2" });

    private static Replay First => Page(true, [Event(1, "2025-03-02", 2), Event(2, "2025-03-03", 3)]);

    private void Serve(bool paged = true, Replay[]? troubles = null)
    {
        Server.On("/api/account_types/", Replay.Json("""[{"id":1,"name":"Internal"},{"id":2,"name":"Industry"}]"""));
        Server.On("/api/accounts/", Replay.Json("""[{"id":1,"name":"A company","type":2,"active":true}]"""));
        Server.On("/api/project_disciplines/", Replay.Json("[]"));
        Server.On("/api/projects/", Replay.Json("""[{"id":1,"name":"P","account":1,"application_identifier":"x","discipline":null}]"""));
        Server.On("/api/adjustment_requests/", Replay.Json("[]"));
        Server.On("/api/scheduled_outages/", Replay.Json("[]"));
        Server.On("/api/tasks/", Replay.Json("[]"));
        Server.On("/api/training_sessions/", Replay.Json("[]"));
        Server.On("/api/reservations/", Replay.Json("[]"));
        Server.On("/api/usage_events/?end__isnull=true&page_size=2", Replay.Json("[]"));
        if (paged)
        {
            Server.On(Events("2025-03-01", "2025-04-01", 1), [.. troubles ?? [], First]);
            Server.On(Events("2025-03-01", "2025-04-01", 2), Page(false, [Event(3, "2025-03-04", 4)]));
        }
        else
        {
            Server.On(Events("2025-03-01", "2025-04-01", 1), Replay.Json(
                $"[{Event(1, "2025-03-02", 2)},{Event(2, "2025-03-03", 3)},{Event(3, "2025-03-04", 4)}]"));
        }

        Server.On(Events("2025-04-01", "2025-04-15", 1), Replay.Json($"[{Event(4, "2025-04-02", 1)}]"));
    }

    private static string Events(string from, string until, int page) =>
        $"/api/usage_events/?start__gte={from}T00:00:00+08:00&start__lt={until}T00:00:00+08:00&page_size=2"
        + (page == 1 ? "" : $"&page={page}");

    private static Replay Page(bool more, string[] events) => Replay.Json(
        $$"""{"count":3,"next":{{(more ? "\"http://next\"" : "null")}},"previous":null,"results":[{{string.Join(',', events)}}]}""");

    private static string Event(int id, string day, int hours) =>
        $$"""{"id":{{id}},"tool":3,"project":1,"user":1,"operator":1,"has_ended":1,"run_data":"","start":"{{day}}T02:00:00Z","end":"{{day}}T{{2 + hours:00}}:00:00Z","training":false,"waived":false}""";

    // Which document said it first may differ between a server with pages and one without.
    private static IEnumerable<string> Figures(string contents) => contents.Split('\n')
        .Where(line => line.StartsWith("observation ", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(' ')[..4]));

    private async Task<List<string>> Observations(string metric)
    {
        var found = new List<string>();
        await using var command = room.Database.Source.CreateCommand(
            "select dimensions->>'record', unit, value, dimensions->>'scope' from metric_observations where metric = $1 order by 1");
        command.Parameters.AddWithValue(metric);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            found.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{reader.GetString(0).Split('/')[1]}|{reader.GetString(1)}|{reader.GetDecimal(2):0.##}|{reader.GetString(3)}"));
        }

        return found;
    }
}
