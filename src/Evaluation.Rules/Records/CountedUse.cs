using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Records;

/// <summary>
/// What became of one record. What it states is counted or has a reason:
/// stated = outside + excluded + overlapped + stated less + counted.
/// </summary>
/// <param name="Use">The record.</param>
/// <param name="Stated">Time from its start to its end; none for an open session and for what is no time.</param>
/// <param name="Outside">Time of it that lies outside the period.</param>
/// <param name="Overlapped">Time inside the period that earlier records of the instrument cover already.</param>
/// <param name="StatedLess">Time left that the record's own quantity of hours does not claim.</param>
/// <param name="Counted">Time counted: what it adds to the hours of the instrument.</param>
/// <param name="Why">Why not all of it is counted.</param>
/// <param name="Exclusion">The rule that excludes the record, or null.</param>
/// <param name="Fee">Fee counted, yuan: nothing of an excluded record and of an invoice that was used before.</param>
public sealed record CountedUse(
    ServiceUse Use,
    TimeSpan Stated,
    TimeSpan Outside,
    TimeSpan Overlapped,
    TimeSpan StatedLess,
    TimeSpan Counted,
    UseReasons Why,
    RecordExclusion? Exclusion,
    decimal Fee)
{
    /// <summary>Time inside the period of a record that a rule excludes.</summary>
    public TimeSpan Excluded => Exclusion is null ? TimeSpan.Zero : Stated - Outside;
}
