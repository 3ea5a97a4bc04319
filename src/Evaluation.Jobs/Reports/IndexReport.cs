using Evaluation.Jobs.Indexing;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Reports;

/// <summary>The report of a year's resource index: what it shows over provinces, disciplines and institutions.</summary>
/// <param name="Cycle">The year.</param>
/// <param name="Definition">Indicators, blocks, weights.</param>
/// <param name="Result">The index.</param>
/// <param name="Stamp">Number, date, state, and whether the data are generated.</param>
/// <param name="Evidence">What the figures can be checked against.</param>
public sealed record IndexReport(
    Cycle Cycle, ResourceIndexDefinition Definition, ResourceIndexResult Result, ReportStamp Stamp, IndexEvidence Evidence)
{
    /// <summary>The title, without the year.</summary>
    public static Bilingual Title { get; } = new("科技资源指数报告", "Resource Index Report");

    /// <summary>A short code of the index, to be read out over the telephone.</summary>
    public string VerificationCode => Reports.VerificationCode.Of(Evidence.IndexHash);
}

/// <summary>What an index can be checked against.</summary>
/// <param name="SnapshotHash">SHA-256 of the data snapshot.</param>
/// <param name="RuleSetVersion">Content hash of the rule folder.</param>
/// <param name="EngineVersion">Version of the engine.</param>
/// <param name="RunId">The run.</param>
/// <param name="IndexHash">SHA-256 of the index as it is kept and published.</param>
public sealed record IndexEvidence(
    string SnapshotHash, string RuleSetVersion, string EngineVersion, string RunId, string IndexHash);
