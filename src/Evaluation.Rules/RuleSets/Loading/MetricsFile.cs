using System.Text.RegularExpressions;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>metrics.yaml</c>.</summary>
internal static partial class MetricsFile
{
    public const string Path = "metrics.yaml";

    // Names that mean something else in formulas.
    private static readonly HashSet<string> Reserved =
    [
        "and", "between",
            "card", "else", "every", "external", "false", "for", "function", "given", "if", "in", "instance",
        "item", "not", "null", "of", "or", "partial", "return", "satisfies", "some", "then", "true", "value",
    ];

    public static IReadOnlyDictionary<string, Metric> Read(YamlMap root, ProblemList problems)
    {
        var file = new MapReader(root, "metrics.yaml", problems, "metrics");
        var metrics = new Dictionary<string, Metric>(StringComparer.Ordinal);
        var node = file.Required("metrics");
        if (node is YamlMap map)
        {
            foreach (var entry in map.Entries) metrics[entry.Key.Text] = MetricOf(entry, problems);
        }
        else if (node is not null)
        {
            problems.Add(node.Location, $"'metrics' is {node.Kind}",
                "write one line 'code: { name: …, unit: …, kind: …, from: … }' for each metric");
        }

        RefuseListsThatAreMetrics(metrics, problems);
        RefuseReportsOfNothing(metrics, problems);
        return metrics;
    }

    /// <summary>Reports a code that formulas could not use.</summary>
    public static void CheckCode(YamlText code, bool dotted, ProblemList problems)
    {
        if (!(dotted ? DottedCode() : SimpleCode()).IsMatch(code.Text))
        {
            problems.Add(code.Location, $"'{code.Text}' is not a code formulas can use",
                dotted
                    ? "use small letters, digits and _, e.g. effective_hours, or list.code for a metric of each resource"
                    : "use small letters, digits and _, beginning with a letter, e.g. quota_hours");
        }
        else if (code.Text.Split('.').FirstOrDefault(Reserved.Contains) is { } word)
        {
            problems.Add(code.Location, $"'{word}' means something else in formulas", "choose another code");
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
    private static partial Regex DottedCode();

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex SimpleCode();

    private static Metric MetricOf(YamlEntry entry, ProblemList problems)
    {
        CheckCode(entry.Key, dotted: true, problems);
        var what = $"the metric {entry.Key.Text}";
        var map = new MapReader(entry.Value, what, problems,
            "name", "unit", "kind", "range", "answers", "answer_names", "only", "from", "reported_as");
        var kind = map.Choice("kind", RuleWords.Kinds);
        var answers = map.Texts("answers");
        var range = map.OptionalRange("range", what);
        var kindIsRead = map.Optional("kind") is YamlText word && RuleWords.Kinds.ContainsKey(word.Text);
        if (kindIsRead && kind == MetricKind.Answer && !map.Has("answers"))
        {
            problems.Add(entry.Key.Location, $"{what} is an answer, but its answers are not listed",
                "add answers: [ \"…\", \"…\" ], or answers: [] where any text is one");
        }
        else if (kindIsRead && kind != MetricKind.Answer && answers.Count > 0)
        {
            problems.Add(entry.Key.Location,
                $"{what} lists answers, but its kind is not answer", "write kind: answer, or delete answers");
        }

        return new Metric(
            entry.Key.Text,
            map.Bilingual("name"),
            map.Unit(),
            kind,
            range?.Minimum,
            range?.Maximum,
            [.. answers.Select(answer => answer.Text)],
            map.TextByKey("only"),
            map.Bilingual("from"),
            entry.Key.Location)
        {
            AnswerNames = AnswerNames(map, what, answers),
            ReportedAs = [.. map.Texts("reported_as").Select(code => code.Text)],
        };
    }

    /// <summary>What the answers of a metric are called.</summary>
    public static Dictionary<string, Bilingual> AnswerNames(MapReader metric, string what, IReadOnlyList<YamlText> answers)
    {
        var names = new Dictionary<string, Bilingual>(StringComparer.Ordinal);
        if (metric.Optional("answer_names") is not { } node) return names;
        var map = new MapReader(node,
            $"the names of the answers of {what}", metric.Problems, [.. answers.Select(answer => answer.Text)]);
        foreach (var answer in answers.Where(answer => map.Has(answer.Text))) names[answer.Text] = map.Bilingual(answer.Text);
        return names;
    }

    private static void RefuseReportsOfNothing(IReadOnlyDictionary<string, Metric> metrics, ProblemList problems)
    {
        foreach (var metric in metrics.Values)
        {
            foreach (var code in metric.ReportedAs)
            {
                if (!metrics.TryGetValue(code, out var reported))
                {
                    problems.Add(metric.Location, $"{metric.Code} is reported as '{code}', which is no metric",
                        NearestWord.Mend(code, [.. metrics.Keys]));
                }
                else if (reported.Unit != metric.Unit || reported.Kind != metric.Kind || reported.ReportedAs.Count > 0)
                {
                    problems.Add(metric.Location,
                        $"{metric.Code} is reported as '{code}', which has another unit or kind, or is itself reported as another",
                        "give both the same unit and kind, and name one step only");
                }
            }
        }
    }

    private static void RefuseListsThatAreMetrics(IReadOnlyDictionary<string, Metric> metrics, ProblemList problems)
    {
        foreach (var metric in metrics.Values.Where(metric => metric.ResourceList is { } list && metrics.ContainsKey(list)))
        {
            problems.Add(metric.Location, $"'{metric.ResourceList}' is a metric and a resource list at once",
                "rename one of them");
        }
    }
}
