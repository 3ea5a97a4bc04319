using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>What a ledger line records.</summary>
public enum LedgerLineKind
{
    /// <summary>An indicator.</summary>
    Indicator,

    /// <summary>A judgement that held.</summary>
    Judgement,
}

/// <summary>A value that was put into a formula.</summary>
/// <param name="Code">Metric or parameter code.</param>
/// <param name="Name">Its name in both languages.</param>
/// <param name="Value">The value; for a resource list's metric, the FEEL list of values.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Provenance">Where it came from, or null for a parameter.</param>
public sealed record LedgerInput(
    string Code, Bilingual Name, FeelValue Value, UnitOfMeasure Unit, Provenance? Provenance);

/// <summary>
/// One line of the points ledger. The points of all lines sum to the total, in decimal, always. The sentence is made
/// here, where the score is made, and shown unchanged in the database, on the page and in the report.
/// </summary>
/// <param name="Id">Indicator or judgement id: a line can be pointed at.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Block">Block id, or empty for a judgement.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Outcome"><c>Scored</c>, <c>Withheld</c>, <c>NotApplicable</c>, or <c>Judgement</c>.</param>
/// <param name="Value">The value found, or null where there is none (never FEEL null).</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Points">Points that enter the total; 0 when nothing was scored.</param>
/// <param name="Max">Most points this line could have (after re-scaling); 0 for what does not apply and for
/// judgements.</param>
/// <param name="RawPoints">Points before re-scaling.</param>
/// <param name="RawMax">Maximum before re-scaling.</param>
/// <param name="Formula">The FEEL text of the value.</param>
/// <param name="PointsText">
/// The points rule as text: the deciding band, the formula, the goalposts; of what is not scored the reason's code
/// (<c>missing:metric_code</c>).
/// </param>
/// <param name="Inputs">Values put in, with their records.</param>
/// <param name="Source">Article.</param>
/// <param name="Because">The sentence.</param>
/// <param name="More">What would have given more (the next better band and the distance), or null at the
/// maximum.</param>
public sealed record LedgerLine(
    string Id,
    LedgerLineKind Kind,
    string Block,
    Bilingual Name,
    string Outcome,
    FeelValue? Value,
    UnitOfMeasure Unit,
    decimal Points,
    decimal Max,
    decimal RawPoints,
    decimal RawMax,
    string Formula,
    string PointsText,
    IReadOnlyList<LedgerInput> Inputs,
    Source Source,
    Bilingual Because,
    Bilingual? More);
