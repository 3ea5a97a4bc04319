using Evaluation.Rules.Allocation;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads an award policy that stands alone, and the worked cases beside it.</summary>
internal sealed class PolicyReader(ProblemList problems)
{
    /// <summary>The key by which such a file is known.</summary>
    public const string Key = "policy";

    /// <summary>Reads the policy.</summary>
    /// <param name="root">The file.</param>
    /// <param name="cases">The cases file beside it, or null.</param>
    /// <param name="folder">The texts it came from.</param>
    public PolicyFile Read(YamlMap root, YamlMap? cases, RuleFolder folder)
    {
        var map = new MapReader(root, "the award policy", problems,
            Key, "name", "source", "currency", "columns", "parameters", "figures", "budget", "awards");
        var columns = new ColumnsReader(problems).Read(map);
        var metrics = columns.ToDictionary(column => column.Key, column => column.Value.Metric, StringComparer.Ordinal);
        var names = new RuleNames(metrics, new ParametersReader(problems, metrics).Read(map));
        var figures = new FiguresReader(problems, names).Read(map);
        names = names with { Figures = [.. figures.Select(figure => figure.Id)] };
        var currency = map.OptionalBilingual("currency") ?? AwardPolicy.Yuan;
        var awards = new AwardsReader(problems, names, currency, ofScheme: false).Read(map.Required("awards"));
        var budget = map.Optional("budget") is { } node
            ? new FormulaReader(problems).Formula(node, "the budget", new NameScope(names)) : null;
        CheckPots(awards, budget, map);
        var id = map.Code(Key);
        var (name, source) = (map.Bilingual("name"), map.Source("the award policy"));
        var scheme = new Scheme(
            id, name, id, SchemeLevel.Unit, source, 0m, 0m, [], names.Parameters, figures, [], null, awards, [], map.Location);
        return new PolicyFile(
            id, name, source, currency, columns, budget, new RuleSet(folder, null, metrics, [scheme], [], []), scheme,
            cases is null ? [] : new AwardCasesReader(problems, names, ofScheme: false).Read(cases),
            map.Location);
    }

    private void CheckPots(IReadOnlyList<AwardPolicy> awards, Formula? budget, MapReader map)
    {
        foreach (var policy in awards.Where(policy => policy.Name is null && awards.Count > 1))
        {
            problems.Add(policy.Location, $"the pool {policy.Pool} has no 'name'", "add name: { zh: …, en: … }; sentences tell the pools apart by it");
        }

        if (awards.Count(policy => policy.TakesRest) > 1 || (budget is null && awards.Any(policy => policy.TakesRest)))
        {
            problems.Add(map.Location, "'pot: rest' takes what other pools leave of the budget",
                "add budget: all the money there is, and write pot: rest for one pool only");
        }

        if (budget is not null && awards.Count > 1)
        {
            foreach (var policy in awards.Where(policy => policy.Pot is null && !policy.TakesRest))
            {
                problems.Add(policy.Location, $"the pool {policy.Pool} does not say its pot", "add pot: an amount, or pot: rest");
            }
        }

        foreach (var policy in awards.Where(policy => budget is null && policy.Pot is null && !policy.TakesRest)) CheckWithoutPot(policy);
    }

    // Without any pot there is nothing to scale to: amounts are paid as computed until somebody names a budget.
    private void CheckWithoutPot(AwardPolicy policy)
    {
        if (policy.Spend is SpendRule.AsComputed or SpendRule.UpToCaps
            && policy.Rounding is RoundingMethod.HalfUp or RoundingMethod.Down) return;
        problems.Add(policy.Location, $"the pool {policy.Pool} shares out a pot, but there is none",
            "add pot: or budget:, or write spend: as_computed with rounding: half_up or down");
    }
}

/// <summary>Reads <c>columns:</c> of an award policy.</summary>
internal sealed class ColumnsReader(ProblemList problems)
{
    private static readonly Bilingual FromTheFile = new("单位表", "The file of units");

    public IReadOnlyDictionary<string, InputColumn> Read(MapReader policy)
    {
        var columns = new Dictionary<string, InputColumn>(StringComparer.Ordinal);
        if (policy.Required("columns") is not { } node) return columns;
        if (node is not YamlMap map)
        {
            problems.Add(node.Location, $"'columns' is {node.Kind}", "write code: { name: …, unit: … } for each column");
            return columns;
        }

        foreach (var entry in map.Entries) columns[entry.Key.Text] = ColumnOf(entry);
        var headers = columns.SelectMany(column => column.Value.Aliases.Append(column.Key).Select(header => (header, column.Value.Metric.Location)));
        CommonParts.RefuseRepeats(problems, headers, "the column");
        return columns;
    }

    private InputColumn ColumnOf(YamlEntry entry)
    {
        MetricsFile.CheckCode(entry.Key, dotted: true, problems);
        var what = $"the column {entry.Key.Text}";
        var map = new MapReader(entry.Value, what, problems, "name", "unit", "range", "answers", "answer_names", "aliases", "missing", "once");
        var answers = map.Texts("answers");
        var isAnswer = map.Has("answers");
        var range = map.OptionalRange("range", what);
        var metric = new Metric(
            entry.Key.Text, map.Bilingual("name"), isAnswer ? UnitOfMeasure.All["answer"] : map.Unit(),
            isAnswer ? MetricKind.Answer : MetricKind.Stock, range?.Minimum, range?.Maximum,
            [.. answers.Select(answer => answer.Text)], new Dictionary<string, string>(), FromTheFile, entry.Key.Location)
        {
            AnswerNames = MetricsFile.AnswerNames(map, what, answers),
        };
        var (missing, usual) = Missing(map, metric);
        return new InputColumn(metric, [.. map.Texts("aliases").Select(alias => alias.Text)], missing, usual, map.Flag("once"));
    }

    private (MissingCell, FeelValue) Missing(MapReader map, Metric metric)
    {
        switch (map.OptionalText("missing"))
        {
            case null or "refuse": return (MissingCell.Refuse, FeelValue.Null);
            case "empty": return (MissingCell.Empty, FeelValue.Null);
            case "number_of_units": return (MissingCell.NumberOfUnits, FeelValue.Null);
            case var text when Facts.FactFiles.TryRead(metric, text, out var value, out _): return (MissingCell.Value, value);
            default:
                problems.Add(map.Optional("missing")!.Location, $"'missing' of the column {metric.Code} is none of its values",
                    "write refuse, empty, number_of_units, or the value an empty cell stands for");
                return (MissingCell.Refuse, FeelValue.Null);
        }
    }
}
