using Evaluation.Jobs.Collecting;
using Evaluation.Tests;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>
/// Each protocol against a server that replays bodies: pulled twice, killed at every request, and troubled, the database
/// is the same in the end.
/// </summary>
public sealed class ProtocolTests(PostgresFixture postgres, ITestOutputHelper output)
    : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset From = new(2025, 2, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset To = new(2025, 4, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private readonly YearRoom year = new();
    private PullSite site = null!;

    private ReplayServer Server => site.Server;

    public async Task InitializeAsync() => site = await PullSite.Open(postgres, year.Rules);

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        year.Dispose();
    }

    [Theory]
    [InlineData("counter", 4, 8)]
    [InlineData("gbif", 4, 12)]
    [InlineData("oai-pmh", 3, 14)]
    public async Task A_period_is_pulled_whole_and_a_second_pull_writes_nothing(string kind, int pages, int accepted)
    {
        Serve(kind);
        var room = await Room(kind);
        var pull = await room.Pull("source", From, To);
        (pull.Pages, pull.Accepted, pull.State).ShouldBe((pages, accepted, "done"));
        var contents = await room.Contents();
        contents.ShouldContain("observation data|");
        var again = await room.Pull("source", From, To);
        (again.Documents, again.Accepted).ShouldBe((pull.Documents, pull.Accepted), "nothing is counted twice");
        (await room.Contents()).ShouldBe(contents);
    }

    [Theory]
    [InlineData("counter")]
    [InlineData("gbif")]
    [InlineData("oai-pmh")]
    public async Task Killed_at_any_request_and_started_again_it_ends_in_the_same_database(string kind)
    {
        Serve(kind);
        var whole = await Room(kind);
        await whole.Pull("source", From, To);
        var (contents, requests) = (await whole.Contents(), Server.Requests.Count);
        var room = await Room(kind);
        await room.Pulls.Request("source", [(From, To)], "backfill");
        // One room, killed at its second request, then at the third after that, and so on: it gets further each time.
        for (var at = 2; at <= requests; at++)
        {
            using var kill = new CancellationTokenSource();
            var killAt = Server.Requests.Count + at;
            Server.BeforeAnswer = number =>
            {
                if (number == killAt) kill.Cancel();
            };
            try
            {
                await room.GoOn("source", kill.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                // Killed: what was taken stays, the rest comes with the next start.
            }
        }

        Server.BeforeAnswer = null;
        (await room.Contents()).ShouldBe(contents);
    }

    [Theory]
    [InlineData("counter", "/reports/r2")]
    [InlineData("gbif", "/v1/occurrence/download/statistics?publishingOrgKey=org&fromDate=2025-02&toDate=2025-03&limit=2&offset=2")]
    [InlineData("oai-pmh", "/oai?verb=ListRecords&resumptionToken=t2")]
    public async Task Troubles_that_pass_leave_no_trace(string kind, string path)
    {
        Serve(kind);
        var whole = await Room(kind);
        await whole.Pull("source", From, To);
        var contents = await whole.Contents();
        var good = Body(kind, path);
        Server.On(path, [
            Replay.Status(429, retryAfter: "0"), .. Replay.Times(3, Replay.Status(500)), good.Halved(), good]);
        var room = await Room(kind);
        await room.Pull("source", From, To);
        (await room.Contents()).ShouldBe(contents);
    }

    [Theory]
    [InlineData("counter", "/reports/r2")]
    [InlineData("gbif", "/v1/occurrence/download/statistics?publishingOrgKey=org&fromDate=2025-02&toDate=2025-03&limit=2&offset=2")]
    [InlineData("oai-pmh", "/oai?verb=ListRecords&resumptionToken=t2")]
    public async Task A_text_in_the_place_of_a_page_is_told_and_the_pages_before_it_stay(string kind, string path)
    {
        Serve(kind);
        var good = Body(kind, path);
        Server.On(path, Replay.Text("Service temporarily unavailable"));
        var room = await Room(kind);
        var refused = await Should.ThrowAsync<ImportException>(() => room.Pull("source", From, To));
        refused.Reason.En.ShouldContain("Service temporarily unavailable");
        var before = await room.Contents();
        before.ShouldContain("observation");
        Server.On(path, good);
        var pull = await room.GoOn("source");
        pull.State.ShouldBe("done");
        (await room.Contents()).Length.ShouldBeGreaterThan(before.Length);
    }

    [Fact]
    public async Task The_list_of_reports_is_asked_for_reports_of_the_period_the_release_and_the_maker()
    {
        Serve("counter");
        var room = await Room("counter", new() { ["created_by"] = "repo" }, new() { ["token"] = "very-secret" });
        Server.On("/reports?page[number]=1&page[size]=100&created-by=repo", Replay.Json(ReportList(1)));
        Server.On("/reports?page[number]=2&page[size]=100&created-by=repo", Replay.Json(ReportList(2)));
        await room.Pull("source", From, To);
        Server.Requests.Select(request => request.PathAndQuery).ShouldBe(
        [
            "/reports?page[number]=1&page[size]=100&created-by=repo", "/reports/r1", "/reports/r2",
            "/reports?page[number]=2&page[size]=100&created-by=repo", "/reports/r3",
        ]);
        Server.Requests.ShouldAllBe(request => request.Headers["Authorization"] == "Bearer very-secret");
        (await room.PlacesOf("very-secret")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_at_gbif_is_a_page_without_a_document()
    {
        Server.On("/v1/occurrence/download/statistics", Replay.Status(404, text: "Not found"));
        var room = await Room("gbif");
        var pull = await room.Pull("source", From, To);
        (pull.State, pull.Pages, pull.Accepted, pull.Documents).ShouldBe(("done", 2, 0, 0));
    }

    [Fact]
    public async Task An_expired_resumption_token_makes_the_harvest_begin_again_once()
    {
        Serve("oai-pmh");
        var whole = await Room("oai-pmh");
        await whole.Pull("source", From, To);
        var bad = Replay.Xml(
            "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><error code=\"badResumptionToken\">expired</error></OAI-PMH>");
        Server.On("/oai?verb=ListRecords&resumptionToken=t3", bad, Replay.Xml(OaiPage(3)));
        var room = await Room("oai-pmh");
        var pull = await room.Pull("source", From, To);
        (pull.State, pull.Documents).ShouldBe(("done", 3));
        (await room.Contents()).ShouldBe(await whole.Contents());

        Server.On("/oai?verb=ListRecords&resumptionToken=t3", bad);
        var never = await Room("oai-pmh");
        var refused = await Should.ThrowAsync<ImportException>(() => never.Pull("source", From, To));
        refused.Reason.En.ShouldContain("expired twice");
        (await never.Contents()).ShouldContain("ListRecords-2025-01-31-2025-03-31-0002.xml");
    }

    [Fact]
    public async Task A_harvest_asks_for_the_datestamps_of_the_period_and_tokens_stand_alone()
    {
        Serve("oai-pmh");
        var room = await Room("oai-pmh");
        await room.Pull("source", From, To);
        Server.Requests.Select(request => request.PathAndQuery).ShouldBe(
        [
            "/oai?verb=Identify", "/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2025-01-31&until=2025-03-31",
            "/oai?verb=ListRecords&resumptionToken=t2", "/oai?verb=ListRecords&resumptionToken=t3",
        ]);
    }

    [Fact]
    public async Task The_second_harvest_by_schedule_is_incremental_from_where_the_first_one_ended_less_a_day()
    {
        Server.On("/oai?verb=Identify", Replay.Xml(
            "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><Identify><granularity>YYYY-MM-DD</granularity></Identify></OAI-PMH>"));
        Server.On("/oai", Replay.Xml(OaiPage(3)));
        var room = await Room("oai-pmh");
        await room.Pulls.Request("source", [(From, To), (To, To.AddDays(1))], "schedule");
        await room.GoOn("source");
        await room.GoOn("source");
        Server.Requests.Select(request => request.PathAndQuery).Where(path => path.Contains("ListRecords")).ShouldBe(
        [
            "/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2025-01-30&until=2025-03-31",
            "/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2025-03-30&until=2025-04-01",
        ]);
    }

    [Fact]
    public async Task A_real_chain_of_four_pages_is_harvested()
    {
        string[] names = ["Identify.xml", "ListRecords.xml", "ListRecords2.xml", "ListRecords3.xml", "ListRecords4.xml"];
        var files = names.Select(name => SharedFile.Find($"oaipmh/{name}", output)).ToList();
        if (files.Contains(null)) return;
        Server.On("/oai?verb=Identify", Replay.File(files[0]!, "text/xml"));
        Server.On("/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2025-01-31&until=2025-03-31", Replay.File(files[1]!, "text/xml"));
        for (var page = 2; page <= 4; page++)
        {
            Server.On($"/oai?verb=ListRecords&resumptionToken=ListRecords{page}.xml", Replay.File(files[page]!, "text/xml"));
        }

        var room = await Room("oai-pmh");
        var pull = await room.Pull("source", From, To);
        (pull.State, pull.Pages, pull.Rejected).ShouldBe(("done", 4, 1));
        var contents = await room.Contents();
        contents.ShouldContain("|oai:test.example.com:1585310|data_datasets_count|2013-02-27|2013-02-28 1 0 ");
        (await room.Pull("source", From, To)).Documents.ShouldBe(pull.Documents);
        (await room.Contents()).ShouldBe(contents);

        Server.On("/oai?verb=ListRecords&resumptionToken=ListRecords3.xml", Replay.Text("broken xml", "text/xml"));
        var broken = await Room("oai-pmh");
        (await Should.ThrowAsync<ImportException>(() => broken.Pull("source", From, To))).Reason.En.ShouldContain("broken xml");
        (await broken.Contents()).ShouldContain("ListRecords-2025-01-31-2025-03-31-0002.xml");
    }

    [Fact]
    public async Task Real_pages_of_gbif_join_without_loss_or_repeat()
    {
        if (SharedFile.Find("gbif/statistics_limit5_offset0.json", output) is not { } first
            || SharedFile.Find("gbif/statistics_limit5_offset5.json", output) is not { } second) return;
        const string asked = "/v1/occurrence/download/statistics?publishingOrgKey=org&fromDate=2025-02&toDate=2025-03&limit=5&offset=";
        Server.On(asked + "0", Replay.File(first, "application/json"));
        Server.On(asked + "5", Replay.File(second, "application/json"));
        Server.On(asked + "10", Replay.Json("""{"offset":10,"limit":5,"endOfRecords":true,"count":10,"results":[]}"""));
        var room = await Room("gbif", new() { ["publishingOrgKey"] = "org", ["limit"] = "5" });
        var pull = await room.Pull("source", From, To);
        (pull.Pages, pull.Accepted, pull.Rejected).ShouldBe((3, 20, 0));
        (await room.Pull("source", From, To)).Documents.ShouldBe(pull.Documents);
    }

    [Fact]
    public async Task A_real_report_is_pulled_from_its_list()
    {
        if (SharedFile.Find("counter/rd1_drntu_2025-02.json", output) is not { } report) return;
        Server.On("/reports", Replay.Json(
            """{"reports":[{"id":"ntu","report-header":{"release":"rd1","created-by":"DR-NTU(Data)","reporting-period":{"begin-date":"2025-02-01","end-date":"2025-02-21"}}}],"meta":{"total-pages":1}}"""));
        Server.On("/reports/ntu", Replay.File(report, "application/json").Gzipped());
        var room = await Room("counter");
        var pull = await room.Pull("source", From, To);
        (pull.State, pull.Rejected).ShouldBe(("done", 0));
        pull.Accepted.ShouldBeGreaterThan(4_000);
        (await room.Pull("source", From, To)).Documents.ShouldBe(pull.Documents);
    }

    private async Task<PullRoom> Room(
        string kind, Dictionary<string, string>? options = null, Dictionary<string, string>? credentials = null)
    {
        var room = await site.Room();
        var (path, own) = kind switch
        {
            "counter" => ("/reports", new Dictionary<string, string>()),
            "gbif" => ("/v1/", new() { ["publishingOrgKey"] = "org", ["limit"] = "2", ["series"] = "downloadsBySource" }),
            _ => ("/oai", []),
        };
        var profile = kind == "counter" ? "counter" : kind;
        await room.Add("source", kind, Server.At(path), profile, unit: "centre", credentials, options ?? own);
        return room;
    }

    private void Serve(string kind)
    {
        switch (kind)
        {
            case "counter":
                Server.On("/reports?page[number]=1&page[size]=100", Replay.Json(ReportList(1)));
                Server.On("/reports?page[number]=2&page[size]=100", Replay.Json(ReportList(2)));
                foreach (var id in new[] { "r1", "r2", "r3", "other" }) Server.On($"/reports/{id}", Replay.Json(Report(id)));
                break;
            case "gbif":
                for (var offset = 0; offset <= 4; offset += 2) Server.On(StatisticsAt(offset), Replay.Json(StatisticsPage(offset)));
                Server.On("/v1/occurrence/download/statistics/downloadsBySource", Replay.Json("""{"2025":{"2":50,"3":60}}"""));
                break;
            default:
                Server.On("/oai?verb=Identify", Replay.Xml(
                    "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><Identify><granularity>YYYY-MM-DD</granularity></Identify></OAI-PMH>"));
                Server.On("/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2025-01-31&until=2025-03-31", Replay.Xml(OaiPage(1)));
                Server.On("/oai?verb=ListRecords&resumptionToken=t2", Replay.Xml(OaiPage(2)));
                Server.On("/oai?verb=ListRecords&resumptionToken=t3", Replay.Xml(OaiPage(3)));
                break;
        }
    }

    private static Replay Body(string kind, string path) => kind switch
    {
        "counter" => Replay.Json(Report(path[(path.LastIndexOf('/') + 1)..])),
        "gbif" => Replay.Json(StatisticsPage(2)),
        _ => Replay.Xml(OaiPage(2)),
    };

    private static string StatisticsAt(int offset) =>
        $"/v1/occurrence/download/statistics?publishingOrgKey=org&fromDate=2025-02&toDate=2025-03&limit=2&offset={offset}";

    private static string StatisticsPage(int offset)
    {
        string Row(int number) =>
            $$$"""{"datasetKey":"d{{{number / 2}}}","totalRecords":{{{34_620_778_907L + number}}},"numberDownloads":{{{number}}},"year":2025,"month":{{{2 + (number % 2)}}}}""";
        var rows = offset == 4 ? Row(4) : $"{Row(offset)},{Row(offset + 1)}";
        return $$"""{"offset":{{offset}},"limit":2,"endOfRecords":{{(offset == 4 ? "true" : "false")}},"count":5,"results":[{{rows}}]}""";
    }

    private static string ReportList(int page)
    {
        string Entry(string id, string release, string by, string begin, string end) =>
            $$$$"""{"id":"{{{{id}}}}","report-header":{"release":"{{{{release}}}}","created-by":"{{{{by}}}}","reporting-period":{"begin-date":"{{{{begin}}}}","end-date":"{{{{end}}}}"}}}""";
        string[] entries = page == 1
            ?
            [
                Entry("r1", "rd1", "repo", "2025-02-01", "2025-02-28"), Entry("drl", "drl", "repo", "2025-02-01", "2025-02-28"),
                Entry("old", "rd1", "repo", "2024-02-01", "2024-02-28"), Entry("r2", "RD1", "repo", "2025-03-01", "2025-03-31"),
            ]
            : [Entry("other", "rd1", "another", "2025-03-01", "2025-03-31"), Entry("r3", "rd1", "repo", "2025-03-01", "2025-03-31")];
        return $$$"""{"reports":[{{{string.Join(',', entries)}}}],"meta":{"total":6,"total-pages":2,"page":{{{page}}}}}""";
    }

    private static string Report(string id) =>
        $$$"""{"report-header":{"release":"rd1","created-by":"repo","created":"2025-04-02","reporting-period":{"begin-date":"2025-03-01","end-date":"2025-03-31"}},"report-datasets":[{"dataset-id":[{"type":"doi","value":"10.1/{{{id}}}"}],"performance":[{"period":{"begin-date":"2025-03-01","end-date":"2025-03-31"},"instance":[{"metric-type":"total-dataset-investigations","access-method":"regular","count":7},{"metric-type":"unique-dataset-investigations","access-method":"regular","count":5}]}]}]}""";

    private static string OaiPage(int page)
    {
        string Record(int number, bool deleted) =>
            $"<record><header{(deleted ? " status=\"deleted\"" : "")}><identifier>oai:x:{number}</identifier><datestamp>2025-02-{number:00}</datestamp></header></record>";
        var records = page == 3 ? Record(5, deleted: true) : Record(page * 2, deleted: false) + Record((page * 2) + 1 - (page == 2 ? 2 : 0), deleted: false);
        var token = page == 3 ? "<resumptionToken/>" : $"<resumptionToken>t{page + 1}</resumptionToken>";
        return "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>2025-04-01T00:00:00Z</responseDate>"
            + $"<request>http://x/oai</request><ListRecords>{records}{token}</ListRecords></OAI-PMH>";
    }
}
