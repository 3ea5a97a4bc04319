using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>What one figure of a dataset is about.</summary>
/// <param name="Counted">investigations, requests, or requests-size (bytes).</param>
/// <param name="Kind">total or unique.</param>
/// <param name="Method">regular or machine.</param>
internal sealed record CounterKey(Period Period, string Counted, string Kind, string Method)
{
    /// <summary>What a metric type means in any spelling, or null.</summary>
    public static (string Kind, string Counted)? Metric(string type) => Spelling.Of(type) switch
    {
        "total-dataset-investigations" => ("total", "investigations"),
        "unique-dataset-investigations" => ("unique", "investigations"),
        "total-dataset-requests" => ("total", "requests"),
        "unique-dataset-requests" => ("unique", "requests"),
        "total-dataset-requests-size" => ("total", CounterDataset.Size),
        "unique-dataset-requests-size" => ("unique", CounterDataset.Size),
        _ => null,
    };
}

/// <summary>A figure of a dataset: the sum over countries where a report lists each on its own.</summary>
internal sealed class CounterFigure(string locator)
{
    public decimal Count { get; set; }

    public string Locator { get; } = locator;

    public SortedSet<string> Flags { get; } = new(StringComparer.Ordinal);
}

/// <summary>One count as a report states it, in whichever layout.</summary>
/// <param name="Place">Where it stands in the report.</param>
/// <param name="Type">Metric type, as written.</param>
/// <param name="Method">Access method, as written; empty where the report does not say.</param>
/// <param name="Country">Country it is about, or empty for all.</param>
/// <param name="Number">The count; null where it is no number.</param>
/// <param name="Written">The count, as written.</param>
/// <param name="CountriesDisagree">Its parts by country do not add up to it.</param>
internal sealed record CounterCount(
    string Place, Period Period, string Type, string Method, string Country, decimal? Number, string Written,
    bool CountriesDisagree);

/// <summary>One dataset of a report: its figures, and what was wrong with some of them.</summary>
internal sealed class CounterDataset(string id, bool placeholderPublisher)
{
    public const string Size = "requests-size";

    private static readonly string[] Placeholders =
        ["grid", "isni", "ror", "orcid", "urn", "doi", "tbd", "unknown", "string", "client-id"];

    private static readonly string[] Prefixes =
        ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];

    private readonly HashSet<(CounterKey, string Country)> seen = [];

    /// <summary>DOI in lower case, without prefix; reports differ in letter case for the same dataset.</summary>
    public string Id { get; } = id;

    public UInt128 Hash => HashOf(Id);

    public Dictionary<CounterKey, CounterFigure> Figures { get; } = [];

    public List<RejectedCell> Rejects { get; } = [];

    public bool PlaceholderPublisher { get; } = placeholderPublisher;

    public static UInt128 HashOf(string id) => BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    public static string Normal(string id)
    {
        var value = id.Trim().ToLowerInvariant();
        var prefix = Prefixes.FirstOrDefault(prefix => value.StartsWith(prefix, StringComparison.Ordinal));
        return prefix is null ? value : value[prefix.Length..];
    }

    public static bool IsPlaceholder(string text) =>
        Placeholders.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a count; one that is none, or that was stated before, is refused with its place.</summary>
    public void Take(CounterCount count)
    {
        if (CounterKey.Metric(count.Type) is not { } metric)
        {
            Reject($"{count.Place}.metric-type", count.Type,
                $"不认识的指标“{count.Type}”。认识的有 total/unique-dataset-investigations/requests[-size]。",
                $"'{count.Type}' is no metric of the report. Known are total/unique-dataset-investigations/requests[-size].");
            return;
        }

        if (count.Number is not { } number || number < 0 || number != decimal.Truncate(number))
        {
            Reject($"{count.Place}.count", count.Written,
                "次数不是非负整数。请在来源处更正。", "The count is not a whole number of 0 or more. Have it corrected at the source.");
            return;
        }

        var method = Spelling.Of(count.Method);
        var key = new CounterKey(count.Period, metric.Counted, metric.Kind, method.Length > 0 ? method : "regular");
        if (!seen.Add((key, count.Country.ToLowerInvariant())))
        {
            Reject(count.Place, count.Written,
                "同一数据集、期间、方式和指标的次数重复出现。请在来源处更正。",
                "The same dataset, period, access method and metric is counted twice. Have it corrected at the source.");
            return;
        }

        if (!Figures.TryGetValue(key, out var figure)) Figures[key] = figure = new CounterFigure(count.Place);
        figure.Count += number;
        if (method.Length == 0) figure.Flags.Add(CounterFlags.AccessMethodMissing);
        if (count.CountriesDisagree) figure.Flags.Add(CounterFlags.CountrySum);
    }

    public void Reject(string place, string value, string zh, string en) => Rejects.Add(new RejectedCell(
        0, place, value, Id.Length == 0 ? new Bilingual(zh, en) : new Bilingual($"{zh}（数据集 {Id}）", $"{en} (dataset {Id})")));

    /// <summary>Everything is in: looks at the figures side by side.</summary>
    public CounterDataset Checked()
    {
        foreach (var (key, figure) in Figures)
        {
            if (key.Kind == "total" && !Figures.ContainsKey(key with { Kind = "unique" }))
            {
                figure.Flags.Add(CounterFlags.MissingUnique);
            }

            if (key.Counted != "requests") continue;
            var investigations = Figures.GetValueOrDefault(key with { Counted = "investigations" })?.Count;
            if (figure.Count > investigations) figure.Flags.Add(CounterFlags.RequestsExceedInvestigations);
        }

        return this;
    }

    /// <summary>Adds the figures of the same dataset under another spelling of its DOI.</summary>
    public void Add(CounterDataset other)
    {
        foreach (var (key, figure) in other.Figures)
        {
            if (!Figures.TryAdd(key, figure)) Figures[key].Count += figure.Count;
            Figures[key].Flags.UnionWith(figure.Flags);
        }
    }
}
