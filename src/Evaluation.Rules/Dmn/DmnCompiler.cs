using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Dmn;

/// <summary>Makes boxed expressions ready to run. The names in scope are known from the model; what FEEL can't read
/// becomes null with a reason, so that the rest of the model stays usable.</summary>
internal sealed class DmnCompiler(DmnTypes types, IReadOnlyCollection<string> modelNames)
{
    public DmnCode Compile(DmnExpression? expression, IReadOnlyList<string> scope, string owner)
    {
        if (expression is null)
        {
            return new DmnBrokenCode($"`{owner}` has no expression", $"`{owner}` 没有表达式");
        }
        var code = Plain(expression, scope, owner);
        return types.Of(expression.TypeRef) is { } type && expression is not DmnFunction
            ? new DmnTypedCode(code, type, owner)
            : code;
    }

    private DmnCode Plain(DmnExpression expression, IReadOnlyList<string> scope, string owner) => expression switch
    {
        DmnLiteral literal when literal.Language is { } language => new DmnBrokenCode(
            $"`{owner}` is written in {language}; only FEEL can be evaluated", $"`{owner}` 使用 {language}，仅支持 FEEL"),
        DmnLiteral literal => Feel(literal.Text, scope, owner),
        DmnContext context => Context(context, scope),
        DmnList list => new DmnListCode([.. list.Items.Select(i => Compile(i, scope, owner))]),
        DmnRelation relation => Relation(relation, scope),
        DmnFunction function => Function(function, scope, owner),
        DmnConditional choice => new DmnConditionalCode(Compile(choice.If, scope, owner),
            Compile(choice.Then, scope, owner), Compile(choice.Else, scope, owner)),
        DmnFilter filter => new DmnFilterCode(Compile(filter.In, scope, owner),
            Match(filter.Match, [.. scope, "item"], owner)),
        DmnFor loop => new DmnForCode(Compile(loop.In, scope, owner),
            Compile(loop.Return, [.. scope, loop.Iterator.Name, "partial"], owner)),
        DmnQuantified q => new DmnQuantifiedCode(q.Every, Compile(q.In, scope, owner),
            Compile(q.Satisfies, [.. scope, q.Iterator.Name], owner)),
        DmnInvocation invocation => Invocation(invocation, scope, owner),
        DmnTable table => Table(table, scope, owner),
        _ => throw new InvalidOperationException($"No code is known for {expression.GetType().Name}."),
    };

    private FeelLayout Layout(IReadOnlyList<string> scope) => FeelLayout.Nested(scope, types.Find);

    private List<string> Known(IReadOnlyList<string> scope) =>
        [.. scope, .. types.Members, .. types.TypeNames, .. modelNames];

    private DmnCode Feel(string text, IReadOnlyList<string> scope, string owner)
    {
        try
        {
            return new DmnFeelCode(FeelExpression.Parse(text, Known(scope)).Compile(Layout(scope)));
        }
        catch (Exception e) when (e is FeelSyntaxException or FeelLimitException)
        {
            return new DmnBrokenCode($"`{owner}`: {e.Message}", $"`{owner}` 的表达式无法读取");
        }
    }

