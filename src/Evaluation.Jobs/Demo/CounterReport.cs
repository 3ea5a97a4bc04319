using System.Globalization;
using System.Text.Json;
using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Demo;

/// <summary>A data centre's COUNTER research-data report (RD1 JSON) over the period, one month at a time.</summary>
internal static class CounterReport
{
    private const int MostDatasets = 28;
    private const int FewestDatasets = 8;
    private static readonly string[] AccessMethods = ["regular", "machine"];

    public static void Write(Stream stream, DemoUnit unit, DemoPopulation population)
    {
        var random = population.Random.For("counter").For(unit.Number);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        WriteHeader(json, unit, population);
        json.WriteStartArray("report-datasets");
        var datasets = FewestDatasets + (int)((MostDatasets - FewestDatasets) * population.Standing(unit, "datasets"));
        for (var dataset = 1; dataset <= datasets; dataset++)
        {
            WriteDataset(json, unit, dataset, random.For(dataset), population);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter json, DemoUnit unit, DemoPopulation population)
    {
        json.WriteStartObject("report-header");
        json.WriteString("report-name", "Dataset Master Report");
        json.WriteString("report-id", $"generated-{unit.Id}");
        json.WriteString("release", "rd1");
        json.WriteString("created-by", unit.Id);
        json.WriteString("created", Day(population.Period.To.AddDays(14)));
        json.WriteStartObject("reporting-period");
        json.WriteString("begin-date", Day(population.Period.From));
        json.WriteString("end-date", Day(population.Period.To.AddDays(-1)));
        json.WriteEndObject();
        json.WriteStartArray("report-filters");
        json.WriteEndArray();
        json.WriteStartArray("report-attributes");
        json.WriteEndArray();
        json.WriteStartArray("exceptions");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDataset(
        Utf8JsonWriter json, DemoUnit unit, int dataset, CounterRandom random, DemoPopulation population)
    {
        // 10.5072 is DataCite's prefix for tests: these identifiers resolve to nothing and can clash with nothing.
        var identifier = string.Create(CultureInfo.InvariantCulture, $"10.5072/{unit.Id}.{dataset:D4}");
        json.WriteStartObject();
        json.WriteString("dataset-title", string.Create(CultureInfo.InvariantCulture, $"示例数据集 {dataset:D2} ({unit.Name.En})"));
        json.WriteStartArray("dataset-id");
        json.WriteStartObject();
        json.WriteString("type", "doi");
        json.WriteString("value", identifier);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("platform", unit.Id);
        json.WriteString("publisher", unit.Name.En);
        json.WriteString("data-type", "dataset");
        json.WriteString("yop", population.Period.From.Year.ToString(CultureInfo.InvariantCulture));
        json.WriteString("uri", $"https://doi.org/{identifier}");
        json.WriteStartArray("performance");
        var month = population.Period.From;
        var reach = 20 + (int)(380 * population.Standing(unit, "usage"));
        while (month < population.Period.To)
        {
            var next = month.AddMonths(1) < population.Period.To ? month.AddMonths(1) : population.Period.To;
            WriteMonth(json, month, next, reach, random.For(month.DayNumber));
            month = next;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMonth(Utf8JsonWriter json, DateOnly month, DateOnly next, int reach, CounterRandom random)
    {
        json.WriteStartObject();
        json.WriteStartObject("period");
        json.WriteString("begin-date", Day(month));
        json.WriteString("end-date", Day(next.AddDays(-1)));
        json.WriteEndObject();
        json.WriteStartArray("instance");
        foreach (var access in AccessMethods)
        {
            var views = random.For(access).Below(1, access == "regular" ? reach : reach / 10 + 1);
            var viewsUnique = views * (60 + random.For(access).Below(2, 35)) / 100;
            var downloads = views * (10 + random.For(access).Below(3, 50)) / 100;
            var downloadsUnique = downloads * (60 + random.For(access).Below(4, 35)) / 100;
            WriteCount(json, access, "total-dataset-investigations", views);
            WriteCount(json, access, "unique-dataset-investigations", viewsUnique);
            WriteCount(json, access, "total-dataset-requests", downloads);
            WriteCount(json, access, "unique-dataset-requests", downloadsUnique);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, string access, string metric, int count)
    {
        // COUNTER lists only what was used: a count of zero is left out.
        if (count == 0) return;
        json.WriteStartObject();
        json.WriteNumber("count", count);
        json.WriteString("metric-type", metric);
        json.WriteString("access-method", access);
        json.WriteStartObject("country-counts");
        json.WriteNumber("cn", count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
