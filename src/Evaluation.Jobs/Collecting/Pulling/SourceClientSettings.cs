namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>How patient, polite and careful the client is.</summary>
internal sealed record SourceClientSettings
{
    /// <summary>How often a request is tried again after a trouble that passes.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Wait before the first retry; doubled each time.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait a source may ask for; asks it for more, the pull ends and goes on at its next schedule.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A source that sends nothing for so long is given up.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Politeness: at least so long between two requests.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A body, unpacked, may not be longer.</summary>
    public long MostBytes { get; init; } = 4L << 30;
}
