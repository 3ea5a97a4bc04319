using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Reports;

/// <summary>
/// Everything a report is made from. It arrives as values: building a report reads no database and no clock.
/// </summary>
public sealed record ReportMaterial
{
    /// <summary>The cycle the unit was evaluated in.</summary>
    public required Cycle Cycle { get; init; }

    /// <summary>The scheme of the unit's category.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>The result being reported.</summary>
    public required ScoreCard Card { get; init; }

    /// <summary>Who was evaluated.</summary>
    public required ReportUnit Unit { get; init; }

    /// <summary>The category the unit is compared with.</summary>
    public required CategoryStatistics Statistics { get; init; }

    /// <summary>
    /// The pots of the category once they have been shared out; none before that, or where there are none.
    /// </summary>
    public IReadOnlyList<AllocationResult> Allocations { get; init; } = [];

    /// <summary>How certain the result is, or null where the cycle declares no examination.</summary>
    public UnitCertainty? Certainty { get; init; }

    /// <summary>What the result rests on, down to hashes.</summary>
    public required ReportEvidence Evidence { get; init; }

    /// <summary>What the data checks found about this unit.</summary>
    public required IReadOnlyList<ReportFinding> Findings { get; init; }

    /// <summary>Number, date and standing of the paper itself.</summary>
    public required ReportStamp Stamp { get; init; }
}

/// <summary>The unit a report is about.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Province">Province or country, or null.</param>
public sealed record ReportUnit(Bilingual Name, Bilingual? Province);

/// <summary>How far the result has come: institutions may object to a preliminary one.</summary>
public enum ReportState
{
    /// <summary>Published for objections.</summary>
    Preliminary,

    /// <summary>After objections were decided.</summary>
    Final,

    /// <summary>Replaces an earlier final result.</summary>
    Amended,
}

/// <summary>The paper's own data.</summary>
/// <param name="Number">Report number as printed.</param>
/// <param name="Date">
/// Date of the report; also the creation date inside the PDF, so that equal reports are equal bytes.
/// </param>
/// <param name="State">Preliminary, final or amended.</param>
/// <param name="IsGenerated">True for invented data: every page then says 模拟数据.</param>
public sealed record ReportStamp(string Number, DateOnly Date, ReportState State, bool IsGenerated);

/// <summary>What a result rests on.</summary>
/// <param name="Documents">The files the values came from.</param>
/// <param name="SnapshotHash">SHA-256 of the data snapshot.</param>
/// <param name="SealedOn">Day the snapshot was locked.</param>
/// <param name="RuleSetVersion">Content hash of the rule folder.</param>
/// <param name="EngineVersion">Version of the engine.</param>
/// <param name="RunId">Run that made the card.</param>
/// <param name="CardHash">SHA-256 of the card's canonical JSON; the verification code is derived from it.</param>
public sealed record ReportEvidence(
    IReadOnlyList<ReportDocument> Documents,
    string SnapshotHash,
    DateOnly SealedOn,
    string RuleSetVersion,
    string EngineVersion,
    string RunId,
    string CardHash);

/// <summary>One source document.</summary>
/// <param name="Name">File name as people know it.</param>
/// <param name="Sha256">Hash of its bytes, lower-case hex.</param>
/// <param name="Origin">What it is and who published it, or null.</param>
public sealed record ReportDocument(string Name, string Sha256, Bilingual? Origin);

/// <summary>How grave a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>To know.</summary>
    Note,

    /// <summary>A person should look.</summary>
    Warning,

    /// <summary>The value could not be used as it was.</summary>
    Grave,
}

/// <summary>Something a data check found.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Message">What was found.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Line">Id of the ledger line it touches, or null.</param>
public sealed record ReportFinding(Bilingual Check, Bilingual Message, FindingSeverity Severity, string? Line);
