using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Facts;

/// <summary>How far a raw value has been verified.</summary>
public enum VerificationState
{
    /// <summary>As received.</summary>
    Reported,

    /// <summary>The owner confirmed it.</summary>
    Confirmed,

    /// <summary>Sampled against evidence and found right.</summary>
    Verified,

    /// <summary>Found wrong; kept, never used.</summary>
    Rejected,
}

/// <summary>One raw value. Appended, never changed: a correction is a new observation that replaces an earlier
/// one.</summary>
/// <param name="Id">Number given by the store; 0 when there is none.</param>
/// <param name="Unit">Unit id (被评单位).</param>
/// <param name="Resource">Resource id, or null for a figure of the unit itself.</param>
/// <param name="Category">Category code.</param>
/// <param name="Metric">Metric code.</param>
/// <param name="Period">Period it belongs to.</param>
/// <param name="Value">The figure, or null for an answer.</param>
/// <param name="Answer">The answer, or null for a figure.</param>
/// <param name="UnitOfMeasure">Unit code of the figure.</param>
/// <param name="Dimensions">Further coordinates, e.g. access_method → regular.</param>
/// <param name="Document">SHA-256 of the source document.</param>
/// <param name="DocumentName">Its file name, as people know it.</param>
/// <param name="Locator">Row, line, page or path inside the document.</param>
/// <param name="Flags">Codes of checks that fired on it; a flagged value is kept.</param>
/// <param name="Verification">State of verification.</param>
public sealed record MetricObservation(
    long Id,
    string Unit,
    string? Resource,
    string Category,
    string Metric,
    Period Period,
    decimal? Value,
    string? Answer,
    string UnitOfMeasure,
    IReadOnlyDictionary<string, string> Dimensions,
    string Document,
    string DocumentName,
    string Locator,
    IReadOnlyList<string> Flags,
    VerificationState Verification = VerificationState.Reported)
{
    /// <summary>
    /// Name of the dimension that holds the number of the record a figure is taken from (one use, one service). Such a
    /// figure is part of a total: where a total of the same metric covers its period, the total counts.
    /// </summary>
    public const string RecordDimension = "record";
}
