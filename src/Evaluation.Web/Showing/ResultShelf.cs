using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Scoring;
using Microsoft.Extensions.Caching.Memory;

namespace Evaluation.Web.Showing;

/// <summary>How the units of a category did on one indicator.</summary>
/// <param name="Points">Points of every unit that was scored.</param>
/// <param name="Withheld">Units whose points wait for data.</param>
/// <param name="NotApplicable">Units the indicator does not apply to.</param>
public sealed record IndicatorSpread(IReadOnlyList<decimal> Points, int Withheld, int NotApplicable);

/// <summary>What every page of a category compares with.</summary>
/// <param name="Statistics">Medians and best quarters.</param>
/// <param name="Indicators">By indicator id.</param>
public sealed record CategoryResults(
    CategoryStatistics Statistics, IReadOnlyDictionary<string, IndicatorSpread> Indicators);

/// <summary>Results of finished runs, computed once: a finished run never changes.</summary>
public sealed class ResultShelf(ScoreCardPages cards, AwardPages awards) : IDisposable
{
    private const int KeptAtMost = 64;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = KeptAtMost });

    /// <summary>What the units of a category are compared with.</summary>
    public async Task<CategoryResults> Category(string run, string category, CancellationToken cancel) =>
        (await _kept.GetOrCreateAsync((run, category), async entry =>
        {
            entry.Size = 1;
            var stored = await cards.OfCategory(run, category, cancel);
            return Results([.. stored.AsParallel().AsOrdered().Select(bytes => CanonicalJson.ReadScoreCard(bytes))]);
        }))!;

    /// <summary>The pots of a run as they were shared out, by category.</summary>
    public async Task<ILookup<string, AllocationResult>> Allocations(string run, CancellationToken cancel) =>
        (await _kept.GetOrCreateAsync((run, "allocations"), async entry =>
        {
            entry.Size = 1;
            var pots = await awards.Pots(run, cancel);
            return pots.ToLookup(pot => pot.Category, pot => CanonicalJson.ReadAllocation(pot.Result), StringComparer.Ordinal);
        }))!;

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();

    private static CategoryResults Results(IReadOnlyList<ScoreCard> all) => new(
        CategoryStatistics.Of(all),
        all.SelectMany(card => card.Lines)
            .Where(line => line.Kind == LedgerLineKind.Indicator)
            .GroupBy(line => line.Id, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => new IndicatorSpread(
                    [.. group.Where(line => line.Outcome == nameof(Scored)).Select(line => line.RawPoints).Order()],
                    group.Count(line => line.Outcome == nameof(Withheld)),
                    group.Count(line => line.Outcome == nameof(NotApplicable))),
                StringComparer.Ordinal));
}
