using System.Text;

namespace Evaluation.Rules.Feel;

/// <summary>Writes an XPath 2.0 regular expression (XML Schema's, with anchors, reluctant quantifiers and
/// back-references) as one of .NET.</summary>
internal sealed class XPathPattern
{
    // XML's name characters, for \i and \c.
    private const string NameStart = @":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF" +
        @"\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD";
    private const string NamePart = NameStart + @"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040";

    private readonly string _pattern;
    private readonly string _flags;
    private readonly StringBuilder _result = new();
    private readonly Stack<int> _open = new();
    private readonly HashSet<int> _closed = [];
    private int _at;
    private int _groups;
    private int _classes;

    private XPathPattern(string pattern, string flags) => (_pattern, _flags) = (pattern, flags);

    /// <summary>The pattern for .NET, or null where it is none of XPath's.</summary>
    public static string? Translate(string pattern, string flags)
    {
        var translation = new XPathPattern(flags.Contains('x') ? WithoutBlanks(pattern) : pattern, flags);
        while (translation._at < translation._pattern.Length)
        {
            if (!translation.Next())
            {
                return null;
            }
        }
        return translation._classes > 0 || translation._open.Count > 0 ? null : translation._result.ToString();
    }

    /// <summary>Translates what stands next; false where that is no pattern.</summary>
    private bool Next()
    {
        var c = _pattern[_at];
        if (c == '\\')
        {
            return Escape();
        }
        return _classes > 0 ? InClass(c) : c switch
        {
            '[' => OpenClass(),
            '(' => OpenGroup(),
            ')' => CloseGroup(),
            // .NET's $ also matches before a last line break, and its dot matches a carriage return.
            '$' when !_flags.Contains('m') => Take(@"\z"),
            '.' when !_flags.Contains('s') => Take(@"[^\n\r]"),
            _ => Take(c.ToString()),
        };
    }

    private bool Take(string written, int length = 1)
    {
        _result.Append(written);
        _at += length;
        return true;
    }

    private bool OpenClass()
    {
        _classes = 1;
        return _pattern.AsSpan(_at).StartsWith("[^", StringComparison.Ordinal) ? Take("[^", 2) : Take("[");
    }

    private bool InClass(char c)
    {
        _classes += c == '[' ? 1 : c == ']' ? -1 : 0;
        // Only a subtraction, "-[", may open a class within a class.
        return (c != '[' || _pattern[_at - 1] == '-') && Take(c.ToString());
    }

    // XPath 2.0 knows plain groups only, XPath 3.0 also those that catch nothing.
    private bool OpenGroup()
    {
        var rest = _pattern.AsSpan(_at);
        var catches = !rest.StartsWith("(?", StringComparison.Ordinal);
        _open.Push(catches ? ++_groups : 0);
        return (catches || rest.StartsWith("(?:", StringComparison.Ordinal)) && Take("(");
    }

    private bool CloseGroup()
    {
        if (_open.Count == 0)
        {
            return false;
        }
        _closed.Add(_open.Pop());
        return Take(")");
    }

    private bool Escape()
    {
        if (_at + 1 >= _pattern.Length)
        {
            return false;
        }
        var c = _pattern[_at + 1];
        var inClass = _classes > 0;
        return c switch
        {
            'i' or 'c' => Take(Class(c == 'i' ? NameStart : NamePart, inClass), 2),
            'I' or 'C' => !inClass && Take("[^" + (c == 'I' ? NameStart : NamePart) + "]", 2),
            'n' or 'r' or 't' or 's' or 'S' or 'd' or 'D' => Take("\\" + c, 2),
            // XML Schema: \w is everything but punctuation, separators and others.
            'w' => Take(inClass ? @"\p{L}\p{M}\p{N}\p{S}" : @"[^\p{P}\p{Z}\p{C}]", 2),
            'W' => Take(Class(@"\p{P}\p{Z}\p{C}", inClass), 2),
            'p' or 'P' => Category(),
            >= '1' and <= '9' => !inClass && _closed.Contains(c - '0') && Take("\\" + c, 2),
            _ => @"\|.-^?*+{}()[]$".Contains(c) && Take("\\" + c, 2),
        };
    }

    private static string Class(string content, bool inClass) => inClass ? content : "[" + content + "]";

    private bool Category()
    {
        var end = _pattern.IndexOf('}', _at);
        return end > _at + 2 && _pattern[_at + 2] == '{' && Take(_pattern[_at..(end + 1)], end + 1 - _at);
    }

    // Flag x: blanks mean nothing, except within a character class.
    private static string WithoutBlanks(string pattern)
    {
        var result = new StringBuilder();
        var classes = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length && !Lexer.IsBlank(pattern[i + 1]))
            {
                result.Append(c).Append(pattern[++i]);
                continue;
            }
            classes += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (classes > 0 || c is not (' ' or '\t' or '\n' or '\r'))
            {
                result.Append(c);
            }
        }
        return result.ToString();
    }

    /// <summary>The replacement text for .NET, or null where it is none of XPath's: $ stands before a group's number,
    /// \$ and \\ for themselves.</summary>
    public static string? Replacement(string text, int groups)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            switch (text[i])
            {
                case '\\' when next is '\\' or '$':
                    result.Append(next == '$' ? "$$" : "\\");
                    i++;
                    break;
                case '$' when char.IsAsciiDigit(next):
                    i = Group(text, i + 1, groups, result);
                    break;
                case '\\' or '$': return null;
                default: result.Append(text[i]); break;
            }
        }
        return result.ToString();
    }

    // As many digits as make up the number of a group that exists; the rest is text. A missing group is empty.
    private static int Group(string text, int at, int groups, StringBuilder result)
    {
        var number = text[at] - '0';
        while (at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) && number * 10 + (text[at + 1] - '0') <= groups)
        {
            at++;
            number = number * 10 + (text[at] - '0');
        }
        if (number <= groups)
        {
            result.Append("${").Append(number).Append('}');
        }
        return at;
    }
}
