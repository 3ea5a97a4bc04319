using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets;

/// <summary>A worked case of a rule about records or resources: what is known, and whether the rule holds.</summary>
/// <param name="Given">Name → value as FEEL; what is not given is not known.</param>
/// <param name="Holds">Whether the rule must hold.</param>
/// <param name="Location">File and line.</param>
public sealed record RuleCase(IReadOnlyDictionary<string, Feel.FeelValue> Given, bool Holds, FileLocation Location);

/// <summary>A rule that leaves service records out of the measure: related parties, statutory testing.</summary>
/// <param name="Id">Code unique in the file.</param>
/// <param name="Name">What is excluded, in both languages.</param>
/// <param name="When">FEEL over the names of <see cref="RecordRules.OfRecords"/>; null counts as not holding.</param>
/// <param name="Source">Article.</param>
/// <param name="Cases">Worked cases.</param>
/// <param name="Location">File and line.</param>
public sealed record RecordExclusion(
    string Id,
    Bilingual Name,
    Formula When,
    Source Source,
    IReadOnlyList<RuleCase> Cases,
    FileLocation Location);

/// <summary>A rule that leaves resources of a category out of the evaluation: too cheap, registered too late.</summary>
/// <param name="Id">Code unique in the file.</param>
/// <param name="Category">Category of the resources.</param>
/// <param name="Name">What is left out, in both languages.</param>
/// <param name="When">FEEL over the names of <see cref="RecordRules.OfResources"/>; null counts as not holding.</param>
/// <param name="Source">Article.</param>
/// <param name="Cases">Worked cases.</param>
/// <param name="Location">File and line.</param>
public sealed record ResourceExclusion(
    string Id,
    string Category,
    Bilingual Name,
    Formula When,
    Source Source,
    IReadOnlyList<RuleCase> Cases,
    FileLocation Location);

/// <summary>
/// Rules of a cycle about what counts at all, <c>records.yaml</c>: which service records are left out of the measure,
/// and which resources of the registers are out of scope.
/// </summary>
/// <param name="Parameters">Dated values that the conditions name, by code.</param>
/// <param name="Records">In file order; the first that holds is the reason.</param>
/// <param name="Resources">In file order; the first that holds is the reason.</param>
public sealed record RecordRules(
    IReadOnlyDictionary<string, Parameter> Parameters,
    IReadOnlyList<RecordExclusion> Records,
    IReadOnlyList<ResourceExclusion> Resources)
{
    /// <summary>A year without such rules: every record and every resource counts.</summary>
    public static RecordRules None { get; } = new(new Dictionary<string, Parameter>(), [], []);

    /// <summary>
    /// What a condition about a service record may name: <c>unit</c>, <c>resource</c>, <c>user</c>, <c>scope</c>
    /// (internal, external, unknown), <c>related</c>, <c>purpose</c>, <c>service_way</c>, <c>kind</c> (hours, samples,
    /// count), <c>hours</c> from start to end, <c>quantity</c>, <c>fee</c> in yuan, <c>start</c> (a day).
    /// </summary>
    public static IReadOnlyList<string> OfRecords { get; } =
    [
        "unit", "resource", "user", "scope", "related", "purpose", "service_way", "kind", "hours", "quantity", "fee", "start",
    ];

    /// <summary>
    /// What a condition about a resource may name: <c>original_value</c> in yuan, <c>class</c>, <c>status</c>,
    /// <c>share_mode</c>, <c>registered</c>, <c>included</c> (the unit's own choice where the rule leaves one), the days
    /// <c>in_service_from</c>, <c>booked_on</c>, <c>registered_on</c>, <c>retired_on</c>, and the days
    /// <c>period_from</c>, <c>period_to</c> (the first after) and <c>as_of</c> of the cycle.
    /// </summary>
    public static IReadOnlyList<string> OfResources { get; } =
    [
        "original_value", "class", "status", "share_mode", "registered", "included", "in_service_from", "booked_on",
        "registered_on", "retired_on", "period_from", "period_to", "as_of",
    ];
}
