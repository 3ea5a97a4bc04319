using Evaluation.Jobs.Storage;

namespace Evaluation.Web;

/// <summary>What the pages need to be served.</summary>
/// <param name="Database">The open database; it stays open and belongs to the caller.</param>
/// <param name="Reports">Folder below which report files lie when they are stored by relative path.</param>
/// <param name="Port">Port on the loopback address; 0 takes a free one.</param>
public sealed record WebSettings(Database Database, string Reports, int Port = 0)
{
    /// <summary>Today, for deadlines.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told the address once the pages are served.</summary>
    public Action<Uri>? Serving { get; init; }
}
