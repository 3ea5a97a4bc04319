using System.Text;

namespace Evaluation.Rules.Feel;

internal enum TokenKind
{
    Number,
    String,
    Name,
    Symbol,
    End,
}

/// <summary>A token; <see cref="Text"/> is a string's value, or what stands in the text for every other
/// token.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
    public bool IsWord(string word) => Kind == TokenKind.Name && Text == word;
}

/// <summary>Cuts a text into tokens (DMN 1.5, grammar rules 27 to 37). Names come out as single words; which words
/// make up one name is known to the parser only.</summary>
internal static class Lexer
{
    public static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "and", "or", "then", "else", "return", "in", "satisfies", "between", "instance", "if", "for", "some", "every",
        "function", "true", "false", "null",
    };

    private static readonly string[] TwoCharacterSymbols = ["**", "..", "<=", ">=", "!=", "->"];
    private const string OneCharacterSymbols = "*/+-()[]{},:.<>=@'&|%$#;!^~`\\";

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>(Math.Max(8, text.Length / 3));
        var at = 0;
        while (true)
        {
            at = SkipBlanks(text, at);
            if (at >= text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "", text.Length, text.Length));
                return tokens;
            }
            var token = Next(text, at);
            tokens.Add(token);
            at = token.End;
        }
    }

    private static Token Next(string text, int at)
    {
        var c = text[at];
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(text, at);
        }
        if (c == '"')
        {
            return String(text, at);
        }
        if (IsNameStart(text, at, out _))
        {
            var end = at;
            while (end < text.Length && IsNamePart(text, end, out var length))
            {
                end += length;
            }
            return new Token(TokenKind.Name, text[at..end], at, end);
        }
        foreach (var symbol in TwoCharacterSymbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, 2) == 0)
            {
                return new Token(TokenKind.Symbol, symbol, at, at + 2);
            }
        }
        if (OneCharacterSymbols.Contains(c))
        {
            return new Token(TokenKind.Symbol, c.ToString(), at, at + 1);
        }
        throw new FeelSyntaxException(text, at,
            $"The character '{c}' (U+{(int)c:X4}) has no meaning here; remove it, " +
            "or put text between double quotes.");
    }

    private static Token Number(string text, int at)
    {
        var end = Digits(text, at);
        // "1..5" is a run from 1 to 5, and "1.x" a path: the point belongs to the number only before a digit.
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end = Digits(text, end + 1);
        }
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var exponent = end + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-')
            {
                exponent++;
            }
            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                end = Digits(text, exponent);
            }
        }
        return new Token(TokenKind.Number, text[at..end], at, end);
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
        return at;
    }

    private static Token String(string text, int start)
    {
        var value = new StringBuilder();
        var at = start + 1;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '"')
            {
                return new Token(TokenKind.String, value.ToString(), start, at + 1);
            }
            if (c == '\\')
            {
                at = Escape(text, at, value);
            }
            else
            {
                value.Append(c);
                at++;
            }
        }
        throw new FeelSyntaxException(text, start,
            "This text begins with a double quote but has no closing one; add \" " +
            "at its end (a quote inside a text is written \\\").");
    }

    private static int Escape(string text, int at, StringBuilder value)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        switch (next)
        {
            case 'n': value.Append('\n'); return at + 2;
            case 'r': value.Append('\r'); return at + 2;
            case 't': value.Append('\t'); return at + 2;
            case '\'' or '"' or '\\': value.Append(next); return at + 2;
            case 'u' when Hex(text, at + 2, 4) is int unit: value.Append((char)unit); return at + 6;
            case 'U' when Hex(text, at + 2, 6) is int point && Rune.IsValid(point):
                value.Append(new Rune(point).ToString());
                return at + 8;
            // Any other backslash stands for itself: regular expressions in strings are written "\d" by many.
            default: value.Append('\\'); return at + 1;
        }
    }

    private static int? Hex(string text, int at, int digits)
    {
        if (at + digits > text.Length)
        {
            return null;
        }
        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(text[at + i]))
            {
                return null;
            }
            value = value * 16 + Convert.ToInt32(text[at + i].ToString(), 16);
        }
        return value;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length)
        {
            if (IsBlank(text[at]))
            {
                at++;
            }
            else if (text[at] == '/' && at + 1 < text.Length && text[at + 1] == '/')
            {
                while (at < text.Length && text[at] is not ('\n' or '\r'))
                {
                    at++;
                }
            }
            else if (text[at] == '/' && at + 1 < text.Length && text[at + 1] == '*')
            {
                var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = end >= 0
                    ? end + 2
                    : throw new FeelSyntaxException(text, at, "This comment begins with /* but has no */; add it.");
            }
            else
            {
                break;
            }
        }
        return at;
    }

    // Grammar rules 61 and 62: vertical space and white space.
    internal static bool IsBlank(char c) =>
        c is ' ' or (>= '\u0009' and <= '\u000D') or '\u0085' or '\u00A0' or '\u1680' or '\u180E'
            or (>= '\u2000' and <= '\u200B') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000' or '\uFEFF';

    /// <summary>Whether a name can start here (rule 28); <paramref name="length"/> is 2 for a surrogate pair.</summary>
    public static bool IsNameStart(string text, int at, out int length)
    {
        var c = text[at];
        length = 1;
        if (char.IsHighSurrogate(c))
        {
            length = 2;
            return at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        }
        return c is '?' or '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')
            or (>= '\u00C0' and <= '\u00D6') or (>= '\u00D8' and <= '\u00F6') or (>= '\u00F8' and <= '\u02FF')
            or (>= '\u0370' and <= '\u037D') or (>= '\u037F' and <= '\u1FFF' and not ('\u1680' or '\u180E'))
            or '\u200C' or '\u200D' or (>= '\u2070' and <= '\u218F') or (>= '\u2C00' and <= '\u2FEF')
            or (>= '\u3001' and <= '\uD7FF') or (>= '\uF900' and <= '\uFDCF')
            or (>= '\uFDF0' and <= '\uFFFD' and not '\uFEFF');
    }

    /// <summary>Whether a name can go on here (rule 29).</summary>
    public static bool IsNamePart(string text, int at, out int length) =>
        IsNameStart(text, at, out length)
        || text[at] is (>= '0' and <= '9') or '\u00B7' or (>= '\u0300' and <= '\u036F') or '\u203F' or '\u2040';
}
