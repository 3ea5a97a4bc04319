using System.Globalization;
using System.Text;
using System.Text.Json;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Facts;

/// <summary>
/// Facts from plain files, typed by the metrics of a rule set. JSON is an array of objects, one a unit: <c>unit</c>,
/// then metric codes; a resource list is an array of objects with <c>id</c> and the metrics' short codes. What is null,
/// empty or not there is missing.
/// </summary>
public static class FactFiles
{
    /// <summary>Facts of every unit of a JSON text, in the order of the file.</summary>
    /// <param name="file">The file as people know it, for messages.</param>
    /// <param name="json">The text.</param>
    /// <param name="metrics">Metrics by code.</param>
    /// <exception cref="FactFileException">The text is no JSON, names an unknown metric, or gives a value of the wrong
    /// kind; names line and column.</exception>
    public static IReadOnlyList<UnitFacts> ReadJson(
        string file, string json, IReadOnlyDictionary<string, Metric> metrics)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reading = new JsonFacts(bytes, metrics);
        IReadOnlyList<UnitFacts> units = [];
        try
        {
            units = reading.Read();
        }
        catch (JsonException broken)
        {
            var line = (int)(broken.LineNumber ?? 0) + 1;
            reading.Problems.Add(new FactProblem(
                line, (int)(broken.BytePositionInLine ?? 0) + 1, "this is not JSON",
                "mend the JSON, e.g. a missing comma or quote"));
        }

        return reading.Problems.Count == 0 ? units : throw new FactFileException(file, reading.Problems);
    }

    /// <summary>A figure or an answer as text becomes a value of its metric's kind.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="text">The text; not empty.</param>
    /// <param name="value">The value.</param>
    /// <param name="problem">What is wrong and how to mend it, where something is.</param>
    /// <returns>False where the text is no value of the metric.</returns>
    public static bool TryRead(
        Metric metric, string text, out FeelValue value, out (string Message, string Mend) problem)
    {
        problem = default;
        if (metric.Kind == MetricKind.Answer)
        {
            value = text;
            if (metric.Answers.Count == 0 || metric.Answers.Contains(text)) return true;
            problem = ($"'{text}' is no answer of {metric.Code}", "use one of: " + string.Join(", ", metric.Answers));
            return false;
        }

        var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        value = number;
        if (isNumber) return true;
        problem = ($"'{text}' is no number for {metric.Code}",
            "write a plain number such as 1234.5, or leave it empty when it is missing");
        return false;
    }

    /// <summary>The message for a name that is no metric.</summary>
    public static (string Message, string Mend) UnknownMetric(string code) =>
        ($"no metric is called '{code}'", "use a code of metrics.yaml, or define the metric there");
}

/// <summary>One reading of one JSON text, with the place of every token.</summary>
internal sealed class JsonFacts(byte[] bytes, IReadOnlyDictionary<string, Metric> metrics)
{
    public List<FactProblem> Problems { get; } = [];

    public List<UnitFacts> Read()
    {
        var reader = new Utf8JsonReader(bytes);
        var units = new List<UnitFacts>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Problem(reader.TokenStartIndex, "the facts are no array", "write [ { \"unit\": \"…\", … }, … ]");
            return units;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader.TokenStartIndex;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Problem(start, "a unit's facts are no object", "write { \"unit\": \"…\", … }");
                reader.Skip();
                continue;
            }

            var unit = ReadUnit(ref reader);
            if (unit.Unit.Length == 0) Problem(start, "the object has no unit", "add \"unit\": \"…\"");
            else if (!seen.Add(unit.Unit))
            {
                Problem(start, $"the unit {unit.Unit} stands twice", "keep one of the two objects");
            }

