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
}
