using System.Globalization;
using System.Text.Json;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>
/// A JSON report. Its datasets stand in <c>report-datasets</c>, or, beyond some size, in <c>report-subsets</c>: each a
/// whole report, packed with gzip, written in base64, with the SHA-256 of the packed bytes. One subset is in memory at a
/// time, packed; its datasets are unpacked one by one.
/// </summary>
internal sealed class CounterJson(RecognisedFile file) : ICounterLayout
{
    private const string DatasetList = "report-datasets";
    private const string SubsetList = "report-subsets";

    public CounterOutline Outline()
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var ids = new Ids();
        var refused = new Dictionary<int, RejectedCell>();
        var said = new List<CounterException>();
        foreach (var part in Parts())
        {
            if (part.Index < 0) fields[Spelling.Of(part.Property)] = part.Value;
            else if (Spelling.Of(part.Property) == DatasetList) ids.Add(part.Value);
            else LookInto(part, ids, refused, said);
        }

        var header = CounterHeader.Of(fields);
        if (fields.ContainsKey("reports") && ids.Count == 0) throw IsList();
        header = header with
        {
            Exceptions = [.. header.Exceptions.Concat(said).Distinct()],
            LacksParts = refused.Count > 0,
        };
        return new CounterOutline(header, ids.Count, ids.Repeated, refused);
    }

    public IEnumerable<CounterDataset> Datasets(CounterOutline outline)
    {
        foreach (var part in Parts())
        {
            if (part.Index < 0) continue;
            var place = At(Spelling.Of(part.Property), part.Index);
            if (Spelling.Of(part.Property) == DatasetList)
            {
                yield return CounterJsonDataset.Read(part.Value, place);
                continue;
            }

            if (outline.Refused.ContainsKey(part.Index)) continue;
            using var inner = new JsonObjectStream(CounterSubset.Unpack(part.Value, place), $"{file.Name} {place}");
            foreach (var dataset in inner.Parts(name => Spelling.Of(name) == DatasetList).Where(one => one.Index >= 0))
            {
                yield return CounterJsonDataset.Read(dataset.Value, $"{place}.{At(DatasetList, dataset.Index)}");
            }
        }
    }

    private IEnumerable<JsonObjectStream.Part> Parts()
    {
        using var parts = new JsonObjectStream(SourceFile.Open(file.Path), file.Name);
        foreach (var part in parts.Parts(name => Spelling.Of(name) is DatasetList or SubsetList)) yield return part;
    }

    private void LookInto(
        JsonObjectStream.Part part, Ids ids, Dictionary<int, RejectedCell> refused, List<CounterException> said)
    {
        var place = At(SubsetList, part.Index);
        try
        {
            var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            var inside = new List<UInt128>();
            using var inner = new JsonObjectStream(CounterSubset.Unpack(part.Value, place), $"{file.Name} {place}");
            foreach (var one in inner.Parts(name => Spelling.Of(name) == DatasetList))
            {
                if (one.Index < 0) fields[Spelling.Of(one.Property)] = one.Value;
                else inside.Add(CounterDataset.HashOf(CounterJsonDataset.IdOf(one.Value)));
            }

            ids.Add(inside);
            said.AddRange(CounterHeader.Of(fields).Exceptions);
        }
        catch (ImportException damaged)
        {
            refused[part.Index] = new RejectedCell(0, place, "", damaged.Reason);
        }
    }

    private ImportException IsList() => new(
        $"{file.Name} 是报告的清单，不是报告：其中没有数据集。请按清单中的编号逐份取得报告，或使用定时采集。",
        $"{file.Name} is a list of reports, not a report: it has no dataset in it. Fetch each report by its id, or have "
        + "the source pulled.");

    private static string At(string list, int index) => $"{list}[{index.ToString(CultureInfo.InvariantCulture)}]";

    /// <summary>Ids met so far, by hash: some 20 bytes each.</summary>
    private sealed class Ids
    {
        private readonly HashSet<UInt128> seen = [];

        public long Count { get; private set; }

        public HashSet<UInt128> Repeated { get; } = [];

        public void Add(JsonElement dataset) => Add([CounterDataset.HashOf(CounterJsonDataset.IdOf(dataset))]);

        public void Add(IReadOnlyCollection<UInt128> ids)
        {
            Count += ids.Count;
            foreach (var id in ids.Where(id => !seen.Add(id))) Repeated.Add(id);
        }
    }
}
