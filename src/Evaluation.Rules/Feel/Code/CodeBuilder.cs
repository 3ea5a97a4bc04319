namespace Evaluation.Rules.Feel;

/// <summary>Turns a tree into code: resolves every name to a place, innermost scope first.</summary>
internal sealed class CodeBuilder
{
    private sealed class Scope(Scope? outer)
    {
        public Scope? Outer => outer;
        public readonly Dictionary<string, int> Names = new(StringComparer.Ordinal);
        /// <summary>The place of a filter's item, whose members are in scope by their names.</summary>
        public int Item { get; init; } = -1;
    }

    private readonly string _text;
    private readonly FeelLayout _layout;
    private Scope _scope = new(null);
    private readonly bool _lastIsItem;
    private int _next;

    public CodeBuilder(string text, FeelLayout layout, bool input = false, bool lastIsItem = false)
    {
        (_text, _layout, _lastIsItem) = (text, layout, lastIsItem);
        if (input)
        {
            Declare("?");
        }
    }

    /// <summary>How many places for local variables the code needs.</summary>
    public int LocalCount { get; private set; }

    private int Declare(string name)
    {
        var place = Reserve();
        _scope.Names[name] = place;
        return place;
    }

    private int Reserve()
    {
        var place = _next++;
        LocalCount = Math.Max(LocalCount, _next);
        return place;
    }

    private T Scoped<T>(Func<T> build)
    {
        var outer = _scope;
        _scope = new Scope(outer);
        var result = build();
        _scope = outer;
        return result;
    }

    // Where code checks that there is stack left; between two checks it must fit into what the runtime keeps free.
    private const int GuardEvery = 40;

    public Code Build(FeelNode node)
    {
        StackGuard.Check();
        var code = Plain(node);
        return node.Depth % GuardEvery == 0 ? new GuardedCode(node, _text, code) : code;
    }

    private Code Plain(FeelNode node) => node switch
    {
        FeelLiteral literal => new ConstantCode(node, _text, literal.Value, literal.Problem),
        FeelName name => Resolve(node, name.Name, _scope),
        FeelPath path => Path(path),
        FeelFilter filter => Filter(filter),
        FeelNegation negation => Negation(negation),
        FeelBinary binary => Binary(binary),
        FeelBetween between => new BetweenCode(node, _text, Build(between.Value), Build(between.Low),
            Build(between.High)),
        FeelIn test => new InCode(node, _text, Build(test.Value), [.. test.Tests.Select(BuildTest)]),
        FeelInstanceOf instance => new InstanceOfCode(node, _text, Build(instance.Value),
            FeelType.Tested(instance.Type, _layout.Types), TypeText(instance)),
        FeelIf choice => new IfCode(node, _text, Build(choice.Condition), Build(choice.Then), Build(choice.Else)),
        FeelFor loop => Scoped(() => For(loop)),
        FeelQuantified quantified => Scoped(() => Quantified(quantified)),
        FeelList list => new ListCode(node, _text, [.. list.Items.Select(Build)]),
        FeelContextLiteral context => Scoped(() => Context(context)),
        FeelInterval interval => new RangeCode(node, _text, Build(interval.Low), interval.LowClosed,
            Build(interval.High), interval.HighClosed),
        FeelComparisonTest test => new ComparisonRangeCode(node, _text, test.Operator, Build(test.Endpoint)),
        FeelCall call => Call(call),
        FeelFunctionLiteral function => Function(function),
        _ => throw new InvalidOperationException($"No code is known for {node.GetType().Name}."),
    };

    private string TypeText(FeelInstanceOf instance)
    {
        var start = instance.Value.Offset + instance.Value.Length;
        var text = _text[start..(instance.Offset + instance.Length)];
        var of = text.IndexOf("of", StringComparison.Ordinal);
        return of < 0 ? text.Trim() : text[(of + 2)..].Trim();
    }

