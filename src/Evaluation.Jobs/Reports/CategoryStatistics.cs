using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Reports;

/// <summary>Where the units of a category stand on one figure.</summary>
/// <param name="Id">Block or indicator id, or <c>total</c>.</param>
/// <param name="Units">How many units the figures rest on.</param>
/// <param name="Median">Middle value.</param>
/// <param name="BestQuarter">Upper quartile: who reaches it belongs to the best quarter.</param>
/// <param name="Best">Greatest value.</param>
public sealed record Spread(string Id, int Units, decimal Median, decimal BestQuarter, decimal Best);

/// <summary>How many units have a grade.</summary>
/// <param name="Grade">Grade id.</param>
/// <param name="Units">Number of units.</param>
public sealed record GradeCount(string Grade, int Units);

/// <summary>
/// What a unit is compared with. Only units with a total enter: a unit that still waits for data would pull the middle
/// down. Blocks and indicators are compared by share of the maximum, because what does not apply re-scales a maximum.
/// </summary>
/// <param name="Evaluated">Units of the category.</param>
/// <param name="WithTotal">Units with a total: those the figures rest on.</param>
/// <param name="Total">Spread of the totals in points, or null when no unit has one.</param>
/// <param name="Blocks">Spread of points ÷ maximum by block.</param>
/// <param name="Indicators">Spread of points ÷ maximum by indicator.</param>
/// <param name="Grades">Units by grade, in order of grade id.</param>
public sealed record CategoryStatistics(
    int Evaluated,
    int WithTotal,
    Spread? Total,
    IReadOnlyDictionary<string, Spread> Blocks,
    IReadOnlyDictionary<string, Spread> Indicators,
    IReadOnlyList<GradeCount> Grades)
{
    /// <summary>The statistics of a category from all its cards. The order of the cards does not matter.</summary>
    public static CategoryStatistics Of(IReadOnlyList<ScoreCard> cards)
    {
        var complete = cards.Where(card => card.Total is not null).ToList();
        return new CategoryStatistics(
            cards.Count,
            complete.Count,
            complete.Count == 0 ? null : SpreadOf("total", complete.Select(card => card.Total!.Value)),
            Spreads(complete.SelectMany(card => card.Blocks.Select(block => (block.Block, block.Points, block.Max)))),
            Spreads(complete.SelectMany(card => card.Lines
                .Where(line => line.Kind == LedgerLineKind.Indicator)
                .Select(line => (line.Id, line.Points, line.Max)))),
            [.. cards.Where(card => card.Grade is not null)
                .GroupBy(card => card.Grade!, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new GradeCount(group.Key, group.Count()))]);
    }

    private static Dictionary<string, Spread> Spreads(IEnumerable<(string Id, decimal Points, decimal Max)> scores) =>
        scores.Where(score => score.Max > 0)
            .GroupBy(score => score.Id, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => SpreadOf(group.Key, group.Select(score => score.Points / score.Max)),
                StringComparer.Ordinal);

    private static Spread SpreadOf(string id, IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToArray();
        return new Spread(id, sorted.Length, Quantile(sorted, 1, 2), Quantile(sorted, 3, 4), sorted[^1]);
    }

    /// <summary>Linear interpolation between order statistics (type 7 of R), in exact decimals.</summary>
    private static decimal Quantile(decimal[] sorted, int numerator, int denominator)
    {
        var position = (sorted.Length - 1) * numerator;
        var (lower, rest) = (position / denominator, position % denominator);
        return rest == 0
            ? sorted[lower]
            : sorted[lower] + ((sorted[lower + 1] - sorted[lower]) * rest / denominator);
    }
}
