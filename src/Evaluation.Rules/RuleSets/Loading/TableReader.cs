using System.Globalization;
using System.Text.RegularExpressions;
using Evaluation.Rules.Dmn;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>
/// Reads a decision table that was drawn in a DMN modeller as an indicator's points: <c>{ table: F.dmn, decision: … }</c>.
/// Problems name the .dmn file, the line and the number of the rule.
/// </summary>
internal sealed partial class TableReader(
    ProblemList problems, FormulaReader formulas, string what, NameScope scope, RuleFiles files)
{
    /// <summary>Key of the decision's name or id, beside the table's file.</summary>
    public const string DecisionKey = "decision";

    private const string Anything = "-";

    private static readonly Dictionary<(DmnHitPolicy, DmnAggregation), TableHits> OneNumber = new()
    {
        [(DmnHitPolicy.Unique, DmnAggregation.None)] = TableHits.Unique,
        [(DmnHitPolicy.Any, DmnAggregation.None)] = TableHits.Any,
        [(DmnHitPolicy.Priority, DmnAggregation.None)] = TableHits.Priority,
        [(DmnHitPolicy.First, DmnAggregation.None)] = TableHits.First,
        [(DmnHitPolicy.Collect, DmnAggregation.Sum)] = TableHits.Sum,
        [(DmnHitPolicy.Collect, DmnAggregation.Min)] = TableHits.Min,
        [(DmnHitPolicy.Collect, DmnAggregation.Max)] = TableHits.Max,
        [(DmnHitPolicy.Collect, DmnAggregation.Count)] = TableHits.Count,
    };

    /// <summary>The table of <c>points:</c>; where something is wrong, one without rules and a problem.</summary>
    public PointsRule Read(MapReader points)
    {
        var path = PathOf(points.Location.Path, points.Text("table"));
        var nothing = new BandPoints([]);
        if (ModelAt(path, points.Optional("table")!.Location) is not { } model
            || DecisionOf(model, points) is not { } decision) return nothing;
        var place = new FileLocation(path, Math.Max(1, decision.Line));
        if (decision.Logic is not DmnTable table)
        {
            problems.Add(place, $"the decision '{decision.Name}', the points of {what}, is no decision table",
                "draw it as a decision table, or copy its expression into points: { formula: … }");
            return nothing;
        }

        if (decision.Requires.Any(href => !IsInput(model, href)))
        {
            problems.Add(place, $"the decision '{decision.Name}' requires another decision or a function, "
                + $"but the points of {what} come from one table",
                "let the table's inputs be value, metrics and parameters; what comes before stands in value:");
        }

        return TableOf(model, decision, table, path);
    }

    private static bool IsInput(DmnModel model, string href) =>
        model.Inputs.Any(input => href.EndsWith("#" + input.Id, StringComparison.Ordinal));

    // Beside the file that names it, or a way from there: ../tables/F.dmn.
    private static string PathOf(string from, string name)
    {
        var parts = from.Split('/')[..^1].ToList();
        foreach (var part in name.Split('/'))
        {
            if (part == ".." && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else if (part != ".") parts.Add(part);
        }

        return string.Join('/', parts);
    }

    private DmnModel? ModelAt(string path, FileLocation named)
    {
        if (files.TakeModel(path) is not { } text)
        {
            var near = NearestWord.Of(path, files.Models);
            problems.Add(named, $"the table of {what} is not there: {path}",
                near is null ? "put the .dmn file beside the indicator, or correct the name" : $"it may be {near}");
            return null;
        }

        try
        {
            return DmnReader.Read(text, path);
        }
        catch (DmnFormatException refused)
        {
            // The message begins with the place.
            var place = Place().Match(refused.Message);
            var line = place.Success ? int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) : 1;
            problems.Add(new FileLocation(path, line), refused.Message[place.Length..],
                "save the table again as DMN 1.2 to 1.5");
            return null;
        }
    }

    [GeneratedRegex(@"^.*?:(\d+): ")]
    private static partial Regex Place();

    private DmnDecision? DecisionOf(DmnModel model, MapReader points)
    {
        var named = points.OptionalText(DecisionKey);
        var found = named is null
            ? [.. model.Decisions.Where(decision => decision.Logic is DmnTable)]
            : model.Decisions.Where(decision => decision.Name == named || decision.Id == named).ToList();
        if (found.Count == 1) return found[0];
        var all = string.Join(", ", model.Decisions.Select(decision => $"'{decision.Name}'"));
        problems.Add(points.Optional(DecisionKey)?.Location ?? points.Location,
            named is null
                ? $"{model.File} has {found.Count} decision tables, and 'points' of {what} does not say which"
                : $"{model.File} has {(found.Count == 0 ? "no" : "more than one")} decision '{named}'",
            $"write decision: the name or id of one of: {all}");
        return null;
    }

    private TablePoints TableOf(DmnModel model, DmnDecision decision, DmnTable table, string path)
    {
        var place = new FileLocation(path, Math.Max(1, table.Line));
        if (!OneNumber.TryGetValue((table.HitPolicy, table.Aggregation), out var hits))
        {
            problems.Add(place, $"the hit policy of the table of {what} gives a list, but points are one number",
                "choose UNIQUE, ANY, PRIORITY, FIRST, or COLLECT with +, <, > or #");
        }

        if (table.Outputs.Count != 1)
        {
            problems.Add(place, $"the table of {what} has {table.Outputs.Count} output columns, but points are one",
                "keep the column of the points; explanations go into the annotation columns zh and en");
        }

        var types = new DmnTypes(model);
        if (table.Outputs is [{ TypeRef: { } type }] && types.Of(type) is { } kind
            && !kind.Accepts(FeelValue.Number(0)))
        {
            problems.Add(place, $"the output of the table of {what} has the type '{type}', but points are numbers",
                "choose number");
        }

        if (table.Rules.Count == 0) problems.Add(place, $"the table of {what} has no rule", "draw at least one");
        var columns = table.Inputs.Select((input, at) => ColumnOf(input, at + 1, types, place)).ToList();
        var notes = NoteColumns(table, place);
        var rows = table.Rules.Select((rule, at) => RowOf(rule, at + 1, columns.Count, notes, path)).ToList();
        var output = table.Outputs.Count > 0 ? table.Outputs[0] : new DmnTableOutput(null, null, null, null);
        return new TablePoints(
            decision.Name, hits, columns, rows, Priorities(output, hits, place),
            string.IsNullOrWhiteSpace(output.Default) ? null
                : Formula(output.Default, $"the default points of the table of {what}", place),
            place);
    }

    private TableColumn ColumnOf(DmnTableInput input, int number, DmnTypes types, FileLocation place)
    {
        var name = $"input {number} of the table of {what}";
        if (string.IsNullOrWhiteSpace(input.Expression))
        {
            problems.Add(place, $"{name} tests nothing",
                "write its expression: value, or the code of a metric or parameter");
        }

        if (input.TypeRef is { } type && types.Of(type) is null && type != "Any")
        {
            problems.Add(place, $"{name} has the type '{type}', which the model does not declare",
                "choose number, string or boolean, or declare the item definition in the same model");
        }

        return new TableColumn(
            Formula(string.IsNullOrWhiteSpace(input.Expression) ? "null" : input.Expression, name, place),
            input.TypeRef,
            string.IsNullOrWhiteSpace(input.Values) ? null : Tests(input.Values, $"the values of {name}", place))
        {
            Converts = types.Of(input.TypeRef),
        };
    }

    private TableRow RowOf(DmnRule rule, int number, int columns, (int Zh, int En)? notes, string path)
    {
        var place = new FileLocation(path, Math.Max(1, rule.Line));
        var name = $"rule {number} of the table of {what}";
        if (rule.Tests.Count != columns)
        {
            problems.Add(place, $"{name} has {rule.Tests.Count} conditions for {columns} inputs",
                "give each input a condition; - takes any value");
        }

        var points = rule.Outputs.Count > 0 ? rule.Outputs[0] : "";
        if (string.IsNullOrWhiteSpace(points)) problems.Add(place, $"{name} gives no points", "write a number");
        return new TableRow(
            number,
            [.. rule.Tests.Select((test, at) => Tests(test, $"{name}, condition of input {at + 1},", place))],
            Formula(string.IsNullOrWhiteSpace(points) ? "null" : points, $"{name}, its points,", place),
            notes is { } columnsOfNotes ? NoteOf(rule, columnsOfNotes, name, place) : null,
            place);
    }

    private (int Zh, int En)? NoteColumns(DmnTable table, FileLocation place)
    {
        var names = table.Annotations.ToList();
        var (zh, en) = (names.IndexOf("zh"), names.IndexOf("en"));
        if (zh < 0 && en < 0) return null;
        if (zh >= 0 && en >= 0) return (zh, en);
        var (there, lacking) = zh < 0 ? ("en", "zh") : ("zh", "en");
        problems.Add(place, $"the table of {what} has an annotation column {there} but no {lacking}",
            "add the other: sentences are written in both languages");
        return null;
    }

    private Bilingual? NoteOf(DmnRule rule, (int Zh, int En) columns, string name, FileLocation place)
    {
        string At(int column) => column < rule.Annotations.Count ? rule.Annotations[column] : "";
        var note = new Bilingual(At(columns.Zh), At(columns.En));
        if (note.Zh.Length == 0 && note.En.Length == 0) return null;
        if (note.Zh.Length > 0 && note.En.Length > 0) return note;
        problems.Add(place, $"{name} is annotated in one language only", "write both annotations, or neither");
        return null;
    }

    private IReadOnlyList<Formula> Priorities(DmnTableOutput output, TableHits hits, FileLocation place)
    {
        if (hits != TableHits.Priority) return [];
        if (string.IsNullOrWhiteSpace(output.Values))
        {
            problems.Add(place, $"the table of {what} goes by priority, but lists no output values",
                "list the points as output values, the most important first");
            return [];
        }

        var values = Tests(output.Values, $"the output values of the table of {what}", place);
        return [.. values.Tests.Root.Tests.Select(test => Formula(
            test.TextIn(values.Text), $"an output value of the table of {what}", place))];
    }

    private Formula Formula(string text, string name, FileLocation place) =>
        formulas.Formula(new YamlText(text.Trim(), true, null, place), name, scope);

    private Condition Tests(string text, string name, FileLocation place) => formulas.Condition(
        new YamlText(string.IsNullOrWhiteSpace(text) ? Anything : text.Trim(), true, null, place), name, scope);
}