    private Code Resolve(FeelNode node, string name, Scope? scope)
    {
        if (scope is null)
        {
            var slot = _layout.IndexOf(name);
            if (_lastIsItem && slot != _layout.Count - 1)
            {
                return new SlotMemberCode(node, _text, _layout.Count - 1, name, Outside(node, name, slot));
            }
            return Outside(node, name, slot);
        }
        if (scope.Names.TryGetValue(name, out var local))
        {
            return new LocalCode(node, _text, local);
        }
        var outside = Resolve(node, name, scope.Outer);
        if (scope.Item < 0)
        {
            return outside;
        }
        // The item's own members stand closer than the name `item` itself.
        return new ItemMemberCode(node, _text, scope.Item, name,
            name == "item" ? new LocalCode(node, _text, scope.Item) : outside);
    }

    private Code Outside(FeelNode node, string name, int slot)
    {
        if (slot >= 0)
        {
            return new SlotCode(node, _text, slot);
        }
        return Builtins.Find(name) is { } function
            ? new ConstantCode(node, _text, FeelValue.Function(function))
            : new UnknownNameCode(node, _text, name);
    }

    private Code Path(FeelPath path)
    {
        // A dotted name may be declared as a whole: an import's member, or a metric code with a point.
        if (Dotted(path) is { } dotted && _layout.IndexOf(dotted) is >= 0 and var slot)
        {
            return new SlotCode(path, _text, slot);
        }
        return new PathCode(path, _text, Build(path.Source), path.Member);
    }

    private static string? Dotted(FeelPath path) => path.Source switch
    {
        FeelName name => name.Name + "." + path.Member,
        FeelPath inner => Dotted(inner) is { } outer ? outer + "." + path.Member : null,
        _ => null,
    };

    private Code Negation(FeelNegation negation)
    {
        var operand = Build(negation.Operand);
        return operand is ConstantCode { Value.IsNumber: true } constant
            ? new ConstantCode(negation, _text, -constant.Value.Amount)
            : new NegationCode(negation, _text, operand);
    }

    private Code Binary(FeelBinary binary)
    {
        var (left, right) = (Build(binary.Left), Build(binary.Right));
        return binary.Operator switch
        {
            FeelOperator.And or FeelOperator.Or =>
                new LogicCode(binary, _text, binary.Operator == FeelOperator.And, left, right),
            <= FeelOperator.GreaterOrEqual => new CompareCode(binary, _text, binary.Operator, left, right),
            _ => new ArithmeticCode(binary, _text, binary.Operator, left, right),
        };
    }

    /// <summary>A positive unary test; the input is the local <c>?</c> where one is declared.</summary>
    public TestCode BuildTest(FeelNode node)
    {
        if (node is FeelComparisonTest comparison)
        {
            var endpoint = Build(comparison.Endpoint);
            return endpoint is ConstantCode { Value.IsNumber: true } number
                && RangeOf(comparison.Operator, number.Value) is { } band
                ? new NumberRangeTestCode(band)
                : new ComparisonTestCode(comparison.Operator, endpoint);
        }
        var code = Build(node);
        if (node is FeelInterval interval && code is RangeCode
            && Constant(interval.Low) is { } low && Constant(interval.High) is { } high)
        {
            return new NumberRangeTestCode(new FeelRange(low, interval.LowClosed, high, interval.HighClosed));
        }
        return new ValueTestCode(code, UsesInput(node));
    }

    private static FeelRange? RangeOf(FeelOperator op, FeelValue end) => op switch
    {
        FeelOperator.Less => new FeelRange(FeelValue.Null, false, end, false),
        FeelOperator.LessOrEqual => new FeelRange(FeelValue.Null, false, end, true),
        FeelOperator.Greater => new FeelRange(end, false, FeelValue.Null, false),
        FeelOperator.GreaterOrEqual => new FeelRange(end, true, FeelValue.Null, false),
        _ => null,
    };

