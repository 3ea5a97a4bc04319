using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>Works out the figures of a unit, each seeing those above it.</summary>
internal static class FigureValues
{
    public static FigureValue[] Of(
        CompiledScheme scheme, FeelValue[] slots, IReadOnlyList<LedgerLine> lines, IReadOnlyList<BlockScore> blocks,
        decimal? total)
    {
        if (scheme.Scheme.Figures.Count == 0) return [];

        // The lines make their words from the facts as they are: what figures add goes into a copy.
        var own = (FeelValue[])slots.Clone();
        var card = new CardContext(lines, blocks, total).ToFeel();
        var figures = new List<FigureValue>(scheme.Scheme.Figures.Count);
        foreach (var figure in scheme.Scheme.Figures)
        {
            scheme.SetCard(own, card, figures);
            var value = scheme.Formula(figure.Value).Evaluate(own);
            figures.Add(new FigureValue(figure.Id, figure.Name, value, figure.Unit));
        }

        return [.. figures];
    }
}
