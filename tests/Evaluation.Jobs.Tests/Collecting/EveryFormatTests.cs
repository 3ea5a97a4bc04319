using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Tests;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>
/// What holds for files of every format: once is once, cut off is nothing, and each refusal says where and why.
/// </summary>
public sealed class EveryFormatTests(PostgresFixture postgres, ITestOutputHelper output)
    : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly YearRoom room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("counter", "counter/rd1_drntu_2025-02.json")]
    [InlineData("counter", "counter/rd1_compressed.json.gz")]
    [InlineData("counter", "counter/cdl_dash_3_days_of_stats.tsv")]
    [InlineData("gbif", "gbif/statistics_page1.json")]
    [InlineData("genebank-distributions", "germplasm/genebank_distributions_2016.xlsx")]
    [InlineData("mcpd", "germplasm/mcpd_vavilov3_accessions.csv")]
    [InlineData("mcpd", "germplasm/mcpd_vavilov3_accessions_2019_09_04.xlsx")]
    [InlineData("mirri", "germplasm/invalid_content.mirri.xlsx")]
    [InlineData("nrii", "nrii/type4_instrument_tongji_masked.json")]
    [InlineData("nrii", "nrii/type6_service_record.json")]
    [InlineData("nrii", "nrii/type7_service_effect.json")]
    [InlineData("nrii", "nrii/sgst_productRecord.json")]
    [InlineData("nemo", "nemo/splash_pad.json")]
    [InlineData("nemo", "nemo/usage_events_api_nexuslims.json")]
    [InlineData("ppms", "ppms/cached_responses/stage_0/getrunningsheet/day--2028-12-24__plateformid--2.txt")]
    [InlineData("ppms", "ppms/mocked_responses/update_systems__broken_id/getsystems/response.txt")]
    [InlineData("oai-pmh", "oaipmh/ListRecords4.xml")]
    [InlineData("oai-pmh", "encodings/datacite_utf-16.xml")]
    public Task A_real_file_goes_in_once_or_not_at_all(string profile, string name) =>
        SharedFile.Find(name, output) is { } path ? GoesInOnceOrNotAtAll(profile, path) : Task.CompletedTask;

    [Theory]
    [InlineData("service-records", "service_records.csv",
        "record,unit,instrument,start,end,scope,user_unit,fee_yuan,purpose,invoice\nr1,u,i,2025-03-01 08:00,2025-03-01 10:00,external,A,5,,\nr2,u,i,when,,external,A,5,,\n")]
    [InlineData("genee-sites", "genee_sites_1.csv",
        "所属站点,仪器总值 (万元),预约仪器比例,仪器运行机时,年平均对外服务机时,共享率,论文,获奖,专利,评价\n物理学院,1200.5,85%,很多,273,17%,12,1,3,4.8\n")]
    [InlineData("grin-orders", "grin_order_items_1.csv",
        "order_request_item_id,order_request_id,order_type,site_code,status_code,quantity_shipped,unit_of_shipped,acted_date\n1,10,DI,W6,SHIPPED,50,sd,2025-03-04\n2,10,DI,W6,SHIPPED,1,pk,\n")]
    [InlineData("grin-requests", "grin_order_requests_1.csv",
        "order_request_id,original_order_request_id,order_type,site_code,is_completed,ordered_date\n10,,DI,W6,Y,2025-03-01\n11,,DI,W6,N,gestern\n")]
    [InlineData("sensor-hours", "sensor_hours.csv", "unit,instrument,period,hours_on\nu,i,2025,100\nu,j,2025,-\n")]
    public Task A_table_goes_in_once_or_not_at_all(string profile, string name, string text) =>
        GoesInOnceOrNotAtAll(profile, room.Put(name, text));

    private async Task GoesInOnceOrNotAtAll(string profile, string path)
    {
        var file = new Recognition(room.Rules).Read(path, room.Rules.Imports.Single(one => one.Id == profile));
        await using var quiet = Database.Open(await postgres.FreshDatabase());
        var whole = await Import(file, quiet);
        whole.Accepted.ShouldBeGreaterThan(0);
        var expected = await DatabaseContents.Of(quiet);

        await using var database = Database.Open(await postgres.FreshDatabase());
        // The last moment before the commit: everything of the file is written, and nothing of it may stay.
        var killed = new AlongWrite((_, _) => throw new IOException("killed"));
        await Should.ThrowAsync<ImportException>(() => Import(file, database, killed));
        (await DatabaseContents.Of(database)).ShouldBeEmpty();

        await Import(file, database);
        (await DatabaseContents.Of(database)).ShouldBe(expected);
        (await Import(file, database)).AlreadyRead.ShouldBeTrue();
        (await DatabaseContents.Of(database)).ShouldBe(expected, "a second import writes nothing");

        var rejects = await new DocumentStore(database, TimeProvider.System).Rejects(file.Document);
        rejects.Count.ShouldBe(whole.Rejected);
        rejects.ShouldAllBe(cell =>
            (cell.Line > 0 || cell.Cell.Length > 0) && cell.Reason.Zh.Length > 0 && cell.Reason.En.Length > 0);
    }

    private Task<ImportResult> Import(RecognisedFile file, Database database, AlongWrite? along = null) =>
        new Importer(room.Rules).Import(file, new DocumentStore(database, TimeProvider.System), along: along);
}
