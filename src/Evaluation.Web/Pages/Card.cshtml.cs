using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>The score card of a unit, top to bottom.</summary>
public sealed class CardModel(
    RunSelection selection, ScoreCardPages cards, CertaintyPages certainty, RunPages runs, ResultShelf results,
    PageFrame frame, Wording wording)
    : PageModel
{
    private const int RecordsOfAnInput = 5;

    public ShownRun Shown { get; private set; } = null!;

    public CycleCategory Category { get; private set; } = null!;

    public Scheme Scheme { get; private set; } = null!;

    public string Unit { get; private set; } = string.Empty;

    public UnitCard Stored { get; private set; } = null!;

    public ScoreCard Card { get; private set; } = null!;

    public CategoryStatistics Statistics { get; private set; } = null!;

    public Award? Award { get; private set; }

    public UnitCertainty? Certainty { get; private set; }

    public IReadOnlyList<FindingRow> Findings { get; private set; } = [];

    public IReadOnlyList<DocumentSummary> Documents { get; private set; } = [];

    public IReadOnlyDictionary<long, RecordRow> Records { get; private set; } = new Dictionary<long, RecordRow>();

    public async Task<IActionResult> OnGetAsync(
        string year, string category, string unit, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        var (known, scheme) = (shown.Category(PageAddress.Read(category)), shown.Scheme(PageAddress.Read(category)));
        if (known is null || scheme is null)
        {
            frame.Missing = RankingModel.MissingCategory(shown, PageAddress.Read(category), wording);
            return NotFound();
        }

        (Shown, Category, Scheme, Unit) = (shown, known, scheme, PageAddress.Read(unit));
        if (await cards.Find(shown.Run.Run, known.Id, Unit, cancel) is not { } stored)
        {
            frame.Missing = MissingUnit(shown, known, Unit, wording);
            return NotFound();
        }

        Stored = stored;
        Card = CanonicalJson.ReadScoreCard(stored.Card);
        frame.Title = wording[stored.Name];
        frame.Crumbs =
        [
            new(wording[shown.Cycle.Name], shown.Address()), new(wording[known.Name], shown.Address(known.Id)),
        ];
        await LoadContext(cancel);
        return Page();
    }

    /// <summary>What to say when a category has no such unit.</summary>
    public static MissingPage MissingUnit(ShownRun shown, CycleCategory category, string unit, Wording wording) => new(
        new(
            $"{category.Name.Zh}类别中没有代码为“{unit}”的单位。",
            $"The category {category.Name.En} has no unit with the code '{unit}'."),
        [new(wording["在排名中查找单位", "Find the unit in the ranking"], shown.Address(category.Id))]);

    /// <summary>The lines of a block in the order of the scheme.</summary>
    public IEnumerable<LedgerLine> LinesOf(string block) =>
        Card.Lines.Where(line => line.Kind == LedgerLineKind.Indicator && line.Block == block);

    /// <summary>The judgements that held.</summary>
    public IEnumerable<LedgerLine> Judgements => Card.Lines.Where(line => line.Kind == LedgerLineKind.Judgement);

    /// <summary>The first records behind an input, as far as they are kept as observations.</summary>
    public IReadOnlyList<RecordRow> RecordsOf(LedgerInput input) =>
        [.. FirstRecords(input).Where(Records.ContainsKey).Select(id => Records[id])];

    /// <summary>Findings about the metrics a line uses.</summary>
    public IReadOnlyList<FindingRow> FindingsOf(LedgerLine line) =>
        [.. Findings.Where(finding => finding.Metric is { } metric && line.Inputs.Any(input => IsMetric(input.Code, metric)))];

    private async Task LoadContext(CancellationToken cancel)
    {
        var run = Shown.Run.Run;
        Statistics = (await results.Category(run, Category.Id, cancel)).Statistics;
        Award = (await results.Allocations(run, cancel))[Category.Id]
            .SelectMany(pot => pot.Awards).FirstOrDefault(award => award.Unit == Unit);
        Certainty = await certainty.Unit(run, Category.Id, Unit, cancel);
        Findings = await cards.Findings(run, Category.Id, Unit, cancel);
        Documents = await runs.Documents(run, cancel);
        var ids = Card.Lines.SelectMany(line => line.Inputs).SelectMany(FirstRecords).Distinct().ToList();
        Records = (await cards.Records(run, ids, cancel)).ToDictionary(record => record.Id);
    }

    private static IEnumerable<long> FirstRecords(LedgerInput input) =>
        (input.Provenance?.Observations ?? []).Take(RecordsOfAnInput);

    private static bool IsMetric(string code, string metric) =>
        code == metric || code.EndsWith("." + metric, StringComparison.Ordinal) || metric.EndsWith("." + code, StringComparison.Ordinal);
}
