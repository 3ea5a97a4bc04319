using Evaluation.Rules;

namespace Evaluation.Jobs.Storage;

/// <summary>The natural key of a pull: a source and a half-open period.</summary>
public sealed record PullId(string Source, DateTimeOffset From, DateTimeOffset To)
{
    public override string ToString() => $"{Source} {From:u} {To:u}";
}

/// <summary>A period of a source, pulled or to be pulled.</summary>
/// <param name="Cause"><c>schedule</c>, <c>backfill</c> or <c>now</c>.</param>
/// <param name="State"><c>requested</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Mark">Where the protocol goes on.</param>
/// <param name="Pages">Answers taken in.</param>
/// <param name="Documents">Of them, those that were new.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record SourcePull(
    PullId Id,
    string Cause,
    string State,
    string? Mark,
    int Pages,
    int Documents,
    long Accepted,
    long Rejected,
    long Replaced,
    long Flagged,
    Bilingual? Problem,
    string? Node,
    int Attempt,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt);

/// <summary>An answer of a source as it was kept.</summary>
/// <param name="Source">Which.</param>
/// <param name="Name">What the document is called.</param>
/// <param name="Document">Identity of the document.</param>
/// <param name="Ordinal">Order in which the source said it.</param>
/// <param name="File">The file below the data folder.</param>
/// <param name="Request">The request in one line, without secrets.</param>
/// <param name="Profile">The mapping profile that reads it.</param>
/// <param name="Unit">The unit it is read for, or null.</param>
public sealed record PulledDocument(
    string Source,
    string Name,
    string Document,
    long Ordinal,
    string ContentSha256,
    string File,
    long Bytes,
    int Veiled,
    string Request,
    int Status,
    string? MediaType,
    string Profile,
    string? Unit,
    DateTimeOffset FetchedAt);
