using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Facts;

/// <summary>Where a fact came from: the records behind one metric of one unit.</summary>
/// <param name="Documents">Document names, in order, without repeats.</param>
/// <param name="Locators">The first few locators, as people would look them up.</param>
/// <param name="Observations">Ids of the observations (as many as there are; empty when facts came from a plain
/// file).</param>
/// <param name="Flags">Codes of checks that fired on any of them.</param>
public sealed record Provenance(
    IReadOnlyList<string> Documents,
    IReadOnlyList<string> Locators,
    IReadOnlyList<long> Observations,
    IReadOnlyList<string> Flags);

/// <summary>What is known of one unit (or one resource): the input of scoring.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Values">Metric code or resource-list name → value. A metric without observation is absent, never
/// 0.</param>
/// <param name="Provenance">Metric code → where it came from; may be empty for facts from a plain file.</param>
public sealed record UnitFacts(
    string Unit,
    IReadOnlyDictionary<string, FeelValue> Values,
    IReadOnlyDictionary<string, Provenance> Provenance);
