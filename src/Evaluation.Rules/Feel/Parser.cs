namespace Evaluation.Rules.Feel;

/// <summary>Reads the grammar of DMN 1.5, 10.3.1.2, by recursive descent. One parser reads one text.</summary>
internal sealed partial class Parser
{
    private static readonly KnownNames BuiltInNames =
        KnownNames.Of([.. Builtins.Names, "days and time duration", "years and months duration"]);

    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly FeelLimits _limits;
    private readonly KnownNames _known;
    private int _at;
    private int _depth;

    public Parser(string text, IReadOnlyCollection<string>? knownNames, FeelLimits limits)
    {
        _text = text;
        _limits = limits;
        if (text.Length > limits.TextLength)
        {
            throw new FeelLimitException($"The expression has {text.Length} characters; at most {limits.TextLength} " +
                "are allowed. Split it into several.");
        }
        _tokens = Lexer.Read(text);
        _known = KnownNames.Of(knownNames ?? []);
    }

    private Token Current => _tokens[_at];
    private Token Peek(int ahead = 1) => _tokens[Math.Min(_at + ahead, _tokens.Count - 1)];

    /// <summary>The whole text as one expression.</summary>
    public FeelNode ReadExpression()
    {
        var node = Expression();
        ExpectEnd();
        return node;
    }

    /// <summary>The whole text as unary tests (rules 15 to 18).</summary>
    public FeelTests ReadUnaryTests()
    {
        var start = Current.Start;
        if (Current.Is("-") && Peek().Kind == TokenKind.End)
        {
            _at++;
            return Place(new FeelTests([], false), start);
        }
        var negated = Current.IsWord("not") && Peek().Is("(") && ClosesAtEnd(_at + 1);
        if (negated)
        {
            _at += 2;
        }
        var tests = new List<FeelNode> { Test() };
        while (Take(","))
        {
            tests.Add(Test());
        }
        if (negated)
        {
            Expect(")", "to close not(");
        }
        ExpectEnd();
        return Place(new FeelTests(tests, negated), start);
    }

    private bool ClosesAtEnd(int open)
    {
        var level = 0;
        for (var i = open; i < _tokens.Count; i++)
        {
            level += _tokens[i].Is("(") ? 1 : _tokens[i].Is(")") ? -1 : 0;
            if (level == 0)
            {
                return _tokens[i + 1].Kind == TokenKind.End;
            }
        }
        return false;
    }

    /// <summary>A positive unary test; a leading comparison is kept as such.</summary>
    private FeelNode Test() => Expression();

    private FeelNode Expression()
    {
        Enter();
        var node = Current.Kind == TokenKind.Name ? Current.Text switch
        {
            "if" => If(),
            "for" => For(),
            "some" or "every" when Peek().Kind == TokenKind.Name => Quantified(),
            _ => Or(),
        } : Or();
        _depth--;
        return node;
    }

    private void Enter()
    {
        StackGuard.Check();
        if (++_depth > _limits.Depth)
        {
            throw new FeelLimitException($"The expression is nested deeper than {_limits.Depth} levels at character " +
                $"{Current.Start}; split it into several.");
        }
    }

    private FeelNode If()
    {
        var start = Take().Start;
        var condition = Expression();
        ExpectWord("then", "after the condition of if");
        var then = Expression();
        ExpectWord("else", "because every if needs what is meant otherwise");
        return Place(new FeelIf(condition, then, Expression()), start);
    }

    private FeelNode For()
    {
        var start = Take().Start;
        var mark = _scope.Count;
        var iterations = Iterations();
        ExpectWord("return", "after the lists of for");
        _scope.Add("partial");
        var result = Expression();
        _scope.RemoveRange(mark, _scope.Count - mark);
        return Place(new FeelFor(iterations, result), start);
    }

    private FeelNode Quantified()
    {
        var first = Take();
        var mark = _scope.Count;
        var iterations = Iterations();
        ExpectWord("satisfies", $"after the lists of {first.Text}");
        var condition = Expression();
        _scope.RemoveRange(mark, _scope.Count - mark);
        return Place(new FeelQuantified(first.Text == "every", iterations, condition), first.Start);
    }

