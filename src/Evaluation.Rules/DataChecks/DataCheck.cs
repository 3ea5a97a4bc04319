using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.DataChecks;

/// <summary>What a finding means for a run.</summary>
public enum CheckSeverity
{
    /// <summary>To know.</summary>
    Info,

    /// <summary>To look at.</summary>
    Warning,

    /// <summary>The data are not locked until somebody has decided on it.</summary>
    Blocking,
}

/// <summary>
/// A data check of <c>checks.yaml</c>: a condition that says what is wrong with data before they are scored. It looks at
/// one thing at a time: a unit, a resource of a list, or an observation.
/// </summary>
/// <param name="Id">Code of the check.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Category">The category it is for, or null for every one.</param>
/// <param name="Over"><c>unit</c>, <c>observation</c>, or the name of a resource list such as <c>instruments</c>.</param>
/// <param name="When">FEEL over the names of <see cref="CheckScope"/>: true is a finding; null (something is not known)
/// is none.</param>
/// <param name="Severity">How grave a finding is.</param>
/// <param name="Message">What is said of a finding.</param>
/// <param name="Touches">Metrics that a finding throws doubt on, in ordinal order; of an observation its own.</param>
/// <param name="Cases">Worked cases; at least one that fires and one that does not.</param>
/// <param name="Source">Document and item.</param>
/// <param name="Location">File and line.</param>
public sealed record DataCheck(
    string Id,
    Bilingual Name,
    string? Category,
    string Over,
    Formula When,
    CheckSeverity Severity,
    CheckMessage Message,
    IReadOnlyList<string> Touches,
    IReadOnlyList<DataCheckCase> Cases,
    Source Source,
    FileLocation Location);

/// <summary>A worked case of a data check.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Given">Names and values; names left out are null.</param>
/// <param name="Fires">Whether the check must find something.</param>
/// <param name="Location">File and line.</param>
public sealed record DataCheckCase(string Name, FeelContext Given, bool Fires, FileLocation Location);
