using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>
/// Reads a report of the COUNTER Code of Practice for Research Data, release 1, in the spellings in which it occurs.
/// Twice through the file, dataset by dataset: first the header and the datasets that stand there more than once (DOIs
/// that differ by letter case only), then the figures. Memory grows by some 40 bytes a dataset.
/// </summary>
internal sealed partial class CounterReport(RecognisedFile file, RuleSet rules)
{
    public const string Format = "counter-rd1";
    private const string Datasets = "report-datasets";
    private const string Subsets = "report-subsets";

    private readonly MappingProfile profile = file.Profile;

    public static SourceFormat Rd1 { get; } = new(
        Format, ["counter", "rd1"], head => head.Text.StartsWith('{') && Mark().IsMatch(head.Text),
        (file, rules) => new CounterReport(file, rules).Read());

    public IEnumerable<Collected> Read()
    {
        var (header, repeated) = LookThrough();
        foreach (var note in Notes(header)) yield return new CollectedNote(note);
        var crosswalk = new UnitCrosswalk(profile);
        var unit = crosswalk.IdOf(header.CreatedBy);
        if (crosswalk.FirstSight(profile.Category, header.CreatedBy) is { } known) yield return new CollectedUnit(known);

        var figures = new CounterFigures(file, rules, header, unit);
        var held = new Dictionary<string, CounterDataset>(StringComparer.Ordinal);
        foreach (var dataset in AllDatasets())
        {
            foreach (var reject in dataset.Rejects) yield return new CollectedReject(reject);
            if (repeated.Contains(HashOf(dataset.Id)))
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

    private IEnumerable<CounterDataset> AllDatasets()
    {
        using var parts = new JsonObjectStream(SourceFile.Open(file.Path), file.Name);
        foreach (var part in parts.Parts(name => Spelling.Of(name) == Datasets))
        {
            if (part.Index >= 0) yield return CounterDataset.Read(part.Value, part.Index);
        }
    }

    /// <summary>The header, wherever it stands, and which datasets stand there more than once.</summary>
    private (CounterHeader Header, HashSet<UInt128> Repeated) LookThrough()
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var seen = new HashSet<UInt128>();
        var repeated = new HashSet<UInt128>();
        using var parts = new JsonObjectStream(SourceFile.Open(file.Path), file.Name);
        foreach (var part in parts.Parts(name => Spelling.Of(name) == Datasets))
        {
            if (part.Index < 0) fields[Spelling.Of(part.Property)] = part.Value;
            else if (HashOf(CounterDataset.IdOf(part.Value)) is var id && !seen.Add(id)) repeated.Add(id);
        }

        var header = CounterHeader.Of(fields);
        Check(header);
        RefuseSubsets(fields, header, seen.Count);
        return (header, repeated);
    }

    private void RefuseSubsets(Dictionary<string, JsonElement> fields, CounterHeader header, int datasets)
    {
        var compressed = fields.TryGetValue(Subsets, out var subsets)
            && subsets.ValueKind == JsonValueKind.Array && subsets.GetArrayLength() > 0;
        if (!compressed && datasets > 0) return;
        var exceptions = string.Join("; ", header.Exceptions.Select(one => $"{one.Code} {one.Message}"));
        throw compressed
            ? new ImportException(
                $"{file.Name} 的数据集在压缩分卷（report-subsets）中，尚不支持。请取未压缩的报告。",
                $"{file.Name} carries its datasets in compressed subsets (report-subsets), which are not read yet. Fetch the "
                + "report uncompressed.")
            : new ImportException(
                $"{file.Name} 没有任何数据集。来源的说明：{(exceptions.Length > 0 ? exceptions : "无")}。",
                $"{file.Name} has no dataset in it. What the source says: {(exceptions.Length > 0 ? exceptions : "nothing")}.");
    }

    private void Check(CounterHeader header)
    {
        if (header.Release is not ("rd1" or ""))
        {
            throw new ImportException(
                $"{file.Name} 是 COUNTER 第 {header.Release} 版报告，不是研究数据报告（RD1），不能作为数据集使用量读入。",
                $"{file.Name} is a COUNTER report of release {header.Release}, not the research-data release (rd1): it does "
                + "not say how datasets were used.");
        }

        if (header.CreatedBy.Length > 0) return;
        throw new ImportException(
            $"{file.Name} 没有写明由谁生成（created-by），不知道属于哪个单位。",
            $"{file.Name} does not say who made it (created-by), so it is not known which unit it belongs to.");
    }

    private IEnumerable<Bilingual> Notes(CounterHeader header)
    {
        if (header.IsPartial)
        {
            yield return new Bilingual(
                $"{file.Name}：来源说明数据未覆盖整个期间（例外 3040），数值均带 partial 标记",
                $"{file.Name}: the source says that its data do not cover the whole period (exception 3040); every figure "
                + "carries the flag partial.");
        }
    }

    private static UInt128 HashOf(string id) => BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    [GeneratedRegex("\"(report[-_](header|datasets)|report[-_]id)\"\\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Mark();
}
