using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Jobs.Scoring;

/// <summary>
/// Facts out of the table of observations that <c>import --out</c> writes: flows are added, levels and answers are the
/// latest, as in a run. So what was imported can be scored without a database.
/// </summary>
internal static class ObservationTable
{
    public static readonly string[] Header =
    [
        "unit", "resource", "metric", "period_start", "period_end", "value", "unit_of_measure", "dimensions", "locator",
        "flags",
    ];

    /// <summary>The facts of every unit in the rows that the reader is before.</summary>
    public static IReadOnlyList<UnitFacts> Read(
        CsvReader csv, IReadOnlyDictionary<string, Metric> metrics, List<FactProblem> problems)
    {
        var observations = new List<MetricObservation>();
        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            if (csv.FieldCount != Header.Length)
            {
                problems.Add(new FactProblem(
                    line, csv.FieldCount, $"the row has {csv.FieldCount} fields, the header {Header.Length}",
                    "add or remove commas"));
            }
            else if (Row(csv, line, metrics, problems) is { } observation)
            {
                observations.Add(observation);
            }
        }

        if (observations.Count == 0) return [];
        var all = new Period(observations.Min(one => one.Period.From), observations.Max(one => one.Period.To));
        var category = new CycleCategory("", new("", ""), [all], null, AcceptPartial: false, null);
        return FactAssembler.Assemble(metrics, category, observations);
    }

    private static MetricObservation? Row(
        CsvReader csv, int line, IReadOnlyDictionary<string, Metric> metrics, List<FactProblem> problems)
    {
        var before = problems.Count;
        var code = csv.GetString(2);
        if (csv.GetString(0).Length == 0) problems.Add(new FactProblem(line, 1, "the row names no unit", "add its id"));
        if (!metrics.TryGetValue(code, out var metric))
        {
            var (message, mend) = FactFiles.UnknownMetric(code);
            problems.Add(new FactProblem(line, 3, message, mend));
        }

        var period = PeriodOf(csv.GetString(3), csv.GetString(4));
        if (period is null)
        {
            problems.Add(new FactProblem(
                line, 4, "the period is not two days in order", "write the first day, and the first day after it"));
        }

        var text = csv.GetString(5);
        if (metric is not null && !FactFiles.TryRead(metric, text, out _, out var wrong))
        {
            problems.Add(new FactProblem(line, 6, wrong.Message, wrong.Mend));
        }

        if (Dimensions(csv.GetString(7)) is not { } dimensions)
        {
            problems.Add(new FactProblem(
                line, 8, "the dimensions are no JSON object of texts", "write {\"name\":\"value\"}, or nothing"));
            return null;
        }

        if (problems.Count > before) return null;
        decimal? number = metric!.Kind == MetricKind.Answer
            ? null
            : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return new MetricObservation(
            0, csv.GetString(0), csv.GetString(1) is { Length: > 0 } resource ? resource : null, "", code, period!, number,
            number is null ? text : null, csv.GetString(6), dimensions, "", "", csv.GetString(8),
            csv.GetString(9).Split(';', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Period? PeriodOf(string from, string to) =>
        DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        && DateOnly.TryParseExact(to, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end) && end > first
            ? new Period(first, end)
            : null;

    private static Dictionary<string, string>? Dimensions(string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(text);
        }
        catch (JsonException)
        {
            // The caller says so, with the place.
            return null;
        }
    }
}
