using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Gbif;

/// <summary>
/// Answers of the GBIF statistics interface. A page of <c>statistics</c> lists datasets and months; a series
/// (<c>downloadsByDataset</c>, <c>downloadedRecordsByDataset</c>, <c>downloadsBySource</c>, <c>downloadsByUserCountry</c>)
/// gives years and months. A series does not say which one it is: the name of the document does, and the key of the
/// dataset in it, if it is of one. A month that is absent was not reported; it is not zero.
/// </summary>
internal sealed partial class GbifReader(RecognisedFile file, RuleSet rules)
{
    private const string Downloads = "data_downloads_total";
    private const string Records = "data_records_downloaded";
    private const string ByDataset = "dataset";

    private static readonly Dictionary<string, (string Metric, string Endpoint)> Series =
        new(StringComparer.OrdinalIgnoreCase)
    {
        ["downloadsByDataset"] = (Downloads, ByDataset),
        ["downloadedRecordsByDataset"] = (Records, ByDataset),
        ["downloadsBySource"] = (Downloads, "source"),
        ["downloadsByUserCountry"] = (Downloads, "user_country"),
    };

    /// <summary>States of a download in which nobody got anything.</summary>
    private static readonly string[] Unfinished = ["PREPARING", "RUNNING", "CANCELLED", "KILLED", "FAILED", "SUSPENDED"];

    private readonly MappingProfile profile = file.Profile;
    private readonly UnitCrosswalk crosswalk = new(file.Profile);

    public static SourceFormat Gbif { get; } = 
        new("gbif", [], LooksLikeGbif, (file, rules) => StatedOnce.In(new GbifReader(file, rules).Read()))
    {
        Options = ["endpoint", "dataset", "outlier_below"],
    };

    public IEnumerable<Collected> Read()
    {
        using var document = Open();
        foreach (var collected in Of(document.RootElement)) yield return collected;
    }

    private IEnumerable<Collected> Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw NotStatistics();
        if (!root.EnumerateObject().Any()) return [NoData()];
        if (root.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array)
        {
            return Page(results);
        }

        if (root.EnumerateObject().All(year => IsYear(year.Name) && year.Value.ValueKind == JsonValueKind.Object))
        {
            return Months(root);
        }

