using Evaluation.Jobs.Storage;

namespace Evaluation.Web.Showing;

/// <summary>Names of the documents that the service records of a run stand in.</summary>
public sealed class UseDocuments(DocumentStore documents)
{
    /// <summary>Document number → its name.</summary>
    public async Task<IReadOnlyDictionary<int, string>> Names(string run, CancellationToken cancel) =>
        (await documents.OfRun(run, cancel)).ToDictionary(document => document.Number, document => document.Name);
}
