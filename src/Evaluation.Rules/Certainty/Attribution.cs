using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// What each line of a card adds to or takes from the mean total: its points less the mean points of the line, in
/// decimal. Means are differences of running sums, so that they add up to the mean total and the parts to total − mean,
/// exactly.
/// </summary>
internal sealed class Attribution
{
    private readonly decimal[] _means;

    /// <summary>The means over the ranked units.</summary>
    public Attribution(IReadOnlyCollection<ScoreCard> ranked, int indicators)
    {
        _means = new decimal[indicators + 1];
        if (ranked.Count == 0) return;
        var (sum, before) = (0m, 0m);
        for (var line = 0; line < _means.Length; line++)
        {
            sum += ranked.Sum(card => PointsOf(card, line, indicators));
            var mean = Math.Round(sum / ranked.Count, CompiledPoints.Decimals, MidpointRounding.ToEven);
            _means[line] = mean - before;
            before = mean;
        }

        Mean = before;
    }

    /// <summary>Mean total.</summary>
    public decimal Mean { get; }

    /// <summary>The parts of a ranked unit, in the order of its lines, judgements last.</summary>
    public IReadOnlyList<AttributionPart> Of(ScoreCard card)
    {
        var parts = new AttributionPart[_means.Length];
        for (var line = 0; line < parts.Length; line++)
        {
            var id = line < parts.Length - 1 ? card.Lines[line].Id : "judgements";
            parts[line] = new AttributionPart(id, PointsOf(card, line, parts.Length - 1) - _means[line]);
        }

        return parts;
    }

    // The lines of indicators come first, in scheme order; what follows are judgements.
    private static decimal PointsOf(ScoreCard card, int line, int indicators) =>
        line < indicators ? card.Lines[line].Points : card.Lines.Skip(indicators).Sum(judgement => judgement.Points);
}
