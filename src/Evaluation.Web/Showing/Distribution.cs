namespace Evaluation.Web.Showing;

/// <summary>One bar of a distribution.</summary>
/// <param name="From">Least points of the bar.</param>
/// <param name="To">Greatest points of the bar; equal to <paramref name="From"/> for a bar of one value.</param>
/// <param name="Closed">Whether the greatest points belong to the bar.</param>
/// <param name="Units">Number of units.</param>
public sealed record DistributionBar(decimal From, decimal To, bool Closed, int Units);

/// <summary>How many units got how many points.</summary>
/// <param name="Bars">In order of points.</param>
/// <param name="Scored">Units with points.</param>
/// <param name="Withheld">Units that wait for data.</param>
/// <param name="NotApplicable">Units the indicator does not apply to.</param>
/// <param name="Median">Middle points, or null without units.</param>
/// <param name="AtMaximum">Units that got every point.</param>
public sealed record Distribution(
    IReadOnlyList<DistributionBar> Bars, int Scored, int Withheld, int NotApplicable, decimal? Median, int AtMaximum)
{
    // Few distinct values (bands) are shown one by one, many in equal steps.
    private const int ValuesOneByOne = 12;
    private const int Steps = 10;

    /// <summary>The distribution of an indicator whose maximum is known.</summary>
    public static Distribution Of(IndicatorSpread spread, decimal max)
    {
        var points = spread.Points;
        var distinct = points.Distinct().Order().ToList();
        IReadOnlyList<DistributionBar> bars = distinct.Count <= ValuesOneByOne
            ? [.. distinct.Select(value => new DistributionBar(value, value, true, points.Count(given => given == value)))]
            : InSteps(points, max);
        return new(
            bars, points.Count, spread.Withheld, spread.NotApplicable, MedianOf(points), points.Count(given => given >= max));
    }

    private static IReadOnlyList<DistributionBar> InSteps(IReadOnlyList<decimal> points, decimal max) =>
    [
        .. Enumerable.Range(0, Steps).Select(step =>
        {
            var (from, to, last) = (max * step / Steps, max * (step + 1) / Steps, step == Steps - 1);
            return new DistributionBar(
                from, to, last, points.Count(given => given >= from && (given < to || (last && given <= to))));
        }),
    ];

    private static decimal? MedianOf(IReadOnlyList<decimal> points)
    {
        if (points.Count == 0) return null;
        var sorted = points.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
