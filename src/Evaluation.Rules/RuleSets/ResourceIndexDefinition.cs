using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets;

/// <summary>One indicator of the resource index: a figure made of metrics of the units of one category.</summary>
/// <param name="Id">Code, unique in the index.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Category">The category whose units it speaks of.</param>
/// <param name="Metric">The metric that is added up, or averaged.</param>
/// <param name="IsMean">The mean over units (or resources) rather than a sum.</param>
/// <param name="Per">What a sum is divided by: another metric, added up over the same units; null: see <paramref name="PerUnit"/>.</param>
/// <param name="PerUnit">A sum is divided by the number of units that have it.</param>
/// <param name="Unit">Unit of measure of the figure.</param>
/// <param name="Higher">Whether more is better.</param>
/// <param name="Weight">Weight among the indicators of the block.</param>
public sealed record ResourceIndexIndicator(
    string Id,
    Bilingual Name,
    string Category,
    Metric Metric,
    bool IsMean,
    Metric? Per,
    bool PerUnit,
    UnitOfMeasure Unit,
    bool Higher,
    decimal Weight);

/// <summary>A block of the resource index.</summary>
/// <param name="Id">Code, unique in the index.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Weight">Weight among the blocks.</param>
/// <param name="Indicators">In order.</param>
public sealed record ResourceIndexBlock(
    string Id, Bilingual Name, decimal Weight, IReadOnlyList<ResourceIndexIndicator> Indicators);

/// <summary>The resource index (科技资源指数) of a year: <c>index/index.yaml</c> of its rule folder.</summary>
/// <param name="Id">Code; also the code of the index itself in its framework.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Blocks">In order.</param>
/// <param name="Screen">Who has less than this share of the figures is left out.</param>
/// <param name="Least">Where fewer can be compared there is no index.</param>
/// <param name="Noise">Relative noise of the weights for rank intervals.</param>
/// <param name="Draws">Sets of weights drawn.</param>
/// <param name="Base">N of the Sobol design over the choices.</param>
/// <param name="Seed">Seed of every draw.</param>
/// <param name="Discipline">The answer metric that names the discipline of a unit, or null where the data do not say.</param>
/// <param name="Location">File and line.</param>
public sealed record ResourceIndexDefinition(
    string Id,
    Bilingual Name,
    Source Source,
    IReadOnlyList<ResourceIndexBlock> Blocks,
    decimal Screen,
    int Least,
    decimal Noise,
    int Draws,
    int Base,
    int Seed,
    Metric? Discipline,
    FileLocation Location)
{
    /// <summary>Every indicator, in order.</summary>
    public IEnumerable<ResourceIndexIndicator> Indicators => Blocks.SelectMany(block => block.Indicators);
}
