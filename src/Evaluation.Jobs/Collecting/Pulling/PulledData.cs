using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>What a run takes of what was pulled.</summary>
/// <param name="Documents">In the order in which they count.</param>
/// <param name="Names">The same, for people: source and document.</param>
/// <param name="LeftOut">Documents that the year's rule folder cannot read, with the reason.</param>
public sealed record PulledInput(
    IReadOnlyList<RunDocument> Documents, IReadOnlyList<string> Names, IReadOnlyList<FileRemark> LeftOut);

/// <summary>The pulled documents of a year's periods, read by the year's own rule folder.</summary>
public sealed class PulledData(PulledDataStore pulled, PulledFiles files, InstitutionStore institutions)
{
    /// <exception cref="ImportException">A file is no longer where it was kept.</exception>
    public async Task<PulledInput> OfCycle(RuleSet rules, CancellationToken cancel)
    {
        var recognition = new Recognition(rules, await institutions.Confirmed(cancel));
        var documents = new List<(RunDocument Document, string Name)>();
        var leftOut = new List<FileRemark>();
        foreach (var document in await pulled.OfCycle(rules.Cycle!, cancel))
        {
            var name = $"{document.Source}/{document.Name}";
            if (rules.Imports.FirstOrDefault(profile => profile.Id == document.Profile) is not { } profile)
            {
                leftOut.Add(new FileRemark(name, new Bilingual(
                    $"规则目录 {rules.Folder.Name} 没有导入配置 imports/{document.Profile}.yaml",
                    $"the rule folder {rules.Folder.Name} has no import profile imports/{document.Profile}.yaml")));
                continue;
            }

            var path = files.PathOf(document.File);
            var file = recognition.Read(path, profile, document.Unit);
            // What a source said twice counts where it said it last.
            documents.RemoveAll(known => known.Document.Document == file.Document);
            documents.Add((new RunDocument(file.Document, path, profile.Id, document.Unit), name));
        }

        return new PulledInput(
            [.. documents.Select(one => one.Document)], [.. documents.Select(one => one.Name)], leftOut);
    }
}
