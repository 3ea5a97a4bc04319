using System.Globalization;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Publishing;

/// <summary>
/// All that the reports of one category have in common, read once. Every date in them is a date of the cycle: a report
/// made again in another year is the same paper.
/// </summary>
internal sealed class CategoryReports
{
    private readonly Run run;
    private readonly RuleSet rules;
    private readonly Scheme scheme;
    private readonly IReadOnlyList<StoredCard> cards;
    private readonly IReadOnlyDictionary<string, UnitEntry> units;
    private readonly IReadOnlyList<AllocationResult> allocations;
    private readonly IReadOnlyDictionary<string, UnitCertainty> certainty;
    private readonly CategoryStatistics statistics;
    private readonly IReadOnlyList<SourceDocument> documents;
    private readonly ILookup<string?, Finding> findings;

    private CategoryReports(
        Run run,
        RuleSet rules,
        string category,
        IReadOnlyList<StoredCard> cards,
        IReadOnlyList<UnitEntry> units,
        IReadOnlyList<AllocationResult> allocations,
        CategoryCertainty? study,
        IReadOnlyList<SourceDocument> documents,
        IReadOnlyList<Finding> findings)
    {
        this.run = run;
        this.rules = rules;
        this.cards = [.. cards.OrderBy(card => card.Unit, StringComparer.Ordinal)];
        this.units = units.ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
        this.allocations = allocations;
        certainty = (study?.Units ?? []).ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
        this.findings = findings.Where(finding => finding.Category == category).ToLookup(finding => finding.Unit);
        // By name: the order in which documents were read differs from run to run.
        this.documents =
        [
            .. documents
                .Where(document => document.Category is null || document.Category == category)
                .OrderBy(document => document.Name, StringComparer.Ordinal)
                .ThenBy(document => document.ContentSha256, StringComparer.Ordinal),
        ];
        scheme = rules.SchemeOf(category);
        statistics = CategoryStatistics.Of(this.cards.Select(card => card.Card).ToList());
    }

    public static async Task<CategoryReports> Read(Sources from, string run, string category, CancellationToken cancel)
    {
        var (found, ruleSet) = await from.Rules.Of(run, cancel);
        return new CategoryReports(
            found,
            ruleSet,
            category,
            await from.Scores.Cards(run, category, cancel),
            await from.Units.OfRun(run, category, cancel),
            (await from.Allocations.OfRun(run, category, cancel)).ConvertAll(stored => stored.Result),
            (await from.Certainty.OfRun(run, category, cancel)).SingleOrDefault()?.Study,
            await from.Documents.OfRun(run, cancel),
            await from.Findings.OfRun(run, cancel));
    }

    /// <summary>The stores the material comes from.</summary>
    public sealed record Sources(
        RuleSetsOnRecord Rules,
        ScoreStore Scores,
        UnitStore Units,
        AllocationStore Allocations,
        CertaintyStore Certainty,
        DocumentStore Documents,
        FindingStore Findings);

    /// <summary>Units with a card, in ordinal order.</summary>
    public IReadOnlyList<StoredCard> Cards => cards;

    public string NumberOf(int place) =>
        string.Create(CultureInfo.InvariantCulture, $"{rules.Cycle!.Id}-{scheme.Category}-{place:D4}");

    /// <summary>The report of a card.</summary>
    /// <param name="stored">The card.</param>
    /// <param name="place">Its place among <see cref="Cards"/>, from 1.</param>
    public AssessmentReport Of(StoredCard stored, int place)
    {
        var cycle = rules.Cycle!;
        var unit = units.GetValueOrDefault(stored.Unit);
        return AssessmentReport.Build(new ReportMaterial
        {
            Cycle = cycle,
            Scheme = scheme,
            Card = stored.Card,
            Unit = new ReportUnit(unit?.Name ?? new Bilingual(stored.Unit, stored.Unit), unit?.Province),
            Statistics = statistics,
            Allocations = allocations,
            Certainty = certainty.GetValueOrDefault(stored.Unit),
            Evidence = new ReportEvidence(
                Behind(stored.Card), run.SnapshotHash!, DateOf(cycle, "confirm"), run.RuleSetHash, run.EngineVersion, run.Id,
                stored.Sha256),
            Findings = [.. findings[stored.Unit].Select(FindingOf)],
            Stamp = new ReportStamp(
                NumberOf(place), DateOf(cycle, "notice", "publish"), ReportState.Preliminary, run.Generated),
        });
    }

    /// <summary>The last day of the first of the steps that has one; the cycle's own day where none has.</summary>
    internal static DateOnly DateOf(Cycle cycle, params string[] steps) =>
        steps.Select(step => cycle.Deadlines.FirstOrDefault(deadline => deadline.Step == step)?.By)
            .FirstOrDefault(by => by is not null) ?? cycle.AsOf;

    /// <summary>The documents that values of the card came from, and those that hold registers and service records.</summary>
    private List<ReportDocument> Behind(ScoreCard card)
    {
        var used = card.Lines.SelectMany(line => line.Inputs).SelectMany(input => input.Provenance?.Documents ?? [])
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. documents
                .Where(document => used.Contains(document.Name) || ProfileOf(document) is { Target: not MappingTarget.Observations })
                .Select(document => new ReportDocument(document.Name, document.ContentSha256, Origin(document))),
        ];
    }

    private Bilingual? Origin(SourceDocument document) => document.Format == MeasureServiceHours.DocumentFormat
        ? new Bilingual("由服务记录计算的机时", "Hours measured from the service records")
        : ProfileOf(document)?.Source;

    private MappingProfile? ProfileOf(SourceDocument document) =>
        rules.Imports.FirstOrDefault(profile => profile.Id == document.Profile);

    private ReportFinding FindingOf(Finding finding) => new(
        FindingNames.OfCheck(rules, finding.Code),
        finding.Treatment is { } treatment
            ? new Bilingual($"{finding.Message.Zh}；{treatment.Zh}", $"{finding.Message.En} {treatment.En}")
            : finding.Message,
        finding.Severity switch
        {
            "blocking" => FindingSeverity.Grave,
            "warning" => FindingSeverity.Warning,
            _ => FindingSeverity.Note,
        },
        scheme.Indicators.FirstOrDefault(indicator => finding.Metric is { } metric && indicator.Given.Contains(metric))?.Id);
}
