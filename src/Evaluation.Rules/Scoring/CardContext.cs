using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// What formulas see under <c>card</c>: <c>card.points.R1</c>, <c>card.blocks.sharing</c>, <c>card.figures.rate</c>,
/// <c>card.total</c>, and once they are known <c>card.grade</c> and <c>card.rank</c>. What was not scored is null.
/// </summary>
internal sealed class CardContext(
    IReadOnlyList<LedgerLine> lines, IReadOnlyList<BlockScore> blocks, decimal? total)
{
    public IReadOnlyList<FigureValue> Figures { get; init; } = [];

    public string? Grade { get; init; }

    public int? Rank { get; init; }

    public FeelContext ToFeel() => new(
    [
        new("points", FeelValue.Context(new FeelContext(lines
            .Where(line => line.Kind == LedgerLineKind.Indicator)
            .Select(line => KeyValuePair.Create(
                line.Id, line.Outcome == nameof(Scored) ? FeelValue.Number(line.Points) : FeelValue.Null))))),
        new("blocks", FeelValue.Context(new FeelContext(blocks
            .Select(block => KeyValuePair.Create(block.Block, FeelValue.Number(block.Points)))))),
        new("figures", FeelValue.Context(new FeelContext(Figures
            .Select(figure => KeyValuePair.Create(figure.Id, figure.Value))))),
        new("total", total is { } number ? FeelValue.Number(number) : FeelValue.Null),
        new("grade", FeelValue.String(Grade)),
        new("rank", Rank is { } rank ? FeelValue.Number(rank) : FeelValue.Null),
    ]);
}
