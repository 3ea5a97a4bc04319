using System.Globalization;
using System.Text.Json;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>What one figure of a dataset is about.</summary>
/// <param name="Counted">investigations, requests, or requests-size (bytes).</param>
/// <param name="Kind">total or unique.</param>
/// <param name="Method">regular or machine.</param>
internal sealed record CounterKey(Period Period, string Counted, string Kind, string Method);

/// <summary>A figure of a dataset: the sum over countries where a report lists each on its own.</summary>
internal sealed class CounterFigure(string locator)
{
    public decimal Count { get; set; }

    public string Locator { get; } = locator;

    public SortedSet<string> Flags { get; } = new(StringComparer.Ordinal);
}

/// <summary>One dataset of a report: its figures, and what was wrong with some of them.</summary>
internal sealed class CounterDataset
{
    private static readonly string[] Placeholders =
        ["grid", "isni", "ror", "orcid", "urn", "doi", "tbd", "unknown", "string", "client-id"];

    private readonly string path;
    private readonly HashSet<(CounterKey, string Country)> seen = [];

    private CounterDataset(string id, string path)
    {
        Id = id;
        this.path = path;
    }

    /// <summary>DOI in lower case, without prefix; reports differ in letter case for the same dataset.</summary>
    public string Id { get; }

    public Dictionary<CounterKey, CounterFigure> Figures { get; } = [];

    public List<RejectedCell> Rejects { get; } = [];

    public bool PlaceholderPublisher { get; private init; }

    public static CounterDataset Read(JsonElement element, int index)
    {
        var path = $"report-datasets[{index.ToString(CultureInfo.InvariantCulture)}]";
        var id = IdOf(element);
        var dataset = new CounterDataset(id, path) { PlaceholderPublisher = HasPlaceholder(element) };
        if (id.Length == 0)
        {
            dataset.Reject(
                "dataset-id", "",
                "数据集没有标识。请在来源处补上 DOI。", "The dataset has no id. Have its DOI added at the source.");
            return dataset;
        }

        var method = Spelling.Text(element, "access-method");
        var performances = Items(Spelling.Property(element, "performance"));
        for (var at = 0; at < performances.Count; at++)
        {
            dataset.ReadPerformance(performances[at], $"performance[{at}]", method);
        }

        dataset.FlagFigures();
        return dataset;
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

    public static string IdOf(JsonElement element)
    {
        var ids = Items(Spelling.Property(element, "dataset-id"));
        var doi = ids.FirstOrDefault(id => Spelling.Of(Spelling.Text(id, "type")) == "doi");
        var value = Spelling.Text(doi.ValueKind == JsonValueKind.Object ? doi : ids.FirstOrDefault(), "value");
        value = value.Trim().ToLowerInvariant();
        foreach (var prefix in new[] { "https://doi.org/", "http://doi.org/", "http://dx.doi.org/", "doi:" })
        {
            if (value.StartsWith(prefix, StringComparison.Ordinal)) value = value[prefix.Length..];
        }

        return value;
    }

    private void ReadPerformance(JsonElement performance, string place, string methodOfDataset)
    {
        var span = Spelling.Property(performance, "period") ?? default;
        var (begin, end) = (Spelling.Text(span, "begin-date"), Spelling.Text(span, "end-date"));
        if (CounterHeader.PeriodOf(begin, end) is not { } period)
        {
            Reject($"{place}.period", $"{begin}/{end}",
                "期间不是两个有效日期。请在来源处更正。", "The period is not two valid days in order. Have it corrected at the source.");
            return;
        }

        // One producer writes 'instances' for 'instance'.
        var name = Spelling.Property(performance, "instance") is null ? "instances" : "instance";
        var instances = Items(Spelling.Property(performance, name));
        for (var at = 0; at < instances.Count; at++)
        {
            ReadInstance(instances[at], $"{place}.{name}[{at}]", period, methodOfDataset);
        }
    }

    private void ReadInstance(JsonElement instance, string place, Period period, string methodOfDataset)
    {
        var type = Spelling.Text(instance, "metric-type");
        if (Metric(type) is not { } metric)
        {
            Reject($"{place}.metric-type", type,
                $"不认识的指标“{type}”。认识的有 total/unique-dataset-investigations/requests[-size]。",
                $"'{type}' is no metric of the report. Known are total/unique-dataset-investigations/requests[-size].");
            return;
        }

        var given = Spelling.Property(instance, "count");
        if (given is not { ValueKind: JsonValueKind.Number } number || !number.TryGetDecimal(out var count)
            || count < 0 || count != decimal.Truncate(count))
        {
            Reject($"{place}.count", given?.GetRawText() ?? "",
                "次数不是非负整数。请在来源处更正。", "The count is not a whole number of 0 or more. Have it corrected at the source.");
            return;
        }

        var method = Spelling.Of(Spelling.Text(instance, "access-method") is { Length: > 0 } own ? own : methodOfDataset);
        var key = new CounterKey(period, metric.Counted, metric.Kind, method.Length > 0 ? method : "regular");
        var country = Spelling.Text(instance, "country").ToLowerInvariant();
        if (!seen.Add((key, country)))
        {
            Reject(place, number.GetRawText(),
                "同一数据集、期间、方式和指标的次数重复出现。请在来源处更正。",
                "The same dataset, period, access method and metric is counted twice. Have it corrected at the source.");
            return;
        }

        if (!Figures.TryGetValue(key, out var figure)) Figures[key] = figure = new CounterFigure($"{path}.{place}");
        figure.Count += count;
        if (method.Length == 0) figure.Flags.Add(CounterFlags.AccessMethodMissing);
        if (CountriesDisagree(instance, count)) figure.Flags.Add(CounterFlags.CountrySum);
    }

    private void FlagFigures()
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
    }

    /// <summary>Without any country nothing is claimed, so nothing can disagree.</summary>
    private static bool CountriesDisagree(JsonElement instance, decimal count)
    {
        if (Spelling.Property(instance, "country-counts") is not { ValueKind: JsonValueKind.Object } countries) return false;
        var sum = 0m;
        var any = false;
        foreach (var country in countries.EnumerateObject())
        {
            any = true;
            if (country.Value.ValueKind == JsonValueKind.Number && country.Value.TryGetDecimal(out var part)) sum += part;
        }

        return any && sum != count;
    }

    private static (string Kind, string Counted)? Metric(string type) => Spelling.Of(type) switch
    {
        "total-dataset-investigations" => ("total", "investigations"),
        "unique-dataset-investigations" => ("unique", "investigations"),
        "total-dataset-requests" => ("total", "requests"),
        "unique-dataset-requests" => ("unique", "requests"),
        "total-dataset-requests-size" => ("total", "requests-size"),
        "unique-dataset-requests-size" => ("unique", "requests-size"),
        _ => null,
    };

    private static bool HasPlaceholder(JsonElement element) =>
        IsPlaceholder(Spelling.Text(element, "publisher"))
        || Items(Spelling.Property(element, "publisher-id")).Any(id => IsPlaceholder(Spelling.Text(id, "value")));

    private static bool IsPlaceholder(string text) =>
        Placeholders.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);

    private static List<JsonElement> Items(JsonElement? list) => list switch
    {
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    private void Reject(string place, string value, string zh, string en) =>
        Rejects.Add(new RejectedCell(
            0, $"{path}.{place}", value, new Bilingual($"{zh}（数据集 {Id}）", $"{en} (dataset {Id})")));
}
