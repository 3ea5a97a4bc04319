using System.Linq.Expressions;
using System.Reflection;

namespace Evaluation.Rules.Feel;

/// <summary>Machine code for an expression over numbers: false where a variable is not what was supposed, or a result
/// is none; then the general code decides and explains.</summary>
internal delegate bool FastNumber(FeelValue[] slots, out decimal value);

/// <summary>The same for an expression that gives true or false.</summary>
internal delegate bool FastBoolean(FeelValue[] slots, out bool value);

/// <summary>
/// Compiles the part of FEEL that scoring is made of (numbers, comparisons, conditions, rounding, min and max) to
/// machine code over decimals. It supposes that every variable holds a value of the kind it is used as; where one
/// doesn't, the code gives up and the general code takes over, so that both always agree.
/// </summary>
internal sealed class NumberCompiler
{
    private const BindingFlags Any =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly FieldInfo Reference = typeof(FeelValue).GetField(nameof(FeelValue.Reference), Any)!;
    private static readonly FieldInfo Amount = typeof(FeelValue).GetField(nameof(FeelValue.Amount), Any)!;
    private static readonly Expression NumberTag = Expression.Field(null, typeof(FeelValue.Tag),
        nameof(FeelValue.Tag.Number));
    private static readonly Expression TrueTag = Expression.Field(null, typeof(FeelValue.Tag),
        nameof(FeelValue.Tag.True));
    private static readonly Expression FalseTag = Expression.Field(null, typeof(FeelValue.Tag),
        nameof(FeelValue.Tag.False));

    // The library that makes the machine code recurses over the tree as well.
    private const int DeepestTree = 100;

    private readonly FeelLayout _layout;
    private readonly ParameterExpression _slots = Expression.Parameter(typeof(FeelValue[]), "slots");
    private readonly ParameterExpression _failed = Expression.Variable(typeof(bool), "failed");
    private readonly Dictionary<int, ParameterExpression> _loaded = [];

    private NumberCompiler(FeelLayout layout) => _layout = layout;

    /// <summary>The code, or null where the expression is not all numbers.</summary>
    public static FastNumber? Number(FeelNode root, FeelLayout layout)
    {
        var compiler = new NumberCompiler(layout);
        return root.Depth <= DeepestTree
            && compiler.Number(root) is { } body ? compiler.Finish<FastNumber>(body) : null;
    }

    /// <summary>The code, or null where the expression is not a condition over numbers, booleans and texts.</summary>
    public static FastBoolean? Boolean(FeelNode root, FeelLayout layout)
    {
        var compiler = new NumberCompiler(layout);
        return root.Depth <= DeepestTree && root is not FeelName && compiler.Boolean(root) is { } body
            ? compiler.Finish<FastBoolean>(body)
            : null;
    }

    private TDelegate Finish<TDelegate>(Expression body)
        where TDelegate : Delegate
    {
        var value = Expression.Parameter(body.Type.MakeByRefType(), "value");
        var leave = Expression.Label(typeof(bool));
        var steps = new List<Expression>();
        foreach (var (slot, local) in _loaded)
        {
            steps.Add(Load(slot, local, leave));
        }
        steps.Add(Expression.Assign(value, body));
        steps.Add(Expression.Label(leave, Expression.Not(_failed)));
        var block = Expression.Block([.. _loaded.Values, _failed],
            [Expression.Assign(value, Expression.Default(body.Type)), .. steps]);
        return Expression.Lambda<TDelegate>(block, _slots, value).Compile();
    }

    private BlockExpression Load(int slot, ParameterExpression local, LabelTarget leave)
    {
        var giveUp = Expression.Return(leave, Expression.Constant(false));
        var reference = Expression.Field(Slot(slot), Reference);
        if (local.Type == typeof(decimal))
        {
            return Expression.Block(Expression.IfThen(Expression.ReferenceNotEqual(reference, NumberTag), giveUp),
                Expression.Assign(local, Expression.Field(Slot(slot), Amount)));
        }
        if (local.Type == typeof(string))
        {
            return Expression.Block(Expression.Assign(local, Expression.TypeAs(reference, typeof(string))),
                Expression.IfThen(Expression.ReferenceEqual(local, Expression.Constant(null)), giveUp));
        }
        var neither = Expression.AndAlso(Expression.ReferenceNotEqual(reference, TrueTag),
            Expression.ReferenceNotEqual(reference, FalseTag));
        return Expression.Block(Expression.IfThen(neither, giveUp),
            Expression.Assign(local, Expression.ReferenceEqual(reference, TrueTag)));
    }

    private IndexExpression Slot(int slot) => Expression.ArrayAccess(_slots, Expression.Constant(slot));

