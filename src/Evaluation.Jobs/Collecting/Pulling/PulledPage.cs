namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>One answer of a source: a document for the format's reader, and where to go on.</summary>
/// <param name="Body">The body as it was kept; null when the source said that there is nothing, which still counts as a page.</param>
/// <param name="Mark">
/// What <see cref="PullRequest.Mark"/> must be for the pages after this one; null after the last page. No secret in it.
/// </param>
internal sealed record PulledPage(PulledBody? Body, string? Mark);
