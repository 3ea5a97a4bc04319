using System.Globalization;
using System.Text.Json;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>Reads one dataset of a JSON report, in any of the spellings.</summary>
internal static class CounterJsonDataset
{
    /// <param name="element">The dataset.</param>
    /// <param name="path">Where it stands, e.g. <c>report-datasets[3]</c>.</param>
    public static CounterDataset Read(JsonElement element, string path)
    {
        var dataset = new CounterDataset(IdOf(element), HasPlaceholder(element));
        if (dataset.Id.Length == 0)
        {
            dataset.Reject(
                $"{path}.dataset-id", "",
                "数据集没有标识。请在来源处补上 DOI。", "The dataset has no id. Have its DOI added at the source.");
            return dataset;
        }

        var method = Spelling.Text(element, "access-method");
        var performances = Items(Spelling.Property(element, "performance"));
        for (var at = 0; at < performances.Count; at++)
        {
            ReadPerformance(dataset, performances[at], At($"{path}.performance", at), method);
        }

        return dataset.Checked();
    }

    public static string IdOf(JsonElement element)
    {
        var ids = Items(Spelling.Property(element, "dataset-id"));
        var doi = ids.FirstOrDefault(id => Spelling.Of(Spelling.Text(id, "type")) == "doi");
        return CounterDataset.Normal(
            Spelling.Text(doi.ValueKind == JsonValueKind.Object ? doi : ids.FirstOrDefault(), "value"));
    }

    private static void ReadPerformance(
        CounterDataset dataset, JsonElement performance, string place, string methodOfDataset)
    {
        var span = Spelling.Property(performance, "period") ?? default;
        var (begin, end) = (Spelling.Text(span, "begin-date"), Spelling.Text(span, "end-date"));
        if (CounterHeader.PeriodOf(begin, end) is not { } period)
        {
            dataset.Reject($"{place}.period", $"{begin}/{end}",
                "期间不是两个有效日期。请在来源处更正。", "The period is not two valid days in order. Have it corrected at the source.");
            return;
        }

        // One producer writes 'instances' for 'instance'.
        var name = Spelling.Property(performance, "instance") is null ? "instances" : "instance";
        var instances = Items(Spelling.Property(performance, name));
        for (var at = 0; at < instances.Count; at++)
        {
            var instance = instances[at];
            var given = Spelling.Property(instance, "count");
            var method = Spelling.Text(instance, "access-method") is { Length: > 0 } own ? own : methodOfDataset;
            var count = given is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value)
                ? value
                : (decimal?)null;
            dataset.Take(new CounterCount(
                At($"{place}.{name}", at), period, Spelling.Text(instance, "metric-type"), method,
                Spelling.Text(instance, "country"), count, given?.GetRawText() ?? "", CountriesDisagree(instance, count)));
        }
    }

    /// <summary>Without any country nothing is claimed, so nothing can disagree.</summary>
    private static bool CountriesDisagree(JsonElement instance, decimal? count)
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

    /// <summary>
    /// An id that is given and says nothing is a placeholder, too: the same report as text has <c>tbd</c> there.
    /// </summary>
    private static bool HasPlaceholder(JsonElement element) =>
        CounterDataset.IsPlaceholder(Spelling.Text(element, "publisher"))
        || Items(Spelling.Property(element, "publisher-id"))
            .Select(id => Spelling.Text(id, "value"))
            .Any(value => value.Length == 0 || CounterDataset.IsPlaceholder(value));

    private static List<JsonElement> Items(JsonElement? list) => list switch
    {
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    private static string At(string list, int index) => $"{list}[{index.ToString(CultureInfo.InvariantCulture)}]";
}