        return root.TryGetProperty("datasetKey", out _) ? [Undated(1)] : throw NotStatistics();
    }

    private IEnumerable<Collected> Page(JsonElement results)
    {
        var rows = results.EnumerateArray().ToList();
        return rows switch
        {
            [] => [NoData()],
            [var first, ..] when first.TryGetProperty("numberDownloads", out _) => rows.SelectMany(Statistics),
            [var first, ..] when first.TryGetProperty("download", out _) => rows.SelectMany(Event),
            [var first, ..] when first.TryGetProperty("gbifDownloadKey", out _) => rows.SelectMany(Paper),
            [var first, ..] when first.TryGetProperty("downloadKey", out _) => Undatable(rows.Count),
            _ => throw NotStatistics(),
        };
    }

    /// <summary>A dataset and a month: downloads, and the records in them.</summary>
    private IEnumerable<Collected> Statistics(JsonElement row, int index)
    {
        var place = At("results", index);
        var dataset = Text(row, "datasetKey");
        if (dataset.Length == 0 || MonthOf(row) is not { } month)
        {
            yield return Refuse(place, row.GetRawText(),
                "缺少数据集编号，或年月无效。请在来源处核对。",
                "The dataset key is missing, or year and month are no month. Check it at the source.");
            yield break;
        }

        foreach (var unit in FirstSight(dataset)) yield return unit;
        yield return Figure(row, "numberDownloads", Downloads, dataset, month, place);
        yield return Figure(row, "totalRecords", Records, dataset, month, place);
    }

    /// <summary>One download of a dataset, with the day on which it was asked for.</summary>
    private IEnumerable<Collected> Event(JsonElement row, int index)
    {
        var place = At("results", index);
        var (dataset, key) = (Text(row, "datasetKey"), Text(row, "downloadKey"));
        var download = row.TryGetProperty("download", out var given) ? given : default;
        if (Unfinished.Contains(Text(download, "status")))
        {
            yield return new CollectedSkip();
            yield break;
        }

        var created = Text(download, "created");
        if (dataset.Length == 0 || DayOf(created) is not { } day)
        {
            yield return Refuse(place, created,
                "缺少数据集编号，或没有有效的申请日期。请在来源处核对。",
                "The dataset key or a valid date of the download is missing. Check it at the source.");
            yield break;
        }

        foreach (var unit in FirstSight(dataset)) yield return unit;
        yield return row.TryGetProperty("numberRecords", out var number) && Whole(number) is { } records
            ? Observed(
                Records, records, dataset, new Period(day, day.AddDays(1)), $"{place}.numberRecords",
                new() { ["endpoint"] = "event", ["download"] = key })
            : Refuse($"{place}.numberRecords", number.ValueKind == JsonValueKind.Undefined ? "" : number.GetRawText(),
                "记录数不是非负整数。", "The number of records is not a whole number of 0 or more.");
    }

    /// <summary>A paper that used downloads: a citation on the day it was published.</summary>
    private IEnumerable<Collected> Paper(JsonElement row, int index)
    {
        var place = At("results", index);
        var id = Text(row, "id");
        if (DayOf(Text(row, "published")) is not { } day || id.Length == 0)
        {
            yield return Refuse(place, Text(row, "published"),
                "论文没有编号或有效的发表日期。", "The paper has no id or no valid day of publication.");
            yield break;
        }

        yield return Observed(
            "data_citations", 1, null, new Period(day, day.AddDays(1)), place,
            new() { ["endpoint"] = "literature", ["paper"] = id });
    }

    /// <summary>A series of years and months.</summary>
    private IEnumerable<Collected> Months(JsonElement root)
    {
        var (metric, endpoint) = SeriesOf();
        var dataset = profile.Options.GetValueOrDefault("dataset") ?? Key().Match(file.Name).Value.ToLowerInvariant();
        var figures = new List<(Period Month, string Place, decimal Count)>();
        foreach (var year in root.EnumerateObject())
        {
            foreach (var month in year.Value.EnumerateObject())
            {
                var place = $"{year.Name}.{month.Name}";
                if (MonthOf(year.Name, month.Name) is { } period && Whole(month.Value) is { } count)
                {
                    figures.Add((period, place, count));
                    continue;
                }

                yield return Refuse(place, month.Value.GetRawText(),
                    "月份无效，或次数不是非负整数。请在来源处核对。",
                    "It is no month, or no whole number of 0 or more. Check it at the source.");
            }
        }

        figures = [.. figures.OrderBy(figure => figure.Month.From)];
        var outliers = GbifOutliers.Among([.. figures.Select(figure => figure.Count)], OutlierBelow());
        if (dataset.Length > 0) foreach (var unit in FirstSight(dataset)) yield return unit;
        for (var i = 0; i < figures.Count; i++)
        {
            var (month, place, count) = figures[i];
            if (outliers.Contains(i)) yield return new CollectedFlag(GbifFlags.Outlier);
            yield return Observed(
                metric, count, dataset.Length > 0 ? dataset : null, month, place, Dimensions(metric, endpoint, dataset),
                outliers.Contains(i) ? [GbifFlags.Outlier] : []);
        }
    }

    private Collected Figure(JsonElement row, string name, string metric, string dataset, Period month, string place)
    {
        var given = row.TryGetProperty(name, out var value) ? value : default;
        return Whole(given) is { } count
            ? Observed(metric, count, dataset, month, $"{place}.{name}", Dimensions(metric, ByDataset, dataset))
            : Refuse($"{place}.{name}", given.ValueKind == JsonValueKind.Undefined ? "" : given.GetRawText(),
                "不是非负整数。请在来源处核对。", "It is not a whole number of 0 or more. Check it at the source.");
    }

    /// <summary>
    /// Downloads of a dataset were made by people who signed in. Totals over datasets count for no dataset; they are there
    /// to be compared.
    /// </summary>
    private static Dictionary<string, string> Dimensions(string metric, string endpoint, string dataset) =>
        metric == Downloads && endpoint == ByDataset && dataset.Length > 0
            ? new() { ["access_method"] = "regular", ["endpoint"] = endpoint }
            : new() { ["endpoint"] = dataset.Length > 0 ? endpoint : "total_by_" + endpoint };

    private CollectedObservation Observed(
        string metric, decimal value, string? dataset, Period period, string place, Dictionary<string, string> dimensions,
        IReadOnlyList<string>? flags = null) => new(new MetricObservation(
            0, UnitOf(dataset), dataset, profile.Category, metric, period, value, null,
            rules.Metrics.GetValueOrDefault(metric)?.Unit.Code ?? (metric == Records ? "record" : "time"),
            dimensions, file.Document, file.Name, place, flags ?? []));

    /// <summary>
    /// The unit that the whole file belongs to, else that of the dataset by the crosswalk, else GBIF itself.
    /// </summary>
    private string UnitOf(string? dataset)
    {
        if (crosswalk.Whole is { } whole) return whole;
        var listed = dataset is null ? null : crosswalk.IdOf(dataset);
        return listed is not null && listed != dataset ? listed : "gbif.org";
    }

    private IEnumerable<Collected> FirstSight(string dataset) =>
        crosswalk.FirstSight(profile.Category, dataset) is { } known ? [new CollectedUnit(known)] : [];

    private (string Metric, string Endpoint) SeriesOf()
    {
        var named = profile.Options.GetValueOrDefault("endpoint") ?? Word().Match(file.Name).Value;
        if (Series.TryGetValue(named, out var series)) return series;
        var known = string.Join(", ", Series.Keys);
        throw new ImportException(
            $"{file.Name} 是按年月的序列，但看不出来自哪个接口。请让文件名以接口名开头（{known}），或在导入配置的 options 中写明 endpoint。",
            $"{file.Name} is a series of months, but it does not say which. Begin its name with the name of the interface "
            + $"({known}), or name it in the import profile: options: {{ endpoint: … }}.");
    }

    private decimal? OutlierBelow() =>
        !profile.Options.TryGetValue("outlier_below", out var text) ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) ? share
        : throw new ImportException(
            $"导入配置 imports/{profile.Id}.yaml 的 outlier_below“{text}”不是数值。",
            $"outlier_below '{text}' in imports/{profile.Id}.yaml is not a number.");

    private JsonDocument Open()
    {
        var head = FileHead.Of(file.Path);
        if (!head.Text.StartsWith('{') && !head.Text.StartsWith('['))
        {
            var said = head.Text.ReplaceLineEndings(" ").Trim();
            said = said[..Math.Min(said.Length, 120)];
            throw new ImportException(
                $"{file.Name} 不是 JSON。GBIF 的答复是：“{said}”。请核对请求的编号和地址。",
                $"{file.Name} is not JSON. What GBIF said: '{said}'. Check the key and the address that were asked.");
        }

        return JsonFile.Open(file);
    }

    private CollectedNote NoData() => new(new Bilingual(
        $"{file.Name}：来源没有数据。没有数据不等于零，未存入任何数值。",
        $"{file.Name}: the source has no data. That is not zero: no figure was stored."));

    private CollectedNote Undated(int rows) => new(new Bilingual(
        $"{file.Name}：{rows} 行不带日期，不属于任何期间，未作为数值读入。",
        $"{file.Name}: {rows} rows have no date and belong to no period; they were not taken as figures."));

    private IEnumerable<Collected> Undatable(int rows) =>
        Enumerable.Repeat<Collected>(new CollectedSkip(), rows).Append(Undated(rows));

    private ImportException NotStatistics() => new(
        $"{file.Name} 不是 GBIF 统计接口的答复。", $"{file.Name} is no answer of the GBIF statistics interface.");

    private static CollectedReject Refuse(string place, string value, string zh, string en) =>
        new(new RejectedCell(0, place, value, new Bilingual(zh, en)));

    private static Period? MonthOf(JsonElement row) =>
        row.TryGetProperty("year", out var year) && row.TryGetProperty("month", out var month)
            ? MonthOf(year.GetRawText(), month.GetRawText())
            : null;

    private static Period? MonthOf(string year, string month) =>
        DateOnly.TryParseExact(
            $"{year}-{month}", "yyyy-M", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            ? new Period(first, first.AddMonths(1))
            : null;

    private static DateOnly? DayOf(string text) =>
        text.Length >= 10 && DateOnly.TryParseExact(
            text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static decimal? Whole(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= 0
        && number == decimal.Truncate(number)
            ? number
            : null;

    private static string Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private static bool IsYear(string text) => text.Length == 4 && text.All(char.IsAsciiDigit);

    private static bool LooksLikeGbif(FileHead head) =>
        head.Text.StartsWith('{')
        && (Marks().IsMatch(head.Text)
            || (SeriesMark().IsMatch(head.Text) && Series.ContainsKey(Word().Match(head.Name).Value)));

    [GeneratedRegex("\"(numberDownloads|gbifDownloadKey|downloadKey|usagesCount)\"\\s*:")]
    private static partial Regex Marks();

    [GeneratedRegex("^\\{\\s*(\"\\d{4}\"\\s*:\\s*\\{|\\})")]
    private static partial Regex SeriesMark();

    [GeneratedRegex("^[A-Za-z]+")]
    private static partial Regex Word();

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex Key();
}
