using System.Globalization;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Examining;
using Evaluation.Jobs.Indexing;
using Evaluation.Jobs.Publishing;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// The year, step by step. A step begins when every shard of the one before is done; each shard is a job with ids that
/// may be run twice.
/// </summary>
internal sealed class YearSteps(IServiceProvider jobs)
{
    private const string Whole = "all";

    public IReadOnlyList<YearStep> InOrder =>
    [
        // The later document holds where two say otherwise, so documents are read in their order.
        new("import", Turn: DocumentShard.Turn, Documents,
            async (run, shard, progress, cancel) =>
                await Job<ImportDocument>().Import(run, DocumentShard.Parse(shard), progress.Report, cancel)),
        new("scope", Turn: null, Categories,
            async (run, category, _, cancel) => Count(await Job<ScopeResources>().Scope(run, category, cancel), "excluded")),
        new("measure", Turn: null, Measured,
            async (run, units, progress, cancel) => Count(
                await Job<MeasureServiceHours>().Measure(run, UnitRange.Parse(units), progress.Report, cancel), "instruments")),
        new("check", Turn: null, OneShard,
            async (run, _, _, cancel) => Count((await Job<DataGate>().Pass(run, cancel)).Count, "findings")),
        new("snapshot", Turn: null, OneShard,
            async (run, _, _, cancel) => await Job<SnapshotStore>().Seal(run, cancel)),
        new("score", Turn: null, Units,
            async (run, units, _, cancel) => Count(await Job<ScoreUnits>().Score(run, UnitRange.Parse(units), cancel), "units")),
        new("treatments", Turn: null, OneShard,
            async (run, _, _, cancel) => Count(await Job<MeasureTreatments>().Measure(run, cancel), "findings decided")),
        new("grade", Turn: null, Categories,
            async (run, category, _, cancel) => Count(await Job<GradeCategory>().Grade(run, category, cancel), "units")),
        new("allocate", Turn: null, Categories, Allocate),
        new("certainty", Turn: null, Categories, Examine),
        new("render", Turn: null, Units,
            async (run, units, progress, cancel) => Count(
                await Job<RenderReports>().Render(run, UnitRange.Parse(units), progress.Report, cancel),
                "reports")),
        new("index", Turn: null, OneShard,
            async (run, _, _, cancel) => await Index(run, cancel)),
        new("publish", Turn: null, OneShard,
            async (run, _, _, cancel) => await Job<PublishRun>().Publish(run, cancel)),
    ];

    public YearStep Named(string name) => InOrder.Single(step => step.Name == name);

    private T Job<T>()
        where T : class => jobs.GetRequiredService<T>();

    private async Task<IReadOnlyList<string>> Documents(string run, CancellationToken cancel) =>
        [.. (await Job<ImportDocument>().Shards(run, cancel)).Select(shard => shard.ToString())];

    private async Task<IReadOnlyList<string>> Categories(string run, CancellationToken cancel) =>
        (await Job<RuleSetsOnRecord>().Of(run, cancel)).Rules.Cycle!.Categories.Select(category => category.Id).ToList();

    private async Task<IReadOnlyList<string>> Measured(string run, CancellationToken cancel)
    {
        var shards = new List<string>();
        foreach (var category in await Categories(run, cancel))
        {
            shards.AddRange((await Job<MeasureServiceHours>().Shards(run, category, cancel)).Select(range => range.ToString()));
        }

        return shards;
    }

    private async Task<IReadOnlyList<string>> Units(string run, CancellationToken cancel)
    {
        var shards = new List<string>();
        foreach (var category in await Categories(run, cancel))
        {
            var units = await Job<CategoryFacts>().Of(run, category, cancel);
            shards.AddRange(UnitRange.Cut(category, units.Count).Select(range => range.ToString()));
        }

        return shards;
    }

    private static Task<IReadOnlyList<string>> OneShard(string run, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>([Whole]);

    private async Task<string?> Allocate(string run, string category, ShardProgress progress, CancellationToken cancel) =>
        await Job<AllocatePool>().Allocate(run, category, cancel) is { Count: > 0 } results
            ? string.Join("; ", results.Select(result => $"pot {result.Pot} spent {result.Spent}"))
            : "no money in this scheme";

    private async Task<string?> Examine(string run, string category, ShardProgress progress, CancellationToken cancel) =>
        await Job<ExamineCertainty>().Examine(run, category, progress.Report, cancel) is { } study
            ? Count(study.Fragile, "fragile")
            : "no robustness declared";

    private async Task<string> Index(string run, CancellationToken cancel)
    {
        if (await Job<ComputeResourceIndex>().Compute(run, cancel) is not { } ranked) return "no index in these rules";
        await Job<RenderIndexReport>().Render(run, cancel);
        return Count(ranked, "subjects");
    }

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}");
}
