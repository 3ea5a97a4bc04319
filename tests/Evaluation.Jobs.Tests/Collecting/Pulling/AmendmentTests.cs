using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;
using Evaluation.Tests;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>Data that arrive after the lock are seen, and never change a run that is sealed.</summary>
public sealed class AmendmentTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Header = "institution,instruments,utilisation_percent,external_share_percent\n";

    private static readonly DateTimeOffset From = new(2017, 2, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private readonly ImportRoom rules = new(ImportRoom.Units, ImportRoom.Records);
    private ReplayServer server = null!;
    private PullRoom room = null!;

    public async Task InitializeAsync()
    {
        server = await ReplayServer.Start();
        room = await PullRoom.Open(postgres.Database, rules.Rules);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        room.Dispose();
        rules.Dispose();
    }

    private static Cycle CycleOf(int year)
    {
        var period = new Period(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));
        var text = new Bilingual("文", "text");
        return new Cycle(
            "y", text, period, period.From, [new CycleCategory("instruments", text, [period], null, false, null)], [], [], 5,
            text, text, [], new FileLocation("cycle.yaml", 1));
    }

    [Fact]
    public async Task What_arrives_after_the_lock_is_an_amendment_and_the_sealed_run_stays_as_it_is()
    {
        server.On("/d/a_units.csv", Replay.Text(Header + "甲,1,5,6\n乙,1,7,8\n"), Replay.Text(Header + "甲,1,5,6\n乙,1,9,8\n"));
        server.On("/d/records.csv", Replay.Text(
            "record,unit,instrument,start,end,scope,user,fee\nr1,甲,i1,2017-02-01 08:00,2017-02-01 10:00,internal,x,5\n"));
        await room.Add("units", "file", server.At("/d/a_units.csv"), "units-table");
        await room.Add("late", "file", server.At("/d/records.csv"), "records");
        await room.Pull("units", From, From.AddDays(1));

        var pulled = new PulledDataStore(postgres.Database);
        var cycle = CycleOf(2017);
        var used = await pulled.OfCycle(cycle);
        used.ShouldHaveSingleItem().Source.ShouldBe("units");
        (await pulled.OfCycle(CycleOf(2019))).ShouldBeEmpty("nothing in it lies in that year");

        var runs = new RunStore(postgres.Database, TimeProvider.System);
        var run = new Run("y-1", "y", rules.Rules.Version, "1", false, null, null, "requested", null, default, null);
        await runs.Request(run, [.. used.Select(one => new RunDocument(one.Document, one.File, one.Profile, one.Unit))]);
        (await runs.Documents("y-1")).ShouldHaveSingleItem().Profile.ShouldBe("units-table");
        var snapshots = new SnapshotStore(
            postgres.Database, new ObservationStore(postgres.Database, TimeProvider.System), TimeProvider.System);
        var locked = await snapshots.Seal("y-1");
        (await pulled.Amendments("y-1", cycle)).ShouldBeEmpty();

        await room.Pull("units", From, From.AddDays(1));
        await room.Pull("late", From, From.AddDays(1));
        var late = await pulled.Amendments("y-1", cycle);
        late.Select(one => (one.Source, one.Observations, one.Records)).ShouldBe(
            [("units", 1, 0), ("late", 0, 1)], ignoreOrder: true, "only what differs is an amendment");
        (await snapshots.Seal("y-1")).ShouldBe(locked, "the sealed run holds what it held");
        (await pulled.OfCycle(cycle)).Select(one => one.Source).ShouldBe(["units", "units", "late"], "a new run would use them");
    }
}
