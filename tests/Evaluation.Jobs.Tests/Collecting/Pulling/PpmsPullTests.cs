using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Tests;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>PPMS is asked one core and day at a time; its errors come as success; its key is seen nowhere.</summary>
public sealed class PpmsPullTests(PostgresFixture postgres, ITestOutputHelper output)
    : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Key = "ppms-api-key-0123456789";
    private const string Header = "Location, Start time, End time, Object, User, Training, Assisted\r\n";

    private static readonly DateTimeOffset From = new(2025, 3, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset To = From.AddDays(3);

    private PullSite site = null!;
    private PullRoom room = null!;

    private ReplayServer Server => site.Server;

    public async Task InitializeAsync()
    {
        site = await PullSite.Open(postgres, SourceRoom.Rules);
        room = await site.Room();
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Each_core_and_day_is_asked_once_in_order_and_the_key_is_seen_nowhere()
    {
        Serve(Sheet("09:00", "10:00"), Sheet("11:00", "13:00"), Sheet("14:00", "14:30"));
        await Add(room);
        var done = await room.Pull("p", From, To);
        (done.State, done.Pages, done.Rejected).ShouldBe(("done", 5, 0));
        Server.Requests.Select(request => (request.Method, request.Body)).ShouldBe(
        [
            ("POST", $"action=getsystems&apikey={Key}"),
            ("POST", $"action=getrunningsheet&plateformid=2&day=2025-03-01&apikey={Key}"),
            ("POST", $"action=getrunningsheet&plateformid=2&day=2025-03-02&apikey={Key}"),
            ("POST", $"action=getrunningsheet&plateformid=2&day=2025-03-03&apikey={Key}"),
            ("POST", $"action=getuserexp&apikey={Key}"),
        ]);
        (await Hours()).ShouldBe(3.5m);
        (await room.PlacesOf(Key)).ShouldBeEmpty("no document, no name, no table has the key in it");
    }

    [Fact]
    public async Task A_second_pull_writes_nothing()
    {
        Serve(Sheet("09:00", "10:00"), Header, Sheet("14:00", "14:30"));
        await Add(room);
        await room.Pull("p", From, To);
        var before = await room.Contents();
        // The same questions are answered the same way.
        Serve(Sheet("09:00", "10:00"), Header, Sheet("14:00", "14:30"));
        await room.Pull("p", From, To);
        (await room.Contents()).ShouldBe(before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Killed_before_any_page_and_started_again_it_ends_in_the_same_database(int page)
    {
        string[] sheets = [Sheet("09:00", "10:00"), Sheet("11:00", "13:00"), Sheet("14:00", "14:30")];
        Serve(sheets);
        await Add(room);
        await room.Pull("p", From, To);
        var expected = await room.Contents();

        var again = await site.Room();
        await Add(again);
        // The answer that is killed is given again.
        Serve(sheets, twice: page);
        await site.Killed(page, token => again.Pull("p", From, To, token));
        (await again.GoOn("p")).State.ShouldBe("done");
        (await again.Contents()).ShouldBe(expected);
    }

    [Fact]
    public async Task Too_many_requests_three_failures_and_a_cut_sheet_are_survived()
    {
        string[] sheets = [Sheet("09:00", "10:00"), Sheet("11:00", "13:00"), Sheet("14:00", "14:30")];
        Serve(sheets);
        await Add(room);
        await room.Pull("p", From, To);
        var expected = await room.Contents();

        var again = await site.Room();
        await Add(again);
        var good = Answers(sheets);
        Server.On("/pumapi/", [
            good[0], Replay.Status(429, retryAfter: "0"), .. Replay.Times(3, Replay.Status(500)), good[1], good[2].Cut(), good[2],
            good[3].Gzipped().Halved(), .. good[3..]]);
        (await again.Pull("p", From, To)).State.ShouldBe("done");
        (await again.Contents()).ShouldBe(expected);
    }

    [Fact]
    public async Task A_key_that_expired_in_the_middle_is_told_and_the_days_before_it_stay()
    {
        string[] sheets = [Sheet("09:00", "10:00"), Sheet("11:00", "13:00"), Sheet("14:00", "14:30")];
        var good = Answers(sheets);
        Server.On("/pumapi/", [.. good[..2], Replay.Status(401)]);
        await Add(room);
        (await Should.ThrowAsync<ImportException>(() => room.Pull("p", From, To))).Reason.En.ShouldContain("have expired");
        (await Hours()).ShouldBe(1m);
        Server.On("/pumapi/", [.. good[2..]]);
        (await room.GoOn("p")).State.ShouldBe("done");
        (await Hours()).ShouldBe(3.5m);
    }

    [Theory]
    [InlineData("error: request not authorized\r\n")]
    [InlineData("authentication response mock with the word 'ERROR' in it")]
    [InlineData("LocationStarttimeEndtimeObjectUserTrainingAssisted\r\nVDI09:0010:00x\r\n")]
    public async Task An_error_that_comes_as_success_fails_the_pull_and_what_came_before_it_stays(string answer)
    {
        Serve(Sheet("09:00", "10:00"), answer, Header);
        await Add(room);
        var refused = await Should.ThrowAsync<ImportException>(() => room.Pull("p", From, To));
        refused.Reason.En.ShouldNotContain(Key);
        (await room.Pulls.OfSource("p")).Single().Mark.ShouldBe("day--2025-03-02__plateformid--2.txt");
        (await Hours()).ShouldBe(1m);
    }

    [Fact]
    public async Task The_real_running_sheet_is_pulled_as_it_is()
    {
        using var sources = new SourceRoom(output);
        if (sources.Real("ppms/cached_responses/stage_0/getrunningsheet/day--2028-12-24__plateformid--2.txt") is not { } path) return;
        Serve(await File.ReadAllTextAsync(path), Header, Header);
        await Add(room);
        await room.Pull("p", From, To);
        (await Hours()).ShouldBe(4m);
    }

    private Task<Source> Add(PullRoom to) => to.Add(
        "p", "ppms", Server.Address, "ppms", "some-university", new Dictionary<string, string> { ["apikey"] = Key },
        new Dictionary<string, string> { ["cores"] = "2" });

    private void Serve(params string[] sheets) => Serve(sheets, twice: 0);

    private void Serve(string[] sheets, int twice)
    {
        var answers = Answers(sheets).ToList();
        if (twice > 0) answers.Insert(twice, answers[twice - 1]);
        Server.On("/pumapi/", [.. answers]);
    }

    // One address answers everything: the answers come in the order of the questions.
    private static Replay[] Answers(string[] sheets) =>
    [
        Replay.Text("Core facility ref,System id,Type,Name\r\n2,31,Microscope,Confocal\r\n"),
        .. sheets.Select(sheet => Replay.Text(sheet)),
        Replay.Text("login,id,booked_hours,used_hours,last_res,last_train\r\n\"a\",31,10,8,n/a,n/a\r\n"),
    ];

    private static string Sheet(string from, string to) => $"{Header}\"Lab\",\"{from}\",\"{to}\",\"Confocal\",\"Somebody\",\"\",\"\"\r\n";

    private async Task<decimal> Hours()
    {
        await using var command = room.Database.Source.CreateCommand(
            "select sum(value) from metric_observations where metric = 'inst_hours_effective' and unit = 'some-university'");
        return (decimal)(await command.ExecuteScalarAsync())!;
    }
}
