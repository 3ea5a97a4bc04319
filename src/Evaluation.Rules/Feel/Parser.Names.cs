using System.Text;

namespace Evaluation.Rules.Feel;

/// <content>Names and types: which words make up one name depends on what is in scope.</content>
internal sealed partial class Parser
{
    // Names declared around the place being read: variables of for, parameters, entries of contexts.
    private readonly List<string> _scope = [];
    private readonly KnownNames _declared = new();
    private int _filters;

    private int End => _at == 0 ? 0 : _tokens[_at - 1].End;

    private void Declare(string name)
    {
        _scope.Add(name);
        _declared.Add(name);
    }

    /// <summary>A name that is used: the longest known one, else all plain words in a row.</summary>
    private string ReferencedName()
    {
        var best = "";
        var length = 0;
        Longest(_declared, ref best, ref length);
        if (length > 0 && !InScope(best))
        {
            (best, length) = ("", 0);
        }
        Longest(_known, ref best, ref length);
        Longest(BuiltInNames, ref best, ref length);
        if (length > 0 && !(length == 1 && Lexer.Keywords.Contains(best) && !IsPlain(_at)))
        {
            _at += length;
            return best;
        }
        if (Current.Kind != TokenKind.Name || Lexer.Keywords.Contains(Current.Text))
        {
            throw Unexpected("a name");
        }
        return PlainWords();
    }

    // What a context declares is a name only inside it, and in filters, whose items may be such contexts.
    private bool InScope(string name) => _filters > 0 || _scope.Contains(name);

    private void Longest(KnownNames names, ref string best, ref int length)
    {
        if (names.TryMatch(_tokens, _at, out var name, out var count) && count > length)
        {
            (best, length) = (name, count);
        }
    }

    private bool IsPlain(int at) => _tokens[at].Kind == TokenKind.Name;

    // Two words side by side can be nothing but one name, so a name with blanks needs no declaration to be read.
    private string PlainWords()
    {
        var first = _at++;
        while (Current.Kind == TokenKind.Name && !Lexer.Keywords.Contains(Current.Text)
            && !_scope.Contains(_tokens[first].Text))
        {
            _at++;
        }
        return NameText(first, _at);
    }

    /// <summary>The name after a point.</summary>
    private string MemberName()
    {
        var best = "";
        var length = 0;
        Longest(_declared, ref best, ref length);
        Longest(_known, ref best, ref length);
        Longest(MemberNames, ref best, ref length);
        if (length > 0)
        {
            _at += length;
            return best;
        }
        if (Current.Kind != TokenKind.Name)
        {
            throw Unexpected("a member's name after the point");
        }
        var first = _at++;
        while (Current.Kind == TokenKind.Name && !Lexer.Keywords.Contains(Current.Text))
        {
            _at++;
        }
        return NameText(first, _at);
    }

    private static readonly KnownNames MemberNames =
        KnownNames.Of(["start included", "end included", "time offset"]);

    /// <summary>A name that is being declared, up to one of the given tokens.</summary>
    private string DeclaredName(string what, params string[] until)
    {
        var first = _at;
        while (Current.Kind != TokenKind.End
            && !Array.Exists(until, u => Current.Text == u && Current.Kind != TokenKind.String))
        {
            if (Current.Kind == TokenKind.String || (Current.Kind == TokenKind.Symbol
                && Current.Text is not ("." or "/" or "-" or "'" or "+" or "*" or "**")))
            {
                break;
            }
            _at++;
        }
        if (_at == first || _tokens[first].Kind != TokenKind.Name)
        {
            _at = first;
            throw Unexpected(what);
        }
        return NameText(first, _at);
    }

    private string KeyName()
    {
        if (Current.Kind == TokenKind.String)
        {
            return Take().Text;
        }
        return DeclaredName("a name or a text as the name of an entry", ":");
    }

    /// <summary>The tokens as a name: blanks between them become a single one, comments vanish.</summary>
    private string NameText(int first, int end)
    {
        if (end == first + 1)
        {
            return string.Intern(_tokens[first].Text);
        }
        var name = new StringBuilder();
        for (var i = first; i < end; i++)
        {
            if (i > first && _tokens[i].Start > _tokens[i - 1].End)
            {
                name.Append(' ');
            }
            name.Append(_tokens[i].Text);
        }
        return name.ToString();
    }

    private FeelTypeName TypeName()
    {
        Enter();
        var type = ReadTypeName();
        _depth--;
        return type;
    }

