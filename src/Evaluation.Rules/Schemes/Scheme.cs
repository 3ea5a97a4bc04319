using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Schemes;

/// <summary>What a scheme scores.</summary>
public enum SchemeLevel
{
    /// <summary>A unit (被评单位).</summary>
    Unit,

    /// <summary>One resource (an instrument, a dataset, an accession).</summary>
    Resource,
}

/// <summary>A block of indicators (一级指标). Its weight is the sum of its indicators' maxima.</summary>
/// <param name="Id">Code unique in the scheme.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Weight">Points of the block.</param>
/// <param name="Indicators">In order.</param>
/// <param name="Source">Where the block and its weight come from; says so where the weight is ours.</param>
/// <param name="Location">File and line.</param>
public sealed record Block(
    string Id,
    Bilingual Name,
    decimal Weight,
    IReadOnlyList<Indicator> Indicators,
    Source Source,
    FileLocation Location);

/// <summary>A figure that is shown with a score but earns no points (a published ratio, a sub-score).</summary>
/// <param name="Id">Code unique in the scheme.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Value">FEEL over facts and over <c>card</c> (<c>card.points.R1</c>, <c>card.blocks.B1</c>, <c>card.total</c>).</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Location">File and line.</param>
public sealed record Figure(string Id, Bilingual Name, Formula Value, UnitOfMeasure Unit, FileLocation Location);

/// <summary>A scheme: the tree of blocks and indicators of one category, its grades, judgements and awards.</summary>
/// <param name="Id">Code unique in the rule set.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Category">Category of units it scores (<c>instruments</c>, <c>data</c>, <c>bio</c>, …).</param>
/// <param name="Level">Units or single resources.</param>
/// <param name="Source">Document.</param>
/// <param name="Total">Sum of the block weights.</param>
/// <param name="OutOf">
/// The total is expressed out of this many points: points × OutOf ÷ (maximum of what applies). Equals
/// <paramref name="Total"/> unless the file says otherwise, so that nothing is re-scaled while everything applies.
/// </param>
/// <param name="Blocks">In order.</param>
/// <param name="Parameters">Dated parameters by code.</param>
/// <param name="Figures">Shown, not scored.</param>
/// <param name="Judgements">In the order in which they are applied.</param>
/// <param name="Grades">Grade table, or null where the scheme gives no grade.</param>
/// <param name="Awards">Award policies, one a pool; empty where the scheme gives no money.</param>
/// <param name="Cases">Worked cases of the whole scheme.</param>
/// <param name="Location">File and line.</param>
public sealed record Scheme(
    string Id,
    Bilingual Name,
    string Category,
    SchemeLevel Level,
    Source Source,
    decimal Total,
    decimal OutOf,
    IReadOnlyList<Block> Blocks,
    IReadOnlyDictionary<string, Parameter> Parameters,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<Judgement> Judgements,
    GradeTable? Grades,
    IReadOnlyList<AwardPolicy> Awards,
    IReadOnlyList<WorkedCase> Cases,
    FileLocation Location)
{
    /// <summary>Worked cases of the awards.</summary>
    public IReadOnlyList<AwardCase> AwardCases { get; init; } = [];

    /// <summary>Every indicator, in the order of the blocks.</summary>
    public IEnumerable<Indicator> Indicators => Blocks.SelectMany(block => block.Indicators);
}
