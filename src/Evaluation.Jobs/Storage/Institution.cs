using Evaluation.Rules;

namespace Evaluation.Jobs.Storage;

/// <summary>An institution: one identity, whatever outside systems call it.</summary>
/// <param name="Unit">Unit id in the evaluation.</param>
/// <param name="Name">Its present official name.</param>
/// <param name="Province">Province or country, or null.</param>
public sealed record Institution(string Unit, Bilingual Name, Bilingual? Province);

/// <summary>A name or identifier, the institution it was proposed for, and what a person decided.</summary>
/// <param name="Scheme"><c>name</c>, or an identifier's: <c>uscc</c>, <c>ror</c>, <c>nrii-insCode</c> …</param>
/// <param name="Value">As outside systems write it.</param>
/// <param name="State"><c>proposed</c>, <c>confirmed</c> or <c>refused</c>.</param>
/// <param name="Rule">The rule that proposed it; <c>given</c> when a person entered it.</param>
/// <param name="Because">Why it was proposed.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="Reason">Why.</param>
public sealed record InstitutionAlias(
    string Scheme,
    string Value,
    string Unit,
    string State,
    string Rule,
    Bilingual Because,
    DateTimeOffset ProposedAt,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Reason);