    private FeelTypeName ReadTypeName()
    {
        if (Current.Kind != TokenKind.Name)
        {
            throw Unexpected("a type, such as number or list<string>");
        }
        switch (Current.Text)
        {
            case "list" when Peek().Is("<"):
                return new FeelListType(TypeArgument());
            case "range" when Peek().Is("<"):
                return new FeelRangeType(TypeArgument());
            case "context" when Peek().Is("<"):
                return ContextType();
            case "function" when Peek().Is("<"):
                return FunctionType();
        }
        return new FeelNamedType(QualifiedName());
    }

    private string QualifiedName()
    {
        var name = new StringBuilder(TypeWord());
        while (Take("."))
        {
            name.Append('.').Append(TypeWord());
        }
        return name.ToString();
    }

    private string TypeWord()
    {
        var best = "";
        var length = 0;
        Longest(_known, ref best, ref length);
        Longest(BuiltInNames, ref best, ref length);
        if (length > 0)
        {
            _at += length;
            return best;
        }
        if (Current.Kind != TokenKind.Name)
        {
            throw Unexpected("the name of a type");
        }
        var first = _at++;
        while (Current.Kind == TokenKind.Name && !Lexer.Keywords.Contains(Current.Text))
        {
            _at++;
        }
        return NameText(first, _at);
    }

    private FeelTypeName TypeArgument()
    {
        _at++;
        Expect("<", "before the type of the items");
        var type = TypeName();
        Expect(">", "after the type of the items");
        return type;
    }

    private FeelContextType ContextType()
    {
        _at++;
        Expect("<", "before the members");
        var members = new List<KeyValuePair<string, FeelTypeName>>();
        do
        {
            var name = DeclaredName("a member's name", ":");
            Expect(":", $"after {name}");
            members.Add(new(name, TypeName()));
        }
        while (Take(","));
        Expect(">", "after the members");
        return new FeelContextType(members);
    }

    private FeelFunctionType FunctionType()
    {
        _at++;
        Expect("<", "before the types of the parameters");
        var parameters = new List<FeelTypeName>();
        if (!Current.Is(">"))
        {
            do
            {
                parameters.Add(TypeName());
            }
            while (Take(","));
        }
        Expect(">", "after the types of the parameters");
        Expect("->", "before the type of the result");
        return new FeelFunctionType(parameters, TypeName());
    }

    private Token Take() => _tokens[_at++];

    private bool Take(string symbol)
    {
        var found = Current.Is(symbol);
        _at += found ? 1 : 0;
        return found;
    }

    private bool TakeWord(string word)
    {
        var found = Current.IsWord(word);
        _at += found ? 1 : 0;
        return found;
    }

    private void Expect(string symbol, string why)
    {
        if (!Take(symbol))
        {
            throw Unexpected($"{symbol} {why}");
        }
    }

    private void ExpectWord(string word, string why)
    {
        if (!TakeWord(word))
        {
            throw Unexpected($"the word {word}, {why}");
        }
    }

    private void ExpectEnd()
    {
        if (Current.Kind != TokenKind.End)
        {
            throw Unexpected("an operator or the end of the expression");
        }
    }

    private T Place<T>(T node, int start)
        where T : FeelNode
    {
        var (depth, size) = (0, 1);
        foreach (var child in node.Children)
        {
            depth = Math.Max(depth, child.Depth);
            size += child.Size;
        }
        if (depth >= _limits.Depth * 4)
        {
            throw new FeelLimitException($"The expression has more than {_limits.Depth * 4} operations inside one " +
                "another; split it into several.");
        }
        return node with { Offset = start, Length = End - start, Depth = depth + 1, Size = size };
    }

    private FeelSyntaxException Error(int offset, string problem) => new(_text, offset, problem);

    private FeelSyntaxException Unexpected(string expected)
    {
        var token = Current;
        var found = token.Kind switch
        {
            TokenKind.End => "the end of the text",
            TokenKind.String => $"the text {FeelValue.String(token.Text)}",
            _ => $"'{token.Text}'",
        };
        return Error(token.Start, $"Found {found}, expected {expected}.{Hint(token)}");
    }

    private string Hint(Token token)
    {
        if (token.Is("=") && _at > 0 && _tokens[_at - 1].Is("="))
        {
            return " Equality is written with one =.";
        }
        if (token.Is("!"))
        {
            return " Write not(...) or !=.";
        }
        if (token.Is("&") || token.Is("|"))
        {
            return " Write the words and / or.";
        }
        if (token.Is("%"))
        {
            return " FEEL has no percent sign: 5% is 0.05, and a remainder is modulo(a, b).";
        }
        if (token.Is("'"))
        {
            return " Texts stand between double quotes.";
        }
        // Full-width punctuation may be part of a FEEL name, so it is easily swallowed by the name before it.
        return _text.AsSpan().IndexOfAny("，（）：；“”‘’＝＜＞＋－＊／") >= 0
            ? " The text has full-width punctuation; write , ( ) : \" with the half-width characters."
            : "";
    }
}
