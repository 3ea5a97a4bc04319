using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Dmn;

/// <summary>A boxed expression ready to run; the variables in scope are the run's slots.</summary>
internal abstract class DmnCode
{
    public abstract FeelValue Eval(Run run);

    /// <summary>The run with further variables after those in scope.</summary>
    protected static Run With(Run run, params ReadOnlySpan<FeelValue> values)
    {
        var slots = new FeelValue[run.Slots.Length + values.Length];
        run.Slots.CopyTo(slots, 0);
        values.CopyTo(slots.AsSpan(run.Slots.Length));
        return run.WithSlots(slots);
    }

    protected static FeelValue Null(Run run, string en, string zh)
    {
        run.Trace?.Add(new FeelReason(en, zh, 0, 0));
        return FeelValue.Null;
    }
}

internal sealed class DmnFeelCode(CompiledFeel feel) : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        run.Step(feel.Weight);
        return feel.Evaluate(run);
    }
}

/// <summary>What can't be evaluated: null, with the reason.</summary>
internal sealed class DmnBrokenCode(string en, string zh) : DmnCode
{
    public override FeelValue Eval(Run run) => Null(run, en, zh);
}

/// <summary>A value that must be of a type; it becomes null where it is not.</summary>
internal sealed class DmnTypedCode(DmnCode code, FeelType type, string name) : DmnCode
{
    public override FeelValue Eval(Run run) => Check(run, code.Eval(run), type, name);

    public static FeelValue Check(Run run, FeelValue value, FeelType? type, string name)
    {
        if (type is null)
        {
            return value;
        }
        type.StepThrough(run, value);
        var coerced = type.Coerce(value, out var fits);
        return fits
            ? coerced
            : Null(run, $"`{name}`: the value {value.Brief()} is not of its type",
                $"`{name}`：值 {value.Brief()} 不符合其类型");
    }
}

internal sealed class DmnContextCode(string?[] names, DmnCode[] values) : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        var builder = new FeelContext.Builder();
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i].Eval(run);
            if (names[i] is not { } name)
            {
                return value;
            }
            builder.Set(name, value);
            run = With(run, value);
        }
        return FeelValue.Context(builder.Build());
    }
}

internal sealed class DmnListCode(DmnCode[] items) : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        var values = new FeelValue[items.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = items[i].Eval(run);
        }
        return FeelValue.List(values);
    }
}

internal sealed class DmnRelationCode(string[] columns, DmnCode[][] rows) : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        var values = new FeelValue[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var builder = new FeelContext.Builder();
            for (var c = 0; c < columns.Length && c < rows[i].Length; c++)
            {
                builder.Set(columns[c], rows[i][c].Eval(run));
            }
            values[i] = FeelValue.Context(builder.Build());
        }
        return FeelValue.List(values);
    }
}

internal sealed class DmnConditionalCode(DmnCode condition, DmnCode then, DmnCode otherwise) : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        var holds = condition.Eval(run);
        return holds.IsTrue ? then.Eval(run)
            : holds.IsFalse ? otherwise.Eval(run)
            : Null(run, $"the condition gave {holds.Brief()}, expected true or false", $"条件得到 {holds.Brief()}，应为真或假");
    }
}

internal sealed class DmnFilterCode(DmnCode list, DmnCode match) : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        var value = list.Eval(run);
        if (value.IsNull)
        {
            return Null(run, "a filter needs a list", "筛选需要一个列表");
        }
        var items = value.ListOrNull ?? [value];
        var found = new List<FeelValue>();
        for (var i = 0; i < items.Count; i++)
        {
            run.Step();
            var holds = match.Eval(With(run, items[i]));
            if (holds.IsNumber && i == 0)
            {
                return Lists.At(items, holds.Amount);
            }
            if (!holds.IsBoolean)
            {
                return Null(run, $"the match of a filter gave {holds.Brief()}, expected true or false",
                    $"筛选条件得到 {holds.Brief()}，应为真或假");
            }
            if (holds.IsTrue)
            {
                found.Add(items[i]);
            }
        }
        return FeelValue.List(found);
    }
}

/// <summary>The lists iterators go through.</summary>
internal static class Lists
{
    /// <summary>The values, or null where there are none to go through.</summary>
    public static IReadOnlyList<FeelValue>? Of(Run run, FeelValue value) =>
        value.ListOrNull ?? (value.Reference is FeelRange range
        && range.Low.Kind == range.High.Kind && range.Low.Kind is FeelKind.Number or FeelKind.Date
            ? Sequence.Between(run, range.Low, range.High).Within(range)
            : null);

    public static FeelValue At(IReadOnlyList<FeelValue> items, decimal position) =>
        position == decimal.Truncate(position) && position != 0 && Math.Abs(position) <= items.Count
            ? items[(int)(position > 0 ? position - 1 : items.Count + position)]
            : FeelValue.Null;
}

internal sealed class DmnForCode(DmnCode list, DmnCode result) : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        if (Lists.Of(run, list.Eval(run)) is not { } items)
        {
            return Null(run, "a for needs a list to go through", "for 需要一个列表");
        }
        var results = new List<FeelValue>(items.Count);
        foreach (var item in items)
        {
            // The list so far is copied for `partial`.
            run.Step(1 + results.Count);
            results.Add(result.Eval(With(run, item, FeelValue.List(results.ToArray()))));
        }
        return FeelValue.List(results);
    }
}

internal sealed class DmnQuantifiedCode(bool every, DmnCode list, DmnCode condition) : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        if (Lists.Of(run, list.Eval(run)) is not { } items)
        {
            return Null(run, "some and every need a list to go through", "some 与 every 需要一个列表");
        }
        var decided = false;
        foreach (var item in items)
        {
            run.Step();
            var holds = condition.Eval(With(run, item));
            decided |= every ? holds.IsFalse : holds.IsTrue;
            if (!holds.IsBoolean)
            {
                return Null(run, $"the condition gave {holds.Brief()}, expected true or false", $"条件得到 {holds.Brief()}，应为真或假");
            }
        }
        return decided ? !every : every;
    }
}

internal sealed class DmnFunctionCode(DmnFunction function, FeelType?[] types, FeelType? result, string name,
    DmnCode body) : DmnCode
{
    public override FeelValue Eval(Run run) =>
        FeelValue.Function(new NativeFunction([.. function.Parameters.Select(p => p.Name)], types,
            (inner, arguments) => DmnTypedCode.Check(inner,
                body.Eval(With(inner.WithSlots(run.Slots), arguments)), result, name)));
}

/// <summary>A call with arguments by name; parameters left out are null.</summary>
internal sealed class DmnInvocationCode(DmnCode callee, string[] names, DmnCode?[] arguments, string text) : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        if (callee.Eval(run).Reference is not FeelFunction function)
        {
            return Null(run, $"`{text}` is no function", $"`{text}` 不是函数");
        }
        var values = arguments.Select(a => a?.Eval(run) ?? FeelValue.Null).ToArray();
        return function.InvokeNamed(run, text, names, values);
    }
}
