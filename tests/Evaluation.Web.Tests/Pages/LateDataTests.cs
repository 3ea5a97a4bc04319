using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;
using Evaluation.Web;

namespace Evaluation.Tests.Pages;

/// <summary>What arrives after the lock is seen with the run and with its source, and changes neither.</summary>
public sealed class LateDataTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private const string Header = "unit,category,metric,value,unit_of_measure,period\n";
    private const string RunId = "2026-locked";

    private static readonly RuleSet Rules = RuleSetLoader.Load(RuleFolder.Read(Path.Combine(GeneratedYear.ShippedRules, "2026")));
    private static readonly DateTimeOffset From = new(2026, 1, 5, 3, 0, 0, TimeSpan.FromHours(8));

    private readonly string folder = Directory.CreateTempSubdirectory("evaluation-late-").FullName;
    private readonly DocumentStore documents = new(postgres.Database, TimeProvider.System);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Data_that_arrive_after_the_lock_are_shown_as_amendments_in_both_languages_and_the_run_stays_sealed()
    {
        var locked = await LockedRun();
        await Arrives("bank,bio,accessions_total,120,accession,2025\nbank,bio,accessions_available,80,accession,2025\n");
        await using var app = WebHost.Build(new WebSettings(postgres.Database, folder));
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = WebHost.AddressOf(app) };

        (await client.GetStringAsync($"/runs/{RunId}?lang=en")).ShouldContain(
            "Arrived after the lock: 1 observations and 0 service records in 1 documents differ from what this run used.");
        var page = await client.GetStringAsync($"/runs/{RunId}?lang=zh");
        page.ShouldContain("锁定之后到达：1 个文件，共 1 个数值、0 条服务记录与本次运行所用的不同。");
        page.ShouldContain("本次运行的结果不受影响");
        (await client.GetStringAsync("/sources/late?lang=en")).ShouldContain($"/runs/{RunId}");
        (await Seal()).ShouldBe(locked);
    }

    private async Task<string> LockedRun()
    {
        await new RuleSetStore(postgres.Database, TimeProvider.System).Record(Rules.Folder);
        var read = await new Importer(Rules).Import(
            File("bank,bio,accessions_total,100,accession,2025\nbank,bio,accessions_available,80,accession,2025\n"), documents);
        await new RunStore(postgres.Database, TimeProvider.System).Request(
            new Run(RunId, "2026", Rules.Version, "1", false, null, null, "requested", null, From, null),
            [new RunDocument(read.File.Document, read.File.Path)]);
        return await Seal();
    }

    private Task<string> Seal() => new SnapshotStore(
        postgres.Database, new ObservationStore(postgres.Database, TimeProvider.System), TimeProvider.System).Seal(RunId);

    private async Task Arrives(string rows)
    {
        var (sources, pulls) = (new SourceStore(postgres.Database, TimeProvider.System), new PullStore(postgres.Database, TimeProvider.System));
        await sources.Add(new Source(
            "late", "file", "https://data.example.org/unit_metrics.csv", "unit-metrics", Rules.Version, null, "0 0 3 * * ?", TimeSpan.Zero,
            new Dictionary<string, string>(), null, TimeSpan.Zero, 1L << 20, "active", From));
        await pulls.Request("late", [(From, From.AddDays(1))], "backfill");
        var pull = (await pulls.Claim("late", "node"))!;
        var file = File(rows);
        await new Importer(Rules).Import(file, documents, along: pulls.PageTaken(pull.Id, "node", null, new PulledDocument(
            "late", file.Name, file.Document, 0, file.ContentSha256, "pulled/late/unit_metrics.csv", file.Bytes, 0,
            "GET https://data.example.org/unit_metrics.csv", 200, "text/csv", "unit-metrics", null, From.AddDays(1))));
        await pulls.Done(pull.Id, "node");
    }

    private RecognisedFile File(string rows)
    {
        var path = Path.Combine(folder, "unit_metrics.csv");
        System.IO.File.WriteAllText(path, Header + rows);
        return new Recognition(Rules).Look([path]).Files.Single();
    }
}