    /// <summary>The variable as a local of the given type, or null where it is known to be of another kind.</summary>
    private ParameterExpression? Variable(FeelNode node, Type type, FeelKind kind)
    {
        if (node is not FeelName { Name: var name } || _layout.IndexOf(name) is not (>= 0 and var slot)
            || (_layout.Kinds[slot] is { } known && known != kind))
        {
            return null;
        }
        if (!_loaded.TryGetValue(slot, out var local))
        {
            _loaded.Add(slot, local = Expression.Variable(type, name));
        }
        return local.Type == type ? local : null;
    }

    private Expression? Number(FeelNode node) => node switch
    {
        FeelLiteral { Value.IsNumber: true } literal => Expression.Constant(literal.Value.Amount),
        // A branch that gives null is left to the general code.
        FeelLiteral { Value.IsNull: true } => Expression.Block(
            Expression.Assign(_failed, Expression.Constant(true)), Expression.Constant(0m)),
        FeelName => Variable(node, typeof(decimal), FeelKind.Number),
        FeelNegation negation => Number(negation.Operand) is { } operand ? Expression.Negate(operand) : null,
        FeelBinary { Operator: >= FeelOperator.Add } binary => Arithmetic(binary),
        FeelIf choice => Choice(Boolean(choice.Condition), Number(choice.Then), Number(choice.Else)),
        FeelCall call => Call(call),
        _ => null,
    };

    private static ConditionalExpression? Choice(Expression? test, Expression? then, Expression? otherwise) =>
        test is null || then is null || otherwise is null ? null : Expression.Condition(test, then, otherwise);

    private static Expression? Both(Expression? a, Expression? b, Func<Expression, Expression, Expression> join) =>
        a is null || b is null ? null : join(a, b);

    private Expression? Arithmetic(FeelBinary binary) =>
        Both(Number(binary.Left), Number(binary.Right), (a, b) => binary.Operator switch
    {
        FeelOperator.Add => Expression.Add(a, b),
        FeelOperator.Subtract => Expression.Subtract(a, b),
        FeelOperator.Multiply => Run(nameof(Fast.Multiply), a, b, _failed),
        FeelOperator.Divide => Run(nameof(Fast.Divide), a, b, _failed),
        _ => Run(nameof(Fast.Power), a, b, _failed),
    });

    private static MethodCallExpression Run(string method, params Expression[] arguments) =>
        Expression.Call(typeof(Fast).GetMethod(method, Any)!, arguments);

    private Expression? Call(FeelCall call)
    {
        if (call.Function is not FeelName { Name: var name } || _layout.IndexOf(name) >= 0
            || call.Arguments.Any(a => a.Name is not null))
        {
            return null;
        }
        var nodes = call.Arguments.Select(a => a.Value).ToList();
        if (nodes is [FeelList list] && name is "min" or "max" or "sum")
        {
            nodes = [.. list.Items];
        }
        var arguments = nodes.Select(Number).ToList();
        if (arguments.Count == 0 || arguments.Contains(null))
        {
            return null;
        }
        var first = arguments[0]!;
        return name switch
        {
            "min" => arguments.Aggregate((a, b) => Run(nameof(Fast.Min), a!, b!)),
            "max" => arguments.Aggregate((a, b) => Run(nameof(Fast.Max), a!, b!)),
            "sum" => arguments.Aggregate((a, b) => Expression.Add(a!, b!)),
            "abs" when arguments.Count == 1 => Run(nameof(Fast.Abs), first),
            "floor" when arguments.Count == 1 => Run(nameof(Fast.Floor), first),
            "ceiling" when arguments.Count == 1 => Run(nameof(Fast.Ceiling), first),
            _ => Rounded(name, first, arguments.Count == 2 ? nodes[1] : null, arguments.Count),
        };
    }

    private static MethodCallExpression? Rounded(string name, Expression number, FeelNode? scale, int count)
    {
        var places = scale is FeelLiteral { Value.Amount: >= 0 and <= 28 and var amount }
            ? (int)amount
            : count == 1 ? 0 : -1;
        if (places < 0 || count > 2 || (count == 1 && name == "decimal"))
        {
            return null;
        }
        MidpointRounding? mode = name switch
        {
            "decimal" => MidpointRounding.ToEven,
            "round half up" => MidpointRounding.AwayFromZero,
            "round down" => MidpointRounding.ToZero,
            "floor" => MidpointRounding.ToNegativeInfinity,
            "ceiling" => MidpointRounding.ToPositiveInfinity,
            _ => null,
        };
        return mode is null ? null : Run(nameof(Fast.Round), number, Expression.Constant(places),
            Expression.Constant(mode.Value));
    }

