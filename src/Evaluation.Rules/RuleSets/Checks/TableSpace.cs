using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>A part of the space of a table's inputs in which the same rules match throughout.</summary>
/// <param name="Parts">The values of each input, left to right.</param>
/// <param name="Rows">Places of the rules that match, in the order of the table.</param>
internal sealed record TableRegion(IReadOnlyList<ValueSet> Parts, IReadOnlyList<int> Rows);

/// <summary>
/// The inputs of a decision table as a space with one dimension a column: each rule takes a box of it. The space is cut
/// along the edges of all boxes, exactly, into regions in which nothing changes. Inputs count as independent of one
/// another.
/// </summary>
internal sealed class TableSpace
{
    // Far more than a table that people can read has; what is larger is not proved but refused.
    private const int MostRegions = 200_000;

    private readonly CheckBench _bench;
    private readonly Indicator _indicator;
    private readonly List<TableRegion> _regions = [];
    private readonly int[] _order;

    private TableSpace(CheckBench bench, Indicator indicator, TablePoints table)
    {
        (_bench, _indicator, Table) = (bench, indicator, table);
        Names = [.. table.Columns.Select(column => column.Input.Text.Trim())];
        ValueColumn = Names.ToList().FindIndex(name => name == NameScope.ValueName || name == indicator.Value.Text.Trim());

        // Along the value the points are followed, so that it is cut last.
        _order = [.. Enumerable.Range(0, Names.Count).OrderBy(column => column == ValueColumn)];
        Domains = [];
        (Sets, Raw) = ([], []);
    }

    public TablePoints Table { get; }

    /// <summary>What each column tests.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The column that tests the value, or -1.</summary>
    public int ValueColumn { get; }

    /// <summary>The values each input can have.</summary>
    public IReadOnlyList<ValueSet> Domains { get; private set; }

    /// <summary>The values each rule takes, a set for each column, inside what can occur.</summary>
    public IReadOnlyList<IReadOnlyList<ValueSet>> Sets { get; private set; }

    /// <summary>The same as written, whatever can occur.</summary>
    public IReadOnlyList<IReadOnlyList<ValueSet>> Raw { get; private set; }

    /// <summary>The regions; those that differ in the value alone stand together.</summary>
    public IReadOnlyList<TableRegion> Regions => _regions;

    /// <summary>The space of a table, or null (and problems) where a condition or the size forbids a proof.</summary>
    public static TableSpace? Of(CheckBench bench, Indicator indicator, TablePoints table, ProblemList problems)
    {
        var space = new TableSpace(bench, indicator, table);
        return space.ReadSets(problems) && space.Cut(problems) ? space : null;
    }

    /// <summary>A region in words: <c>value ≥ 1 and condition = "fault"</c>.</summary>
    public string Words(TableRegion region) => string.Join(" and ", Enumerable.Range(0, Names.Count)
        .Where(column => !region.Parts[column].Not().And(Domains[column]).IsEmpty)
        .Select(column => string.Join(" or ", region.Parts[column].Parts(Names[column])))
        .DefaultIfEmpty("every input"));

    private bool ReadSets(ProblemList problems)
    {
        var before = problems.Errors;
        var raw = Table.Rows.Select(row => row.Tests.Zip(Names, (test, name) => SetOf(test, name, row, problems)).ToList())
            .ToList();
        if (problems.Errors > before) return false;
        Domains = [.. Table.Columns.Select((column, at) => DomainOf(column, raw.Select(row => row[at]!), problems))];
        Raw = [.. raw.Select(row => row.ConvertAll(set => set!))];
        Sets = [.. raw.Select(row => row.Zip(Domains, (set, domain) => set!.And(domain)).ToList())];
        return problems.Errors == before;
    }

    private ValueSet? SetOf(Condition test, string name, TableRow row, ProblemList problems)
    {
        if (new ConditionSets(_bench.Constants, test.Text).Of(test.Tests.Root) is { } set) return set;
        problems.Add(row.Location,
            $"which values rule {row.Number} takes as {name} cannot be told: {test.Text}",
            "write comparisons, ranges or values of numbers and parameters: >= 1, [0.5..1), \"a\", \"b\"");
        return null;
    }

