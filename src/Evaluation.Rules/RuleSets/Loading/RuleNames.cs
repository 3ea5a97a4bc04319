using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Every name the formulas of one scheme may use.</summary>
/// <param name="Metrics">Metrics by code.</param>
/// <param name="Parameters">Parameters by code.</param>
internal sealed record RuleNames(
    IReadOnlyDictionary<string, Metric> Metrics,
    IReadOnlyDictionary<string, Parameter> Parameters)
{
    /// <summary>The member every resource has besides its metrics.</summary>
    public const string ResourceId = "id";

    /// <summary>Resource list → its metrics' short codes.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Lists { get; } = Metrics.Values
        .Where(metric => metric.ResourceList is not null)
        .GroupBy(metric => metric.ResourceList!, StringComparer.Ordinal)
        .ToDictionary(
            list => list.Key,
            IReadOnlySet<string> (list) => list.Select(metric => metric.ShortCode).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);

    /// <summary>Indicator ids, once they are read: members of <c>card.points</c>.</summary>
    public IReadOnlyCollection<string> Indicators { get; init; } = [];

    /// <summary>Block ids, once they are read: members of <c>card.blocks</c>.</summary>
    public IReadOnlyCollection<string> Blocks { get; init; } = [];

    /// <summary>Figure ids, once they are read: members of <c>card.figures</c>.</summary>
    public IReadOnlyCollection<string> Figures { get; init; } = [];

    /// <summary>Whether a formula may use the name by itself: a metric of the unit, a resource list.</summary>
    public bool IsFact(string name) => Lists.ContainsKey(name) || (Metrics.ContainsKey(name) && !name.Contains('.'));

    /// <summary>Whether <c>given</c> may list it: a metric, a resource list, a parameter.</summary>
    public bool IsKnown(string code) =>
        Metrics.ContainsKey(code) || Lists.ContainsKey(code) || Parameters.ContainsKey(code);

    /// <summary>Everything <c>given</c> may list.</summary>
    public IEnumerable<string> All => [.. Metrics.Keys, .. Lists.Keys, .. Parameters.Keys];
}

/// <summary>What the formulas at one place of a rule file may name.</summary>
/// <param name="Names">All names of the scheme.</param>
/// <param name="Given">The codes an indicator lists; null where every fact may be used (judgements, awards).</param>
/// <param name="Facts">Whether facts of a unit are at hand at all; not so for quotas and grade bands.</param>
/// <param name="Value">Whether the indicator's own value is at hand.</param>
/// <param name="Card">Whether the score card is at hand.</param>
internal sealed record NameScope(
    RuleNames Names,
    IReadOnlyCollection<string>? Given = null,
    bool Facts = true,
    bool Value = false,
    bool Card = false)
{
    public const string ValueName = "value";
    public const string CardName = "card";

    /// <summary>
    /// Names FEEL must know to read a formula right: ids may hold a hyphen, and inside a filter a name that is no
    /// member of the list's items must be known. A name that is both a fact and a member counts as the member there.
    /// </summary>
    public IReadOnlyCollection<string> ForParser { get; } =
    [
        .. Names.Metrics.Values
            .Where(metric => metric.ResourceList is null && !Names.Lists.Values.Any(list => list.Contains(metric.Code)))
            .Select(metric => metric.Code),
        .. Names.Lists.Keys, .. Names.Parameters.Keys, .. Names.Indicators, .. Names.Blocks, .. Names.Figures,
        ValueName, CardName,
    ];
}
