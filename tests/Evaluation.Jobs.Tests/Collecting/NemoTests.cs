using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class NemoTests(ITestOutputHelper output) : IDisposable
{
    private const string Profile = "nemo";

    // The same in the time of the server, as the published figures are.
    private static readonly RuleSet InUtc = SourceRoom.With(
        "imports/nemo.yaml", text => text.Replace("\"+08:00\"", "\"+00:00\"", StringComparison.Ordinal));

    private readonly SourceRoom room = new(output);

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("splash_pad.json")]
    [InlineData("splash_pad_rates.json")]
    [InlineData("usage_events_api_nexuslims.json")]
    public void Every_real_sample_is_told_by_its_content_and_nothing_in_it_is_refused(string file)
    {
        if (room.Real("nemo/" + file) is not { } path) return;
        SourceRoom.Recognised(path).ShouldBe(Profile);
        SourceRoom.Read(path, Profile).Rejects.ShouldBeEmpty();
    }

    [Fact]
    public void The_real_fixture_gives_the_hours_of_its_three_ended_uses_with_the_approved_correction_only()
    {
        if (room.Real("nemo/splash_pad.json") is not { } path) return;
        var read = SourceRoom.Read(path, Profile, InUtc);
        Hours(read).ShouldBe([("2", 19.1m), ("3", 28.1m), ("4", 19.1m)]);
        read.Sum("inst_hours_effective").ShouldBe(66.3m);
        read.Sum("inst_hours_external").ShouldBe(66.3m);
        Flags(read, "2").ShouldBe(["corrected", "correction-without-reviewer"]);
        Flags(read, "3").ShouldBe(["correction-denied"]);
        Flags(read, "4").ShouldBe(["correction-pending"]);
        read.Result.Flags["open-session"].ShouldBe(1);
        read.Observations.Where(one => one.Metric.StartsWith("inst_hours", StringComparison.Ordinal)).ShouldAllBe(one =>
            one.Dimensions["account_type"] == "Industry" && one.Dimensions["scope"] == "external" && one.Dimensions["discipline"] == "Physics");
    }

    [Fact]
    public void Without_its_correction_the_use_has_the_hours_that_were_logged()
    {
        var event2 = Event(2, "2023-03-04T15:54:00Z", "2023-03-05T16:00:00Z");
        Hours(Of(Bundle($"[{event2}]"))).ShouldBe([("2", 24.1m)]);
        Hours(Of(Bundle($"[{event2}]", Correction(2, 1, "2023-03-04T15:54:00Z", "2023-03-05T11:00:00Z")))).ShouldBe([("2", 19.1m)]);
        Hours(Of(Bundle($"[{event2}]", Correction(2, 0, "2023-03-04T15:54:00Z", "2023-03-05T11:00:00Z")))).ShouldBe([("2", 24.1m)]);
        Hours(Of(Bundle($"[{event2}]", Correction(2, 2, "2023-03-04T15:54:00Z", "2023-03-05T11:00:00Z")))).ShouldBe([("2", 24.1m)]);
    }

    [Fact]
    public void A_correction_that_takes_a_day_away_leaves_0_hours_on_it_so_that_nothing_old_stays()
    {
        var read = Of(Bundle(
            $"[{Event(5, "2023-03-04T20:00:00Z", "2023-03-05T06:00:00Z")}]",
            Correction(5, 1, "2023-03-04T20:00:00Z", "2023-03-04T22:00:00Z")));
        read.Observations.Where(one => one.Metric == "inst_hours_effective").Select(one => (one.Period.From.Day, one.Value))
            .ShouldBe([(4, 2), (5, 0)]);
    }

    [Fact]
    public void No_day_of_a_use_has_more_than_24_hours_and_the_days_add_up_to_the_use()
    {
        if (room.Real("nemo/splash_pad.json") is { } path)
        {
            SourceRoom.Read(path, Profile, InUtc).Observations.Where(one => one.Metric == "inst_hours_effective")
                .GroupBy(one => (one.Resource, one.Period)).ShouldAllBe(day => day.Sum(one => one.Value) <= 24);
        }

        var read = Of(Bundle($"[{Event(6, "2023-01-01T06:00:00Z", "2023-01-04T18:30:00Z")}]"));
        read.Observations.Where(one => one.Metric == "inst_hours_effective").Select(one => one.Value).ShouldBe([18, 24, 24, 18.5m]);
    }

    [Fact]
    public void A_use_over_the_new_year_has_hours_in_both_years()
    {
        var read = Of(Bundle($"[{Event(7, "2024-12-31T22:00:00Z", "2025-01-01T03:00:00Z")}]"));
        read.Observations.Where(one => one.Metric == "inst_hours_effective")
            .Select(one => (one.Period.From.Year, one.Value)).ShouldBe([(2024, 2), (2025, 3)]);
    }

    [Fact]
    public void Real_uses_with_an_offset_are_put_on_the_clock_of_the_place()
    {
        if (room.Real("nemo/usage_events_api_nexuslims.json") is not { } path) return;
        var utc = SourceRoom.Read(path, Profile, InUtc);
        Hours(utc).ShouldBe([("29", 3m), ("30", 3.05m)]);
        utc.Result.Flags["open-session"].ShouldBe(1);
        var uses = utc.Found.OfType<CollectedServiceRecord>().Select(one => one.Record).ToList();
        uses[2].End.ShouldBeNull("it has not ended: its hours are nobody's");
        (uses[0].Start, uses[0].End).ShouldBe((new DateTime(2021, 9, 1, 21, 0, 0), new DateTime(2021, 9, 2, 0, 0, 0)));
        uses.ShouldAllBe(use => use.Scope == ServiceScope.Unknown);
        // In Beijing the same use is of the next day.
        SourceRoom.Read(path, Profile).Observations[0].Period.From.ShouldBe(new DateOnly(2021, 9, 2));
    }

    [Fact]
    public void The_bare_array_and_the_pages_give_the_same_rows()
    {
        var events = Enumerable.Range(1, 5).Select(day => Event(day, $"2023-05-0{day}T08:00:00Z", $"2023-05-0{day}T1{day}:00:00Z")).ToList();
        var bare = Rows(Of($"[{string.Join(',', events)}]"));
        var pages = events.Chunk(2).SelectMany(page => Rows(Of(
            $$"""{"count":5,"next":"https://nemo.example/api/usage_events/?page=2","previous":null,"results":[{{string.Join(',', page)}}]}""")));
        pages.ShouldBe(bare);
        bare.Count.ShouldBe(5);
        if (room.Real("nemo/usage_events_api_nexuslims.json") is not { } path) return;
        var real = File.ReadAllText(path);
        Rows(Of($$"""{"count":3,"next":null,"previous":null,"results":{{real}}}""")).ShouldBe(Rows(SourceRoom.Read(path, Profile, InUtc)));
    }

    [Fact]
    public void A_missed_booking_inside_an_outage_charges_nobody()
    {
        if (room.Real("nemo/splash_pad.json") is { } path)
        {
            var real = SourceRoom.Read(path, Profile, InUtc);
            real.Result.Flags["missed-in-outage"].ShouldBe(1);
            real.Observations.ShouldNotContain(one => one.Resource == "Sinter" && one.Metric.StartsWith("inst_hours", StringComparison.Ordinal));
        }

        const string missed = """{"id":1,"tool":3,"project":1,"start":"2022-06-21T20:10:00Z","end":"2022-06-23T20:10:00Z","missed":true,"cancelled":false}""";
        const string outage = """{"id":1,"tool":3,"creator":1,"start":"2022-06-21T20:10:00Z","end":"2022-06-23T20:10:00Z","title":""}""";
        var read = Of($$"""{"nemo_host":"n","reservations":[{{missed}}],"scheduled_outages":[{{outage}}]}""");
        read.Observations.ShouldBeEmpty();
        read.Result.Flags.ShouldBe(new Dictionary<string, int> { ["missed-in-outage"] = 1 });
        Of($$"""{"nemo_host":"n","reservations":[{{missed}}]}""").Result.Flags.Keys.ShouldBe(["missed-reservation"]);
    }

    [Fact]
    public void Training_waived_uses_and_hours_in_a_shutdown_do_not_count_and_say_so()
    {
        var read = Of(
            $$"""
            {"nemo_host":"n","tasks":[{"id":1,"tool":3,"force_shutdown":true,"cancelled":false,"urgency":1,
              "creation_time":"2023-05-03T10:00:00Z","resolution_time":"2023-05-03T12:00:00Z"},
              {"id":2,"tool":4,"force_shutdown":true,"cancelled":false,"urgency":1,"creation_time":"2023-05-03T10:00:00Z","resolution_time":null}],
             "usage_events":[{{Event(1, "2023-05-01T08:00:00Z", "2023-05-01T10:00:00Z", "\"training\":true")}},
              {{Event(2, "2023-05-02T08:00:00Z", "2023-05-02T10:00:00Z", "\"waived\":true")}},
              {{Event(3, "2023-05-03T08:00:00Z", "2023-05-03T13:00:00Z")}}]}
            """);
        Hours(read).ShouldBe([("1", 0m), ("2", 0m), ("3", 3m)]);
        (Flags(read, "1").Single(), Flags(read, "2").Single(), Flags(read, "3").Single()).ShouldBe(("training", "waived", "fault-window"));
        read.One("inst_hours_fault").Value.ShouldBe(2);
        read.Result.Flags["fault-open"].ShouldBe(1);
        read.Found.OfType<CollectedServiceRecord>().Select(one => (one.Record.Record, (one.Record.End - one.Record.Start)!.Value.TotalHours))
            .ShouldBe([("usage_events/1", 0), ("usage_events/2", 0), ("usage_events/3", 2), ("usage_events/3/2", 1)]);
    }

    [Fact]
    public void A_person_trained_counts_once_and_money_by_the_end_of_a_use_is_booked_on_the_same_record()
    {
        var trained = Of("""[{"id":1,"trainer":1,"trainee":2,"tool":3,"project":1,"duration":60,"date":"2023-05-12T23:29:00Z"}]""");
        (trained.One("inst_trainees").Value, trained.One("inst_trainees").Dimensions["minutes"]).ShouldBe((1m, "60"));
        var billed = Of(
            """[{"type":"tool_usage","name":"PECVD","item_id":9,"account":"A","project":"P","start":"2023-05-12T08:00:00Z","end":"2023-05-12T10:30:00Z","quantity":"150.00","validated":true,"waived":false}]""");
        Hours(billed).ShouldBe([("9", 2.5m)]);
    }

    [Fact]
    public void What_cannot_be_read_is_refused_by_its_place()
    {
        var read = Of($"[{Event(1, "gestern", "2023-05-01T10:00:00Z")},{Event(2, "2023-05-01T10:00:00Z", "2023-05-01T08:00:00Z")}]");
        read.Rejects.Select(reject => reject.Cell).ShouldBe(["[0].start", "[1].end"]);
        Should.Throw<ImportException>(() => Of("[1]")).Reason.En.ShouldContain("no JSON object");
        Should.Throw<ImportException>(() => SourceRoom.Read(
            room.Put("n.json", "[]"), Profile, SourceRoom.With("imports/nemo.yaml", text => text.Replace("+08:00", "Mars/Olympus"))))
            .Reason.Zh.ShouldContain("Mars/Olympus");
    }

    private Reading Of(string json) => SourceRoom.Read(room.Put($"nemo-{Guid.NewGuid():N}.json", json), Profile, InUtc);

    private static string Bundle(string events, string corrections = "") =>
        $$"""{"nemo_host":"n","usage_events":{{events}},"adjustment_requests":[{{corrections}}]}""";

    private static string Event(int id, string start, string end, string more = "\"waived\":false") =>
        $$"""{"id":{{id}},"tool":3,"project":1,"user":1,"operator":1,"has_ended":1,"run_data":"","start":"{{start}}","end":"{{end}}",{{more}}}""";

    private static string Correction(int of, int status, string start, string end) =>
        $$"""{"id":1,"item_type":["NEMO","usageevent"],"item_id":{{of}},"status":{{status}},"reviewer":1,"new_start":"{{start}}","new_end":"{{end}}","deleted":false}""";

    private static List<(string Event, decimal Hours)> Hours(Reading read) =>
        [.. read.Observations.Where(one => one.Metric == "inst_hours_effective")
            .GroupBy(EventOf).Select(one => (one.Key, one.Sum(part => part.Value!.Value)))];

    private static IEnumerable<string> Flags(Reading read, string use) =>
        read.Observations.Where(one => EventOf(one) == use).SelectMany(one => one.Flags).Distinct();

    private static string EventOf(Evaluation.Rules.Facts.MetricObservation one) => one.Dimensions["record"].Split('/')[1];

    private static List<string> Rows(Reading read) =>
        [.. read.Observations.Select(one => $"{one.Resource} {one.Metric} {one.Period} {one.Value} {one.Dimensions["record"]}")];
}
