using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Tests;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>What people are told of a run whose sources are partial or contradict each other.</summary>
public sealed class SourceFindingsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly YearRoom year = new();

    public void Dispose() => year.Dispose();

    [Fact]
    public async Task A_partial_month_and_two_interfaces_that_contradict_each_other_are_findings_of_the_run()
    {
        string[] files =
        [
            year.Put("counter-1.json", """
                {"report-header":{"release":"rd1","created-by":"centre","exceptions":[{"code":3040}]},"report-datasets":[{"dataset-id":[{"type":"doi","value":"10.1/a"}],"performance":[{"period":{"begin-date":"2025-02-01","end-date":"2025-02-28"},"instance":[{"metric-type":"unique-dataset-requests","access-method":"regular","count":7}]}]}]}
                """),
            year.Put("downloadsBySource.json", """{"2025":{"1":29,"2":5000}}"""),
            year.Put("gbif-page.json", """
                {"offset":0,"limit":1,"endOfRecords":true,"count":1,"results":[{"datasetKey":"d","totalRecords":9,"numberDownloads":34866,"year":2025,"month":1}]}
                """),
        ];
        var findings = await Findings(files);

        var partial = findings.Single(one => one.Code == "period-partial");
        (partial.Unit, partial.Severity).ShouldBe(("centre", "warning"));
        partial.Message.En.ShouldContain("not scored until a complete report replaces them");
        findings.ShouldContain(one => one.Code == "metric-missing" && one.Unit == "centre" && one.Metric == "data_downloads_unique");
        var contradiction = findings.Single(one => one.Code == "endpoints_contradict");
        contradiction.Message.En.ShouldContain("gives 29 for all");
        contradiction.Message.En.ShouldContain("34,866");
    }

    private async Task<IReadOnlyList<Finding>> Findings(string[] files)
    {
        var (database, time) = (postgres.Database, TimeProvider.System);
        var (runs, documents, observations) =
            (new RunStore(database, time), new DocumentStore(database, time), new ObservationStore(database, time));
        var ruleSets = new RuleSetStore(database, time);
        await ruleSets.Record(year.Rules.Folder);
        var read = new List<RunDocument>();
        foreach (var path in files)
        {
            var result = await new Importer(year.Rules).Import(year.Recognise(path), documents);
            read.Add(new RunDocument(result.File.Document, path));
        }

        const string run = "source-findings";
        await runs.Request(
            new Run(run, "2026", year.Rules.Folder.Hash, "1", false, null, null, "requested", null, time.GetUtcNow(), null), read);
        var rules = new RuleSetsOnRecord(ruleSets, runs);
        var units = new UnitStore(database);
        var checks = new CheckObservations(
            rules, documents, units, observations,
            new DataCheckFindings(
                rules, runs, observations, new CategoryFacts(rules, observations, units), new DecisionStore(database, time)),
            new FindingStore(database));
        return await checks.Check(run, CancellationToken.None);
    }
}
