namespace Evaluation.Rules.Records;

/// <summary>Why time or money that a record states is not counted, or not all of it.</summary>
[Flags]
public enum UseReasons
{
    /// <summary>All of it is counted.</summary>
    None = 0,

    /// <summary>Some of it lies outside the period.</summary>
    Clipped = 1,

    /// <summary>Another record of the instrument covers the same time, which counts once.</summary>
    Overlapped = 2,

    /// <summary>The record itself states fewer hours than lie between its start and its end.</summary>
    StatedLess = 4,

    /// <summary>The session has not ended: it has no hours.</summary>
    Open = 8,

    /// <summary>The record counts samples, not time.</summary>
    Samples = 16,

    /// <summary>The record counts something else than time.</summary>
    Count = 32,

    /// <summary>A rule of the cycle excludes the record.</summary>
    Excluded = 64,

    /// <summary>An earlier record names the same invoice: the fee is refused, the time stands.</summary>
    InvoiceUsed = 128,
}
