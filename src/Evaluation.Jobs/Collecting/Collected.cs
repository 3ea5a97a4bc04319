using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;

namespace Evaluation.Jobs.Collecting;

/// <summary>One thing that a reader found in a file, in the order of the file.</summary>
public abstract record Collected;

public sealed record CollectedObservation(MetricObservation Observation) : Collected;

public sealed record CollectedUnit(UnitEntry Unit) : Collected;

public sealed record CollectedResource(ResourceEntry Resource) : Collected;

public sealed record CollectedServiceRecord(ServiceRecord Record) : Collected;

/// <summary>A row or cell that was refused.</summary>
public sealed record CollectedReject(RejectedCell Cell) : Collected;

/// <summary>A row that the profile leaves out.</summary>
public sealed record CollectedSkip : Collected;

/// <summary>A check fired; the flag itself stands on the observations it is about.</summary>
public sealed record CollectedFlag(string Code) : Collected;

/// <summary>What people should know about the file as a whole.</summary>
public sealed record CollectedNote(Bilingual Note) : Collected;

/// <summary>
/// A record that its source may send again until it is submitted, with all it says. Once submitted it is locked: sent
/// again it is refused until the platform returns it.
/// </summary>
/// <param name="Key">Which record of whom.</param>
/// <param name="Submitted">Whether its source submits it with this.</param>
/// <param name="Parts">What it says.</param>
/// <param name="Cell">Where it stands, for the refusal of a locked one.</param>
public sealed record CollectedRecord(ReportedRecord Key, bool Submitted, IReadOnlyList<Collected> Parts, string Cell) : Collected;

/// <summary>A whole file cannot be taken: what is wrong, and what to do about it, in both languages.</summary>
public sealed class ImportException(Bilingual reason, Exception? inner = null)
    : Exception($"{reason.Zh}{Environment.NewLine}{reason.En}", inner)
{
    public Bilingual Reason { get; } = reason;

    public ImportException(string zh, string en, Exception? inner = null)
        : this(new Bilingual(zh, en), inner)
    {
    }
}

/// <summary>A cell without a figure: what is missing stays missing.</summary>
public sealed record CollectedNothing : Collected;

/// <summary>
/// The day on which the source issued the document. Of documents of one profile that state the same thing, the one
/// issued later holds.
/// </summary>
public sealed record CollectedIssue(DateOnly On) : Collected;
