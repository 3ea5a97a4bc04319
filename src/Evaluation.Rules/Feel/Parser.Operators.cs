namespace Evaluation.Rules.Feel;

/// <content>Operators, the loosest first, down to calls, paths and filters.</content>
internal sealed partial class Parser
{
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
                _filters++;
                node = Place(new FeelFilter(node, Inside(Expression)), start);
                _filters--;
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
}
