using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Evaluation.Rules.Feel;

/// <summary>Writes an XPath 2.0 regular expression (XML Schema's, with anchors, reluctant quantifiers and
/// back-references) as one of .NET.</summary>
/// <remarks>It has two forms. In the plain one a character is a UTF-16 unit and classes are .NET's own, which are quick;
/// in the other a character is a code point. Without surrogates in pattern and text both mean the same.</remarks>
internal sealed partial class XPathPattern
{
    // XML's name characters, for \i and \c.
    private static readonly (int From, int To)[] NameStart =
    [
        (':', ':'), ('A', 'Z'), ('_', '_'), ('a', 'z'), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D),
        (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF),
        (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
    ];

    private static readonly (int From, int To)[] NamePart =
    [
        .. NameStart, ('-', '.'), ('0', '9'), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040),
    ];

    private readonly string _pattern;
    private readonly string _flags;
    private readonly bool _codePoints;
    private readonly StringBuilder _result = new();
    private readonly Stack<int> _open = new();
    private readonly HashSet<int> _closed = [];
    private int _at;
    private int _groups;

    private XPathPattern(string pattern, string flags, bool codePoints) =>
        (_pattern, _flags, _codePoints) = (pattern, flags, codePoints);

    [GeneratedRegex(@"\G\{[0-9]+(,[0-9]*)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Quantity { get; }

    /// <summary>Whether only the form of code points says what the pattern means, whatever the text.</summary>
    public static bool NeedsCodePoints(string pattern, string flags) => pattern.Any(char.IsSurrogate)
        || (flags.Contains('x') ? WithoutBlanks(pattern) : pattern).Contains("{Is", StringComparison.Ordinal);

    /// <summary>How many repetitions a pattern has, and whether one of them repeats another or a choice. Signs that stand
    /// for themselves are taken for repetitions too: the number is an upper bound.</summary>
    public static (int Count, bool Nested) Repetitions(string pattern)
    {
        var (count, nested) = (0, false);
        var outer = new Stack<bool>();
        var (inside, closed) = (false, false);
        foreach (var c in pattern)
        {
            var repeats = c is '*' or '+' or '{';
            count += repeats ? 1 : 0;
            nested |= repeats && closed;
            closed = c == ')' && inside;
            if (c == '(')
            {
                outer.Push(inside);
                inside = false;
            }
            else if (c == ')')
            {
                inside |= outer.Count > 0 && outer.Pop();
            }
            inside |= repeats || c == '|';
        }
        return (count, nested);
    }

    /// <summary>The pattern for .NET, or null where it is none of XPath's.</summary>
    public static string? Translate(string pattern, string flags, bool codePoints)
    {
        var plain = flags.Contains('x') ? WithoutBlanks(pattern) : pattern;
        var translation = new XPathPattern(plain, flags, codePoints);
        while (translation._at < translation._pattern.Length)
        {
            if (!translation.Next())
            {
                return null;
            }
        }
        return translation._open.Count > 0 ? null : translation._result.ToString();
    }

    /// <summary>Translates what stands next; false where that is no pattern.</summary>
    private bool Next()
    {
        var c = _pattern[_at];
        switch (c)
        {
            case '\\': return Escape();
            case '[': return Class() is { } read && Write(read);
            case '(': return OpenGroup();
            case ')': return CloseGroup();
            case '{':
                var quantity = Quantity.Match(_pattern, _at);
                return quantity.Success && Take(quantity.Value, quantity.Length);
            case '}' or ']': return false;
            // .NET's $ also matches before a last line break, and its dot matches a carriage return.
            case '$' when !_flags.Contains('m'): return Take(@"\z");
            case '.': return Take(Dot());
            case '*' or '+' or '?' or '|' or '^' or '$': return Take(c.ToString());
            default: return Literal(CodePointAt());
        }
    }

    private string Dot()
    {
        if (_flags.Contains('s'))
        {
            return _codePoints ? CodePoints.Of((0, CodePoints.Last)).Written() : ".";
        }
        return _codePoints ? CodePoints.Of(('\n', '\n'), ('\r', '\r')).Complement().Written() : @"[^\n\r]";
    }

    private bool Take(string written, int length = 1)
    {
        _result.Append(written);
        _at += length;
        return true;
    }

    /// <summary>The code point that stands next.</summary>
    private int CodePointAt() => char.IsSurrogatePair(_pattern, _at)
        ? char.ConvertToUtf32(_pattern[_at], _pattern[_at + 1])
        : _pattern[_at];

    // A pair of surrogates is one character, also for the quantifier that follows.
    private bool Literal(int point)
    {
        if (point > char.MaxValue)
        {
            var one = CodePoints.Of((point, point));
            return Take((_flags.Contains('i') ? one.InBothCases() : one).Written(), 2);
        }
        return Take(((char)point).ToString());
    }

    // XPath 2.0 knows plain groups only, XPath 3.0 also those that catch nothing.
    private bool OpenGroup()
    {
        var rest = _pattern.AsSpan(_at);
        if (rest.StartsWith("(?:", StringComparison.Ordinal))
        {
            _open.Push(0);
            return Take("(?:", 3);
        }
        _open.Push(++_groups);
        return !rest.StartsWith("(?", StringComparison.Ordinal) && Take("(");
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
        if (_at + 1 < _pattern.Length && _pattern[_at + 1] is >= '1' and <= '9')
        {
            return BackReference();
        }
        return Escaped() is { } part && Write(part);
    }

    // As many digits as make up the number of a group that is closed already.
    private bool BackReference()
    {
        var end = _at + 1;
        var number = 0;
        while (end < _pattern.Length && char.IsAsciiDigit(_pattern[end])
            && (end == _at + 1 || number * 10 + (_pattern[end] - '0') <= _groups))
        {
            number = number * 10 + (_pattern[end++] - '0');
        }
        return _closed.Contains(number)
            && Take(string.Create(CultureInfo.InvariantCulture, $"(?:\\{number})"), end - _at);
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

    /// <summary>What a replacement text is made of, or null where it is none of XPath's: $ stands before a group's
    /// number, \$ and \\ for themselves.</summary>
    public static IReadOnlyList<ReplacementPart>? Replacement(string text, int groups)
    {
        var parts = new List<ReplacementPart>();
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            switch (text[i])
            {
                case '\\' when next is '\\' or '$':
                    plain.Append(text[++i]);
                    break;
                case '$' when char.IsAsciiDigit(next):
                    Flush(parts, plain);
                    (var group, i) = Group(text, i + 1, groups);
                    if (group <= groups)
                    {
                        parts.Add(new ReplacementPart("", group));
                    }
                    break;
                case '\\' or '$': return null;
                default: plain.Append(text[i]); break;
            }
        }
        Flush(parts, plain);
        return parts;
    }

    private static void Flush(List<ReplacementPart> parts, StringBuilder plain)
    {
        if (plain.Length > 0)
        {
            parts.Add(new ReplacementPart(plain.ToString(), -1));
        }
        plain.Clear();
    }

    // As many digits as make up the number of a group that exists; the rest is text. A missing group is empty.
    private static (int Group, int LastDigit) Group(string text, int at, int groups)
    {
        var number = text[at] - '0';
        while (at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) && number * 10 + (text[at + 1] - '0') <= groups)
        {
            at++;
            number = number * 10 + (text[at] - '0');
        }
        return (number, at);
    }
}

/// <summary>A part of a replacement text: what stands there, or a group.</summary>
/// <param name="Text">The text.</param>
/// <param name="Group">Number of the group whose text stands there; -1 for the text itself.</param>
internal readonly record struct ReplacementPart(string Text, int Group);
