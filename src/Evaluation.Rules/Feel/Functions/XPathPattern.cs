using System.Text;

namespace Evaluation.Rules.Feel;

/// <summary>Writes an XPath 2.0 regular expression (XML Schema's, with anchors, reluctant quantifiers and
/// back-references) as one of .NET.</summary>
internal static class XPathPattern
{
    // XML's name characters, for \i and \c.
    private const string NameStart = @":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D" +
        @"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD";
    private const string NamePart = NameStart + @"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040";

    /// <summary>The pattern for .NET, or null where it is none of XPath's.</summary>
    public static string? Translate(string pattern, string flags)
    {
        if (flags.Contains('x'))
        {
            pattern = WithoutBlanks(pattern);
        }
        var result = new StringBuilder();
        var (at, groups, closed, inClass) = (0, 0, new List<int>(), 0);
        var open = new Stack<int>();
        while (at < pattern.Length)
        {
            var c = pattern[at];
            if (c == '\\')
            {
                if (!Escape(pattern, ref at, inClass > 0, closed, result))
                {
                    return null;
                }
                continue;
            }
            if (inClass > 0)
            {
                inClass += c == '[' ? 1 : c == ']' ? -1 : 0;
                // Only a subtraction, "-[", may open a class within a class.
                if (c == '[' && pattern[at - 1] != '-')
                {
                    return null;
                }
            }
            else if (c == '[')
            {
                inClass = 1;
                result.Append(c);
                at++;
                if (at < pattern.Length && pattern[at] == '^')
                {
                    result.Append('^');
                    at++;
                }
                continue;
            }
            else if (c == '(')
            {
                // XPath 2.0 knows plain groups only, XPath 3.0 also (?: ).
                if (at + 1 < pattern.Length && pattern[at + 1] == '?')
                {
                    if (at + 2 >= pattern.Length || pattern[at + 2] != ':')
                    {
                        return null;
                    }
                    open.Push(0);
                }
                else
                {
                    open.Push(++groups);
                }
            }
            else if (c == ')')
            {
                if (open.Count == 0)
                {
                    return null;
                }
                closed.Add(open.Pop());
            }
            else if (c == '$' && !flags.Contains('m'))
            {
                // .NET's $ also matches before a last line break.
                result.Append(@"\z");
                at++;
                continue;
            }
            else if (c == '.' && !flags.Contains('s'))
            {
                result.Append(@"[^\n\r]");
                at++;
                continue;
            }
            result.Append(c);
            at++;
        }
        return inClass > 0 || open.Count > 0 ? null : result.ToString();
    }

    // Flag x: blanks mean nothing, except within a character class.
    private static string WithoutBlanks(string pattern)
    {
        var result = new StringBuilder();
        var inClass = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length && !Lexer.IsBlank(pattern[i + 1]))
            {
                result.Append(c).Append(pattern[++i]);
                continue;
            }
            inClass += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (inClass > 0 || c is not (' ' or '\t' or '\n' or '\r'))
            {
                result.Append(c);
            }
        }
        return result.ToString();
    }

    private static bool Escape(string pattern, ref int at, bool inClass, List<int> closed, StringBuilder result)
    {
        if (at + 1 >= pattern.Length)
        {
            return false;
        }
        var c = pattern[at + 1];
        at += 2;
        switch (c)
        {
            case 'i' or 'c':
                result.Append(inClass ? "" : "[").Append(c == 'i' ? NameStart : NamePart).Append(inClass ? "" : "]");
                return true;
            case 'I' or 'C':
                result.Append("[^").Append(c == 'I' ? NameStart : NamePart).Append(']');
                return !inClass;
            case 'n' or 'r' or 't' or 's' or 'S' or 'd' or 'D':
                result.Append('\\').Append(c);
                return true;
            case 'w' or 'W':
                // XML Schema: everything but punctuation, separators and others.
                result.Append((c == 'w', inClass) switch
                {
                    (true, false) => @"[^\p{P}\p{Z}\p{C}]",
                    (false, false) => @"[\p{P}\p{Z}\p{C}]",
                    (true, true) => @"\p{L}\p{M}\p{N}\p{S}",
                    _ => @"\p{P}\p{Z}\p{C}",
                });
                return true;
            case 'p' or 'P':
                return Category(pattern, ref at, c, result);
            case >= '1' and <= '9':
                var group = c - '0';
                result.Append('\\').Append(c);
                return !inClass && closed.Contains(group);
            default:
                result.Append('\\').Append(c);
                return @"\|.-^?*+{}()[]$".Contains(c);
        }
    }

    private static bool Category(string pattern, ref int at, char letter, StringBuilder result)
    {
        var end = pattern.IndexOf('}', at);
        if (at >= pattern.Length || pattern[at] != '{' || end < 0)
        {
            return false;
        }
        result.Append('\\').Append(letter).Append(pattern, at, end + 1 - at);
        at = end + 1;
        return true;
    }

    /// <summary>The replacement text for .NET, or null where it is none of XPath's: $ stands before a group's number,
    /// \$ and \\ for themselves.</summary>
    public static string? Replacement(string text, int groups)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (c == '\\')
            {
                if (next is not ('\\' or '$'))
                {
                    return null;
                }
                result.Append(next == '$' ? "$$" : "\\");
                i++;
            }
            else if (c == '$')
            {
                if (!char.IsAsciiDigit(next))
                {
                    return null;
                }
                i = Group(text, i + 1, groups, result);
            }
            else
            {
                result.Append(c);
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
