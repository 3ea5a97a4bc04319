using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Tests;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>A month that is reported again, on a real database.</summary>
public sealed class CounterReissueTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly ImportRoom room = new(ImportRoom.Counter);
    private readonly DocumentStore documents = new(postgres.Database, TimeProvider.System);
    private readonly ObservationStore observations = new(postgres.Database, TimeProvider.System);
    private readonly RunStore runs = new(postgres.Database, TimeProvider.System);
    private readonly RuleSetStore ruleSets = new(postgres.Database, TimeProvider.System);

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("usage_a_early.json", "usage_b_late.json")]
    [InlineData("usage_c_late.json", "usage_d_early.json")]
    public async Task The_report_issued_later_holds_in_whichever_order_the_files_come(string first, string second)
    {
        var unit = first;
        string Body(string name) => name.Contains("late", StringComparison.Ordinal)
            ? Report(unit, "2025-03-16", ("10.1/a", 12), ("10.1/b", 3))
            : Report(unit, "2025-03-12", ("10.1/a", 5));
        var early = await Import(first, Body(first));
        var late = await Import(second, Body(second));
        late.Replaced.ShouldBe(1);

        var held = await Held(early, late);
        held.Select(one => (one.Resource, one.Value)).ShouldBe([("10.1/a", 12m), ("10.1/b", 3m)]);
        (await Import(second, Body(second))).AlreadyRead.ShouldBeTrue();
        (await Held(early, late)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_partial_month_is_not_scored_until_a_complete_report_replaces_it()
    {
        const string unit = "partial-repo";
        var partial = await Import("usage_p1.json", Report(unit, "2025-02-20", ("10.1/a", 5)).Replace(
            "\"created-by\"", "\"exceptions\":[{\"code\":3040}],\"created-by\"", StringComparison.Ordinal));
        var waiting = await Held(partial);
        waiting.Single().Flags.ShouldContain(FactAssembler.PartialFlag);
        Facts(waiting).ContainsKey("data_views_total").ShouldBeFalse();

        var complete = await Import("usage_p2.json", Report(unit, "2025-03-02", ("10.1/a", 9)));
        Facts(await Held(partial, complete))["data_views_total"].ToString().ShouldBe("9");
    }

    [Fact]
    public async Task A_report_that_says_it_was_issued_in_the_future_is_not_believed_in_that()
    {
        var future = await Import("usage_f1.json", Report("future-repo", "2128-04-09", ("10.1/a", 5)));
        var now = await Import("usage_f2.json", Report("future-repo", "2025-03-02", ("10.1/a", 9)));
        (await Held(future, now)).Single().Value.ShouldBe(9);
    }

    private IReadOnlyDictionary<string, FeelValue> Facts(List<MetricObservation> held) =>
        FactAssembler.Assemble(
            room.Rules,
            new CycleCategory(
                "data", new("数据", "Data"), [new Period(new(2025, 1, 1), new(2026, 1, 1))], null, false, null),
            held).Single().Values;

    private async Task<ImportResult> Import(string name, string text) =>
        await new Importer(room.Rules).Import(room.Recognise(room.Put(name, text)), documents);

    private async Task<List<MetricObservation>> Held(params ImportResult[] read)
    {
        await ruleSets.Record(room.Rules.Folder);
        var run = Guid.NewGuid().ToString("N");
        await runs.Request(
            new Run(run, "c", room.Rules.Folder.Hash, "1", false, null, null, "requested", null, DateTimeOffset.UnixEpoch, null),
            [.. read.Select(one => new RunDocument(one.File.Document, one.File.Path))]);
        var held = new List<MetricObservation>();
        await foreach (var one in observations.OfRun(run)) held.Add(one);
        return held;
    }

    private static string Report(string unit, string created, params (string Doi, int Count)[] datasets) =>
        $$$"""{"report-header":{"release":"rd1","created":"{{{created}}}","created-by":"{{{unit}}}","reporting-period":{"begin-date":"2025-02-01","end-date":"2025-02-28"}},"report-datasets":["""
        + string.Join(',', datasets.Select(one =>
            $$$"""{"dataset-id":[{"type":"doi","value":"{{{one.Doi}}}"}],"performance":[{"period":{"begin-date":"2025-02-01","end-date":"2025-02-28"},"instance":[{"metric-type":"total-dataset-investigations","access-method":"regular","count":{{{one.Count}}}}]}]}"""))
        + "]}";
}