    private List<FeelIteration> Iterations()
    {
        var iterations = new List<FeelIteration>();
        do
        {
            var start = Current.Start;
            var name = DeclaredName("a variable name", "in");
            ExpectWord("in", $"after the variable {name}");
            var source = Expression();
            var end = Take("..") ? Expression() : null;
            iterations.Add(Place(new FeelIteration(name, source, end), start));
            Declare(name);
        }
        while (Take(","));
        return iterations;
    }

    private FeelNode Or()
    {
        var start = Current.Start;
        var left = And();
        while (TakeWord("or"))
        {
            left = Place(new FeelBinary(FeelOperator.Or, left, And()), start);
        }
        return left;
    }

    private FeelNode And()
    {
        var start = Current.Start;
        var left = Compare();
        while (TakeWord("and"))
        {
            left = Place(new FeelBinary(FeelOperator.And, left, Compare()), start);
        }
        return left;
    }

    private static FeelOperator? ComparisonOf(Token token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "=" => FeelOperator.Equal,
        "!=" => FeelOperator.NotEqual,
        "<" => FeelOperator.Less,
        "<=" => FeelOperator.LessOrEqual,
        ">" => FeelOperator.Greater,
        ">=" => FeelOperator.GreaterOrEqual,
        _ => null,
    };

    private FeelNode Compare()
    {
        var start = Current.Start;
        FeelNode left;
        if (ComparisonOf(Current) is { } unary)
        {
            _at++;
            left = Place(new FeelComparisonTest(unary, Additive()), start);
        }
        else
        {
            left = Additive();
        }
        while (true)
        {
            if (ComparisonOf(Current) is { } comparison)
            {
                _at++;
                left = Place(new FeelBinary(comparison, left, Additive()), start);
            }
            else if (TakeWord("between"))
            {
                var low = Additive();
                ExpectWord("and", "between the two limits of between");
                left = Place(new FeelBetween(left, low, Additive()), start);
            }
            else if (TakeWord("in"))
            {
                left = Place(new FeelIn(left, InTests()), start);
            }
            else
            {
                return left;
            }
        }
    }

    private List<FeelNode> InTests()
    {
        if (!Current.Is("("))
        {
            return [InTest()];
        }
        var open = _at;
        _at++;
        var tests = new List<FeelNode> { Test() };
        if (Current.Is(".."))
        {
            _at = open;
            return [Additive()];
        }
        while (Take(","))
        {
            tests.Add(Test());
        }
        Expect(")", "to close the tests of in");
        return tests;
    }

    private FeelNode InTest()
    {
        var start = Current.Start;
        if (ComparisonOf(Current) is { } comparison)
        {
            _at++;
            return Place(new FeelComparisonTest(comparison, Additive()), start);
        }
        return Additive();
    }

    private FeelNode Additive()
    {
        var start = Current.Start;
        var left = Multiplicative();
        while (Current.Is("+") || Current.Is("-"))
        {
            var op = Take().Text == "+" ? FeelOperator.Add : FeelOperator.Subtract;
            left = Place(new FeelBinary(op, left, Multiplicative()), start);
        }
        return left;
    }

    private FeelNode Multiplicative()
    {
        var start = Current.Start;
        var left = Power();
        while (Current.Is("*") || Current.Is("/"))
        {
            var op = Take().Text == "*" ? FeelOperator.Multiply : FeelOperator.Divide;
            left = Place(new FeelBinary(op, left, Power()), start);
        }
        return left;
    }

    private FeelNode Power()
    {
        var start = Current.Start;
        var left = Unary();
        while (Take("**"))
        {
            left = Place(new FeelBinary(FeelOperator.Power, left, Unary()), start);
        }
        return left;
    }

    // The order of grammar rule 4 puts negation above exponentiation: -2 ** 2 is 4.
    private FeelNode Unary()
    {
        if (!Current.Is("-"))
        {
            return InstanceOf();
        }
        Enter();
        var start = Take().Start;
        var node = Place(new FeelNegation(Unary()), start);
        _depth--;
        return node;
    }

