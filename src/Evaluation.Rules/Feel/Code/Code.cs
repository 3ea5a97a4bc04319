namespace Evaluation.Rules.Feel;

/// <summary>
/// An expression ready to run: names are resolved to places, functions to overloads. This is the general form that
/// covers all of FEEL.
/// </summary>
internal abstract class Code(FeelNode node, string source)
{
    public readonly FeelNode Node = node;
    protected readonly string Source = source;

    public abstract FeelValue Eval(Frame frame);

    /// <summary>Null, with the reason noted.</summary>
    public FeelValue Null(Frame frame, string en, string zh)
    {
        frame.Run.Trace?.Add(new FeelReason(en, zh, Node.Offset, Node.Length));
        return FeelValue.Null;
    }

    /// <summary>Null because something this works on is null. Names say so themselves; for anything else the
    /// reason was noted where its value became null.</summary>
    protected FeelValue NullFrom(Frame frame, Code operand)
    {
        if (frame.Run.Trace is { } trace && operand.Node is FeelName or FeelPath)
        {
            var name = operand.Text;
            trace.Add(new FeelReason($"`{name}` has no value", $"`{name}` 没有值", operand.Node.Offset,
                operand.Node.Length));
        }
        return FeelValue.Null;
    }

    /// <summary>The text of this part of the expression, shortened when long.</summary>
    public string Text
    {
        get
        {
            var text = Node.TextIn(Source);
            return text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");
        }
    }
}

internal sealed class ConstantCode(FeelNode node, string source, FeelValue value, string? problem = null)
    : Code(node, source)
{
    public FeelValue Value => value;

    public override FeelValue Eval(Frame frame) => problem is null
        ? value
        : Null(frame, problem, $"`{Text}` 不是有效的数值、日期、时刻或时长");
}

/// <summary>Stops before the stack runs out, see <see cref="StackGuard"/>.</summary>
internal sealed class GuardedCode(FeelNode node, string source, Code code) : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        StackGuard.Check();
        return code.Eval(frame);
    }
}

/// <summary>A variable handed in from outside.</summary>
internal sealed class SlotCode(FeelNode node, string source, int slot) : Code(node, source)
{
    public override FeelValue Eval(Frame frame) => frame.Run.Slots[slot];
}

/// <summary>A variable of a loop, a parameter, an entry of a context, the item of a filter.</summary>
internal sealed class LocalCode(FeelNode node, string source, int local) : Code(node, source)
{
    public override FeelValue Eval(Frame frame) => frame.Locals[local];
}

internal sealed class UnknownNameCode(FeelNode node, string source, string name) : Code(node, source)
{
    public override FeelValue Eval(Frame frame) => Null(frame, $"nothing is named `{name}`", $"没有名为 `{name}` 的量");
}

/// <summary>A name inside a filter: the item's member of that name, where it has one, else what it means
/// outside.</summary>
internal sealed class ItemMemberCode(FeelNode node, string source, int item, string name, Code outside)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame) =>
        frame.Locals[item].Reference is FeelContext context && context.TryGet(name, out var value)
            ? value
            : outside.Eval(frame);
}

/// <summary>The same where the item is handed in from outside, by a boxed filter.</summary>
internal sealed class SlotMemberCode(FeelNode node, string source, int item, string name, Code outside)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame) =>
        frame.Run.Slots[item].Reference is FeelContext context && context.TryGet(name, out var value)
            ? value
            : outside.Eval(frame);
}

internal sealed class PathCode(FeelNode node, string source, Code from, string member) : Code(node, source)
{
    private int _lastPlace;

    public override FeelValue Eval(Frame frame)
    {
        var value = from.Eval(frame);
        if (value.Reference is FeelContext context)
        {
            return Member(frame, context);
        }
        if (value.IsNull)
        {
            return NullFrom(frame, from);
        }
        if (value.ListOrNull is { } list)
        {
            return Project(frame, list);
        }
        return Properties.Get(value, member)
            ?? Null(frame, $"a {value.Kind.Name()} has no `{member}`", $"{value.Kind.Chinese()}没有 `{member}`");
    }

