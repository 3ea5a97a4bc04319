using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>What people must know of a protocol to enter a source of its kind.</summary>
/// <param name="Kind">Its name in <c>sources add --kind</c>.</param>
/// <param name="Name">In words.</param>
/// <param name="Format">The format of profiles that read its pages; null when any may.</param>
/// <param name="Credentials">Credentials it knows.</param>
/// <param name="Options">Options it knows.</param>
/// <param name="Overlap">How far a scheduled pull reaches back, unless the source says otherwise.</param>
public sealed record SourceKind(
    string Kind,
    Bilingual Name,
    string? Format,
    IReadOnlyList<CredentialField> Credentials,
    IReadOnlyList<string> Options,
    TimeSpan Overlap)
{
    /// <summary>Every kind that this program can pull.</summary>
    public static IReadOnlyList<SourceKind> All { get; } =
    [
        .. SourceProtocols.Known.All.Select(one => new SourceKind(
            one.Kind, one.Name, one.FormatName, one.Credentials, one.Options, one.Overlap)),
    ];
}
