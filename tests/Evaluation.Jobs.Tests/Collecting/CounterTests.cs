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
        Sum(observations, "data_bytes_total", "regular").ShouldBe(bytes);
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

    [Fact]
    public void A_report_without_datasets_is_refused_with_what_the_source_says()
    {
        var path = room.Put("usage_1.json", Report());
        Should.Throw<ImportException>(() => room.Look(path)).Reason.En.ShouldContain("has no dataset in it");
    }

    [Fact]
    public void A_long_report_is_read_dataset_by_dataset()
    {
        var path = Path.Combine(room.Folder, "usage_long.json");
        using (var writer = new StreamWriter(path))
        {
            var parts = Report(Dataset("10.1/@", Instance("total", "investigations", 1), Instance("unique", "investigations", 1)));
            var (begin, end) = (parts.IndexOf('[') + 1, parts.LastIndexOf(']'));
            writer.Write(parts[..begin]);
            for (var i = 0; i < 50_000; i++)
            {
                if (i > 0) writer.Write(',');
                writer.Write(parts[begin..end].Replace("@", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }

            writer.Write(parts[end..]);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var seen = 0;
        new Importer(room.Rules).Look(room.Recognise(path), collected =>
        {
            if (collected is CollectedObservation && ++seen % 20_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        });
        seen.ShouldBe(100_000);
        output.WriteLine($"{new FileInfo(path).Length / 1_000_000} MB of JSON, {most / 1_000_000} MB held");
        most.ShouldBeLessThan(20_000_000);
    }

    private string? Real(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "sources", "counter", name);
            if (File.Exists(path)) return path;
        }

        output.WriteLine($"Skipped: ../shared/data/sources/counter/{name} is not here.");
        return null;
    }

    private static List<MetricObservation> Observations(IEnumerable<Collected> found) =>
        found.OfType<CollectedObservation>().Select(one => one.Observation).ToList();

    private static decimal Sum(IEnumerable<MetricObservation> observations, string metric, string method) => observations
        .Where(one => one.Metric == metric && one.Dimensions["access_method"] == method)
        .Sum(one => one.Value ?? 0);

    private static string Report(params string[] datasets) =>
        """{"report-header":{"release":"rd1","created-by":"repo","reporting-period":{"begin-date":"2025-02-01","end-date":"2025-02-28"}},"report-datasets":["""
        + string.Join(',', datasets) + "]}";

    private static string Dataset(string id, params string[] instances) =>
        $$"""{"dataset-id":[{"type":"doi","value":"{{id}}"}],"publisher":"P","performance":[{"period":{"begin-date":"2025-02-01","end-date":"2025-02-28"},"instance":[{{string.Join(',', instances)}}]}]}""";

    private static string Instance(string kind, string what, int count) =>
        $$"""{"metric-type":"{{kind}}-dataset-{{what}}","access-method":"regular","count":{{count}}}""";
}
