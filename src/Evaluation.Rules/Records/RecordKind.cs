namespace Evaluation.Rules.Records;

/// <summary>What a service record counts.</summary>
public enum RecordKind
{
    /// <summary>Time: its hours are those from its start to its end.</summary>
    Hours,

    /// <summary>Samples: entrusted work is counted by the sample and never gives hours.</summary>
    Samples,

    /// <summary>Some other number (times, persons): never gives hours.</summary>
    Count,
}
