using System.Globalization;
using Evaluation.Jobs.Storage;
using Evaluation.Tests;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>The shipped data checks over files as they come, with a finished year before them.</summary>
public sealed class ShippedChecksTests(PostgresFixture postgres, ITestOutputHelper output)
    : IClassFixture<PostgresFixture>, IDisposable
{
    private const string Header = "record,unit,instrument,start,end,scope,user_unit,fee_yuan,purpose,invoice\n";

    private readonly YearRoom year = new();

    public void Dispose() => year.Dispose();

    [Fact]
    public async Task Each_shipped_check_finds_in_imported_files_what_it_is_there_for_and_nothing_on_a_clean_instrument()
    {
        await LastYear();
        var room = new RunRoom(postgres.Database, year.Rules);
        var run = await room.Request(Files());
        await room.Measure(run, "instruments");
        var findings = await room.Check(run);
        foreach (var one in findings) output.WriteLine($"{one.Severity} {one.Code} {one.Unit}/{one.Resource}: {one.Message.En}");

        foreach (var check in year.Rules.DataChecks) findings.ShouldContain(one => one.Code == check.Id, check.Id);
        findings.Single(one => one.Code == "cells-refused").Message.En.ShouldStartWith("service_records.csv: 1 cells or rows were refused");
        string[] Found(string code) =>
            [.. findings.Where(one => one.Code == code).Select(one => one.Resource ?? one.Unit!).Order(StringComparer.Ordinal)];
        Found("hours_above_calendar").ShouldBe(["impossible"]);
        Found("external_above_total").ShouldBe(["shared"]);
        // A unit that hands in records has none of "silent", which is reported as used all the same.
        Found("reported_contradicts_records").ShouldBe(["silent", "told"]);
        Found("sensor_contradicts_log").ShouldBe(["sensed"]);
        Found("same_as_last_year").ShouldBe(["copied"]);
        Found("hours_jump").ShouldBe(["jumped"]);
        findings.ShouldNotContain(one => one.Resource == "clean");
        findings.Where(one => one.Code is "hours_above_calendar" or "external_above_total" or "held_below_available")
            .ShouldAllBe(one => one.Severity == "blocking");
    }

    /// <summary>The same rules for the year before, with a run of it that is finished.</summary>
    private async Task LastYear()
    {
        var cycle = year.Rules.Folder.Files["cycle.yaml"]
            .Replace("cycle: \"2026\"", "cycle: \"2025\"", StringComparison.Ordinal)
            .Replace("period: { from: 2025-01-01, to: 2026-01-01 }", "period: { from: 2024-01-01, to: 2025-01-01 }", StringComparison.Ordinal)
            .Replace("as_of: 2025-12-31", "as_of: 2024-12-31", StringComparison.Ordinal);
        using var before = new YearRoom("2026", ("cycle.yaml", cycle));
        before.Rules.Cycle!.Period.To.ShouldBe(year.Rules.Cycle!.Period.From);
        var room = new RunRoom(postgres.Database, before.Rules);
        var run = await room.Request(
            before.Put("units.csv", Units()),
            before.Put("service_records.csv",
                Header + Use("copied", 30, from: "2024") + Use("jumped", 100, from: "2024") + Use("clean", 50, from: "2024")));
        await room.Measure(run, "instruments");
        await room.Finish(run);
    }

    private string[] Files() =>
    [
        year.Put("units.csv", Units()),
        year.Put("service_records.csv", Header
            + Use("copied", 30) + Use("jumped", 301) + Use("clean", 60) + Use("told", 10) + Use("sensed", 111)
            + Use("twin-a", 77) + Use("twin-b", 77) + Use("clean", 60)),
        year.Put("instruments.csv",
            "unit,instrument,name_zh,class,original_value_yuan,registered,in_service_from,registered_on,asset_no\n"
            + "u,twin-a,仪器,general,900000,true,2020-01-01,2020-01-20,A1\nu,twin-b,仪器,general,900000,true,2020-01-01,2020-01-20,A2\n"),
        year.Put("sensor_hours.csv", "unit,instrument,period,hours_on\nu,sensed,2025,100\nu,clean,2025,60\n"),
        year.Put("nrii-instruments.json", $"[{Reported("told", "u", 100, 10)},{Reported("silent", "u", 100, 10)},"
            + $"{Reported("impossible", "v", 9000, 10)},{Reported("shared", "v", 100, 200)}]"),
        year.Put("unit_metrics.csv",
            "unit,category,metric,value,unit_of_measure,period\n"
            + "bank,bio,accessions_total,100,accession,2025\nbank,bio,accessions_available,150,accession,2025\n"
            + "bank,bio,requests_received,9,count,2025\nbank,bio,requests_fulfilled,10,count,2025\n"),
        year.Put("counter-1.json", """
            {"report-header":{"release":"rd1","created-by":"centre","reporting-period":{"begin-date":"2025-02-01","end-date":"2025-02-21"}},
             "report-datasets":[{"dataset-id":[{"type":"doi","value":"10.1/a"}],"performance":[{"period":{"begin-date":"2025-02-01","end-date":"2025-02-28"},
             "instance":[{"metric-type":"total-dataset-investigations","access-method":"regular","count":5},{"metric-type":"unique-dataset-investigations","access-method":"regular","count":4},
             {"metric-type":"total-dataset-requests","access-method":"regular","count":7},{"metric-type":"unique-dataset-requests","access-method":"regular","count":4}]}]}]}
            """),
        year.Put("downloadsBySource.json", """{"2025":{"1":29}}"""),
        year.Put("gbif-page.json", """
            {"offset":0,"limit":1,"endOfRecords":true,"count":1,"results":[{"datasetKey":"d","totalRecords":9,"numberDownloads":34866,"year":2025,"month":1}]}
            """),
    ];

    private static string Units() =>
        "unit,name_zh,name_en,province_zh,province_en,category\nu,某所,An Institute,北京,Beijing,instruments\nv,另一所,Another Institute,北京,Beijing,instruments\n"
        + "bank,某库,A Bank,北京,Beijing,bio\ncentre,某中心,A Centre,北京,Beijing,data\ngbif.org,GBIF,GBIF,北京,Beijing,data\n";

    /// <summary>One long session of outside users.</summary>
    private static string Use(string instrument, int hours, string from = "2025")
    {
        var start = new DateTime(int.Parse(from, CultureInfo.InvariantCulture), 2, 1, 0, 0, 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{instrument}-1,u,{instrument},{start:yyyy-MM-dd HH:mm},{start.AddHours(hours):yyyy-MM-dd HH:mm},external,甲,1,,\n");
    }

    private static string Reported(string instrument, string unit, int run, int served) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"insCode":"{{unit}}","innerId":"{{instrument}}","cname":"仪器","instrCategory":"030122","worth":"80","runMachine":"{{run}}","serviceMachine":{{served}}}""");
}
