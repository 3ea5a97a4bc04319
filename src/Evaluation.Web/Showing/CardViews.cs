using Evaluation.Jobs.Reports;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Scoring;
using Evaluation.Web.Pages;

namespace Evaluation.Web.Showing;

/// <summary>One ledger line on its score card.</summary>
/// <param name="Page">The card it is on.</param>
/// <param name="Line">The line.</param>
public sealed record LedgerLineView(CardModel Page, LedgerLine Line)
{
    /// <summary>The value found, short enough for the head of a line: a list is only counted there.</summary>
    public string ShortValue(Wording wording) => Line.Value switch
    {
        null => wording.Nothing,
        { Kind: FeelKind.List } list => wording[$"{list.AsList().Count} 个值", $"{list.AsList().Count} values"],
        _ => wording.Value(Line.Value, Line.Unit),
    };
}

/// <summary>The blocks of a card beside the category's median and best quarter, all as shares of the maximum.</summary>
/// <param name="Card">The card.</param>
/// <param name="Statistics">The category.</param>
public sealed record BlockChart(ScoreCard Card, CategoryStatistics Statistics)
{
    /// <summary>A block's share of its maximum, or null where nothing of it applies or its points wait for data.</summary>
    public decimal? Share(BlockScore block) => block.Max > 0 && !Waits(block) ? block.Points / block.Max : null;

    /// <summary>Points of the maximum, or why there are none: what waits for data has no number.</summary>
    public string Label(BlockScore block, Wording wording) =>
        block.Max <= 0 ? wording["不适用", "not applicable"]
        : Waits(block) ? wording["待补数据", "withheld"]
        : $"{wording.Points(block.Points)} / {Wording.Plain(block.Max)}";

    /// <summary>Whether points of a block still wait for data.</summary>
    public bool Waits(BlockScore block) =>
        Card.Lines.Any(line => line.Block == block.Block && line.Outcome == nameof(Withheld));

    /// <summary>Where the category stands in a block, or null while no unit has a total.</summary>
    public Spread? Spread(string block) => Statistics.Blocks.GetValueOrDefault(block);

    /// <summary>Blocks at or above the category's median, and blocks that can be compared.</summary>
    public (int AtMedian, int InBestQuarter, int Compared) Standing()
    {
        var compared = Card.Blocks.Where(block => Share(block) is not null && Spread(block.Block) is not null).ToList();
        return (
            compared.Count(block => Share(block) >= Spread(block.Block)!.Median),
            compared.Count(block => Share(block) >= Spread(block.Block)!.BestQuarter),
            compared.Count);
    }
}
