namespace Evaluation.Rules.Feel;

/// <content>Context functions (table 81).</content>
internal static partial class Builtins
{
    private static void AddContexts(Registry r)
    {
        r.Add("get value", "m: c, key: s", (c, a) => a[0].AsContext().TryGet(a[1].AsString(), out var value)
            ? value
            : c.Null($"the context has no `{a[1].AsString()}`", $"上下文中没有 `{a[1].AsString()}`"));
        r.Add("get entries", "m: c", (c, a) => List(c, [.. a[0].AsContext().Select(e => Entry(e.Key, e.Value))]));
        r.Add("context", "entries: l", ContextOf);
        r.Add("context put", "context: c, key: s, value: a", (c, a) =>
            With(c, a[0].AsContext(), a[1].AsString(), a[2]));
        r.Add("context put", "context: c, keys: l, value: a", (c, a) => Put(c, a[0], a[1].AsList(), 0, a[2]));
        r.Add("context merge", "contexts: l", Merge);
    }

    private static FeelValue With(BuiltinCall call, FeelContext context, string name, FeelValue value)
    {
        call.Run.Step(context.Count);
        return FeelValue.Context(context.With(name, value));
    }

    private static FeelValue Entry(string name, FeelValue value) => FeelValue.Context(
        new FeelContext([new("key", name), new("value", value)]));

    private static FeelValue ContextOf(BuiltinCall call, FeelValue[] a)
    {
        var builder = new FeelContext.Builder();
        foreach (var item in a[0].AsList())
        {
            call.Run.Step();
            if (item.Reference is not FeelContext entry || entry["key"].StringOrNull is not { } name
                || !entry.TryGet("value", out var value))
            {
                return call.Null("every entry needs a `key` that is a string and a `value`",
                    "每一项都要有文本 `key` 和 `value`");
            }
            if (builder.Contains(name))
            {
                return call.Null($"the key `{name}` stands twice", $"键 `{name}` 重复");
            }
            builder.Set(name, value);
        }
        return FeelValue.Context(builder.Build());
    }

    private static FeelValue Put(BuiltinCall call, FeelValue into, IReadOnlyList<FeelValue> keys, int at,
        FeelValue value)
    {
        if (keys.Count == 0 || keys[at].StringOrNull is not { } name || into.Reference is not FeelContext context)
        {
            return call.Null("the keys lead to no context", "键没有指向上下文");
        }
        if (at == keys.Count - 1)
        {
            return With(call, context, name, value);
        }
        var inner = Put(call, context[name], keys, at + 1, value);
        return inner.IsNull ? inner : With(call, context, name, inner);
    }

    private static FeelValue Merge(BuiltinCall call, FeelValue[] a)
    {
        var builder = new FeelContext.Builder();
        foreach (var item in a[0].AsList())
        {
            if (item.Reference is not FeelContext context)
            {
                return call.Null("every item must be a context", "每一项都必须是上下文");
            }
            call.Run.Step(context.Count);
            foreach (var (name, value) in context)
            {
                builder.Set(name, value);
            }
        }
        return FeelValue.Context(builder.Build());
    }
}
