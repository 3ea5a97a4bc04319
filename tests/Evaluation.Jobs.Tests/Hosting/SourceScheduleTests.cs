using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Tests.Collecting;
using Evaluation.Jobs.Tests.Collecting.Pulling;

namespace Evaluation.Jobs.Tests.Hosting;

/// <summary>Sources are pulled by their schedules, whoever was asleep in the meantime.</summary>
public sealed class SourceScheduleTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("evaluation-schedule-").FullName;
    private readonly ImportRoom rules = new(ImportRoom.Records);
    private ReplayServer server = null!;

    public async Task InitializeAsync()
    {
        server = await ReplayServer.Start();
        server.On("/d/records.csv", Replay.Text(
            "record,unit,instrument,start,end,scope,user,fee\nr1,u1,i1,2017-02-01 08:00,2017-02-01 10:00,internal,x,5\n"));
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        rules.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private SourceDraft Draft(string code, DateTimeOffset since) => new(code)
    {
        Kind = "file", Address = server.At("/d/records.csv").ToString(), Profile = "records", Rules = rules.Rules,
        Cron = "0 0 * * * ?", Since = since, Pause = TimeSpan.Zero,
    };

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Missed_moments_of_a_schedule_in_Beijing_time_are_each_one_period()
    {
        var nightly = SourceCalendar.Parse("0 0 3 * * ?").ShouldNotBeNull();
        var periods = nightly.Periods(Moment("2024-02-27T12:00:00+08:00"), Moment("2024-03-01T03:00:00+08:00")).ToList();
        periods.Select(period => period.To).ShouldBe(
            [Moment("2024-02-28T03:00:00+08:00"), Moment("2024-02-29T03:00:00+08:00"), Moment("2024-03-01T03:00:00+08:00")]);
        periods[1].From.ShouldBe(periods[0].To);
        nightly.Periods(periods[^1].To, Moment("2024-03-02T02:59:59+08:00")).ShouldBeEmpty();
        SourceCalendar.Parse("every night").ShouldBeNull();
    }

    [Fact]
    public async Task Waking_up_after_N_missed_schedules_makes_exactly_N_pulls_however_often_one_looks_also_after_a_pause()
    {
        // Away from the full hour, so that no further one comes while the test runs.
        while (TimeProvider.System.GetUtcNow().Minute == 59) await Task.Delay(TimeSpan.FromSeconds(1));
        var hour = TimeProvider.System.GetUtcNow();
        hour = hour.AddTicks(-(hour.Ticks % TimeSpan.TicksPerHour));
        await using var node = await EvaluationNode.Open(folder, default);
        var desk = node.Get<SourceDesk>();
        await desk.Add(Draft("hourly", hour.AddHours(-5)), default);
        await desk.Add(Draft("paused", hour.AddHours(-3)), default);
        await desk.Pause("paused", pause: true, default);

        var looks = Enumerable.Range(0, 4).Select(_ => node.Get<PullSchedule>().EnterDue("hourly", default));
        (await Task.WhenAll(looks)).Sum().ShouldBe(5, "of those who look at once one enters each period");
        await node.Work(default);
        var pulls = node.Get<PullStore>();
        await Until(pulls, "hourly", 5);
        server.Requests.Count.ShouldBe(5, "each missed period was asked for once");
        (await pulls.OfSource("hourly")).Select(pull => pull.Id.To).ShouldBe(
            Enumerable.Range(0, 5).Select(ago => hour.AddHours(-ago)));
        (await pulls.OfSource("paused")).ShouldBeEmpty();
        (await pulls.Documents("hourly")).ShouldHaveSingleItem();

        await desk.Pause("paused", pause: false, default);
        await Until(pulls, "paused", 3);
        server.Requests.Count.ShouldBe(8, "what was missed while it was paused is made up, each period once");

        // What a node took with it when it died is pulled by another.
        await pulls.Request("paused", [(hour.AddDays(-9), hour.AddDays(-8))], "backfill");
        (await pulls.Claim("paused", $"{Environment.MachineName}/2147483000/1")).ShouldNotBeNull();
        await Until(pulls, "paused", 4);

        var now = await desk.PullNow("hourly", default);
        (now.State, now.Documents).ShouldBe(("done", 0), "the source said nothing new");
    }

    [Theory]
    [InlineData("ftp://host/x", "0 0 * * * ?", "address")]
    [InlineData("https://user:word@host/x", "0 0 * * * ?", "--credential")]
    [InlineData("https://host/x", "nightly", "schedule")]
    public async Task A_source_that_cannot_work_is_refused_with_what_to_write_instead(string address, string cron, string told)
    {
        await using var node = await EvaluationNode.Open(folder, default);
        var desk = node.Get<SourceDesk>();
        var refused = await Should.ThrowAsync<SourceSetupException>(
            () => desk.Add(Draft("x", DateTimeOffset.UtcNow) with { Address = address, Cron = cron }, default));
        refused.Reason.En.ShouldContain(told);
        (await node.Get<SourceStore>().List()).ShouldBeEmpty();
    }

    /// <summary>Waits until so many periods of a source are pulled.</summary>
    private static async Task Until(PullStore pulls, string source, int done)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if ((await pulls.OfSource(source)).Count(pull => pull.State == "done") >= done) return;
            await Task.Delay(200);
        }

        string.Join('\n', await pulls.OfSource(source)).ShouldBe($"{done} pulls that are done");
    }
}
