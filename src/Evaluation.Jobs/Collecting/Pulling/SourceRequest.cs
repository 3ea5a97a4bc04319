using System.Net;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>One request to a source. A form makes it a POST.</summary>
/// <param name="Name">
/// What the document is called: short, the same for the same question (<c>events-page-0003.json</c>); it becomes a file
/// name. No secret in it.
/// </param>
/// <param name="Address">Absolute address. Parameters that are secret belong to <paramref name="Parts"/>.</param>
/// <param name="Kind">What the body must be.</param>
/// <param name="Parts">Parameters and headers; those of the session are added by the client.</param>
internal sealed record SourceRequest(string Name, Uri Address, BodyKind Kind, params IReadOnlyList<RequestPart> Parts)
{
    /// <summary>Statuses besides success that the protocol understands (404 for "no data"); the kind is not checked then.</summary>
    public IReadOnlyList<HttpStatusCode> AlsoFine { get; init; } = [];

    /// <summary>A parameter more.</summary>
    public SourceRequest With(string name, string value, bool secret = false) =>
        this with { Parts = [.. Parts, new RequestPart(RequestPlace.Query, name, value, secret)] };
}
