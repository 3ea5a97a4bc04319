namespace Evaluation.Rules.Records;

/// <summary>How many records lost time or money for a reason, and how much time.</summary>
/// <param name="Records">Records concerned.</param>
/// <param name="Time">Time not counted for it.</param>
public sealed record LostTime(long Records, TimeSpan Time);

/// <summary>
/// What the service records of one instrument come to within a period: raw, merged and accepted, and why they differ.
/// Accepted time is at most 24 hours a day and the calendar's hours of the period, because the same moment of one
/// instrument counts once.
/// </summary>
/// <param name="Records">Records that touch the period.</param>
/// <param name="Raw">Time as the records state it: neither merged nor clipped.</param>
/// <param name="Merged">The same, overlaps merged and clipped to the period, before any rule excludes a record.</param>
/// <param name="Accepted">Time counted.</param>
/// <param name="External">Of outside users, over their records alone.</param>
/// <param name="Internal">Of the unit's own users, over their records alone.</param>
/// <param name="Unknown">Of users of whom the documents do not say; never counted as outside.</param>
/// <param name="RawFees">Fees as the records state them, yuan.</param>
/// <param name="Lost">Reason → records and time that were not counted for it.</param>
/// <param name="LostToRules">Exclusion rule → records and time that it left out.</param>
/// <param name="FirstLine">Least line number of a record, to look it up.</param>
/// <param name="LastLine">Greatest line number.</param>
public sealed record InstrumentHours(
    long Records,
    TimeSpan Raw,
    TimeSpan Merged,
    TimeSpan Accepted,
    ScopeHours External,
    ScopeHours Internal,
    ScopeHours Unknown,
    decimal RawFees,
    IReadOnlyDictionary<UseReasons, LostTime> Lost,
    IReadOnlyDictionary<string, LostTime> LostToRules,
    int FirstLine,
    int LastLine)
{
    /// <summary>An instrument without any record.</summary>
    public static InstrumentHours Idle { get; } = new(
        0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, ScopeHours.None, ScopeHours.None, ScopeHours.None, 0m,
        new Dictionary<UseReasons, LostTime>(), new Dictionary<string, LostTime>(), 0, 0);
}
