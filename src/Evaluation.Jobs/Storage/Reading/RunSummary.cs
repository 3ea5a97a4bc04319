using Evaluation.Rules;

namespace Evaluation.Jobs.Storage.Reading;

/// <summary>One run as a page shows it.</summary>
/// <param name="Run">Run id.</param>
/// <param name="Cycle">Cycle id, the year of the address.</param>
/// <param name="RuleSetHash">Rule-set version.</param>
/// <param name="EngineVersion">Version of the engine.</param>
/// <param name="Generated">Whether the data were generated.</param>
/// <param name="SnapshotHash">Hash of the data snapshot, once sealed.</param>
/// <param name="ResultHash">Hash of the result, once finished.</param>
/// <param name="State">requested, running, finished, failed, stopped.</param>
/// <param name="Problem">What went wrong, or null.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it ended, or null.</param>
/// <param name="Version">Place among the finished runs of the cycle, from 1; null while unfinished.</param>
/// <param name="Documents">Number of source documents.</param>
/// <param name="Units">Number of score cards.</param>
/// <param name="WithoutTotal">Score cards that have no total.</param>
/// <param name="Pot">Sum of the pots in yuan.</param>
/// <param name="Spent">Sum of what was allocated in yuan.</param>
/// <param name="Reports">Number of rendered reports.</param>
public sealed record RunSummary(
    string Run,
    string Cycle,
    string RuleSetHash,
    string EngineVersion,
    bool Generated,
    string? SnapshotHash,
    string? ResultHash,
    string State,
    string? Problem,
    DateTimeOffset RequestedAt,
    DateTimeOffset? FinishedAt,
    long? Version,
    long Documents,
    long Units,
    long WithoutTotal,
    decimal Pot,
    decimal Spent,
    long Reports)
{
    /// <summary>Whether the result can be shown as a result.</summary>
    public bool Finished => State == "finished";
}

/// <summary>One step of a run, its shards added up.</summary>
/// <param name="Step">Step code.</param>
/// <param name="State">requested, running, done, failed.</param>
/// <param name="Shards">Number of shards.</param>
/// <param name="ShardsDone">Shards done.</param>
/// <param name="Attempts">Greatest number of attempts of a shard.</param>
/// <param name="Done">Items done.</param>
/// <param name="Total">Items in all.</param>
/// <param name="StartedAt">First start.</param>
/// <param name="FinishedAt">Last end, once every shard is done.</param>
/// <param name="Messages">What its shards say, in their order.</param>
public sealed record StepSummary(
    string Step,
    string State,
    long Shards,
    long ShardsDone,
    int Attempts,
    long Done,
    long Total,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<string> Messages);

/// <summary>One source document of a run.</summary>
/// <param name="Sha256">Its identity: what was read, and how.</param>
/// <param name="Name">File name.</param>
/// <param name="Format">Format it was recognised as.</param>
/// <param name="Profile">Mapping profile, or null.</param>
/// <param name="Category">Category, or null.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Accepted">Values accepted.</param>
/// <param name="Rejected">Values refused.</param>
/// <param name="Replaced">Values that replaced earlier ones.</param>
/// <param name="Flagged">Values a check has something to say about.</param>
/// <param name="Skipped">Rows left out by the profile.</param>
/// <param name="ContentSha256">Hash of the file's bytes, which people can verify.</param>
public sealed record DocumentSummary(
    string Sha256,
    string Name,
    string Format,
    string? Profile,
    string? Category,
    long Bytes,
    int Accepted,
    int Rejected,
    int Replaced,
    int Flagged,
    int Skipped,
    string ContentSha256);

/// <summary>A refused row or cell.</summary>
/// <param name="Document">Hash of the document.</param>
/// <param name="Line">Line in the file.</param>
/// <param name="Cell">Column, or empty for the whole row.</param>
/// <param name="Value">What stood there.</param>
/// <param name="Reason">What is wrong and how to mend it.</param>
public sealed record RefusedCell(string Document, int Line, string Cell, string Value, Bilingual Reason);