    private ValueSet DomainOf(TableColumn column, IEnumerable<ValueSet> tests, ProblemList problems)
    {
        var name = column.Input.Text.Trim();
        var allowed = column.Allowed is { } values
            ? new ConditionSets(_bench.Constants, values.Text).Of(values.Tests.Root) ?? ValueSet.All
            : null;
        if (Known(name) is not { } known) return allowed ?? KindsOf(tests);
        if (allowed is not null && known.And(allowed.Not()) is { IsEmpty: false } outside)
        {
            problems.Add(Table.Location,
                $"{string.Join(" or ", outside.Parts(name))} can occur, but is not among the input values of the column",
                "widen the input values, or correct the range of the metric");
        }

        return known;
    }

    // The value by its declared range, a metric by its range or answers, a parameter by its value on the day.
    private ValueSet? Known(string name)
    {
        if (name == NameScope.ValueName)
        {
            return BandChecks.TextsOf(_bench, _indicator) is { } answers
                ? ValueSet.Of(TextSet.Of(answers))
                : _indicator.Unit.Code == "answer" ? null : ValueSet.Of(NumberSet.Of(BandChecks.RangeOf(_bench, _indicator)));
        }

        if (_bench.Rules.Metrics.TryGetValue(name, out var metric)) return FiringChecks.ValuesOf(metric);
        return _bench.Scheme.Parameters.TryGetValue(name, out var parameter)
            && parameter.On(_bench.Rules.AsOf) is { } value
            ? ConditionSets.Compared(FeelOperator.Equal, value)
            : null;
    }

    // Of the kinds the conditions speak of.
    private static ValueSet KindsOf(IEnumerable<ValueSet> tests)
    {
        var narrow = tests.Where(values => values.Numbers.IsEmpty || values.Texts.IsEmpty).ToList();
        var texts = narrow.Exists(values => !values.Texts.IsEmpty);
        var truths = narrow.Exists(values => values.True || values.False);
        var numbers = narrow.Exists(values => !values.Numbers.IsEmpty) || (!texts && !truths);
        return new ValueSet(numbers ? NumberSet.All : NumberSet.None, texts ? TextSet.All : TextSet.None, truths, truths);
    }

    private bool Cut(ProblemList problems)
    {
        if (Visit(0, [.. Enumerable.Range(0, Table.Rows.Count)], new ValueSet[Names.Count])) return true;
        problems.Add(Table.Location, $"the table has more than {MostRegions} combinations of inputs to look at",
            "split it into several indicators, or use fewer inputs");
        return false;
    }

    private bool Visit(int depth, IReadOnlyList<int> rows, ValueSet[] parts)
    {
        if (depth == _order.Length)
        {
            _regions.Add(new TableRegion([.. parts], rows));
            return _regions.Count <= MostRegions;
        }

        var column = _order[depth];
        foreach (var (part, matching) in PartsOf(column, rows))
        {
            parts[column] = part;
            if (!Visit(depth + 1, matching, parts)) return false;
        }

        return true;
    }

    /// <summary>The domain of a column cut into parts in which the same of these rules match.</summary>
    private IEnumerable<(ValueSet Part, IReadOnlyList<int> Rows)> PartsOf(int column, IReadOnlyList<int> rows)
    {
        var parts = new List<(ValueSet Part, IReadOnlyList<int> Rows)> { (Domains[column], []) };
        foreach (var row in rows)
        {
            var set = Sets[row][column];
            parts = [.. parts.SelectMany(part => new (ValueSet Part, IReadOnlyList<int> Rows)[]
            {
                (part.Part.And(set), [.. part.Rows, row]), (part.Part.And(set.Not()), part.Rows),
            }).Where(part => !part.Part.IsEmpty)];
        }

        return parts;
    }
}
