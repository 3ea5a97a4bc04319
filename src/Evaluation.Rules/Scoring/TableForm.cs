using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>What a decision table answers for one unit.</summary>
/// <param name="Finding">Scored, or why not.</param>
/// <param name="Points">Points of the rules that decided.</param>
/// <param name="Rows">Places of the rules that decided, from 0; none where the default holds. Where rules contradict one
/// another, those.</param>
internal readonly record struct TableAnswer(Finding Finding, decimal Points, IReadOnlyList<int> Rows);

/// <summary>A decision table ready to run; the same answers as the DMN standard's own evaluation gives.</summary>
internal sealed class TableForm : CompiledPoints
{
    private readonly TablePoints _rule;
    private readonly decimal _max;
    private readonly CompiledFeel[] _inputs;
    private readonly CompiledUnaryTests?[] _allowed;
    private readonly CompiledUnaryTests[][] _tests;
    private readonly CompiledFeel[] _points;
    private readonly CompiledFeel[] _priorities;
    private readonly CompiledFeel? _default;

    public TableForm(CompiledScheme scheme, TablePoints rule, decimal max)
    {
        (_rule, _max) = (rule, max);
        _inputs = [.. rule.Columns.Select(column => scheme.Formula(column.Input))];
        _allowed = [.. rule.Columns.Select(column => column.Allowed is { } allowed ? scheme.Tests(allowed) : null)];
        _tests = [.. rule.Rows.Select(row => row.Tests.Select(scheme.Tests).ToArray())];
        _points = [.. rule.Rows.Select(row => scheme.Formula(row.Points))];
        _priorities = [.. rule.Priorities.Select(scheme.Formula)];
        _default = rule.Default is { } otherwise ? scheme.Formula(otherwise) : null;
    }

    public override Verdict Judge(in FeelValue value, FeelValue[] slots)
    {
        var answer = Answer(slots);
        var finding = answer.Finding == Finding.Scored && (answer.Points < 0m || answer.Points > _max)
            ? Finding.OutOfRange
            : answer.Finding;
        return new Verdict(finding, answer.Points, value, answer.Rows.Count > 0 ? answer.Rows[0] : -1);
    }

    /// <summary>The answer; the value found must be in its place among the facts.</summary>
    public TableAnswer Answer(FeelValue[] slots)
    {
        var values = Inputs(slots);
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsNull && _allowed[i]?.Test(values[i], slots) == false) return Nothing(Finding.NoRule);
        }

        var hits = new List<int>();
        for (var row = 0; row < _tests.Length; row++)
        {
            if (!Matches(row, values, slots)) continue;
            hits.Add(row);
            if (_rule.Hits == TableHits.First) break;
        }

        return hits.Count == 0 ? WithoutHit(slots) : Decide(hits, slots);
    }

    /// <summary>What the columns test, after the conversions the standard makes.</summary>
    public FeelValue[] Inputs(FeelValue[] slots)
    {
        var values = new FeelValue[_inputs.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var value = _inputs[i].Evaluate(slots);
            values[i] = _rule.Columns[i].Converts is { } type ? type.Coerce(value, out _) : value;
        }

        return values;
    }

    /// <summary>Whether a condition of a rule holds for these inputs.</summary>
    public bool Holds(int row, int column, FeelValue[] values, FeelValue[] slots) =>
        _tests[row][column].Test(values[column], slots) == true;

    private bool Matches(int row, FeelValue[] values, FeelValue[] slots)
    {
        for (var column = 0; column < values.Length; column++)
        {
            if (!Holds(row, column, values, slots)) return false;
        }

        return true;
    }

    private TableAnswer WithoutHit(FeelValue[] slots)
    {
        if (_default is null) return _rule.Hits == TableHits.Count ? new(Finding.Scored, 0m, []) : Nothing(Finding.NoRule);
        return _default.TryNumber(slots, out var points) ? new(Finding.Scored, Kept(points), []) : Nothing(Finding.NoPoints);
    }

    private TableAnswer Decide(List<int> hits, FeelValue[] slots)
    {
        if (_rule.Hits == TableHits.Count) return new(Finding.Scored, hits.Count, hits);
        if (_rule.Hits == TableHits.Unique && hits.Count > 1) return new(Finding.RulesDisagree, 0m, hits);
        var points = new decimal[hits.Count];
        for (var i = 0; i < points.Length; i++)
        {
            if (!_points[hits[i]].TryNumber(slots, out points[i])) return new(Finding.NoPoints, 0m, [hits[i]]);
        }

        switch (_rule.Hits)
        {
            case TableHits.Any:
                return Array.TrueForAll(points, one => one == points[0])
                    ? One(hits, points, 0)
                    : new(Finding.RulesDisagree, 0m, hits);
            case TableHits.Priority: return One(hits, points, MostImportant(points, slots));
            case TableHits.Sum: return new(Finding.Scored, Kept(points.Sum()), hits);
            case TableHits.Min: return One(hits, points, Array.IndexOf(points, points.Min()));
            case TableHits.Max: return One(hits, points, Array.IndexOf(points, points.Max()));
            default: return One(hits, points, 0);
        }
    }

    // Points that are not listed come last, and of equal ones the rule that stands first.
    private int MostImportant(decimal[] points, FeelValue[] slots)
    {
        foreach (var priority in _priorities)
        {
            if (priority.TryNumber(slots, out var listed) && Array.IndexOf(points, listed) is >= 0 and var at) return at;
        }

        return 0;
    }

    private static TableAnswer One(List<int> hits, decimal[] points, int at) => new(Finding.Scored, Kept(points[at]), [hits[at]]);

    private static TableAnswer Nothing(Finding why) => new(why, 0m, []);

    public override void Trace(FeelValue[] slots, FeelTrace trace)
    {
        foreach (var input in _inputs) input.Evaluate(slots, trace);
        foreach (var row in Answer(slots).Rows) _points[row].Evaluate(slots, trace);
    }
}
