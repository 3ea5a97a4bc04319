using Evaluation.Rules.Allocation;
using Evaluation.Rules.DataChecks;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets;

/// <summary>A rule folder, loaded: either a year (with a cycle) or one reference scheme.</summary>
/// <param name="Folder">The texts it came from.</param>
/// <param name="Cycle">The cycle, or null for a reference scheme.</param>
/// <param name="Metrics">Metrics by code.</param>
/// <param name="Schemes">One a category, in the order of the cycle.</param>
/// <param name="Imports">Mapping profiles.</param>
/// <param name="Warnings">Problems that do not forbid use.</param>
public sealed record RuleSet(
    RuleFolder Folder,
    Cycle? Cycle,
    IReadOnlyDictionary<string, Metric> Metrics,
    IReadOnlyList<Scheme> Schemes,
    IReadOnlyList<MappingProfile> Imports,
    IReadOnlyList<RuleProblem> Warnings)
{
    /// <summary>Data checks of <c>checks.yaml</c>, in file order.</summary>
    public IReadOnlyList<DataCheck> DataChecks { get; init; } = [];

    /// <summary>The resource index of the year, or null where the rule folder defines none.</summary>
    public ResourceIndexDefinition? Index { get; init; }

    /// <summary>Award policies that stand alone.</summary>
    public IReadOnlyList<PolicyFile> Policies { get; init; } = [];

    /// <summary>Which service records and which resources count at all; nothing is left out without such rules.</summary>
    public RecordRules Records { get; init; } = RecordRules.None;

    /// <summary>The rule-set version: the content hash of the folder.</summary>
    public string Version => Folder.Hash;

    /// <summary>
    /// The day as of which dated parameters are taken: the cycle's day; for a reference scheme the day on which the
    /// latest value of any parameter came into force.
    /// </summary>
    public DateOnly AsOf => Cycle?.AsOf ?? Schemes
        .SelectMany(scheme => scheme.Parameters.Values)
        .SelectMany(parameter => parameter.Values)
        .Select(dated => dated.From)
        .DefaultIfEmpty(DateOnly.MinValue)
        .Max();

    /// <summary>The scheme of a category.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Scheme SchemeOf(string category) =>
        Schemes.FirstOrDefault(scheme => scheme.Category == category)
        ?? throw new KeyNotFoundException($"The rule set {Folder.Name} has no scheme for category '{category}'.");
}
