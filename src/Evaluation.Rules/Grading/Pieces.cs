using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Grading;

/// <summary>
/// Where the points of a unit may change their course when one metric moves and everything else stays: every value of
/// the metric at which a band, a goalpost, an item or a branch of a formula may switch. Between two neighbouring values
/// all of them stand still, so that the total is a straight line there, and rises or falls throughout.
/// </summary>
internal sealed class Pieces
{
    // Each branch may double the number of lines; formulas of rule files have a few.
    private const int MostLines = 64;

    private readonly CompiledScheme _scheme;
    private readonly FeelValue[] _slots;
    private readonly string _metric;
    private readonly SortedSet<decimal> _turns = [];
    private List<Line>? _value;
    private string _text = "";

    private Pieces(CompiledScheme scheme, FeelValue[] slots, string metric) =>
        (_scheme, _slots, _metric) = (scheme, slots, metric);

    /// <summary>Constant + slope × metric.</summary>
    private readonly record struct Line(decimal Constant, decimal Slope);

    /// <summary>The values in ascending order; null where some formula is no straight line in the metric.</summary>
    public static SortedSet<decimal>? Of(CompiledScheme scheme, FeelValue[] slots, string metric)
    {
        var pieces = new Pieces(scheme, slots, metric);
        try
        {
            return scheme.Indicators.All(pieces.Read) ? pieces._turns : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private bool Read(CompiledIndicator compiled)
    {
        // Judging puts the value where formulas of points look for it.
        var applicable = compiled.Judge(_slots).Applies;
        var indicator = compiled.Indicator;
        _value = null;
        if (indicator.Applies is { } applies && !Decides(applies.When)) return false;
        if (!applicable && !(indicator.Applies is { } may && Reads(may.When))) return true;
        _value = Lines(indicator.Value);
        if (_value is null) return !ReadAnywhere(indicator);
        return indicator.Points switch
        {
            BandPoints bands => bands.Bands.All(Decides),
            GoalpostPoints posts => Crosses(_value, [new(posts.Zero, 0m)]) && Crosses(_value, [new(posts.Full, 0m)]),
            FormulaPoints formula => Lines(formula.Formula) is { } points
                && Crosses(points, [new(0m, 0m)]) && Crosses(points, [new(indicator.Max, 0m)]),
            ChecklistPoints list => list.Items.All(item => Decides(item.When)),
            TablePoints table => Decides(table),
            _ => false,
        };
    }

    // Points that move with the metric, and conditions that are no comparison, are not followed.
    private bool Decides(TablePoints table)
    {
        foreach (var points in table.Rows.Select(row => row.Points).Append(table.Default).OfType<RuleSets.Formula>())
        {
            if (Mentions(points.Expression.Root)) return false;
        }

        for (var column = 0; column < table.Columns.Count; column++)
        {
            var input = table.Columns[column].Input;
            if (!Mentions(input.Expression.Root)) continue;
            if (Lines(input) is not { } lines) return false;
            if (!table.Rows.All(row => Decides(lines, row.Tests[column]))) return false;
        }

        return true;
    }

    /// <summary>Whether the metric has a part in the indicator at all: where it has none, nothing turns.</summary>
    private bool ReadAnywhere(Indicator indicator) =>
        Reads(indicator.Value) || indicator.Points switch
        {
            FormulaPoints formula => Reads(formula.Formula),
            ChecklistPoints list => list.Items.Any(item => Reads(item.When)),
            BandPoints bands => bands.Bands.Any(band => band.When.Tests.FreeNames.Contains(_metric)),
            TablePoints table => table.FreeNames.Contains(_metric),
            _ => false,
        };

    private bool Reads(RuleSets.Formula formula) => formula.Expression.FreeNames.Contains(_metric);

    private List<Line>? Lines(RuleSets.Formula formula)
    {
        _text = formula.Text;
        return Lines(formula.Expression.Root);
    }

    private bool Decides(RuleSets.Formula formula)
    {
        _text = formula.Text;
        return Decides(formula.Expression.Root);
    }

    private bool Decides(Band band) =>
        (_value!.All(line => line.Slope == 0m) && !band.When.Tests.FreeNames.Contains(_metric))
        || Decides(_value!, band.When);

    private bool Decides(List<Line> value, RuleSets.Condition condition)
    {
        _text = condition.Text;
        return condition.Tests.Root.Tests.All(test => test switch
        {
            FeelComparisonTest comparison => Crosses(value, Lines(comparison.Endpoint)),
            FeelInterval interval => Crosses(value, Lines(interval.Low)) && Crosses(value, Lines(interval.High)),
            FeelLiteral literal => Crosses(value, Lines(literal)),
            _ => false,
        });
    }

    /// <summary>The turns of a condition; false where it cannot be followed.</summary>
    private bool Decides(FeelNode node)
    {
        if (!Mentions(node)) return true;
        return node switch
        {
            FeelBinary { Operator: FeelOperator.And or FeelOperator.Or } both =>
                Decides(both.Left) && Decides(both.Right),
            FeelBinary { Operator: >= FeelOperator.Equal and <= FeelOperator.GreaterOrEqual } comparison =>
                comparison.Right is FeelLiteral { Value.IsNull: true } or FeelLiteral { Value.Kind: FeelKind.String }
                || Crosses(Lines(comparison.Left), Lines(comparison.Right)),
            FeelBetween between => Crosses(Lines(between.Value), Lines(between.Low))
                && Crosses(Lines(between.Value), Lines(between.High)),
            FeelCall { Function: FeelName { Name: "not" } } call =>
                call.Arguments.All(argument => Decides(argument.Value)),
            _ => false,
        };
    }

    /// <summary>Every line the value of a node may follow, whichever branches are taken.</summary>
    private List<Line>? Lines(FeelNode node)
    {
        if (!Mentions(node)) return Evaluate(node).TryNumber(out var constant) ? [new(constant, 0m)] : null;
        var lines = node switch
        {
            FeelName name when name.Name == _metric => [new(0m, 1m)],
            FeelName => _value,
            FeelNegation negation => Lines(negation.Operand)?.ConvertAll(line => new Line(-line.Constant, -line.Slope)),
            FeelBinary binary => Arithmetic(binary),
            FeelIf choice => Choice(choice),
            FeelCall { Function: FeelName { Name: "min" or "max" }, Arguments.Count: > 1 } call => Extreme(call),
            _ => null,
        };
        return lines?.Count > MostLines ? null : lines;
    }

    private List<Line>? Arithmetic(FeelBinary binary)
    {
        if (Lines(binary.Left) is not { } left || Lines(binary.Right) is not { } right) return null;
        var made = left.SelectMany(_ => right, (one, other) => Combine(binary.Operator, one, other)).ToList();
        return made.Any(line => line is null) ? null : [.. made.Select(line => line!.Value).Distinct()];
    }

    private static Line? Combine(FeelOperator by, Line left, Line right) => by switch
    {
        FeelOperator.Add => new(left.Constant + right.Constant, left.Slope + right.Slope),
        FeelOperator.Subtract => new(left.Constant - right.Constant, left.Slope - right.Slope),
        FeelOperator.Multiply when right.Slope == 0m =>
            new(left.Constant * right.Constant, left.Slope * right.Constant),
        FeelOperator.Multiply when left.Slope == 0m =>
            new(left.Constant * right.Constant, left.Constant * right.Slope),
        FeelOperator.Divide when right is { Slope: 0m, Constant: not 0m } =>
            new(left.Constant / right.Constant, left.Slope / right.Constant),
        _ => null,
    };

    private List<Line>? Choice(FeelIf choice)
    {
        if (!Mentions(choice.Condition)) return Lines(Evaluate(choice.Condition).IsTrue ? choice.Then : choice.Else);
        return Decides(choice.Condition) && Lines(choice.Then) is { } yes && Lines(choice.Else) is { } no
            ? [.. yes.Concat(no).Distinct()]
            : null;
    }

    private List<Line>? Extreme(FeelCall call)
    {
        var all = new List<Line>();
        foreach (var argument in call.Arguments)
        {
            if (Lines(argument.Value) is not { } lines || !Crosses(all, lines)) return null;
            all.AddRange(lines);
        }

        return [.. all.Distinct()];
    }

    /// <summary>Notes where two families of lines meet.</summary>
    private bool Crosses(List<Line>? left, List<Line>? right)
    {
        if (left is null || right is null) return false;
        foreach (var one in left)
        {
            foreach (var other in right)
            {
                var slope = one.Slope - other.Slope;
                if (slope != 0m) _turns.Add((other.Constant - one.Constant) / slope);
            }
        }

        return true;
    }

    private bool Mentions(FeelNode node) =>
        (node is FeelName name && (name.Name == _metric
            || (name.Name == CompiledScheme.ValueName && _value?.Exists(line => line.Slope != 0m) == true)))
        || node.Children.Any(Mentions);

    private FeelValue Evaluate(FeelNode node) => _scheme.Part(node.TextIn(_text)).Evaluate(_slots);
}
