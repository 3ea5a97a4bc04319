using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Schemes;

/// <summary>How observations of a metric combine over a period.</summary>
public enum MetricKind
{
    /// <summary>A level at a time: the latest observation in the period counts.</summary>
    Stock,

    /// <summary>An amount over time: observations in the period are added.</summary>
    Flow,

    /// <summary>A proportion: never added; the latest observation counts.</summary>
    Ratio,

    /// <summary>A text from a closed list of answers; the latest counts.</summary>
    Answer,
}

/// <summary>
/// One metric of <c>metrics.yaml</c>. A code <c>list.name</c> (e.g. <c>instruments.effective_hours</c>) is a metric of
/// the unit's resources: in formulas the list is a FEEL list of contexts, one a resource, each with an <c>id</c>.
/// </summary>
/// <param name="Code">snake_case code, or <c>list.code</c>.</param>
/// <param name="Name">The official name in both languages.</param>
/// <param name="Unit">Unit of measure.</param>
/// <param name="Kind">How observations combine.</param>
/// <param name="Minimum">Least plausible value, if any (inclusive).</param>
/// <param name="Maximum">Greatest plausible value, if any (inclusive).</param>
/// <param name="Answers">The closed list of answers of an <see cref="MetricKind.Answer"/>; empty where any text is one, and for other kinds.</param>
/// <param name="Only">Dimension → value an observation must carry to count, e.g. access_method → regular.</param>
/// <param name="ComesFrom">Where the figure comes from, in both languages.</param>
/// <param name="Location">File and line.</param>
public sealed record Metric(
    string Code,
    Bilingual Name,
    UnitOfMeasure Unit,
    MetricKind Kind,
    decimal? Minimum,
    decimal? Maximum,
    IReadOnlyList<string> Answers,
    IReadOnlyDictionary<string, string> Only,
    Bilingual ComesFrom,
    FileLocation Location)
{
    /// <summary>Answer → what it is called in both languages (<c>general</c> → 通用); answers without a name stand as they are.</summary>
    public IReadOnlyDictionary<string, Bilingual> AnswerNames { get; init; } = new Dictionary<string, Bilingual>();

    /// <summary>
    /// Codes under which outside formats report the same thing (<c>inst_hours_effective</c>): their observations count as
    /// this metric where the unit (or the resource) has none under its own code.
    /// </summary>
    public IReadOnlyList<string> ReportedAs { get; init; } = [];

    /// <summary>The resource list the metric belongs to (<c>instruments</c>), or null for a metric of the unit itself.</summary>
    public string? ResourceList => Code.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? Code[..dot] : null;

    /// <summary>The name inside the resource list, or the code itself.</summary>
    public string ShortCode => Code[(Code.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
