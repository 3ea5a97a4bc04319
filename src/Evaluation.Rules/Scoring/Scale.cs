namespace Evaluation.Rules.Scoring;

/// <summary>
/// How points become points of the total. When everything applies and the total is out of itself, a line's points are
/// its points. Otherwise the running sums are re-scaled, each by one division, and a line is the difference of two of
/// them: the lines telescope exactly to the total (27 of 45 out of 100 gives 60, not 59.999…).
/// </summary>
/// <param name="Applicable">Maximum of the indicators that apply.</param>
/// <param name="OutOf">What the total is out of.</param>
/// <param name="LeftOut">How many indicators do not apply.</param>
/// <param name="PointsLeftOut">Maximum of those.</param>
internal sealed record Scale(decimal Applicable, decimal OutOf, int LeftOut, decimal PointsLeftOut)
{
    public bool Rescales { get; } = Applicable > 0m && Applicable != OutOf;

    public static Scale Of(CompiledScheme scheme, Verdict[] verdicts)
    {
        var all = true;
        foreach (ref readonly var verdict in verdicts.AsSpan()) all &= verdict.Applies;
        if (all) return scheme.WholeScale;
        var applicable = 0m;
        var leftOut = 0;
        var pointsLeftOut = 0m;
        for (var i = 0; i < verdicts.Length; i++)
        {
            var max = scheme.Indicators[i].Indicator.Max;
            if (verdicts[i].Applies) applicable += max;
            else (leftOut, pointsLeftOut) = (leftOut + 1, pointsLeftOut + max);
        }

        return new Scale(applicable, scheme.Scheme.OutOf, leftOut, pointsLeftOut);
    }

    /// <summary>A sum of points, out of another maximum.</summary>
    public static decimal To(decimal points, decimal outOf, decimal applicable) =>
        outOf == applicable
            ? points
            : Math.Round(points * outOf / applicable, CompiledPoints.Decimals, MidpointRounding.ToEven);

    /// <summary>Re-scales one amount after another so that the results add up to the re-scaled sum.</summary>
    public Func<decimal, decimal> Telescope()
    {
        var sum = 0m;
        var before = 0m;
        return amount =>
        {
            sum += amount;
            var after = To(sum, OutOf, Applicable);
            var line = after - before;
            before = after;
            return line;
        };
    }
}
