using System.Data.Common;
using System.Globalization;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Publishing;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Web.Commands;

/// <summary>Requests a run, takes part in the work, watches it to its end, and tells what came out.</summary>
internal sealed class YearRun : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PatienceWithDatabase = TimeSpan.FromSeconds(60);
    private const int RefusedShown = 3;
    private readonly Terminal terminal;

    private YearRun(EvaluationNode node, Terminal terminal)
    {
        Node = node;
        this.terminal = terminal;
    }

    public EvaluationNode Node { get; }

    public static async Task<YearRun> Open(string dataFolder, Terminal terminal, CancellationToken cancel) =>
        new(await EvaluationNode.Open(dataFolder, cancel), terminal);

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    public async Task<int> Run(YearRequest request, CancellationToken cancel)
    {
        // Generated data are never mixed with what real sources said.
        var pulled = request.Generated ? [] : await TakePulled(request, cancel);
        var recognition = new Recognition(request.Rules, await Node.Get<InstitutionStore>().Confirmed(cancel));
        var files = request.Files.Select(recognition.WithInstitutions).ToList();
        var run = await Node.Get<RunRequests>().Request(request.Rules, files, request.Generated, cancel, pulled);
        var before = (await Node.Get<RunStore>().Find(run, cancel))!;
        if (before.State == "finished")
        {
            await RestoreReports(run, request.Rules, cancel);
            return await Tell(before, request.Rules, cancel);
        }

        terminal.Say($"run       {run}");
        await Node.Work(cancel);
        await Node.Advance(run, cancel);
        var after = await new YearProgress(terminal).Watch(() => Look(run, cancel), LookAgain, cancel);
        return await Tell(after, request.Rules, cancel);
    }

    /// <summary>What was pulled for the year's periods, told in the order in which it counts: before the files given.</summary>
    private async Task<IReadOnlyList<RunDocument>> TakePulled(YearRequest request, CancellationToken cancel)
    {
        var pulled = await Node.Get<PulledData>().OfCycle(request.Rules, cancel);
        foreach (var name in pulled.Names) terminal.Say($"pulled    {name}");
        foreach (var left in pulled.LeftOut)
        {
            terminal.Say($"not read  {left.Path}: {left.Remark.Zh}{Environment.NewLine}          {left.Remark.En}");
        }

        return pulled.Documents.Count > 0 || request.Files.Count > 0
            ? pulled.Documents
            : throw new WrongUseException(
                "没有可用的数据：用 --input 指定文件，或先采集来源（./evaluation sources list）。" + Environment.NewLine
                + "There are no data: name files by --input, or pull sources first (./evaluation sources list).");
    }

    // A database that is started again is waited for; one that stays away is a problem to tell.
    private async Task<(Run Run, IReadOnlyList<RunStep> Steps)> Look(string run, CancellationToken cancel)
    {
        var givingUp = TimeProvider.System.GetUtcNow() + PatienceWithDatabase;
        while (true)
        {
            try
            {
                var runs = Node.Get<RunStore>();
                var steps = await runs.Steps(run, cancel);
                return ((await runs.Find(run, cancel))!, steps);
            }
            catch (DbException) when (TimeProvider.System.GetUtcNow() < givingUp)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            }
        }
    }

    /// <summary>Papers that somebody deleted are drawn again; the hash on record proves that they are the same.</summary>
    private async Task RestoreReports(string run, RuleSet rules, CancellationToken cancel)
    {
        var files = Node.Get<ReportFiles>();
        var missing = (await Node.Get<ReportStore>().OfRun(run, cancel))
            .Where(report => new FileInfo(files.PathOf(report.File)) is not { Exists: true } file || file.Length != report.Bytes)
            .Select(report => report.Category)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var category in rules.Cycle!.Categories.Select(category => category.Id).Where(missing.Contains))
        {
            var units = await Node.Get<CategoryFacts>().Of(run, category, cancel);
            var all = new UnitRange(category, 1, units.Count);
            await Node.Get<RenderReports>().Render(run, all, (_, _) => { }, cancel);
        }

        if (await Node.Get<ResourceIndexStore>().Report(run, cancel) is { } index
            && new FileInfo(files.PathOf(index.File)) is not { Exists: true })
        {
            await Node.Get<RenderIndexReport>().Render(run, cancel);
        }

        if (!File.Exists(Path.Combine(files.FolderOf(run), PublishRun.IndexFile)))
        {
            await Node.Get<PublishRun>().Publish(run, cancel);
        }
    }

    private async Task<int> Tell(Run run, RuleSet rules, CancellationToken cancel)
    {
        terminal.Result($"run {run.Id}");
        if (run.State != "finished")
        {
            terminal.Say(run.Problem ?? $"The run is {run.State}.");
            terminal.Say("When that is mended, the same command goes on where this one ended.");
            return CommandLine.FoundWrong;
        }

        await TellRefused(run.Id, cancel);
        var cards = await Node.Get<ScoreStore>().Cards(run.Id, cancel: cancel);
        var reports = await Node.Get<ReportStore>().OfRun(run.Id, cancel);
        var pools = await Node.Get<AllocationStore>().OfRun(run.Id, cancel: cancel);
        terminal.Result($"reports {Node.Get<ReportFiles>().FolderOf(run.Id)} ({reports.Count} PDF, {PublishRun.IndexFile})");
        if (run.Generated) terminal.Result("data generated (模拟数据)");
        foreach (var category in rules.Cycle!.Categories)
        {
            terminal.Result(LineOf(
                rules,
                category,
                [.. cards.Where(card => card.Category == category.Id)],
                pools.SingleOrDefault(pool => pool.Category == category.Id)));
        }

        terminal.Result($"result {run.ResultHash}");
        return CommandLine.Ok;
    }

    /// <summary>Cells and rows that were not taken, so that the one who sent the file can mend it.</summary>
    private async Task TellRefused(string run, CancellationToken cancel)
    {
        var documents = Node.Get<DocumentStore>();
        foreach (var document in (await documents.OfRun(run, cancel)).Where(document => document.Rejected > 0))
        {
            var rejects = await documents.Rejects(document.Sha256, cancel);
            foreach (var reject in rejects.Take(RefusedShown))
            {
                var cell = reject.Cell.Length > 0 ? $" {reject.Cell}:" : "";
                var place = string.Create(CultureInfo.InvariantCulture, $"{document.Name}:{reject.Line}:{cell}");
                terminal.Say($"{place} {reject.Reason.Zh}");
                terminal.Say($"{place} {reject.Reason.En}");
            }

            if (rejects.Count > RefusedShown)
            {
                var rest = Number(rejects.Count - RefusedShown);
                terminal.Say($"{document.Name}: {rest} more, listed on the page /runs/{run}");
            }
        }
    }

    private static string LineOf(
        RuleSet rules, CycleCategory category, IReadOnlyList<StoredCard> stored, StoredAllocation? pool)
    {
        var cards = stored.Select(card => card.Card).ToList();
        var parts = new List<string> { $"units {Number(cards.Count)}" };
        foreach (var grade in rules.SchemeOf(category.Id).Grades?.Grades ?? [])
        {
            parts.Add($"{grade.Id} {Number(cards.Count(card => card.Grade == grade.Id))}");
        }

        parts.Add($"without total {Number(cards.Count(card => card.Total is null))}");
        if (pool?.Result is { } result) parts.Add($"pot {result.Pot}, spent {result.Spent}");
        return $"{category.Id}: {string.Join(", ", parts)}";
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