            units.Add(unit);
        }

        // What follows the array is read too, so that a second array is not passed over in silence.
        while (reader.Read())
        {
        }

        return units;
    }

    private UnitFacts ReadUnit(ref Utf8JsonReader reader)
    {
        var unit = "";
        var values = new SortedDictionary<string, FeelValue>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var at = reader.TokenStartIndex;
            var name = reader.GetString()!;
            if (!seen.Add(name)) Problem(at, $"'{name}' stands twice in one object", "keep one of the two");
            reader.Read();
            if (name == "unit") unit = Scalar(ref reader) ?? "";
            else if (metrics.TryGetValue(name, out var metric) && metric.ResourceList is null)
            {
                ReadValue(ref reader, metric, name, values);
            }
            else if (metrics.Values.Any(candidate => candidate.ResourceList == name))
            {
                ReadResources(ref reader, name, values);
            }
            else
            {
                var (message, mend) = FactFiles.UnknownMetric(name);
                Problem(at, message, mend);
                reader.Skip();
            }
        }

        return new UnitFacts(unit, values, new Dictionary<string, Provenance>());
    }

    private void ReadResources(ref Utf8JsonReader reader, string list, SortedDictionary<string, FeelValue> values)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Problem(reader.TokenStartIndex, $"'{list}' is no array", "write [ { \"id\": \"…\", … }, … ]");
            reader.Skip();
            return;
        }

        var resources = new SortedDictionary<string, FeelValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader.TokenStartIndex;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Problem(start, $"an item of '{list}' is no object", "write { \"id\": \"…\", … }");
                reader.Skip();
                continue;
            }

            var (id, entries) = ReadResource(ref reader, list);
            if (id.Length == 0) Problem(start, $"an item of '{list}' has no id", "add \"id\": \"…\"");
            else if (!resources.TryAdd(id, Resource(id, entries)))
            {
                Problem(start, $"the id {id} stands twice in '{list}'", "keep one of the two");
            }
        }

        values[list] = FeelValue.List([.. resources.Values]);
    }

    private static FeelValue Resource(string id, SortedDictionary<string, FeelValue> entries) =>
        FeelValue.Context(new FeelContext(entries.Prepend(new("id", FeelValue.String(id)))));

    private (string Id, SortedDictionary<string, FeelValue> Entries) ReadResource(
        ref Utf8JsonReader reader, string list)
    {
        var id = "";
        var entries = new SortedDictionary<string, FeelValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var at = reader.TokenStartIndex;
            var name = reader.GetString()!;
            reader.Read();
            if (name == "id") id = Scalar(ref reader) ?? "";
            else if (metrics.TryGetValue(list + "." + name, out var metric))
            {
                ReadValue(ref reader, metric, name, entries);
            }
            else
            {
                var (message, mend) = FactFiles.UnknownMetric(list + "." + name);
                Problem(at, message, mend);
                reader.Skip();
            }
        }

        return (id, entries);
    }

    private void ReadValue(
        ref Utf8JsonReader reader, Metric metric, string name, SortedDictionary<string, FeelValue> values)
    {
        var at = reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            Problem(at, $"'{metric.Code}' is no single value", "write a number or a text");
            reader.Skip();
            return;
        }

        var text = Scalar(ref reader)!;
        if (text.Length == 0) return;
        if (metric.Kind != MetricKind.Answer && reader.TokenType != JsonTokenType.Number)
        {
            Problem(at, $"'{text}' is no number for {metric.Code}",
                "write a plain number without quotes, or null when it is missing");
        }
        else if (FactFiles.TryRead(metric, text, out var value, out var problem)) values[name] = value;
        else Problem(at, problem.Message, problem.Mend);
    }

    private string? Scalar(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            Problem(reader.TokenStartIndex, "a text was expected", "write a text in quotes");
            reader.Skip();
            return null;
        }

        return reader.TokenType == JsonTokenType.String
            ? reader.GetString()
            : reader.TokenType == JsonTokenType.Null ? null : Encoding.UTF8.GetString(reader.ValueSpan);
    }

    private void Problem(long offset, string message, string mend)
    {
        var before = Encoding.UTF8.GetString(bytes, 0, (int)offset);
        var line = before.Count(c => c == '\n') + 1;
        var column = before.Length - (before.LastIndexOf('\n') + 1) + 1;
        Problems.Add(new FactProblem(line, column, message, mend));
    }
}
