using System.Collections;

namespace Evaluation.Rules.Feel;

/// <summary>The lists that a for, some or every goes through, one inside the other.</summary>
internal sealed class IterationCode(int local, Code source, Code? end, string text)
{
    public int Local => local;

    /// <summary>The values to go through, or null (with a reason) where there are none to be had.</summary>
    public IReadOnlyList<FeelValue>? Values(Frame frame, Code owner)
    {
        var first = source.Eval(frame);
        if (end is not null)
        {
            return Run(frame, owner, first, end.Eval(frame));
        }
        if (first.ListOrNull is { } list)
        {
            return list;
        }
        if (first.IsNull)
        {
            owner.Null(frame, $"`{source.Text}` has no value", $"`{source.Text}` 没有值");
            return null;
        }
        return first.Reference is FeelRange range ? Run(frame, owner, range.Low, range.High, range) : [first];
    }

    private IReadOnlyList<FeelValue>? Run(Frame frame, Code owner, FeelValue from, FeelValue to,
        FeelRange? range = null)
    {
        if (from.Kind == to.Kind && from.Kind is FeelKind.Number or FeelKind.Date)
        {
            var run = Sequence.Between(frame.Run, from, to);
            return range is null ? run : run.Within(range);
        }
        owner.Null(frame, $"`{text}` runs from a {from.Kind.Name()} to a {to.Kind.Name()}",
            $"`{text}` 从{from.Kind.Chinese()}到{to.Kind.Chinese()}，无法逐个取值");
        return null;
    }
}

/// <summary>Numbers or dates one after the other, made when they are asked for.</summary>
internal sealed class Sequence(FeelValue first, int step, int count) : IReadOnlyList<FeelValue>
{
    public static Sequence Between(Run run, FeelValue from, FeelValue to)
    {
        var length = Math.Floor(Math.Abs(to.Amount - from.Amount)) + 1;
        run.CheckList((long)Math.Min(length, long.MaxValue));
        return new Sequence(from, to.Amount >= from.Amount ? 1 : -1, (int)length);
    }

    /// <summary>The same without ends that do not belong to the range.</summary>
    public IReadOnlyList<FeelValue> Within(FeelRange range) =>
        range.LowClosed && range.HighClosed ? this : [.. this.Where(v => range.Contains(v) == true)];

    public int Count => count;

    public FeelValue this[int index]
    {
        get
        {
            var amount = first.Amount + (decimal)index * step;
            return first.IsNumber ? amount : FeelValue.Date(FeelDate.FromEpochDay((long)amount));
        }
    }

    public IEnumerator<FeelValue> GetEnumerator() => Enumerable.Range(0, count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal sealed class ForCode(FeelNode node, string source, IterationCode[] iterations, int partial, Code result)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var results = new List<FeelValue>();
        return Loop(frame, 0, results) ? FeelValue.List(results) : FeelValue.Null;
    }

    private bool Loop(Frame frame, int level, List<FeelValue> results)
    {
        if (iterations[level].Values(frame, this) is not { } values)
        {
            return false;
        }
        var innermost = level == iterations.Length - 1;
        if (level == 0 && innermost)
        {
            results.EnsureCapacity(Math.Min(values.Count, 100_000));
        }
        for (var i = 0; i < values.Count; i++)
        {
            frame.Run.Step(innermost ? result.Node.Weight : 1);
            frame.Locals[iterations[level].Local] = values[i];
            if (!innermost)
            {
                if (!Loop(frame, level + 1, results))
                {
                    return false;
                }
                continue;
            }
            if (partial >= 0)
            {
                // A copy, because the list so far may be kept in a result.
                frame.Run.Step(results.Count);
                frame.Locals[partial] = FeelValue.List(results.ToArray());
            }
            frame.Run.CheckList(results.Count + 1);
            results.Add(result.Eval(frame));
        }
        return true;
    }
}

internal sealed class QuantifiedCode(FeelNode node, string source, bool every, IterationCode[] iterations,
    Code condition)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var unknown = false;
        var decided = Loop(frame, 0, ref unknown);
        if (decided)
        {
            return !every;
        }
        return unknown ? FeelValue.Null : every;
    }

    /// <summary>Whether an item decided the matter: a true one for some, a false one for every.</summary>
    private bool Loop(Frame frame, int level, ref bool unknown)
    {
        if (iterations[level].Values(frame, this) is not { } values)
        {
            unknown = true;
            return false;
        }
        foreach (var value in values)
        {
            frame.Run.Step(condition.Node.Weight);
            frame.Locals[iterations[level].Local] = value;
            if (level < iterations.Length - 1)
            {
                if (Loop(frame, level + 1, ref unknown))
                {
                    return true;
                }
                continue;
            }
            var holds = condition.Eval(frame);
            if (every ? holds.IsFalse : holds.IsTrue)
            {
                return true;
            }
            unknown |= !holds.IsBoolean;
        }
        return false;
    }
}

internal sealed class FilterCode(FeelNode node, string source, Code list, Code condition, int item, bool usesItem)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var value = list.Eval(frame);
        if (value.IsNull)
        {
            // What is missing has no items, which is not the same as having none.
            return NullFrom(frame, list);
        }
        var items = value.ListOrNull ?? [value];
        if (!usesItem)
        {
            var constant = condition.Eval(frame);
            if (constant.IsNumber)
            {
                return At(frame, items, constant.Amount);
            }
        }
        var found = new List<FeelValue>();
        frame.Run.Step((long)items.Count * condition.Node.Weight);
        if (items.Count == 0)
        {
            return Empty(frame);
        }
        for (var i = 0; i < items.Count; i++)
        {
            frame.Locals[item] = items[i];
            var holds = condition.Eval(frame);
            if (i == 0 && holds.IsNumber)
            {
                return At(frame, items, holds.Amount);
            }
            if (holds.IsTrue)
            {
                found.Add(items[i]);
            }
            else if (!holds.IsFalse && !holds.IsNull)
            {
                return Null(frame,
                    $"the filter `{condition.Text}` gave a {holds.Kind.Name()}, expected true, false or a position",
                    $"筛选条件 `{condition.Text}` 得到{holds.Kind.Chinese()}，应为真、假或位置");
            }
        }
        return FeelValue.List(found);
    }

    // An empty list has no item to look at; whether a position or a condition is meant shows without one.
    private FeelValue Empty(Frame frame)
    {
        frame.Locals[item] = FeelValue.Null;
        var quiet = new Frame(frame.Run.Untraced(), frame.Locals);
        return condition.Eval(quiet) is { IsNumber: true } position
            ? At(frame, [], position.Amount)
            : FeelValue.List([]);
    }

    private FeelValue At(Frame frame, IReadOnlyList<FeelValue> items, decimal position)
    {
        if (position == decimal.Truncate(position) && position != 0 && Math.Abs(position) <= items.Count)
        {
            return items[(int)(position > 0 ? position - 1 : items.Count + position)];
        }
        var shown = FeelValue.NumberText(position);
        return Null(frame, $"`{list.Text}` has no item number {shown}", $"`{list.Text}` 没有第 {shown} 项");
    }
}
