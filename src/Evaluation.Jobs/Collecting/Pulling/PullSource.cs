using System.Globalization;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>
/// Pulls one period of a source: asks page after page, keeps each answer as a file, and takes it in by the format's
/// reader. A page and the resume mark behind it go in together or not at all, so a pull that was killed goes on after
/// its last whole page, and pulling again what is known already writes nothing.
/// </summary>
internal sealed class PullSource(
    SourceOpening opening, PullStore pulls, DocumentStore documents, PulledFiles files, PullWays ways)
{
    /// <summary>Pulls a period that this node has claimed.</summary>
    /// <param name="pull">Which, with its mark.</param>
    /// <param name="node">This node.</param>
    /// <param name="progress">Told the number of pages taken.</param>
    /// <param name="cancel">Stops the work; pages that are in stay in.</param>
    /// <exception cref="ImportException">The source cannot be asked, or what it sent cannot be read.</exception>
    public async Task Pull(SourcePull pull, string node, Action<int> progress, CancellationToken cancel)
    {
        var opened = await opening.Open(pull.Id.Source, cancel);
        var request = RequestOf(opened, pull);
        var client = ways.Client(opened, files.FreshFolder(pull.Id.Source), request);
        var pages = pull.Pages;
        await foreach (var page in opened.Protocol.Pages(request, client, cancel).WithCancellation(cancel))
        {
            await Take(opened, pull.Id, node, page, cancel);
            progress(++pages);
        }
    }

    private static PullRequest RequestOf(OpenedSource opened, SourcePull pull)
    {
        // A backfill names its period itself; what comes by schedule reaches back as far as the source changes the past.
        var overlap = pull.Cause == "backfill" ? TimeSpan.Zero : opened.Source.Overlap;
        return new PullRequest(
            pull.Id.Source, new Uri(opened.Source.Address), pull.Id.From - overlap, pull.Id.To, pull.Mark)
        {
            Options = opened.Source.Options,
            Credentials = opened.Credentials,
        };
    }

    private async Task Take(OpenedSource opened, PullId pull, string node, PulledPage page, CancellationToken cancel)
    {
        if (page.Body is not { } body)
        {
            await documents.Write(pulls.PageTaken(pull, node, page.Mark, null), cancel);
            return;
        }

        var kept = files.Keep(pull.Source, body);
        var file = opened.Recognition.Read(files.PathOf(kept), opened.Profile, opened.Source.Unit) with
        {
            Name = body.Name,
        };
        var document = new PulledDocument(
            pull.Source, body.Name, file.Document, 0, body.Sha256, kept, body.Bytes, body.Veiled, body.Request,
            (int)body.Status, body.MediaType, opened.Profile.Id, opened.Source.Unit, body.FetchedAt);
        try
        {
            await new Importer(opened.Rules).Import(
                file, documents, along: pulls.PageTaken(pull, node, page.Mark, document), cancel: cancel);
        }
        catch (ImportException refused)
        {
            throw new ImportException(
                string.Create(CultureInfo.InvariantCulture, $"{refused.Reason.Zh} 返回的内容保存在 {kept}。"),
                string.Create(CultureInfo.InvariantCulture, $"{refused.Reason.En} What it sent is kept in {kept}."),
                refused);
        }
    }
}
