using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>A decision table as DMN draws it.</summary>
/// <param name="HitPolicy"><c>UNIQUE</c>, <c>COLLECT</c> or another of the standard's.</param>
/// <param name="Inputs">FEEL expressions, left to right.</param>
/// <param name="Rules">Unary tests for each input, and the output.</param>
internal sealed record TableLogic(
    string HitPolicy, IReadOnlyList<string> Inputs, IReadOnlyList<(IReadOnlyList<string> Tests, string Output)> Rules)
{
    /// <summary>What becomes of what COLLECT collects: <c>SUM</c>, <c>MIN</c>, <c>MAX</c> or <c>COUNT</c>.</summary>
    public string Aggregation { get; init; } = "SUM";

    /// <summary>Type of each input, where the model declares one.</summary>
    public IReadOnlyList<string?> Types { get; init; } = [];

    /// <summary>Unary tests the values of each input must pass, where the model declares them.</summary>
    public IReadOnlyList<string?> Allowed { get; init; } = [];

    /// <summary>Output values in the order of their importance.</summary>
    public IReadOnlyList<string> Priorities { get; init; } = [];

    /// <summary>Output where no rule matches.</summary>
    public string? Default { get; init; }

    /// <summary>What is said about each rule, in both languages; empty where the table has no annotations.</summary>
    public IReadOnlyList<Bilingual?> Notes { get; init; } = [];
}

/// <summary>
/// The two decisions of an indicator in FEEL: its value, and its points as a table or an expression over that value.
/// What
/// is withheld or does not apply is null.
/// </summary>
internal sealed class IndicatorLogic(Scheme scheme, IReadOnlyDictionary<string, Metric> metrics, Indicator indicator)
{
    private const string Anything = "-";
    private const int Decimals = Scoring.CompiledPoints.Decimals;

    /// <summary>Name of the decision that gives the points.</summary>
    public string PointsName => $"{Plain(indicator.Id)} points";

    /// <summary>Name of the decision that gives the value.</summary>
    public string ValueName => $"{Plain(indicator.Id)} value";

    /// <summary>The value, or null where the indicator does not apply or data are missing.</summary>
    public string Value
    {
        get
        {
            var value = indicator.Value.Text.Trim();
            if (Missing is { } missing) value = $"if {missing} then null\nelse {value}";
            return indicator.Applies is { } applies ? $"if {applies.When.Text.Trim()} then ({value})\nelse null"
                : value;
        }
    }

    /// <summary>The points as a table, or null where they are an expression.</summary>
    public TableLogic? Table => indicator.Points switch
    {
        BandPoints bands => OfBands(bands),
        ChecklistPoints checklist => OfChecklist(checklist),
        TablePoints table => OfTable(table),
        _ => null,
    };

    /// <summary>
    /// What goes before a table: 0 for lack of data, and for one that somebody drew, that without a value nothing is
    /// scored. Empty where the table by itself says the same.
    /// </summary>
    public IReadOnlyList<(string If, string Then)> Before
    {
        get
        {
            if (indicator.Points is not (ChecklistPoints or TablePoints)) return [];
            var before = new List<(string, string)>();
            if (ZeroForLackOfData is { } zero) before.Add((zero, "0"));
            if (indicator.Points is TablePoints table && !NeedsValue(table)) before.Add(($"{ValueName} = null", "null"));
            return before;
        }
    }

    // Conditions on the value do not hold without one.
    private static bool NeedsValue(TablePoints table)
    {
        var column = table.Columns.ToList().FindIndex(one => one.Input.Text.Trim() == NameScope.ValueName);
        return column >= 0 && table.Default is null && table.Hits != TableHits.Count
            && table.Rows.All(row => row.Tests[column].Tests.Root is { Tests.Count: > 0, Negated: false });
    }

