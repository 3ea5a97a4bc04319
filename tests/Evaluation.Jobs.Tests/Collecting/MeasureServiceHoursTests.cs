using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Tests;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>
/// From the service records of a file to the metrics of a run, under the shipped rules of 2026 (the year 2025).
/// </summary>
public sealed class MeasureServiceHoursTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Register = "unit,instrument,name_zh,class,original_value_yuan,registered,in_service_from,registered_on,asset_no\n";
    private const string Header = "record,unit,instrument,start,end,scope,user_unit,fee_yuan,purpose,invoice\n";

    private static readonly string[] Instruments = ["merged", "new-year", "open", "users", "excluded", "invoices", "clock", "idle"];

    private readonly YearRoom year = new();
    private Database database = null!;
    private RunRoom room = null!;
    private string run = "";

    public async Task InitializeAsync()
    {
        database = Database.Open(await postgres.FreshDatabase());
        room = new RunRoom(database, year.Rules);
        run = await room.Request(
            year.Put("units.csv", "unit,name_zh,name_en,province_zh,province_en,category\nu,某所,An Institute,北京,Beijing,instruments\n"),
            year.Put("instruments.csv", Register + string.Concat(Instruments.Append("cheap").Select(instrument =>
                $"u,{instrument},仪器,general,{(instrument == "cheap" ? "499999" : "800000")},true,2020-01-01,2020-01-20,A-{instrument}\n"))),
            year.Put("service_records.csv", Header + string.Join('\n', Records) + "\n"),
            // Samples come in a national report, where the way of service says what the quantity is.
            year.Put("nrii-samples.json",
                """
                {"insCode":"u","instruType":6,"instruList":[{"insCode":"u","recordInnerId":"S1","innerId":"samples","amounts":"600",
                 "serviceTime":"2025-03-01 09","endTime":"2025-03-01 12","serviceWay":"委托共享","serviceAmount":"12","serviceType":130,
                 "applicantUnit":"某企业","auditStatus":"-1"}]}
                """));
        await room.Measure(run, "instruments");
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        year.Dispose();
    }

    private static readonly string[] Records =
    [
        "m1,u,merged,2025-03-01 08:00,2025-03-01 12:00,external,甲,100,,",
        "m2,u,merged,2025-03-01 10:00,2025-03-01 13:00,internal,本所,,,",
        "n1,u,new-year,2024-12-31 20:00,2025-01-01 03:00,external,甲,10,,",
        "n2,u,new-year,2025-12-31 22:00,2026-01-01 05:00,external,甲,10,,",
        "o1,u,open,2025-05-01 08:00,,external,甲,5,,",
        "o2,u,open,2025-05-02 08:00,2025-05-02 09:00,external,甲,5,,",
        "s1,u,users,2025-06-01 08:00,2025-06-01 10:00,external,甲,7,,",
        "s2,u,users,2025-06-02 08:00,2025-06-02 13:00,internal,本所,8,,",
        "s3,u,users,2025-06-03 08:00,2025-06-03 09:00,,丙,9,,",
        "e1,u,excluded,2025-07-01 08:00,2025-07-01 18:00,external,甲,1000,法定检测,",
        "e2,u,excluded,2025-07-02 08:00,2025-07-02 10:00,external,甲,20,科学研究,",
        "i1,u,invoices,2025-08-01 08:00,2025-08-01 09:00,external,甲,300,,FP1",
        "i2,u,invoices,2025-08-02 08:00,2025-08-02 09:00,external,甲,300,,FP1",
        "c1,u,clock,2025-01-01 00:00,2026-01-01 00:00,external,甲,1,,",
        "c2,u,clock,2025-01-01 00:00,2026-01-01 00:00,internal,本所,,,",
        "x1,u,cheap,2025-09-01 08:00,2025-09-01 18:00,external,甲,50,,",
    ];

    [Fact]
    public async Task Overlaps_count_once_sessions_are_clipped_to_the_year_and_no_instrument_has_more_hours_than_the_calendar()
    {
        var hours = await Hours("instruments.effective_hours");
        hours["merged"].ShouldBe(5, "08:00 to 13:00, not 4 and 3 hours");
        hours["new-year"].ShouldBe(3 + 2, "what lies before and after the year is another year's");
        hours["clock"].ShouldBe(8760);
    }

    [Fact]
    public async Task A_session_that_has_not_ended_gives_no_hours_and_is_reported()
    {
        (await Hours("instruments.effective_hours"))["open"].ShouldBe(1);
        (await Measured("open", "lost->'Open'->>'records'")).ShouldBe("1");
        (await Documents("flagged", "service_records.csv")).ShouldBe("1");
    }

    [Fact]
    public async Task Outside_and_inside_users_are_separated_and_an_unknown_user_is_neither()
    {
        (await Hours("instruments.external_hours"))["users"].ShouldBe(2);
        (await Hours("instruments.effective_hours"))["users"].ShouldBe(8);
        (await Measured("users", "external_hours || ' ' || internal_hours || ' ' || unknown_hours")).ShouldBe("2 5 1");
    }

    [Fact]
    public async Task Statutory_testing_gives_neither_hours_nor_income_and_an_invoice_counts_once()
    {
        var external = await Hours("instruments.external_hours");
        external["excluded"].ShouldBe(2);
        external["invoices"].ShouldBe(2, "the second record of an invoice keeps its hours");
        (await Measured("invoices", "external_fees || ' of ' || raw_fees")).ShouldBe("300 of 600");
        (await Measured("excluded", "lost->'rule:statutory-testing'->>'hours'")).ShouldBe("10");
        (await Hours("service_income_external"))["u"].ShouldBe(100 + 20 + 10 + 7 + 20 + 300 + 1 + 600);
    }

    [Fact]
    public async Task Samples_become_no_hours()
    {
        (await Hours("instruments.effective_hours"))["samples"].ShouldBe(0);
        (await Measured("samples", "samples || ' ' || raw_hours")).ShouldBe("12 0");
    }

    [Fact]
    public async Task An_instrument_below_the_value_in_scope_is_not_measured_and_one_without_records_was_idle()
    {
        var hours = await Hours("instruments.effective_hours");
        hours.ShouldNotContainKey("cheap");
        hours["idle"].ShouldBe(0);
    }

    [Fact]
    public async Task Raw_and_accepted_hours_are_both_kept_and_the_observation_names_the_lines_it_comes_from()
    {
        (await Measured("merged", "raw_hours || ' ' || merged_hours || ' ' || accepted_hours")).ShouldBe("7 5 5");
        (await Of("instruments.effective_hours"))["merged"].Locator.ShouldBe("lines 2-3, 2 records");
        var uses = new List<string>();
        var period = year.Rules.Cycle!.Categories.Single(one => one.Id == "instruments").Periods[0];
        var records = new ServiceRecordStore(database);
        await foreach (var one in records.Uses(run, "instruments", period, ("u", "u"), "merged", inFull: true))
        {
            uses.Add($"{one.Use.Record} {one.Use.Line}");
        }

        uses.ShouldBe(["m1 2", "m2 3"], "the hours lead back to the records, with their lines");
    }

    [Fact]
    public async Task Measuring_again_writes_nothing()
    {
        var before = await Documents("count(*)", null);
        await room.Measure(run, "instruments");
        (await Documents("count(*)", null)).ShouldBe(before);
    }

    private Task<Dictionary<string, MetricObservation>> Of(string metric) => room.Of(run, metric);

    private async Task<Dictionary<string, decimal>> Hours(string metric) =>
        (await Of(metric)).ToDictionary(one => one.Key, one => one.Value.Value!.Value);

    private async Task<string> Measured(string instrument, string what)
    {
        await using var connection = await database.Connect();
        return (await connection.Scalar<string>(
            $"select ({what})::text from service_hours where resource = $1", default, instrument))!;
    }

    private async Task<string> Documents(string what, string? name)
    {
        await using var connection = await database.Connect();
        return (await connection.Scalar<string>(
            $"select ({what})::text from source_documents where $1::text is null or name = $1", default, name))!;
    }
}
