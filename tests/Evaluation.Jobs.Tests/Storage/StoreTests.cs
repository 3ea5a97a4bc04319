using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;
using Evaluation.Tests;
using Npgsql;

namespace Evaluation.Jobs.Tests.Storage;

public sealed class StoreTests : IClassFixture<PostgresFixture>
{
    private static readonly Period HalfYear = new(new DateOnly(2025, 1, 1), new DateOnly(2025, 7, 1));

    private readonly PostgresFixture postgres;
    private readonly Database database;
    private readonly DocumentStore documents;
    private readonly ObservationStore observations;
    private readonly RunStore runs;

    public StoreTests(PostgresFixture postgres)
        : this(postgres, postgres.Database)
    {
    }

    private StoreTests(PostgresFixture postgres, Database database)
    {
        this.postgres = postgres;
        this.database = database;
        documents = new DocumentStore(database, TimeProvider.System);
        observations = new ObservationStore(database, TimeProvider.System);
        runs = new RunStore(database, TimeProvider.System);
    }

    [Fact]
    public async Task A_document_read_twice_goes_in_once()
    {
        var document = NewDocument();
        (await Write(document, Hours("once", 10))).ShouldNotBeNull().Accepted.ShouldBe(1);
        (await documents.Begin(document)).ShouldBeNull();
        (await documents.Find(document.Sha256)).ShouldNotBeNull().Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task A_document_that_is_not_finished_leaves_nothing_behind()
    {
        var document = NewDocument();
        await using (var writer = (await documents.Begin(document)).ShouldNotBeNull())
        {
            for (var i = 0; i < 6000; i++) await writer.Add(Hours("unfinished", i, $"r{i}"));
        }

        (await documents.Find(document.Sha256)).ShouldBeNull();
        (await Count("select count(*) from metric_observations where unit = 'unfinished'")).ShouldBe(0);
        (await Write(document, Hours("unfinished", 1))).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_same_value_in_a_later_document_is_stored_once_and_stated_by_both()
    {
        var first = NewDocument();
        var second = NewDocument();
        await Write(first, Hours("same", 10));
        (await Write(second, Hours("same", 10))).ShouldNotBeNull().Replaced.ShouldBe(0);

        (await Count("select count(*) from metric_observations where unit = 'same'")).ShouldBe(1);
        var run = await Run(second);
        (await Of(run)).Single().Document.ShouldBe(second.Sha256);
    }

    [Fact]
    public async Task Another_value_in_a_later_document_is_a_new_version_that_names_the_one_it_replaces()
    {
        var first = NewDocument();
        var second = NewDocument();
        await Write(first, Hours("corrected", 24.1m));
        (await Write(second, Hours("corrected", 19.1m))).ShouldNotBeNull().Replaced.ShouldBe(1);

        (await Of(await Run(first, second))).Single().Value.ShouldBe(19.1m);
        (await Of(await Run(first))).Single().Value.ShouldBe(24.1m);
        (await Count("select count(*) from metric_observations where unit = 'corrected' and replaces is not null")).ShouldBe(1);
    }

    [Fact]
    public async Task Which_document_holds_is_said_by_the_run_not_by_the_order_of_reading()
    {
        var first = NewDocument();
        var second = NewDocument();
        await Write(first, Hours("ordered", 1));
        await Write(second, Hours("ordered", 2));
        (await Of(await Run(second, first))).Single().Value.ShouldBe(1);
    }

    [Fact]
    public async Task An_observation_can_be_neither_changed_nor_deleted()
    {
        await Write(NewDocument(), Hours("fixed", 10));
        foreach (var attempt in new[]
        {
            "update metric_observations set value = 0 where unit = 'fixed'",
            "delete from metric_observations where unit = 'fixed'",
        })
        {
            (await Should.ThrowAsync<PostgresException>(() => postgres.Database.Execute(attempt, default)))
                .MessageText.ShouldContain("never changed or deleted");
        }
    }

    [Fact]
    public async Task A_figure_with_many_decimals_comes_back_exactly()
    {
        var document = NewDocument();
        await Write(document, Hours("exact", 0.12345678901234567890123m), Hours("exact", 34_620_778_907m, "large"));
        (await Of(await Run(document))).Select(observation => observation.Value).Order()
            .ShouldBe([0.12345678901234567890123m, 34_620_778_907m]);
    }

    [Fact]
    public async Task A_snapshot_has_the_same_hash_in_another_database_and_another_order_of_reading()
    {
        var here = new NewDocument(new string('a', 64), "here.csv", "csv", null, "instruments", 1);
        var there = new NewDocument(new string('b', 64), "there.csv", "csv", null, "instruments", 1);
        await Write(here, Hours("snap-a", 1), Hours("snap-b", 2.50m));
        await Write(there, Hours("snap-c", 3));
        var run = await Run(here, there);
        var hash = await new SnapshotStore(postgres.Database, observations, TimeProvider.System).Seal(run);
        (await new SnapshotStore(postgres.Database, observations, TimeProvider.System).Seal(run)).ShouldBe(hash);

        await using var elsewhere = Database.Open(await postgres.FreshDatabase());
        var other = new StoreTests(postgres, elsewhere);
        await other.Write(there, Hours("snap-c", 3.0m));
        await other.Write(here, Hours("snap-b", 2.5m), Hours("snap-a", 1));
        var otherRun = await other.Run(here, there);
        (await new SnapshotStore(elsewhere, other.observations, TimeProvider.System).Seal(otherRun)).ShouldBe(hash);

        var held = await Collect(observations.OfSnapshot(hash, "instruments", "snap-b"));
        held.Single().DocumentName.ShouldBe("here.csv");
    }

    [Fact]
    public async Task Overlapping_records_count_once_and_are_clipped_to_the_period()
    {
        var document = NewDocument();
        await using (var writer = (await documents.Begin(document)).ShouldNotBeNull())
        {
            // 10:00–12:00 outside and 11:00–13:00 inside overlap: three hours in use, two of them outside.
            await writer.Add(Record("r1", "2025-03-01T10:00", "2025-03-01T12:00", ServiceScope.External, "A", 100));
            await writer.Add(Record("r2", "2025-03-01T11:00", "2025-03-01T13:00", ServiceScope.Internal));
            // Over the new year: two of the four hours lie in the period.
            await writer.Add(Record("r3", "2024-12-31T22:00", "2025-01-01T02:00", ServiceScope.External, "B", 50));
            await writer.Add(Record("r4", "2025-07-01T00:00", "2025-07-01T05:00", ServiceScope.External, "C", 50));
            await writer.Finish([]);
        }

        var hours = await Measure(await Run(document));
        hours.Accepted.TotalHours.ShouldBe(5);
        hours.External.Hours.TotalHours.ShouldBe(4);
        hours.Records.ShouldBe(3);
        hours.External.Records.ShouldBe(2);
        hours.External.Users.ShouldBe(2);
        hours.External.Fees.ShouldBe(150);
    }

    [Fact]
    public async Task An_instrument_that_is_booked_twice_round_the_clock_has_no_more_hours_than_the_calendar()
    {
        var document = NewDocument();
        await using (var writer = (await documents.Begin(document)).ShouldNotBeNull())
        {
            await writer.Add(Record("all", "2024-01-01T00:00", "2026-01-01T00:00", ServiceScope.External));
            await writer.Add(Record("again", "2024-01-01T00:00", "2026-01-01T00:00", ServiceScope.Internal));
            await writer.Finish([]);
        }

        (await Measure(await Run(document))).Accepted.ShouldBe(TimeSpan.FromDays(HalfYear.To.DayNumber - HalfYear.From.DayNumber));
    }

    [Fact]
    public async Task A_resource_that_the_scope_rules_leave_out_gives_no_observation_to_the_run()
    {
        var document = NewDocument();
        await Write(document, Hours("scoped", 1, "in"), Hours("scoped", 2, "out"));
        var run = await Run(document);
        var units = new UnitStore(postgres.Database);
        LeftOutResource[] leftOut = [new("instruments", "scoped", "out", "below-value", new Bilingual("原值低", "worth too little"))];
        await units.LeaveOut(run, leftOut);
        await units.LeaveOut(run, leftOut);
        (await Of(run)).Single().Resource.ShouldBe("in");
        (await units.LeftOut(run, "instruments", "scoped")).ShouldBe(leftOut);
        (await Of(await Run(document))).Count.ShouldBe(2, "another run has its own scope");
    }

    [Fact]
    public async Task A_rule_folder_comes_back_from_the_database_with_the_same_hash()
    {
        var folder = new RuleFolder("rules", new Dictionary<string, string> { ["scheme.yaml"] = "scheme: x\n", ["a/b.md"] = "文" });
        var store = new RuleSetStore(postgres.Database, TimeProvider.System);
        await store.Record(folder);
        await store.Record(folder);
        (await store.Load(folder.Hash)).Files.ShouldBe(folder.Files);
        await Should.ThrowAsync<KeyNotFoundException>(() => store.Load("unknown"));
    }

    [Fact]
    public async Task Units_and_resources_of_a_run_are_those_its_documents_state_the_later_one_first()
    {
        var first = NewDocument();
        var second = NewDocument();
        await WriteRegister(first, "旧名");
        await WriteRegister(second, "新名");
        var units = new UnitStore(postgres.Database);
        (await units.OfRun(await Run(first, second))).Single().Name.Zh.ShouldBe("新名");
        (await units.OfRun(await Run(first))).Single().Name.Zh.ShouldBe("旧名");
        var resource = (await Collect(units.ResourcesOfRun(await Run(first), "instruments"))).Single();
        resource.OriginalValue.ShouldBe(644_900m);
        resource.InServiceFrom.ShouldBe(new DateOnly(2020, 2, 29));
        resource.RegisteredOn.ShouldBe(new DateOnly(2020, 3, 9));
        resource.Included.ShouldBe(true);
        resource.Identifiers["cstr"].ShouldBe("CSTR:1");
    }

    private async Task WriteRegister(NewDocument document, string name)
    {
        await using var writer = (await documents.Begin(document)).ShouldNotBeNull();
        await writer.Add(new UnitEntry("instruments", "register", new Bilingual(name, "Name"), new Bilingual("重庆", "Chongqing")));
        await writer.Add(new ResourceEntry(
            "instruments", "register", "i-1", "质谱仪", "020101", 644_900m, new DateOnly(2020, 2, 29), true, "row 2")
        {
            RegisteredOn = new DateOnly(2020, 3, 9),
            Included = true,
            Identifiers = new Dictionary<string, string> { ["cstr"] = "CSTR:1", ["doi"] = "10.5072/x" },
        });
        await writer.Finish([], acceptedUnits: 1);
    }

    private async Task<SourceDocument?> Write(NewDocument document, params MetricObservation[] values)
    {
        await using var writer = (await documents.Begin(document)).ShouldNotBeNull();
        foreach (var value in values) await writer.Add(value);
        return await writer.Finish([]);
    }

    private async Task<string> Run(params NewDocument[] of)
    {
        var folder = new RuleFolder("rules", new Dictionary<string, string> { ["scheme.yaml"] = "scheme: x\n" });
        await new RuleSetStore(database, TimeProvider.System).Record(folder);
        var id = Guid.NewGuid().ToString("N");
        await runs.Request(
            new Run(id, "c", folder.Hash, "1", false, null, null, "requested", null, DateTimeOffset.UnixEpoch, null),
            of.Select(document => new RunDocument(document.Sha256, document.Name)).ToList());
        return id;
    }

    private async Task<InstrumentHours> Measure(string run)
    {
        var meter = new HoursMeter(HalfYear);
        var uses = new ServiceRecordStore(postgres.Database).Uses(run, "instruments", HalfYear, ("u", "u"));
        foreach (var one in await Collect(uses)) meter.Add(one.Use);
        return meter.Total();
    }

    private Task<List<MetricObservation>> Of(string run) => Collect(observations.OfRun(run));

    private static async Task<List<T>> Collect<T>(IAsyncEnumerable<T> rows)
    {
        var all = new List<T>();
        await foreach (var row in rows) all.Add(row);
        return all;
    }

    private async Task<long> Count(string sql)
    {
        await using var connection = await database.Connect();
        return await connection.Scalar<long>(sql, default);
    }

    private static NewDocument NewDocument()
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Guid.NewGuid().ToByteArray()));
        return new NewDocument(hash, "file.csv", "csv", null, "instruments", 1);
    }

    private static MetricObservation Hours(string unit, decimal hours, string? resource = null) => new(
        0, unit, resource, "instruments", "effective_hours", HalfYear, hours, null, "hour",
        new Dictionary<string, string>(), "", "", "row 2", []);

    private static ServiceRecord Record(
        string record, string start, string end, ServiceScope scope, string? user = null, decimal? fee = null) => new(
        "instruments", "u", "i-1", record, Time(start), Time(end), scope, user, fee, 2);

    private static DateTime Time(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