    private TableLogic OfTable(TablePoints table)
    {
        var (policy, aggregation) = table.Hits switch
        {
            TableHits.Sum => ("COLLECT", "SUM"),
            TableHits.Min => ("COLLECT", "MIN"),
            TableHits.Max => ("COLLECT", "MAX"),
            TableHits.Count => ("COLLECT", "COUNT"),
            var other => (other.ToString().ToUpperInvariant(), ""),
        };
        return new TableLogic(
            policy,
            [.. table.Columns.Select(column => WithValue(column.Input))],
            [.. table.Rows.Select(row => ((IReadOnlyList<string>)[.. row.Tests.Select(test => WithValue(test.Text, test.Tests.Root))],
                WithValue(row.Points)))])
        {
            Aggregation = aggregation,
            Types = [.. table.Columns.Select(column => FeelType.BuiltIn(column.Type ?? "") is null ? null : column.Type)],
            Allowed = [.. table.Columns.Select(column => column.Allowed?.Text)],
            Priorities = [.. table.Priorities.Select(value => value.Text)],
            Default = table.Default is { } otherwise ? WithValue(otherwise) : null,
            Notes = table.Rows.Any(row => row.Note is not null) ? [.. table.Rows.Select(row => row.Note)] : [],
        };
    }

    /// <summary>The points as an expression; for the forms without a table.</summary>
    public string Expression
    {
        get
        {
            var points = indicator.Points switch
            {
                FormulaPoints formula => Bounded(WithValue(formula.Formula)),
                GoalpostPoints posts => OfGoalposts(posts),
                PanelPoints panel => OfPanel(panel),
                _ => "null",
            };
            return ZeroForLackOfData is { } zero ? $"if {zero} then 0\nelse {points}" : points;
        }
    }

    /// <summary>Whether the indicator counts for the unit, or null where it always does.</summary>
    public string? Counts
    {
        get
        {
            var applies = indicator.Applies is { } condition ? $"({condition.When.Text.Trim()}) != false" : null;
            var told = indicator.Missing == MissingPolicy.Exclude && MissingMetrics is { } missing ? $"not({missing})" : null;
            return applies is null ? told : told is null ? applies : $"{applies} and {told}";
        }
    }

    /// <summary>Every metric, list and parameter the two decisions read.</summary>
    public IReadOnlyList<string> Inputs => [.. indicator.Given
        .Concat(Formulas.SelectMany(expression => expression.FreeNames))
        .Concat(indicator.Points is BandPoints bands ? bands.Bands.SelectMany(band => band.When.Tests.FreeNames) : [])
        .Concat(indicator.Points is TablePoints table ? table.FreeNames : [])
        .Select(Root)
        .Where(name => scheme.Parameters.ContainsKey(name) || metrics.Values.Any(metric => Root(metric.Code) == name))
        .Distinct(StringComparer.Ordinal)];

