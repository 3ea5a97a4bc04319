namespace Evaluation.Jobs.Storage;

/// <summary>An outside system that is pulled on schedule.</summary>
/// <param name="Code">What it is called: lower-case letters, digits and hyphens.</param>
/// <param name="Kind">The protocol it is asked by.</param>
/// <param name="Address">Where it answers.</param>
/// <param name="Profile">The mapping profile that reads its pages.</param>
/// <param name="RuleSetHash">The rule folder, on record, that the profile is taken from.</param>
/// <param name="Unit">Whose data these are, where the pages do not say it themselves.</param>
/// <param name="Cron">Its schedule, in Beijing time.</param>
/// <param name="Overlap">How far a scheduled pull reaches back behind its period.</param>
/// <param name="Options">What its protocol wants to know besides.</param>
/// <param name="Credentials">Encrypted, or null.</param>
/// <param name="Pause">Politeness: at least so long between two requests.</param>
/// <param name="MostBytes">A body may not be longer.</param>
/// <param name="State"><c>active</c> or <c>paused</c>.</param>
/// <param name="Since">Where its first scheduled period begins.</param>
public sealed record Source(
    string Code,
    string Kind,
    string Address,
    string Profile,
    string RuleSetHash,
    string? Unit,
    string Cron,
    TimeSpan Overlap,
    IReadOnlyDictionary<string, string> Options,
    SealedCredentials? Credentials,
    TimeSpan Pause,
    long MostBytes,
    string State,
    DateTimeOffset Since)
{
    public bool IsPaused => State == "paused";
}

/// <summary>Credentials as they are kept: nonce, tag and cipher text; and the short name of the key they need.</summary>
public sealed record SealedCredentials(byte[] Bytes, string KeyId);
