using System.Text.RegularExpressions;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>
/// Reads a report of the COUNTER Code of Practice for Research Data, release 1, in the spellings in which it occurs.
/// Twice through the file, dataset by dataset: first the header, the checksums of packed subsets, and the datasets that
/// stand there more than once (DOIs that differ by letter case only), then the figures. Memory grows by some 20 bytes a
/// dataset.
/// </summary>
internal sealed partial class CounterReport(RecognisedFile file, RuleSet rules)
{
    public const string Format = "counter-rd1";

    private readonly MappingProfile profile = file.Profile;

    public static SourceFormat Rd1 { get; } = new(
        Format,
        ["counter", "rd1"],
        head => (head.Text.StartsWith('{') && Mark().IsMatch(head.Text)) || IsTsv(head),
        (file, rules) => new CounterReport(file, rules).Read());

    public IEnumerable<Collected> Read()
    {
        var head = FileHead.Of(file.Path);
        CounterRefusals.RefuseBareExceptions(file, head);
        ICounterLayout layout = IsTsv(head) ? new CounterTsv(file) : new CounterJson(file);
        var outline = layout.Outline();
        var header = outline.Header;
        CounterRefusals.Check(file, outline);
        if (header.Created is { } created) yield return new CollectedIssue(created);
        foreach (var note in Notes(outline)) yield return new CollectedNote(note);
        foreach (var (_, refused) in outline.Refused) yield return new CollectedReject(refused);
        var crosswalk = new UnitCrosswalk(profile);
        if (crosswalk.FirstSight(profile.Category, header.CreatedBy) is { } known) yield return new CollectedUnit(known);

        var figures = new CounterFigures(file, rules, header, crosswalk.IdOf(header.CreatedBy));
        var held = new Dictionary<string, CounterDataset>(StringComparer.Ordinal);
        foreach (var dataset in layout.Datasets(outline))
        {
            foreach (var reject in dataset.Rejects) yield return new CollectedReject(reject);
            if (outline.Repeated.Contains(dataset.Hash))
            {
                if (!held.TryAdd(dataset.Id, dataset)) held[dataset.Id].Add(dataset);
                continue;
            }

            foreach (var collected in figures.Of(dataset)) yield return collected;
        }

        foreach (var dataset in held.Values)
        {
            foreach (var collected in figures.Of(dataset)) yield return collected;
        }
    }

    private IEnumerable<Bilingual> Notes(CounterOutline outline)
    {
        var (header, refused) = (outline.Header, outline.Refused.Count);
        if (header.SaysPartial)
        {
            yield return new Bilingual(
                $"{file.Name}：来源说明数据未覆盖整个期间（例外 3040）。数值均带 partial 标记，在完整的报告替换之前不参与评分。",
                $"{file.Name}: the source says that its data do not cover the whole period (exception 3040). Every figure "
                + "carries the flag partial and is not scored until a complete report replaces it.");
        }

        if (refused > 0)
        {
            yield return new Bilingual(
                $"{file.Name}：{refused} 个压缩分卷未读入，报告不完整。其余数值均带 partial 标记，在完整的报告替换之前不参与评分。",
                $"{file.Name}: {refused} packed subsets were refused, so the report is not complete. Every other figure "
                + "carries the flag partial and is not scored until a complete report replaces it.");
        }

        if (outline.Datasets == 0 && refused == 0)
        {
            yield return new Bilingual(
                $"{file.Name}：来源说明该期间没有使用记录（例外 3030），因此没有数值。",
                $"{file.Name}: the source says that there was no use in the period (exception 3030), so there are no "
                + "figures.");
        }
    }

    private static bool IsTsv(FileHead head) =>
        head.Text.StartsWith(CounterTsv.FirstWord, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("\"(report[-_](header|datasets|subsets)|report[-_]id)\"\\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Mark();
}
