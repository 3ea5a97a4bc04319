using System.Globalization;
using Evaluation.Jobs.Collecting;
using Evaluation.Rules.Facts;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class CounterTests(ITestOutputHelper output) : IDisposable
{
    private readonly ImportRoom room = new(ImportRoom.Counter);

    public void Dispose() => room.Dispose();

    [Fact]
    public void The_report_of_a_real_repository_gives_its_published_totals_and_every_flag()
    {
        if (Real("rd1_drntu_2025-02.json") is not { } path) return;
        var (result, found) = room.Look(path);
        var observations = Observations(found);
        observations.Select(one => one.Resource).Distinct().Count().ShouldBe(2087);
        Sum(observations, "data_views_total", "regular").ShouldBe(116_880);
        Sum(observations, "data_views_unique", "regular").ShouldBe(24_117);
        Sum(observations, "data_downloads_total", "regular").ShouldBe(6_856);
        Sum(observations, "data_downloads_unique", "regular").ShouldBe(508);
        Sum(observations, "data_views_total", "machine").ShouldBe(2_290);
        Sum(observations, "data_views_unique", "machine").ShouldBe(204);
        Sum(observations, "data_downloads_total", "machine").ShouldBe(28);
        Sum(observations, "data_downloads_unique", "machine").ShouldBe(5);
        result.Flags["period-conflict"].ShouldBe(1);
        result.Flags["country-sum"].ShouldBe(642);
        result.Flags["missing-unique"].ShouldBe(1_887);
        result.Flags["publisher-placeholder"].ShouldBe(2_087);
        foreach (var (flag, count) in result.Flags.Where(flag => flag.Key != "publisher-placeholder"))
        {
            observations.Count(one => one.Flags.Contains(flag)).ShouldBe(count);
        }

        observations.ShouldAllBe(one => one.Flags.Contains("partial") && one.Unit == "dr-ntu");
        result.Rejected.ShouldBe(0);
    }

    [Fact]
    public void A_report_of_another_producer_is_read_the_same_way()
    {
        if (Real("rd1_dataone_small.json") is not { } path) return;
        var observations = Observations(room.Look(path).Found);
        observations.Select(one => one.Value).ShouldBe([6, 3, 1, 1]);
        observations.ShouldAllBe(one => one.Resource == "10.5063/f16d5qx4" && one.Flags.Count == 0);
        observations[0].Period.ToString().ShouldBe("2015-06-01/2015-06-30");
    }

    [Theory]
    [InlineData("rd1_empty_performance.json", 1, 3, 3, 0)]
    [InlineData("rd1_no_header_titlecase.json", 1, 0, 0, 0)]
    [InlineData("rd1_no_exceptions_future_year.json", 1, 3, 3, 0)]
    [InlineData("rd1_repeat.json", 1, 3, 3, 0)]
    [InlineData("rd1_compressed.json.gz", 1, 3, 3, 0)]
    [InlineData("cdl_dash_simple_stats.json", 8, 8, 8, 2_117_241)]
    [InlineData("cdl_dash_slightly_more_stats.json", 27, 62, 61, 76_002_939)]
    [InlineData("cdl_dash_3_days_of_stats.json", 106, 263, 253, 210_414_295)]
    public void Every_spelling_of_the_report_is_read(string file, int datasets, int total, int unique, long bytes)
    {
        if (Real(file) is not { } path) return;
        var observations = Observations(room.Look(path).Found);
        observations.Select(one => one.Resource).Distinct().Count().ShouldBe(datasets);
        Sum(observations, "data_views_total", "regular").ShouldBe(total);
        Sum(observations, "data_views_unique", "regular").ShouldBe(unique);
        Sum(observations, "data_bytes", "regular").ShouldBe(bytes);
    }

    [Theory]
    [InlineData("pycounter_sushi_simple.json", "a COUNTER report of release 5")]
    public void A_report_about_articles_is_refused_by_its_release(string file, string said)
    {
        if (Real(file) is not { } path) return;
        Should.Throw<ImportException>(() => room.Look(path)).Reason.En.ShouldContain(said);
    }

    [Fact]
    public void Datasets_whose_ids_differ_by_letter_case_only_are_added_up()
    {
        var path = room.Put("usage_1.json", Report(
            Dataset("10.1/ABC", Instance("total", "investigations", 5), Instance("unique", "investigations", 2)),
            Dataset("10.1/other", Instance("total", "investigations", 1), Instance("unique", "investigations", 1)),
            Dataset("doi:10.1/abc", Instance("total", "investigations", 7), Instance("unique", "investigations", 3))));
        var observations = Observations(room.Look(path).Found);
        observations.Count.ShouldBe(4);
        Sum(observations.Where(one => one.Resource == "10.1/abc"), "data_views_total", "regular").ShouldBe(12);
    }

    [Fact]
    public void More_requests_than_investigations_and_totals_without_uniques_are_kept_and_flagged()
    {
        var path = room.Put("usage_1.json", Report(Dataset(
            "10.1/a",
            Instance("total", "investigations", 5), Instance("unique", "investigations", 2), Instance("total", "requests", 9))));
        var downloads = Observations(room.Look(path).Found).Single(one => one.Metric == "data_downloads_total");
        downloads.Value.ShouldBe(9);
        downloads.Flags.ShouldBe(["missing-unique", "requests-exceed-investigations"]);
    }

    [Fact]
    public void A_count_that_is_no_count_is_refused_with_its_place_and_the_rest_goes_in()
    {
        var path = room.Put("usage_1.json", Report(Dataset(
            "10.1/a",
            Instance("total", "investigations", -5), Instance("unique", "investigations", 2), Instance("total", "sightings", 1))));
        var (result, found) = room.Look(path);
        result.Accepted.ShouldBe(1);
        found.OfType<CollectedReject>().Select(reject => reject.Cell.Cell).ShouldBe(
        [
            "report-datasets[0].performance[0].instance[0].count", "report-datasets[0].performance[0].instance[2].metric-type",
        ]);
    }

    [Fact]
    public void A_report_cut_short_is_refused_whole()
    {
        var text = Report(Dataset("10.1/a", Instance("total", "investigations", 5)));
        var path = room.Put("usage_1.json", text[..^30]);
        Should.Throw<ImportException>(() => room.Look(path)).Reason.En.ShouldContain("cut short or damaged");
    }

    [Theory]
    [InlineData("cdl_dash_simple_stats", 8)]
    [InlineData("cdl_dash_slightly_more_stats", 27)]
    [InlineData("cdl_dash_3_days_of_stats", 106)]
    public void The_same_report_as_json_and_as_tab_separated_text_gives_the_same_observations(string name, int datasets)
    {
        if (Real(name + ".json") is not { } json || Real(name + ".tsv") is not { } tsv) return;
        var (asJson, asTsv) = (Observations(room.Look(json).Found), Observations(room.Look(tsv).Found));
        asTsv.Select(one => one.Resource).Distinct().Count().ShouldBe(datasets);
        Said(asTsv).ShouldBe(Said(asJson));
    }

    [Fact]
    public void A_report_of_tab_separated_text_has_a_volume_column_and_is_refused_cell_by_cell()
    {
        var path = room.Put("report.tsv", """
            Report_Name	Dataset Master Report
            Report_ID	DSR
            Release	RD1
            Exceptions	3040: Partial Data Returned
            Reporting_Period	2025-02-01 to 2025-02-28
            Created	2025-03-01
            Created_By	repo

            Dataset_Title	Publisher	DOI	Access_Method	Metric_Type	Country	Reporting_Period_Total	Reporting_Period_Volume
            A "quoted" title, with a comma	P	10.1/ABC	Regular	Total_Dataset_Requests	GB	3	1200
            A "quoted" title, with a comma	P	10.1/ABC	Regular	Total_Dataset_Requests	US	2	800
            A "quoted" title, with a comma	P	10.1/ABC	Regular	Total_Dataset_Requests	DE	two
            Another	tbd	10.1/other	Machine	Unique_Dataset_Investigations	US	7
            """.Replace("\r", "", StringComparison.Ordinal));
        var (result, found) = room.Look(path);
        var observations = Observations(found);
        Sum(observations, "data_downloads_total", "regular").ShouldBe(5);
        Sum(observations, "data_bytes", "regular").ShouldBe(2000);
        Sum(observations, "data_views_unique", "machine").ShouldBe(7);
        observations.ShouldAllBe(one => one.Flags.Contains("partial") && one.Unit == "repo");
        observations[0].Locator.ShouldBe("G10");
        result.Flags["publisher-placeholder"].ShouldBe(1);
        var refused = found.OfType<CollectedReject>().Single().Cell;
        (refused.Cell, refused.Value).ShouldBe(("G12.count", "two"));
    }

    [Fact]
    public void A_packed_report_gives_what_the_plain_report_gives()
    {
        string[] datasets =
        [
            Dataset("10.1/A", Instance("total", "investigations", 5), Instance("unique", "investigations", 2)),
            Dataset("10.1/b", Instance("total", "investigations", 1), Instance("unique", "investigations", 1)),
            Dataset("10.1/a", Instance("total", "investigations", 7), Instance("unique", "investigations", 3)),
        ];
        var plain = Observations(room.Look(room.Put("usage_1.json", Report(datasets))).Found);
        var (result, found) = room.Look(room.Put(
            "usage_2.json", PackedReport.Of(Report(datasets[..2]), Report(datasets[2..])).ToString()));
        var packed = Observations(found);
        Said(packed).ShouldBe(Said(plain));
        result.Rejected.ShouldBe(0);
        packed.Single(one => one.Resource == "10.1/b" && one.Metric == "data_views_total").Locator
            .ShouldBe("report-subsets[0].report-datasets[1].performance[0].instance[0]");
    }

    [Fact]
    public void One_flipped_byte_refuses_its_subset_and_makes_the_rest_partial()
    {
        var packed = PackedReport.Of(
            Report(Dataset("10.1/a", Instance("total", "investigations", 5), Instance("unique", "investigations", 2))),
            Report(Dataset("10.1/b", Instance("total", "investigations", 1), Instance("unique", "investigations", 1))));
        packed.FlipAByteOf(1);
        var (result, found) = room.Look(room.Put("usage_1.json", packed.ToString()));
        var refused = found.OfType<CollectedReject>().Single().Cell;
        refused.Cell.ShouldBe("report-subsets[1]");
        refused.Reason.En.ShouldContain("checksum");
        refused.Reason.Zh.ShouldContain("校验和不符");
        Observations(found).ShouldAllBe(one => one.Resource == "10.1/a" && one.Flags.Contains("partial"));
        result.Notes.ShouldContain(note => note.En.Contains("1 packed subsets were refused"));
    }

    [Theory]
    [InlineData("{\"gzip\":\"%%\",\"checksum\":\"00\"}", "not valid base64")]
    [InlineData("{\"gzip\":\"AAAA\"}", "the report says nothing")]
    [InlineData("{\"gzip\":\"AAAA\",\"checksum\":\"709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c\"}",
        "unsupported compression method")]
    public void A_subset_that_cannot_be_unpacked_is_refused_with_the_reason(string subset, string said)
    {
        var path = room.Put("usage_1.json", Report()[..^1] + $",\"report-subsets\":[{subset}]}}");
        var refused = room.Look(path).Found.OfType<CollectedReject>().Single();
        refused.Cell.Reason.En.ShouldContain(said);
    }

    [Theory]
    [InlineData("""{"Report_Header":{"Exceptions":[{"Code":2000,"Message":"Not Authorized"}],"Release":"5"}}""", "2000 Not Authorized", "credentials")]
    [InlineData("""{"Code":4001,"Severity":"Warning","Message":"Report Queued"}""", "4001 Report Queued", "later")]
    [InlineData("""[{"Code":3031,"Message":"Usage Not Ready"}]""", "3031 Usage Not Ready", "later")]
    [InlineData("""{"report-header":{"release":"rd1","created-by":"x","exceptions":[{"code":69,"message":"gzip"}]},"report-datasets":[]}""", "69 gzip", "packed subsets")]
    [InlineData("""<e><s:Exception xmlns:s="http://www.niso.org/schemas/sushi"><s:Number>4001</s:Number><s:Message>Queued</s:Message></s:Exception></e>""", "4001 Queued", "later")]
    [InlineData("""<report/>""", "older release", "JSON")]
    [InlineData("""{"reports":[],"report-header":{}}""", "a list of reports", "by its id")]
    public void An_answer_that_holds_only_exceptions_is_refused_with_what_the_source_says_and_what_to_do(
        string body, string said, string advice)
    {
        var path = room.Put("usage_1.json", body);
        var refused = Should.Throw<ImportException>(() => room.Look(path)).Reason.En;
        refused.ShouldContain(said);
        refused.ShouldContain(advice);
    }

    [Fact]
    public void A_source_that_says_there_was_no_use_gives_no_figures_and_says_so()
    {
        var path = room.Put("usage_1.json", Report().Replace(
            "\"created-by\"", "\"exceptions\":[{\"code\":3030,\"message\":\"No Usage\"}],\"created-by\"", StringComparison.Ordinal));
        var (result, found) = room.Look(path);
        (result.Accepted, result.Rejected).ShouldBe((0, 0));
        Observations(found).ShouldBeEmpty();
        result.Notes.ShouldContain(note => note.En.Contains("there was no use in the period"));
    }

    [Theory]
    [InlineData("pycounter_sushi_queued.xml", "4001 Report Queued")]
    [InlineData("pycounter_sushi_error.xml", "has no dataset in it")]
    [InlineData("pycounter_not_authorized.json", "2000 Requestor Not Authorized")]
    [InlineData("datacite_reports_list_page1.json", "a list of reports")]
    [InlineData("pycounter_tr_j1.tsv", "release")]
    public void A_real_answer_without_datasets_is_refused_with_what_the_source_says(string file, string said)
    {
        if (Real(file) is not { } path) return;
        var recognised = new Recognition(room.Rules).Read(path, room.Rules.Imports.Single());
        Should.Throw<ImportException>(() => new Importer(room.Rules).Look(recognised)).Reason.En.ShouldContain(said);
    }

    [Fact]
    public void The_volume_of_unique_requests_is_no_metric_and_is_told()
    {
        var path = room.Put("usage_1.json", Report(Dataset(
            "10.1/a", Instance("total", "requests-size", 500), Instance("unique", "requests-size", 400))));
        var (result, found) = room.Look(path);
        Observations(found).Single().Metric.ShouldBe("data_bytes");
        result.Skipped.ShouldBe(1);
        result.Notes.Single().En.ShouldContain("volume of unique requests");
    }

    [Fact]
    public void A_report_without_datasets_is_refused_with_what_the_source_says()
    {
        var path = room.Put("usage_1.json", Report());
        Should.Throw<ImportException>(() => room.Look(path)).Reason.En.ShouldContain("has no dataset in it");
    }

    private string? Real(string name) => SharedFile.Find($"counter/{name}", output);

    private static List<MetricObservation> Observations(IEnumerable<Collected> found) =>
        found.OfType<CollectedObservation>().Select(one => one.Observation).ToList();

    private static decimal Sum(IEnumerable<MetricObservation> observations, string metric, string method) => observations
        .Where(one => one.Metric == metric && one.Dimensions["access_method"] == method)
        .Sum(one => one.Value ?? 0);

    private static List<string> Said(IEnumerable<MetricObservation> observations) => observations
        .Select(one => string.Create(CultureInfo.InvariantCulture,
            $"{one.Unit} {one.Resource} {one.Metric} {one.Period} {one.Value} {one.UnitOfMeasure} "
            + $"{one.Dimensions["access_method"]} {string.Join(';', one.Flags)}"))
        .Order(StringComparer.Ordinal)
        .ToList();

    internal static string Report(params string[] datasets) =>
        """{"report-header":{"release":"rd1","created-by":"repo","reporting-period":{"begin-date":"2025-02-01","end-date":"2025-02-28"}},"report-datasets":["""
        + string.Join(',', datasets) + "]}";

    internal static string Dataset(string id, params string[] instances) =>
        $$"""{"dataset-id":[{"type":"doi","value":"{{id}}"}],"publisher":"P","performance":[{"period":{"begin-date":"2025-02-01","end-date":"2025-02-28"},"instance":[{{string.Join(',', instances)}}]}]}""";

    internal static string Instance(string kind, string what, int count) =>
        $$"""{"metric-type":"{{kind}}-dataset-{{what}}","access-method":"regular","count":{{count}}}""";
}