    private FeelValue Member(Frame frame, FeelContext context)
    {
        // Contexts that come from one place have their names in one order.
        var place = _lastPlace;
        if (context.IsAt(place, member))
        {
            return context.ValueAt(place);
        }
        place = context.IndexOf(member);
        if (place < 0)
        {
            return Null(frame, $"`{member}` is not in the context `{from.Text}`", $"`{from.Text}` 中没有 `{member}`");
        }
        _lastPlace = place;
        return context.ValueAt(place);
    }

    private FeelValue Project(Frame frame, IReadOnlyList<FeelValue> list)
    {
        frame.Run.Step(list.Count);
        var result = new FeelValue[list.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = list[i].Reference is FeelContext context
                ? Member(frame, context)
                : Properties.Get(list[i], member) ?? FeelValue.Null;
        }
        return FeelValue.List(result);
    }
}

internal sealed class ListCode(FeelNode node, string source, Code[] items) : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var values = new FeelValue[items.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = items[i].Eval(frame);
        }
        return FeelValue.List(values);
    }
}

internal sealed class ContextCode(FeelNode node, string source, string[] names, Code[] values, int firstLocal)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var builder = new FeelContext.Builder();
        for (var i = 0; i < names.Length; i++)
        {
            var value = values[i].Eval(frame);
            frame.Locals[firstLocal + i] = value;
            // A function may call itself by the name of its entry.
            (value.Reference as DefinedFunction)?.Bind(firstLocal + i, value);
            builder.Set(names[i], value);
        }
        return FeelValue.Context(builder.Build());
    }
}

internal sealed class RangeCode(FeelNode node, string source, Code low, bool lowClosed, Code high, bool highClosed)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var (a, b) = (low.Eval(frame), high.Eval(frame));
        if (a.IsNull && b.IsNull)
        {
            return NullFrom(frame, low);
        }
        if (!a.IsNull && !b.IsNull && Comparison.Compare(a, b) is not <= 0)
        {
            return Null(frame, $"the ends of `{Text}` are not in order", $"`{Text}` 的两端次序不对");
        }
        return FeelValue.Range(new FeelRange(a, lowClosed, b, highClosed));
    }
}

/// <summary><c>(&gt; 5)</c> as a value.</summary>
internal sealed class ComparisonRangeCode(FeelNode node, string source, FeelOperator op, Code endpoint)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var end = endpoint.Eval(frame);
        if (end.IsNull)
        {
            return NullFrom(frame, endpoint);
        }
        return op switch
        {
            FeelOperator.Less => Below(end, false),
            FeelOperator.LessOrEqual => Below(end, true),
            FeelOperator.Greater => Above(end, false),
            FeelOperator.GreaterOrEqual => Above(end, true),
            FeelOperator.Equal => FeelValue.Range(new FeelRange(end, true, end, true) { IsComparison = true }),
            _ => Null(frame, $"`{Text}` is no range", $"`{Text}` 不是区间"),
        };
    }

    private static FeelValue Below(FeelValue end, bool closed) =>
        FeelValue.Range(new FeelRange(FeelValue.Null, false, end, closed) { IsComparison = true });

    private static FeelValue Above(FeelValue end, bool closed) =>
        FeelValue.Range(new FeelRange(end, closed, FeelValue.Null, false) { IsComparison = true });
}

internal sealed class IfCode(FeelNode node, string source, Code condition, Code then, Code otherwise)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var value = condition.Eval(frame);
        if (value.IsNull)
        {
            NullFrom(frame, condition);
        }
        return value.IsTrue ? then.Eval(frame) : otherwise.Eval(frame);
    }
}

internal sealed class InstanceOfCode(FeelNode node, string source, Code value, FeelType? type, string name)
    : Code(node, source)
{
    private string Hint => name is "list" or "range" ? $"; write what it holds: `{name}<Any>`" : "";

    public override FeelValue Eval(Frame frame)
    {
        var tested = value.Eval(frame);
        if (type is null)
        {
            return Null(frame, $"nothing is known of a type `{name}`{Hint}", $"没有名为 `{name}` 的类型");
        }
        type.StepThrough(frame.Run, tested);
        return type.Accepts(tested);
    }
}
