using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.DataChecks;
using Evaluation.Rules.Facts;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class GbifTests(ITestOutputHelper output) : IDisposable
{
    private const string Dataset = "50c9509d-22c7-4a22-a47d-8c48425ef4a7";

    private readonly YearRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public void Two_pages_join_without_loss_or_repeat()
    {
        if (Real("statistics_limit5_offset0.json") is not { } first || Real("statistics_limit5_offset5.json") is not { } second
            || Real("statistics_page1.json") is not { } whole) return;
        var pages = room.Look(first).Observations.Concat(room.Look(second).Observations).Select(Said).ToList();
        pages.Count.ShouldBe(20);
        pages.ShouldBeUnique();
        room.Look(whole).Observations.Take(20).Select(Said).ShouldBe(pages);
    }

    [Fact]
    public void The_list_and_the_series_of_a_dataset_agree_in_all_twenty_months()
    {
        if (Real("statistics_one_dataset.json") is not { } list || Real("downloadsByDataset_one_dataset.json") is not { } downloads
            || Real("downloadedRecordsByDataset_one_dataset.json") is not { } records) return;
        var listed = room.Look(list).Observations.ToDictionary(Key, one => one.Value);
        listed.Count.ShouldBe(40);
        listed.Values.ShouldContain(34_620_778_907m);
        var series = room.Look(downloads, "gbif", ("dataset", Dataset)).Observations
            .Concat(room.Look(records, "gbif", ("dataset", Dataset)).Observations)
            .ToDictionary(Key, one => one.Value);
        foreach (var (key, value) in listed) series[key].ShouldBe(value);
    }

    [Fact]
    public void The_months_of_a_year_add_up()
    {
        if (Real("downloadsByDataset_2023.json") is not { } path) return;
        var seen = room.Look(path);
        seen.Observations.Count.ShouldBe(12);
        seen.Sum("data_downloads_total").ShouldBe(145_919_280);
    }

    [Fact]
    public void A_month_that_is_too_low_is_flagged_as_an_outlier_and_as_contradicting_a_single_dataset()
    {
        if (Real("downloadsBySource_all.json") is not { } bySource || Real("downloadsByUserCountry_all.json") is not { } byCountry
            || Real("statistics_one_dataset.json") is not { } list) return;
        foreach (var path in new[] { bySource, byCountry })
        {
            var total = room.Look(path);
            total.Result.Flags["outlier"].ShouldBe(1);
            var outlier = total.Observations.Single(one => one.Flags.Contains("outlier"));
            (outlier.Value, outlier.Locator, outlier.Period.ToString()).ShouldBe((29, "2026.1", "2026-01-01/2026-01-31"));
            var found = Contradictions([.. total.Observations, .. room.Look(list).Observations]);
            var contradiction = found.Single(one => one.Locator == "2026.1");
            contradiction.Message.En.ShouldContain("gives 29 for all");
            contradiction.Message.En.ShouldContain("34,866");
            contradiction.Message.Zh.ShouldContain("互相矛盾");
        }
    }

    private List<DataCheckHit> Contradictions(List<MetricObservation> known)
    {
        var category = room.Rules.Cycle!.Categories.Single(one => one.Id == "data");
        return [.. DataCheckRunner.Run(
            room.Rules,
            new CheckedData(category, [], known, new Dictionary<string, UnitFacts>(), [], new HashSet<string>()))
            .Where(hit => hit.Check.Id == "endpoints_contradict")];
    }

    [Theory]
    [InlineData("downloadsByDataset_empty.json")]
    public void Nothing_is_no_data_and_not_zero(string file)
    {
        if (Real(file) is not { } path) return;
        var seen = room.Look(path);
        seen.Observations.ShouldBeEmpty();
        seen.Result.Notes.Single().En.ShouldContain("That is not zero");
    }

    [Fact]
    public void A_text_answer_is_refused_with_what_it_says()
    {
        var path = Real("error_404_plain_text.txt") ?? room.Put("gbif-404.json", "Download was not found");
        Should.Throw<ImportException>(() => room.Look(path, "gbif")).Reason.En.ShouldContain("'Download was not found'");
    }

    [Fact]
    public void Events_papers_and_lists_without_dates_are_told_apart()
    {
        if (Real("dataset_download_activity_page1.json") is not { } events || Real("literature_search_by_downloadKey.json") is not { } papers
            || Real("download_datasets_page1.json") is not { } list || Real("dataset_metrics.json") is not { } metrics
            || Real("download_organizations.json") is not { } organizations) return;
        var seen = room.Look(events);
        seen.Observations.ShouldNotBeEmpty();
        seen.Observations.ShouldAllBe(one => one.Metric == "data_records_downloaded" && one.Dimensions["endpoint"] == "event");
        var paper = room.Look(papers).Observations.Single();
        (paper.Metric, paper.Value, paper.Period.ToString()).ShouldBe(("data_citations", 1, "2024-09-23/2024-09-23"));
        foreach (var undated in new[] { list, metrics, organizations })
        {
            var nothing = room.Look(undated);
            nothing.Observations.ShouldBeEmpty();
            nothing.Result.Notes.Single().En.ShouldContain("belong to no period");
        }
    }

    [Fact]
    public void Figures_of_a_page_are_exact_wrong_ones_are_refused_by_place_and_repeated_ones_once()
    {
        var seen = room.Look(room.Put("gbif-page.json", """
            {"offset":0,"limit":4,"endOfRecords":true,"count":4,"results":[
            {"datasetKey":"a","totalRecords":34620778907,"numberDownloads":536,"year":2025,"month":2},
            {"datasetKey":"a","totalRecords":-1,"numberDownloads":"x","year":2025,"month":3},
            {"datasetKey":"a","totalRecords":5,"numberDownloads":5,"year":2025,"month":13},
            {"datasetKey":"a","totalRecords":7,"numberDownloads":536,"year":2025,"month":2}]}
            """));
        seen.Observations.Select(one => (one.Metric, one.Value)).ShouldBe(
            [("data_downloads_total", 536m), ("data_records_downloaded", 34_620_778_907m)]);
        seen.Observations.ShouldAllBe(one => one.Unit == "gbif.org" && one.Resource == "a");
        seen.Rejects.Select(cell => cell.Cell).ShouldBe(
        [
            "results[1].numberDownloads", "results[1].totalRecords", "results[2]", "results[3].numberDownloads",
            "results[3].totalRecords",
        ]);
    }

    [Fact]
    public void A_series_is_told_by_its_name_and_its_dataset_by_the_key_in_it()
    {
        var named = room.Look(room.Put($"downloadsByDataset-{Dataset}.json", """{"2025":{"1":4,"2":6,"13":1}}"""));
        named.Observations.Select(one => (one.Resource, one.Value)).ShouldBe([(Dataset, 4m), (Dataset, 6m)]);
        named.Rejects.Single().Cell.ShouldBe("2025.13");
        var unnamed = room.Put("gbif-series.json", """{"2025":{"1":4}}""");
        Should.Throw<ImportException>(() => room.Look(unnamed)).Reason.En.ShouldContain("does not say which");
        room.Look(unnamed, "gbif", ("endpoint", "downloadsBySource"), ("unit", "our-node")).Observations.Single().Unit.ShouldBe("our-node");
    }

    [Theory]
    [InlineData("{\"offset\":0,\"results\":[{\"datasetKey\":", "cut short")]
    [InlineData("{\"offset\":0,\"results\":[{\"other\":1}]}", "no answer of the GBIF statistics")]
    [InlineData("[1,2]", "no answer of the GBIF statistics")]
    public void Another_body_is_refused(string body, string said)
    {
        var path = room.Put("gbif-1.json", body);
        Should.Throw<ImportException>(() => room.Look(path)).Reason.En.ShouldContain(said);
    }

    private string? Real(string name) => SharedFile.Find($"gbif/{name}", output);

    private static string Said(MetricObservation one) => $"{one.Resource} {one.Metric} {one.Period} {one.Value}";

    private static string Key(MetricObservation one) => ObservationStore.NaturalKey(one);
}