    private CompiledUnaryTests? Tests(string? text, IReadOnlyList<string> scope)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        try
        {
            return FeelUnaryTests.Parse(text, Known(scope)).Compile(Layout(scope));
        }
        catch (Exception e) when (e is FeelSyntaxException or FeelLimitException)
        {
            return null;
        }
    }

    // Inside a filter the members of the item are in scope by their names, as in FEEL's own filter.
    private DmnCode Match(DmnExpression match, IReadOnlyList<string> scope, string owner)
    {
        if (match is not DmnLiteral { Language: null } literal)
        {
            return Compile(match, scope, owner);
        }
        try
        {
            var expression = FeelExpression.Parse(literal.Text, Known(scope));
            return new DmnFeelCode(expression.CompileWithItem(Layout(scope)));
        }
        catch (Exception e) when (e is FeelSyntaxException or FeelLimitException)
        {
            return new DmnBrokenCode($"`{owner}`: {e.Message}", $"`{owner}` 的表达式无法读取");
        }
    }

    private DmnContextCode Context(DmnContext context, IReadOnlyList<string> scope)
    {
        var names = new List<string?>();
        var values = new List<DmnCode>();
        var inner = scope.ToList();
        foreach (var entry in context.Entries)
        {
            var name = entry.Variable?.Name;
            var code = Compile(entry.Value, [.. inner], name ?? "result");
            names.Add(name);
            values.Add(types.Of(entry.Variable?.TypeRef) is { } type ? new DmnTypedCode(code, type, name!) : code);
            inner.Add(name ?? "");
        }
        return new DmnContextCode([.. names], [.. values]);
    }

    private DmnRelationCode Relation(DmnRelation relation, IReadOnlyList<string> scope) => new(
        [.. relation.Columns.Select(c => c.Name)],
        [.. relation.Rows.Select(row => row.Select((cell, c) =>
        {
            var column = c < relation.Columns.Count ? relation.Columns[c] : new DmnVariable("", null);
            var code = Compile(cell, scope, column.Name);
            return types.Of(column.TypeRef) is { } type ? new DmnTypedCode(code, type, column.Name) : code;
        }).ToArray())]);

    /// <summary>A function; its declared type may be that of its result or of the function itself.</summary>
    public DmnCode Function(DmnFunction function, IReadOnlyList<string> scope, string owner, string? declared = null)
    {
        if (function.Kind is not ("FEEL" or "F"))
        {
            return new DmnBrokenCode($"`{owner}` is a {function.Kind} function; only FEEL can be evaluated",
                $"`{owner}` 是 {function.Kind} 函数，仅支持 FEEL");
        }
        var body = Compile(function.Body, [.. scope, .. function.Parameters.Select(p => p.Name)], owner);
        var type = types.Of(function.TypeRef) ?? types.Of(declared);
        return new DmnFunctionCode(function, [.. function.Parameters.Select(p => types.Of(p.TypeRef))],
            type is FunctionType itself ? itself.Result : type, owner, body);
    }

    private DmnInvocationCode Invocation(DmnInvocation invocation, IReadOnlyList<string> scope, string owner)
    {
        var arguments = invocation.Bindings.Select(b =>
            b.Value is null ? null : Compile(b.Value, scope, b.Parameter.Name));
        var text = invocation.Callee is DmnLiteral literal ? literal.Text : owner;
        return new DmnInvocationCode(Compile(invocation.Callee, scope, owner),
            [.. invocation.Bindings.Select(b => b.Parameter.Name)], [.. arguments], text);
    }

    private DmnTableCode Table(DmnTable table, IReadOnlyList<string> scope, string owner)
    {
        var inputs = table.Inputs.Select(i => new DmnInputCode(Feel(i.Expression, scope, owner), types.Of(i.TypeRef),
            Tests(i.Values, scope), i.Expression)).ToArray();
        var outputs = table.Outputs.Select(o => new DmnOutputCode(o.Name, types.Of(o.TypeRef),
            Priorities(string.IsNullOrWhiteSpace(o.Values) ? types.ValuesOf(o.TypeRef) : o.Values, scope, owner),
            string.IsNullOrWhiteSpace(o.Default) ? null : Feel(o.Default, scope, owner))).ToArray();
        var rules = table.Rules.Select(r => new DmnRuleCode(
            [.. r.Tests.Select(t => Tests(string.IsNullOrWhiteSpace(t) ? "-" : t, scope))],
            [.. r.Outputs.Select(o => string.IsNullOrWhiteSpace(o)
                ? new DmnBrokenCode($"`{owner}` has an empty output", $"`{owner}` 有空的输出")
                : Feel(o, scope, owner))])).ToArray();
        return new DmnTableCode(table, inputs, outputs, rules);
    }

    private DmnCode[] Priorities(string? values, IReadOnlyList<string> scope, string owner)
    {
        if (string.IsNullOrWhiteSpace(values))
        {
            return [];
        }
        try
        {
            var tests = FeelUnaryTests.Parse(values, Known(scope));
            return [.. tests.Root.Tests.Select(t => Feel(t.TextIn(values), scope, owner))];
        }
        catch (FeelSyntaxException)
        {
            return [];
        }
    }
}