    private FeelNode InstanceOf()
    {
        var start = Current.Start;
        var node = Postfix();
        while (Current.IsWord("instance") && Peek().IsWord("of"))
        {
            _at += 2;
            node = Place(new FeelInstanceOf(node, TypeName()), start);
        }
        return node;
    }

    private FeelNode Postfix()
    {
        var start = Current.Start;
        var node = Primary();
        while (true)
        {
            if (Current.Is("."))
            {
                _at++;
                node = Place(new FeelPath(node, MemberName()), start);
            }
            else if (Current.Is("[") && !(_rangeEnd && ClosesRange()))
            {
                _at++;
                node = Place(new FeelFilter(node, Inside(Expression)), start);
                Expect("]", "to close the filter");
                node = node with { Length = End - start };
            }
            else if (Current.Is("("))
            {
                node = Place(new FeelCall(node, Arguments()), start);
            }
            else
            {
                return node;
            }
        }
    }

    // "]1..5[" may end in an opening bracket, which would otherwise begin a filter: it ends the range when nothing
    // that could be a filter's condition follows.
    private bool ClosesRange()
    {
        var next = Peek();
        return next.Kind switch
        {
            TokenKind.End => true,
            TokenKind.Name => next.Text is "and" or "or" or "then" or "else" or "return" or "in" or "satisfies"
                or "between" or "instance",
            TokenKind.Symbol => next.Text is not ("(" or "[" or "{" or "-" or "@" or "]" or "<" or ">" or "<=" or ">="),
            _ => false,
        };
    }

    private List<FeelArgument> Arguments()
    {
        Expect("(", "to open the arguments");
        var arguments = new List<FeelArgument>();
        if (Take(")"))
        {
            return arguments;
        }
        do
        {
            var start = Current.Start;
            var name = ArgumentName();
            arguments.Add(Place(new FeelArgument(name, Inside(Expression)), start));
        }
        while (Take(","));
        Expect(")", "to close the arguments");
        var named = arguments.Count(a => a.Name is not null);
        if (named != 0 && named != arguments.Count)
        {
            throw Error(arguments.Find(a => a.Name is null)!.Offset,
                "Arguments are given either all by name or all by " +
                "position; give this one a name as well.");
        }
        return arguments;
    }

    /// <summary>The name before a colon, if the argument has one.</summary>
    private string? ArgumentName()
    {
        var end = _at;
        while (_tokens[end].Kind is TokenKind.Name or TokenKind.Number
               || (end > _at && _tokens[end].Kind == TokenKind.Symbol
                   && _tokens[end].Text is "-" or "'" or "/" or "+" or "*" or "."))
        {
            end++;
        }
        if (end == _at || !_tokens[end].Is(":") || Current.Kind != TokenKind.Name)
        {
            return null;
        }
        var name = NameText(_at, end);
        _at = end + 1;
        return name;
    }

    private T Inside<T>(Func<T> read)
    {
        var outer = _rangeEnd;
        _rangeEnd = false;
        var result = read();
        _rangeEnd = outer;
        return result;
    }

    private bool _rangeEnd;