    private Expression? Boolean(FeelNode node) => node switch
    {
        FeelLiteral { Value.IsBoolean: true } literal => Expression.Constant(literal.Value.IsTrue),
        FeelName => Variable(node, typeof(bool), FeelKind.Boolean),
        FeelBinary { Operator: FeelOperator.And } both =>
            Both(Boolean(both.Left), Boolean(both.Right), Expression.AndAlso),
        FeelBinary { Operator: FeelOperator.Or } either =>
            Both(Boolean(either.Left), Boolean(either.Right), Expression.OrElse),
        FeelBinary { Operator: <= FeelOperator.GreaterOrEqual } comparison => Comparison(comparison),
        FeelBetween between => Number(between.Value) is { } value
            ? Both(Number(between.Low), Number(between.High), (low, high) => Expression.AndAlso(
                Expression.GreaterThanOrEqual(value, low), Expression.LessThanOrEqual(value, high)))
            : null,
        FeelIn test => In(test),
        FeelCall { Function: FeelName { Name: "not" }, Arguments: [{ Name: null } argument] }
            when _layout.IndexOf("not") < 0 =>
            Boolean(argument.Value) is { } negated ? Expression.Not(negated) : null,
        _ => null,
    };

    private Expression? Comparison(FeelBinary comparison) =>
        Both(Number(comparison.Left), Number(comparison.Right), (a, b) => Compare(comparison.Operator, a, b))
        ?? Texts(comparison);

    private Expression? Texts(FeelBinary comparison)
    {
        if (comparison.Operator is not (FeelOperator.Equal or FeelOperator.NotEqual)
            || comparison.Right is not FeelLiteral { Value.Reference: string text }
            || Variable(comparison.Left, typeof(string), FeelKind.String) is not { } variable)
        {
            return null;
        }
        var equal = Run(nameof(Fast.SameText), variable, Expression.Constant(text));
        return comparison.Operator == FeelOperator.Equal ? equal : Expression.Not(equal);
    }

    private static BinaryExpression Compare(FeelOperator op, Expression a, Expression b) => op switch
    {
        FeelOperator.Equal => Expression.Equal(a, b),
        FeelOperator.NotEqual => Expression.NotEqual(a, b),
        FeelOperator.Less => Expression.LessThan(a, b),
        FeelOperator.LessOrEqual => Expression.LessThanOrEqual(a, b),
        FeelOperator.Greater => Expression.GreaterThan(a, b),
        _ => Expression.GreaterThanOrEqual(a, b),
    };

    // The tested value must be cheap to repeat: a variable.
    private Expression? In(FeelIn test)
    {
        if (test.Value is not FeelName || Number(test.Value) is not { } value)
        {
            return null;
        }
        Expression? any = null;
        foreach (var node in test.Tests)
        {
            if (Test(value, node) is not { } one)
            {
                return null;
            }
            any = any is null ? one : Expression.OrElse(any, one);
        }
        return any;
    }

    private Expression? Test(Expression value, FeelNode node) => node switch
    {
        FeelComparisonTest comparison =>
            Number(comparison.Endpoint) is { } end ? Compare(comparison.Operator, value, end) : null,
        FeelInterval interval when Known(interval.Low) is { } low && Known(interval.High) is { } high && low <= high =>
            Expression.AndAlso(
                Compare(interval.LowClosed ? FeelOperator.GreaterOrEqual : FeelOperator.Greater, value,
                    Expression.Constant(low)),
                Compare(interval.HighClosed ? FeelOperator.LessOrEqual : FeelOperator.Less, value,
                    Expression.Constant(high))),
        FeelLiteral { Value.IsNumber: true } literal =>
            Expression.Equal(value, Expression.Constant(literal.Value.Amount)),
        _ => null,
    };

    private static decimal? Known(FeelNode node) => node switch
    {
        FeelLiteral { Value.IsNumber: true } literal => literal.Value.Amount,
        FeelNegation { Operand: FeelLiteral { Value.IsNumber: true } literal } => -literal.Value.Amount,
        _ => null,
    };

    /// <summary>What the compiled code calls.</summary>
    private static class Fast
    {
        public static decimal Multiply(decimal a, decimal b, ref bool failed)
        {
            var product = a * b;
            if (product == 0 && a != 0 && b != 0)
            {
                failed = true;
            }
            return product;
        }

        public static decimal Divide(decimal a, decimal b, ref bool failed)
        {
            if (b == 0)
            {
                failed = true;
                return 0;
            }
            var quotient = a / b;
            if (quotient == 0 && a != 0)
            {
                failed = true;
            }
            return quotient;
        }

        public static decimal Power(decimal a, decimal b, ref bool failed)
        {
            var power = DecimalMath.Power(a, b);
            failed |= power is null;
            return power ?? 0;
        }

        public static decimal Min(decimal a, decimal b) => b < a ? b : a;
        public static decimal Max(decimal a, decimal b) => b > a ? b : a;
        public static decimal Abs(decimal a) => Math.Abs(a);
        public static decimal Floor(decimal a) => Math.Floor(a);
        public static decimal Ceiling(decimal a) => Math.Ceiling(a);
        public static decimal Round(decimal a, int places, MidpointRounding mode) => Math.Round(a, places, mode);
        public static bool SameText(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
    }
}
