using System.Globalization;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting;

/// <summary>Reads one document of a run into the database; a document that was read before is left as it is.</summary>
public sealed class ImportDocument(
    RuleSetsOnRecord rules, RunStore runs, DocumentStore documents, InstitutionStore institutions)
{
    /// <param name="run">The run.</param>
    /// <param name="document">Identity of the document.</param>
    /// <param name="progress">Told how many rows were read so far.</param>
    /// <param name="cancel">Stops the work; nothing of the document stays.</param>
    /// <returns>What became of it, in one line.</returns>
    /// <exception cref="ImportException">The file is refused, or it is not the one the run was requested with.</exception>
    public async Task<string> Import(string run, string document, Action<long> progress, CancellationToken cancel)
    {
        if (await documents.Find(document, cancel) is { } before) return Line(before);
        var (_, ruleSet) = await rules.Of(run, cancel);
        var given = (await runs.Documents(run, cancel)).Single(one => one.Document == document);
        var recognition = new Recognition(ruleSet, await institutions.Confirmed(cancel));
        var file = given.Profile is { } profile
            ? recognition.Read(given.Path, ruleSet.Imports.Single(one => one.Id == profile), given.Unit)
            : LookAt(recognition, given.Path);
        if (file?.Document != document)
        {
            throw new ImportException(
                $"{given.Path} 的内容（或已确认的单位对照）在提出评价之后有变化。请重新运行。",
                $"{given.Path}, or the confirmed crosswalk of institutions, has changed since the run was requested. Run again.");
        }

        await new Importer(ruleSet).Import(file, documents, progress, cancel: cancel);
        return Line((await documents.Find(document, cancel))!);
    }

    private static RecognisedFile? LookAt(Recognition recognition, string path)
    {
        var found = recognition.Look([path]);
        return found.Problems is [var problem, ..] ? throw new ImportException(problem.Remark) : found.Files.SingleOrDefault();
    }

    private static string Line(SourceDocument read) => string.Create(
        CultureInfo.InvariantCulture,
        $"{read.Name}: accepted {read.Accepted} rejected {read.Rejected} replaced {read.Replaced} flagged {read.Flagged}");
}
