using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>Requests an evaluation: the row is entered and committed, the nodes do the rest.</summary>
public sealed class RunRequests(RunStore runs, RuleSetStore ruleSets)
{
    /// <summary>Enters the run, unless the same input was evaluated before.</summary>
    /// <param name="files">
    /// The files to read. They count in the order of their names, so that the same files give the same result however
    /// they were named on the command line; where two say otherwise the later one holds.
    /// </param>
    /// <param name="rules">The year.</param>
    /// <param name="generated">Whether the data are generated.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <param name="pulled">
    /// Pulled documents, in the order in which their sources said them; they count before the files.
    /// </param>
    /// <returns>The id of the run: new, on its way, or finished long ago.</returns>
    public async Task<string> Request(
        RuleSet rules, IReadOnlyList<RecognisedFile> files, bool generated, CancellationToken cancel,
        IReadOnlyList<RunDocument>? pulled = null)
    {
        var given = files
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ThenBy(file => file.Document, StringComparer.Ordinal)
            .DistinctBy(file => file.Document)
            .Select(file => new RunDocument(file.Document, file.Path))
            .ToList();
        var before = (pulled ?? []).ExceptBy(given.Select(file => file.Document), one => one.Document).ToList();
        var id = IdOf(rules, generated, files.Select(file => file.Document), before.Select(one => one.Document));
        List<RunDocument> documents = [.. before, .. given];
        await ruleSets.Record(rules.Folder, cancel);
        var run = new Run(
            id, rules.Cycle!.Id, rules.Version, Engine.Version, generated, null, null, "requested", null, default, null);
        await runs.Request(run, documents, cancel);
        return id;
    }

    /// <summary>A run is named by what goes into it: the same input is the same run.</summary>
    /// <param name="rules">The year.</param>
    /// <param name="generated">Whether the data are generated.</param>
    /// <param name="documents">Files given; their order does not matter.</param>
    /// <param name="pulled">Pulled documents, in the order in which they count.</param>
    public static string IdOf(
        RuleSet rules, bool generated, IEnumerable<string> documents, IEnumerable<string>? pulled = null)
    {
        var text = new StringBuilder()
            .Append(rules.Version).Append('\n')
            .Append(Engine.Version).Append('\n')
            .Append(generated ? "generated" : "given").Append('\n');
        foreach (var document in documents.Distinct().Order(StringComparer.Ordinal)) text.Append(document).Append('\n');
        foreach (var document in pulled ?? []) text.Append("pulled ").Append(document).Append('\n');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        return $"{rules.Cycle!.Id}-{hash[..10]}";
    }
}