    private static FeelValue? Constant(FeelNode node) => node switch
    {
        FeelLiteral { Value.IsNumber: true } literal => literal.Value,
        FeelNegation { Operand: FeelLiteral { Value.IsNumber: true } literal } => -literal.Value.Amount,
        _ => (FeelValue?)null,
    };

    private static bool UsesInput(FeelNode node) => node is FeelName { Name: "?" } || node.Children.Any(UsesInput);

    private IterationCode[] Iterations(IReadOnlyList<FeelIteration> iterations)
    {
        var codes = new IterationCode[iterations.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            var source = Build(iterations[i].Source);
            var end = iterations[i].End is { } last ? Build(last) : null;
            codes[i] = new IterationCode(Declare(iterations[i].Name), source, end, iterations[i].TextIn(_text));
        }
        return codes;
    }

    private ForCode For(FeelFor loop)
    {
        var mark = _next;
        var iterations = Iterations(loop.Iterations);
        var partial = Mentions(loop.Return, "partial") ? Declare("partial") : -1;
        var code = new ForCode(loop, _text, iterations, partial, Build(loop.Return));
        _next = mark;
        return code;
    }

    private static bool Mentions(FeelNode node, string name) =>
        (node is FeelName named && named.Name == name) || node.Children.Any(c => Mentions(c, name));

    private QuantifiedCode Quantified(FeelQuantified quantified)
    {
        var mark = _next;
        var iterations = Iterations(quantified.Iterations);
        var code = new QuantifiedCode(quantified, _text, quantified.Every, iterations, Build(quantified.Condition));
        _next = mark;
        return code;
    }

    private FilterCode Filter(FeelFilter filter)
    {
        var list = Build(filter.Source);
        var mark = _next;
        var item = Reserve();
        var outer = _scope;
        _scope = new Scope(outer) { Item = item };
        var condition = Build(filter.Condition);
        _scope = outer;
        _next = mark;
        return new FilterCode(filter, _text, list, condition, item, usesItem: condition is not ConstantCode);
    }

    private ContextCode Context(FeelContextLiteral context)
    {
        var mark = _next;
        var first = _next;
        foreach (var _ in context.Entries)
        {
            Reserve();
        }
        var values = new Code[context.Entries.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var entry = context.Entries[i];
            // Entries see those before them; a function also sees itself.
            if (entry.Value is FeelFunctionLiteral)
            {
                _scope.Names[entry.Name] = first + i;
            }
            values[i] = Build(entry.Value);
            _scope.Names[entry.Name] = first + i;
        }
        _next = mark;
        return new ContextCode(context, _text, [.. context.Entries.Select(e => string.Intern(e.Name))], values, first);
    }

    private Code Call(FeelCall call)
    {
        var function = Build(call.Function);
        var arguments = call.Arguments.Select(a => Build(a.Value)).ToArray();
        var names = call.Arguments.Count > 0 && call.Arguments[0].Name is not null
            ? call.Arguments.Select(a => a.Name!).ToArray()
            : null;
        return function is ConstantCode { Value.Reference: Builtin builtin }
            ? new BuiltinCallCode(call, _text, builtin, arguments, names)
            : new CallCode(call, _text, function, arguments, names);
    }

    private FunctionCode Function(FeelFunctionLiteral function)
    {
        var mark = _next;
        var types = function.Parameters.Select(p =>
            p.Type is null ? null : FeelType.Of(p.Type, _layout.Types)).ToArray();
        var code = new FunctionCode(function, _text, function, types, mark);
        var outerCount = LocalCount;
        LocalCount = mark;
        code.Body = Scoped(() =>
        {
            foreach (var parameter in function.Parameters)
            {
                Declare(parameter.Name);
            }
            return function.External ? new ConstantCode(function.Body, _text, FeelValue.Null) : Build(function.Body);
        });
        code.LocalCount = LocalCount;
        LocalCount = Math.Max(outerCount, mark);
        _next = mark;
        return code;
    }
}