    private FeelNode Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _at++;
                return Place(NumberLiteral(token.Text), token.Start);
            case TokenKind.String:
                _at++;
                return Place(new FeelLiteral(token.Text), token.Start);
            case TokenKind.Name:
                return NameOrKeyword();
            case TokenKind.Symbol:
                switch (token.Text)
                {
                    case "(": return ParenthesisOrRange();
                    case "[": return ListOrRange();
                    case "]": return OpenRange();
                    case "{": return ContextLiteral();
                    case "@": return AtLiteral();
                }
                break;
        }
        throw Unexpected("a value, a name, ( , [ or {");
    }

    private static FeelLiteral NumberLiteral(string text)
    {
        var value = NumberSyntax.Parse(text);
        return value is { } number
            ? new FeelLiteral(number)
            : new FeelLiteral(FeelValue.Null, $"the number {text} is outside what a decimal holds");
    }

    private FeelNode AtLiteral()
    {
        var start = Take().Start;
        if (Current.Kind != TokenKind.String)
        {
            throw Unexpected("a text in double quotes after @, such as @\"1999-12-31\"");
        }
        var text = Take().Text;
        var value = TemporalSyntax.AtLiteral(text);
        var problem = value.IsNull ? $"@\"{text}\" is no date, time or duration" : null;
        return Place(new FeelLiteral(value, problem), start);
    }

    private FeelNode NameOrKeyword()
    {
        var token = Current;
        switch (token.Text)
        {
            case "true":
            case "false":
                _at++;
                return Place(new FeelLiteral(token.Text == "true"), token.Start);
            case "null":
                _at++;
                return Place(new FeelLiteral(FeelValue.Null), token.Start);
            case "function" when Peek().Is("("):
                return FunctionLiteral();
            case "if" or "for":
                return Expression();
            case "some" or "every" when Peek().Kind == TokenKind.Name:
                return Expression();
        }
        var name = ReferencedName();
        return Place(new FeelName(name), token.Start);
    }

    private FeelNode ParenthesisOrRange()
    {
        var start = Take().Start;
        var first = Inside(Expression);
        if (Take(".."))
        {
            return FinishRange(start, false, first);
        }
        Expect(")", "to close the parenthesis");
        // A parenthesis leaves no trace in the tree but the place: the printed formula keeps the author's text.
        return first with { Offset = start, Length = End - start };
    }

    private FeelNode OpenRange()
    {
        var start = Take().Start;
        var low = Inside(Additive);
        Expect("..", "between the two ends of the range");
        return FinishRange(start, false, low);
    }

    private FeelNode FinishRange(int start, bool lowClosed, FeelNode low)
    {
        var outer = _rangeEnd;
        _rangeEnd = true;
        var high = Additive();
        _rangeEnd = outer;
        var closed = Current.Is("]");
        if (!closed && !Current.Is(")") && !Current.Is("["))
        {
            throw Unexpected("] or ) to close the range");
        }
        _at++;
        return Place(new FeelInterval(low, lowClosed, high, closed), start);
    }

    private FeelNode ListOrRange()
    {
        var start = Take().Start;
        var items = new List<FeelNode>();
        if (Take("]"))
        {
            return Place(new FeelList(items), start);
        }
        var first = Inside(Expression);
        if (Take(".."))
        {
            return FinishRange(start, true, first);
        }
        items.Add(first);
        while (Take(","))
        {
            items.Add(Inside(Expression));
        }
        Expect("]", "to close the list");
        return Place(new FeelList(items), start);
    }

    private FeelNode ContextLiteral()
    {
        var start = Take().Start;
        var mark = _scope.Count;
        var entries = new List<FeelEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!Current.Is("}"))
        {
            do
            {
                var at = Current.Start;
                var name = KeyName();
                Expect(":", $"after the name {name}");
                var value = Inside(Expression);
                if (!names.Add(name))
                {
                    throw Error(at, $"The name {name} stands twice in this context; give one of the two another name.");
                }
                entries.Add(Place(new FeelEntry(name, value), at));
                Declare(name);
            }
            while (Take(","));
        }
        Expect("}", "to close the context");
        _scope.RemoveRange(mark, _scope.Count - mark);
        return Place(new FeelContextLiteral(entries), start);
    }

    private FeelNode FunctionLiteral()
    {
        var start = Take().Start;
        var mark = _scope.Count;
        var parameters = Parameters();
        if (Current.IsWord("external"))
        {
            _at++;
            var mapping = Expression();
            _scope.RemoveRange(mark, _scope.Count - mark);
            return Place(new FeelFunctionLiteral(parameters, mapping, true), start);
        }
        var body = Inside(Expression);
        _scope.RemoveRange(mark, _scope.Count - mark);
        return Place(new FeelFunctionLiteral(parameters, body, false), start);
    }

    private List<FeelParameter> Parameters()
    {
        Expect("(", "to open the parameters");
        var parameters = new List<FeelParameter>();
        if (Take(")"))
        {
            return parameters;
        }
        do
        {
            var name = DeclaredName("a parameter name", ":", ",", ")");
            var type = Take(":") ? TypeName() : null;
            parameters.Add(new FeelParameter(name, type));
            Declare(name);
        }
        while (Take(","));
        Expect(")", "to close the parameters");
        return parameters;
    }
}
