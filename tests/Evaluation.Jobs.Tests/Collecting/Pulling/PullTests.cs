using System.Globalization;
using System.Text;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Storage;
using Evaluation.Tests;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>What outside systems do to those who pull them, and that the database is the same in the end.</summary>
public sealed class PullTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const int PageCount = 4;
    private const string Key = "k9-super-secret-key";

    private static readonly DateTimeOffset From = new(2024, 3, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset To = From.AddMonths(1);

    private readonly ImportRoom rules = new(ImportRoom.Records);
    private PullSite site = null!;
    private PullRoom room = null!;

    private ReplayServer Server => site.Server;

    public async Task InitializeAsync()
    {
        site = await PullSite.Open(postgres, rules.Rules, new PagesOfTest(), new FileProtocol());
        room = await site.Room();
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        rules.Dispose();
    }

    private static Replay Page(int page, int pages = PageCount, string more = "") => Replay.Text(
        "record,unit,instrument,start,end,scope,user,fee\n"
        + $"r{page}a,u1,i{page},2024-03-0{page} 08:00,2024-03-0{page} 10:00,internal,x,5\n"
        + $"r{page}b,u1,i{page},2024-03-0{page} 11:00,when,internal,x,5\n" + more,
        "text/csv") with { Headers = new Dictionary<string, string> { ["X-Pages"] = pages.ToString(CultureInfo.InvariantCulture) } };

    private void Serve(params (int Page, Replay[] Before)[] troubles)
    {
        for (var page = 1; page <= PageCount; page++)
        {
            var before = troubles.Where(trouble => trouble.Page == page).SelectMany(trouble => trouble.Before);
            Server.On($"/rows?page={page}&from=2024-03-01", [.. before, Page(page)]);
        }
    }

    private async Task<string> Undisturbed()
    {
        var quiet = await site.Room();
        Serve();
        await quiet.Add("s", "pages", Server.Address, "records");
        (await quiet.Pull("s", From, To)).Pages.ShouldBe(PageCount);
        return await quiet.Contents();
    }

    private async Task<SourcePull> PullAmong(params (int Page, Replay[] Before)[] troubles)
    {
        Serve(troubles);
        await room.Add("s", "pages", Server.Address, "records");
        return await room.Pull("s", From, To);
    }

    [Fact]
    public async Task A_second_pull_writes_nothing()
    {
        var first = await PullAmong();
        (first.Documents, first.Accepted, first.Rejected).ShouldBe((4, 4, 4));
        var before = await room.Contents();
        before.ShouldContain("refused");
        var again = await room.Pull("s", From, To);
        again.State.ShouldBe("done");
        (again.Documents, again.Accepted).ShouldBe((first.Documents, first.Accepted), "nothing is counted twice");
        (await room.Contents()).ShouldBe(before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Killed_before_any_page_and_started_again_it_ends_in_the_same_database(int page)
    {
        var expected = await Undisturbed();
        await room.Add("s", "pages", Server.Address, "records");
        var asked = Server.Requests.Count;
        await site.Killed(page, token => room.Pull("s", From, To, token));
        var left = (await room.Pulls.OfSource("s")).Single();
        left.Pages.ShouldBe(page - 1);
        left.Mark.ShouldBe(page == 1 ? null : page.ToString(CultureInfo.InvariantCulture));

        var done = await room.GoOn("s");
        (done.Pages, done.Documents).ShouldBe((PageCount, PageCount));
        (await room.Contents()).ShouldBe(expected);
        Server.Requests.Skip(asked).Count().ShouldBe(PageCount + 1, "only the page that was cut is asked for twice");
    }

    public static TheoryData<string, Replay[]> PassingTroubles => new()
    {
        { "429 with seconds", [Replay.Status(429, retryAfter: "1")] },
        { "429 with a date", [Replay.Status(429, retryAfter: DateTimeOffset.UtcNow.AddSeconds(-5).ToString("R", CultureInfo.InvariantCulture))] },
        { "500 three times", Replay.Times(3, Replay.Status(500, text: "<html>oops</html>")) },
        { "503, then a broken connection", [Replay.Status(503), Page(2).Cut()] },
        { "a body that is cut", [Page(2).Cut()] },
        { "a packed body that is cut", [Page(2).Gzipped().Cut()] },
        { "a packed body that ends too early", [Page(2).Gzipped().Halved()] },
    };

    [Theory]
    [MemberData(nameof(PassingTroubles))]
    public async Task A_trouble_that_passes_is_survived_and_leaves_no_trace_in_the_data(string trouble, Replay[] before)
    {
        var expected = await Undisturbed();
        (await PullAmong((2, before))).State.ShouldBe("done", trouble);
        (await room.Contents()).ShouldBe(expected, trouble);
        Directory.EnumerateFiles(room.Folder, "*.part", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_sends_nothing_is_given_up_and_asked_again()
    {
        var impatient = await site.Room(PullRoom.Quick with { Silence = TimeSpan.FromMilliseconds(300) });
        Serve((3, [Page(3) with { Silence = TimeSpan.FromSeconds(30) }]));
        await impatient.Add("s", "pages", Server.Address, "records");
        (await impatient.Pull("s", From, To)).Pages.ShouldBe(PageCount);
    }

    [Fact]
    public async Task A_trouble_that_stays_ends_the_pull_with_a_plain_sentence_and_keeps_the_pages_before_it()
    {
        var failed = await Should.ThrowAsync<ImportException>(() => PullAmong((3, Replay.Times(9, Replay.Status(502)))));
        failed.Reason.Zh.ShouldContain("多次重试");
        failed.Reason.En.ShouldContain("502");
        var left = (await room.Pulls.OfSource("s")).Single();
        (left.Pages, left.Mark).ShouldBe((2, "3"));
        (await room.GoOn("s")).Pages.ShouldBe(PageCount);
    }

    [Fact]
    public async Task A_source_that_asks_to_wait_for_hours_is_left_alone_until_the_next_schedule()
    {
        var asked = await Should.ThrowAsync<ImportException>(
            () => PullAmong((2, [Replay.Status(429, retryAfter: "7200")])));
        asked.Reason.En.ShouldContain("asks to wait until");
        Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_web_page_instead_of_data_with_status_200_is_reported_and_nothing_of_it_is_stored()
    {
        var page = Replay.Html("<!DOCTYPE html><html><body>System maintenance</body></html>");
        var refused = await Should.ThrowAsync<ImportException>(() => PullAmong((2, [page])));
        refused.Reason.Zh.ShouldContain("应为");
        refused.Reason.En.ShouldContain("<!DOCTYPE html>");
        (await room.Contents()).Split('\n').Count(line => line.StartsWith("document", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("{\"a\": [1, 2", "cut or broken")]
    [InlineData("error: no such report", "should have sent JSON")]
    public async Task Json_that_is_cut_or_none_at_all_is_never_taken(string body, string told)
    {
        Server.On("/d/records.json", Replay.Json(body));
        await room.Add("j", "file", Server.At("/d/records.json"), "records");
        var refused = await Should.ThrowAsync<ImportException>(() => room.Pull("j", From, To));
        refused.Reason.En.ShouldContain(told);
        (await room.Contents()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_expired_token_is_renewed_once_and_the_pull_goes_on()
    {
        Server.On("/login", Replay.Json("""{ "token": "first-token" }"""), Replay.Json("""{ "token": "second-token" }"""));
        Serve((3, [Replay.Status(401)]));
        await room.Add("s", "pages", Server.Address, "records", credentials: new Dictionary<string, string> { ["login"] = "name:password" });
        (await room.Pull("s", From, To)).Pages.ShouldBe(PageCount);
        Server.Requests.Count(request => request.PathAndQuery == "/login").ShouldBe(2);
        Server.Requests[^1].Headers["Authorization"].ShouldBe("Bearer second-token");
        (await room.PlacesOf("name:password")).ShouldBeEmpty();
        (await room.PlacesOf("-token")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Credentials_that_are_refused_are_told_in_words_that_say_what_to_do()
    {
        var refused = await Should.ThrowAsync<ImportException>(() => PullAmong((1, Replay.Times(2, Replay.Status(401)))));
        refused.Reason.Zh.ShouldContain("已过期");
        refused.Reason.En.ShouldContain("sources set NAME --credential");
    }

    [Fact]
    public async Task A_key_is_in_no_file_no_name_no_table_and_no_message()
    {
        // The source repeats the key in a body and in an error.
        for (var page = 1; page <= PageCount; page++)
        {
            Server.On(
                $"/rows?page={page}&from=2024-03-01&key={Key}",
                Page(page, more: $"{Key},u1,i9,2024-03-09 08:00,2024-03-09 09:00,internal,{Key},1\n"));
        }

        Server.On($"/rows?page=4&from=2024-03-01&key={Key}", Replay.Html($"<html>key {Key} is not known</html>"));
        await room.Add("s", "pages", Server.Address, "records", credentials: new Dictionary<string, string> { ["key"] = Key });
        var refused = await Should.ThrowAsync<ImportException>(() => room.Pull("s", From, To));
        refused.ToString().ShouldNotContain(Key);
        Server.Requests[0].PathAndQuery.ShouldContain(Key);
        (await room.PlacesOf(Key)).ShouldBeEmpty();
        var kept = await room.Pulls.Documents("s");
        kept.Count.ShouldBe(3);
        kept[0].Request.ShouldContain("key=***");
        kept[0].Veiled.ShouldBe(2);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed_with_credentials()
    {
        await using var elsewhere = await ReplayServer.Start();
        elsewhere.On("/rows", Page(1, pages: 1));
        Server.On("/rows", Replay.Redirect(elsewhere.At("/rows")));
        await room.Add("s", "pages", Server.Address, "records", credentials: new Dictionary<string, string> { ["key"] = Key });
        await room.Add("open", "pages", Server.Address, "records");
        (await Should.ThrowAsync<ImportException>(() => room.Pull("s", From, To))).Reason.En.ShouldContain("not followed");
        elsewhere.Requests.ShouldBeEmpty();
        (await room.Pull("open", From, To)).Pages.ShouldBe(1, "without credentials there is nothing to lose");
    }

    [Fact]
    public async Task A_body_above_the_ceiling_is_stopped_in_the_middle()
    {
        Server.On("/d/records.csv", Replay.Bytes(new byte[3 << 20], "text/csv"));
        var source = await room.Add("big", "file", Server.At("/d/records.csv"), "records");
        await room.Sources.Set(source with { MostBytes = 1 << 20 });
        var refused = await Should.ThrowAsync<ImportException>(() => room.Pull("big", From, To));
        refused.Reason.En.ShouldContain("ceiling");
        Directory.EnumerateFiles(Path.Combine(room.Folder, "pulled"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pull_that_was_given_to_another_node_can_write_nothing_more()
    {
        Serve();
        await room.Add("s", "pages", Server.Address, "records");
        await room.Pulls.Request("s", [(From, To)], "backfill");
        var lost = (await room.Pulls.Claim("s", "a-node-that-sleeps")).ShouldNotBeNull();
        (await room.Pulls.Claim("s", PullRoom.Node)).ShouldBeNull("two nodes never pull one source at once");
        (await room.Pulls.TakeBack(DateTimeOffset.UtcNow.AddMinutes(1), [])).ShouldBe(1);
        await room.GoOn("s");
        var before = await room.Contents();
        await Should.ThrowAsync<ImportException>(() => room.Job.Pull(lost, "a-node-that-sleeps", _ => { }, default));
        (await room.Contents()).ShouldBe(before);
    }

    [Fact]
    public async Task Of_several_periods_that_wait_the_oldest_is_claimed_alone()
    {
        await room.Add("s", "pages", Server.Address, "records");
        await room.Pulls.Request("s", [(From.AddDays(1), To), (From, From.AddDays(1)), (From.AddDays(1), From.AddDays(2))], "schedule");
        (await room.Pulls.Claim("s", PullRoom.Node)).ShouldNotBeNull().Id.To.ShouldBe(From.AddDays(1));
        (await room.Pulls.OfSource("s")).Count(pull => pull.State == "requested").ShouldBe(2);
    }

    [Fact]
    public async Task A_scheduled_pull_reaches_back_by_the_overlap_of_its_format_and_a_backfill_asks_for_its_period_alone()
    {
        Server.On("/rows", Page(1, pages: 1));
        await room.Add("s", "pages", Server.Address, "records");
        await room.Pulls.Request("s", [(From, To)], "schedule");
        await room.GoOn("s");
        await room.Pull("s", From.AddMonths(1), To.AddMonths(1));
        Server.Requests.Select(request => request.PathAndQuery).ShouldBe(["/rows?page=1&from=2024-02-28", "/rows?page=1&from=2024-04-01"]);
    }

    [Theory]
    [InlineData("nemo", 90)]
    [InlineData("gbif", 92)]
    [InlineData("counter", 92)]
    [InlineData("ppms", 14)]
    [InlineData("oai-pmh", 1)]
    public void Each_format_is_read_again_as_far_back_as_it_changes_the_past(string kind, int days) =>
        SourceProtocols.Known.Of(kind)!.Overlap.ShouldBe(TimeSpan.FromDays(days));

    [Fact]
    public async Task What_a_source_says_again_after_it_had_said_something_else_counts_last()
    {
        Replay One(string fee) => Replay.Text(
            "record,unit,instrument,start,end,scope,user,fee\n" + $"r,u1,i,2024-03-01 08:00,2024-03-01 10:00,internal,x,{fee}\n");

        Server.On("/d/records.csv", One("1"), One("2"), One("1"));
        await room.Add("f", "file", Server.At("/d/records.csv"), "records");
        for (var pull = 0; pull < 3; pull++) await room.Pull("f", From, To);
        var said = await room.Pulls.Documents("f");
        said.Count.ShouldBe(2);
        File.ReadAllText(Path.Combine(room.Folder, said[^1].File)).ShouldContain(",x,1");
    }

    [Fact]
    public async Task A_large_file_of_records_is_pulled_in_parts_and_a_pull_that_is_killed_in_it_goes_on_with_the_next_part()
    {
        const int rows = 330_000;
        var text = new StringBuilder("record,unit,instrument,start,end,scope,user,fee\n");
        for (var row = 0; row < rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},u1,i{row % 97},2024-03-01 08:00,2024-03-01 10:00,internal,x,5\n");
        }

        Server.On("/d/records.csv", Replay.Text(text.ToString(), "text/csv").Gzipped());
        await room.Add("big", "file", Server.At("/d/records.csv"), "records");
        using var kill = new CancellationTokenSource();
        var parts = Watch(kill);
        await Should.ThrowAsync<OperationCanceledException>(() => room.Pull("big", From, To, kill.Token));
        await parts;
        (await room.Pulls.Documents("big")).ShouldBeEmpty("a file that is not whole is none");

        (await room.GoOn("big")).Accepted.ShouldBe(rows);
        (await Number("select count(*) from service_records")).ShouldBe(rows);
        (await Number("select count(distinct record) from service_records")).ShouldBe(rows);
        (await Number("select count(*) from service_record_parts")).ShouldBe(2);
        (await room.Pull("big", From, To)).Accepted.ShouldBe(rows, "nothing is counted twice");
        (await Number("select count(*) from service_records")).ShouldBe(rows);
    }

    /// <summary>Kills when the first part is in.</summary>
    private async Task Watch(CancellationTokenSource kill)
    {
        while (await Number("select count(*) from service_record_parts where state = 'read'") == 0) await Task.Delay(5);
        await kill.CancelAsync();
    }

    private async Task<long> Number(string sql)
    {
        await using var connection = await room.Database.Connect();
        return await connection.Scalar<long>(sql, default);
    }

    [Fact]
    public async Task A_source_whose_pages_name_no_unit_is_read_for_the_unit_it_belongs_to()
    {
        Serve();
        await room.Add("s", "pages", Server.Address, "records", unit: "owner");
        await room.Pull("s", From, To);
        (await room.Contents()).ShouldNotContain("u1 i1");
        (await room.Contents()).ShouldContain("owner i1");
    }
}
