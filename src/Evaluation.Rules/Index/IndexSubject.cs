using Evaluation.Rules.Facts;

namespace Evaluation.Rules.Index;

/// <summary>A unit with the category it is evaluated in.</summary>
/// <param name="Category">The category.</param>
/// <param name="Facts">What is known of the unit.</param>
public sealed record IndexMember(string Category, UnitFacts Facts);

/// <summary>What the resource index speaks of: a province, a discipline, an institution.</summary>
/// <param name="Code">Code, unique among those it is compared with.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Members">The units it is made of.</param>
public sealed record IndexSubject(string Code, Bilingual Name, IReadOnlyList<IndexMember> Members);
