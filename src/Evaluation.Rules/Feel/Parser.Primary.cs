namespace Evaluation.Rules.Feel;

/// <content>What stands by itself: literals, names, brackets, ranges, lists, contexts, functions.</content>
internal sealed partial class Parser
{
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
