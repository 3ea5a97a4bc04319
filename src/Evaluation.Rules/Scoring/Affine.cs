using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>A value as (constant + slope × one metric) ÷ divisor.</summary>
internal readonly record struct Line(decimal Constant, decimal Slope, decimal Divisor)
{
    /// <summary>The same with nothing to divide by.</summary>
    public Line Divided => Divisor == 1m ? this : new Line(Constant / Divisor, Slope / Divisor, 1m);

    /// <summary>The metric at which the value is this.</summary>
    public decimal Where(decimal value) => ((value * Divisor) - Constant) / Slope;
}

/// <summary>
/// A formula as a line over one metric, all other facts held: what a distance in the value is worth in hours or people.
/// Branches are taken as the facts take them now, so a result must be tried before it is told. Made once for a formula
/// and a metric.
/// </summary>
internal sealed class Affine
{
    private readonly CompiledScheme _scheme;
    private readonly string _source;
    private readonly string _metric;
    private readonly Func<FeelValue[], Line?> _line;

    public Affine(CompiledScheme scheme, FeelExpression expression, string metric)
    {
        (_scheme, _source, _metric) = (scheme, expression.Text, metric);
        _line = LineOf(expression.Root);
    }

    /// <summary>The line with these facts, or null where the value is not linear in the metric or does not move with
    /// it.</summary>
    public Line? Of(FeelValue[] slots) => _line(slots) is { Slope: not 0m } line ? line : null;

    private Func<FeelValue[], Line?> LineOf(FeelNode node)
    {
        if (!Mentions(node))
        {
            var read = Read(node);
            return slots => read(slots).TryNumber(out var constant) ? new Line(constant, 0m, 1m) : null;
        }

        return node switch
        {
            FeelName => _ => new Line(0m, 1m, 1m),
            FeelNegation negation => Negated(LineOf(negation.Operand)),
            FeelBinary binary => Combined(binary.Operator, LineOf(binary.Left), LineOf(binary.Right)),
            FeelIf choice => Chosen(Read(choice.Condition), LineOf(choice.Then), LineOf(choice.Else)),
            FeelCall { Function: FeelName { Name: "min" or "max" } function, Arguments.Count: > 1 } call =>
                Extreme(function.Name == "min", [.. call.Arguments.Select(argument => argument.Value)]),
            _ => _ => null,
        };
    }

    private static Func<FeelValue[], Line?> Negated(Func<FeelValue[], Line?> operand) => slots =>
        operand(slots) is { } line ? line with { Constant = -line.Constant, Slope = -line.Slope } : null;

    private static Func<FeelValue[], Line?> Chosen(
        Func<FeelValue[], FeelValue> holds, Func<FeelValue[], Line?> then, Func<FeelValue[], Line?> otherwise) =>
        slots => holds(slots).IsTrue ? then(slots) : otherwise(slots);

    private static Func<FeelValue[], Line?> Combined(
        FeelOperator how, Func<FeelValue[], Line?> first, Func<FeelValue[], Line?> second) => slots =>
        first(slots) is { } left && second(slots) is { } right ? Combined(how, left, right) : null;

    private static Line? Combined(FeelOperator how, Line left, Line right)
    {
        switch (how)
        {
            case FeelOperator.Divide:
                right = right.Divided;
                return right is { Slope: 0m, Constant: not 0m }
                    ? left with { Divisor = left.Divisor * right.Constant }
                    : null;
            case FeelOperator.Multiply:
                (left, right) = (left.Divided, right.Divided);
                return right.Slope == 0m ? new Line(left.Constant * right.Constant, left.Slope * right.Constant, 1m)
                    : left.Slope == 0m ? new Line(left.Constant * right.Constant, left.Constant * right.Slope, 1m)
                    : null;
            case FeelOperator.Add or FeelOperator.Subtract:
                (left, right) = (left.Divided, right.Divided);
                return how == FeelOperator.Add
                    ? new Line(left.Constant + right.Constant, left.Slope + right.Slope, 1m)
                    : new Line(left.Constant - right.Constant, left.Slope - right.Slope, 1m);
            default:
                return null;
        }
    }

    // Of equal arguments the first is the least and the last the greatest.
    private Func<FeelValue[], Line?> Extreme(bool least, IReadOnlyList<FeelNode> arguments)
    {
        var (values, lines) = (arguments.Select(Read).ToArray(), arguments.Select(LineOf).ToArray());
        return slots =>
        {
            var (extreme, found) = (0m, -1);
            for (var i = 0; i < values.Length; i++)
            {
                if (!values[i](slots).TryNumber(out var value)) return null;
                if (found < 0 || (least ? value < extreme : value >= extreme)) (extreme, found) = (value, i);
            }

            return lines[found](slots);
        };
    }

    private Func<FeelValue[], FeelValue> Read(FeelNode node)
    {
        if (node is FeelName name && _scheme.Layout.IndexOf(name.Name) is >= 0 and var place) return slots => slots[place];
        return slots => _scheme.ValueOf(node, _source, slots);
    }

    private bool Mentions(FeelNode node) => node is FeelName name ? name.Name == _metric : node.Children.Any(Mentions);
}