    /// <summary>An id as a name that every FEEL reader takes.</summary>
    public static string Plain(string id) =>
        string.Concat(id.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Root(string code) => code.Split('.')[0];

    private IEnumerable<FeelExpression> Formulas =>
    [
        indicator.Value.Expression,
        .. indicator.Applies is { } applies ? [applies.When.Expression] : Array.Empty<FeelExpression>(),
        .. indicator.Points is FormulaPoints formula ? [formula.Formula.Expression] : Array.Empty<FeelExpression>(),
        .. indicator.Points is ChecklistPoints checklist ? checklist.Items.Select(item => item.When.Expression) : [],
    ];

    private IEnumerable<string> Needed => indicator.Given.Except(indicator.Optional, StringComparer.Ordinal);

    private string? Missing => AnyAbsent(Needed);

    // A parameter without a value is a fault of the rules: it withholds, whatever becomes of missing data.
    private string? MissingMetrics => AnyAbsent(Needed.Where(code => !scheme.Parameters.ContainsKey(code)));

    private string? AnyAbsent(IEnumerable<string> codes)
    {
        var absent = codes.Select(Absent).OfType<string>().Distinct().ToList();
        return absent.Count == 0 ? null : string.Join(" or ", absent);
    }

    private string? Absent(string code)
    {
        if (!metrics.TryGetValue(code, out var metric) || metric.ResourceList is not { } list) return $"{code} = null";
        return $"{list} = null or (some i in {list} satisfies i.{metric.ShortCode} = null)";
    }

    // Lack of data earns nothing, but only where the indicator applies.
    private string? ZeroForLackOfData => indicator.Missing != MissingPolicy.Zero || MissingMetrics is not { } missing ? null
        : indicator.Applies is { } applies ? $"({applies.When.Text.Trim()}) != false and ({missing})"
        : missing;

    private TableLogic OfBands(BandPoints bands)
    {
        var rules = bands.Bands.Select(band => (Tests: band.When.Text.Trim(), Output: NumberSet.Text(band.Points)))
            .ToList();
        return ZeroForLackOfData is { } zero
            ? new TableLogic("UNIQUE", [zero, ValueName],
                [(["true", Anything], "0"),
                    .. rules.Select(rule => ((IReadOnlyList<string>)["false", rule.Tests], rule.Output))])
            : new TableLogic("UNIQUE", [ValueName],
                [.. rules.Select(rule => ((IReadOnlyList<string>)[rule.Tests], rule.Output))]);
    }

    // Fulfilled items are added. A row without an item keeps the sum at 0 where none is fulfilled; an item that cannot be
    // told leaves no row at all, and so no points.
    private TableLogic OfChecklist(ChecklistPoints checklist)
    {
        var items = checklist.Items.Select(item => WithValue(item.When)).ToList();
        var told = $"{ValueName} != null and not(list contains([{string.Join(", ", items)}], null))";
        var rules = new List<(IReadOnlyList<string>, string)> { (["true", .. items.Select(_ => Anything)], "0") };
        for (var at = 0; at < items.Count; at++)
        {
            rules.Add((["true", .. items.Select((_, other) => other == at ? "true" : Anything)],
                NumberSet.Text(checklist.Items[at].Points)));
        }

        return new TableLogic("COLLECT", [told, .. items], rules);
    }

    private string OfGoalposts(GoalpostPoints posts)
    {
        var (zero, full, max) = (NumberSet.Text(posts.Zero), NumberSet.Text(posts.Full), NumberSet.Text(indicator.Max));
        var rising = posts.Full > posts.Zero;
        var span = NumberSet.Text(Math.Abs(posts.Full - posts.Zero));
        var way = rising ? $"{ValueName} - ({zero})" : $"{zero} - {ValueName}";
        return $"if {ValueName} {(rising ? "<=" : ">=")} {zero} then 0\n"
            + $"else if {ValueName} {(rising ? ">=" : "<=")} {full} then {max}\n"
            + $"else decimal({max} * ({way}) / {span}, {Decimals})";
    }

    private string OfPanel(PanelPoints panel)
    {
        const string Scores = "scores";
        var combined = panel.Combine switch
        {
            PanelCombination.Median => $"median({Scores})",
            PanelCombination.TrimmedMean =>
                $"if count({Scores}) >= {Scoring.Panel.LeastToTrim} then (sum({Scores}) - min({Scores}) - max({Scores})) / (count({Scores}) - 2) else mean({Scores})",
            _ => $"mean({Scores})",
        };
        var (least, most) = (NumberSet.Text(panel.Minimum), NumberSet.Text(panel.Maximum));
        return $"{{ {Scores}: flatten([{ValueName}]),\n"
            + $"  combined: {combined},\n"
            + $"  points: if {ValueName} = null or not(every score in {Scores} satisfies score >= {least} and score <= {most}) then null\n"
            + $"    else decimal({NumberSet.Text(indicator.Max)} * (combined - {least}) / ({most} - {least}), {Decimals}) }}.points";
    }

    // Points outside 0 and the maximum are refused, not cut.
    private string Bounded(string formula) =>
        $"{{ earned: if {ValueName} = null then null else decimal({formula}, {Decimals}),\n"
        + $"  points: if earned >= 0 and earned <= {NumberSet.Text(indicator.Max)} then earned else null }}.points";

    // Formulas of points say `value`; between decisions the value has the name of its decision.
    private string WithValue(Formula formula) => WithValue(formula.Text, formula.Expression.Root);

    private string WithValue(string text, FeelNode root) =>
        new FormulaTexts(scheme, metrics).Renamed(text, root, NameScope.ValueName, ValueName);
}
