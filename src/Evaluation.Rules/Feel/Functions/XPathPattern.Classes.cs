using System.Text;

namespace Evaluation.Rules.Feel;

/// <content>Character classes and escapes.</content>
internal sealed partial class XPathPattern
{
    /// <summary>A class, or a part of one: as .NET writes it between brackets, and as a set where that is asked
    /// for.</summary>
    /// <param name="Text">What stands between [ and ].</param>
    /// <param name="Single">The one character it stands for, which may begin or end a range; -1 for more.</param>
    /// <param name="Set">The code points; null in the plain form.</param>
    private readonly record struct Part(string Text, int Single, CodePoints? Set);

    private bool Write(Part part) => Take(part switch
    {
        { Set: { } set } => (_flags.Contains('i') && part.Single >= 0 ? set.InBothCases() : set).Written(),
        { Single: >= 0 } => part.Text,
        _ => $"[{part.Text}]",
    }, 0);

    private Part One(int point, string? text = null) => new(
        text ?? (@"\[]^-".Contains(Character(point), StringComparison.Ordinal) ? "\\" : "") + Character(point), point,
        _codePoints ? CodePoints.Of((point, point)) : null);

    private static string Character(int point) =>
        point <= char.MaxValue ? ((char)point).ToString() : char.ConvertFromUtf32(point);

    private Part Many(string text, Func<CodePoints> set) => new(text, -1, _codePoints ? set() : null);

    /// <summary>Reads <c>[…]</c>, <c>[^…]</c> and <c>[…-[…]]</c>; null where it is none.</summary>
    private Part? Class()
    {
        StackGuard.Check();
        _at++;
        var negated = Skip('^');
        var text = new StringBuilder(negated ? "^" : "");
        var sets = new List<CodePoints>();
        Part? less = null;
        var first = true;
        while (true)
        {
            if (_at >= _pattern.Length)
            {
                return null;
            }
            if (!first && Skip(']'))
            {
                break;
            }
            if (!first && _pattern.AsSpan(_at).StartsWith("-[", StringComparison.Ordinal))
            {
                _at++;
                less = Class();
                if (less is null || !Skip(']'))
                {
                    return null;
                }
                text.Append("-[").Append(less.Value.Text).Append(']');
                break;
            }
            if (Item(first) is not { } item)
            {
                return null;
            }
            text.Append(item.Text);
            sets.Add(item.Set ?? CodePoints.Of());
            first = false;
        }
        return new Part(text.ToString(), -1, _codePoints ? Combined(sets, negated, less?.Set) : null);
    }

    private CodePoints Combined(List<CodePoints> sets, bool negated, CodePoints? less)
    {
        var set = CodePoints.Union(sets);
        set = _flags.Contains('i') ? set.InBothCases() : set;
        set = negated ? set.Complement() : set;
        return less is null ? set : set.Except(less);
    }

    private bool Skip(char c)
    {
        var found = _at < _pattern.Length && _pattern[_at] == c;
        _at += found ? 1 : 0;
        return found;
    }

    /// <summary>One item of a class: a character, a range, an escape.</summary>
    private Part? Item(bool first)
    {
        if (Character(first) is not { } low)
        {
            return null;
        }
        // A hyphen makes a range unless the class ends after it or something is taken away.
        var range = low.Single >= 0 && _at + 1 < _pattern.Length && _pattern[_at] == '-'
            && _pattern[_at + 1] is not (']' or '[');
        if (!range)
        {
            return low;
        }
        _at++;
        if (Character(false) is not { Single: >= 0 } high || high.Single < low.Single)
        {
            return null;
        }
        return Many(low.Text + "-" + high.Text, () => CodePoints.Of((low.Single, high.Single)));
    }

    private Part? Character(bool first)
    {
        if (_at >= _pattern.Length)
        {
            return null;
        }
        var c = _pattern[_at];
        if (c == '\\')
        {
            return Escaped();
        }
        // A hyphen stands for itself at the beginning and at the end only.
        if (c is '[' or ']' || (c == '-' && !first && !_pattern.AsSpan(_at).StartsWith("-]", StringComparison.Ordinal)))
        {
            return null;
        }
        var point = CodePointAt();
        _at += point > char.MaxValue ? 2 : 1;
        return One(point);
    }

    /// <summary>Reads an escape, within a class or outside; null where it is none.</summary>
    private Part? Escaped()
    {
        if (_at + 1 >= _pattern.Length)
        {
            return null;
        }
        var c = _pattern[_at + 1];
        _at += 2;
        return c switch
        {
            'n' => One('\n', @"\n"),
            'r' => One('\r', @"\r"),
            't' => One('\t', @"\t"),
            's' => Many(@" \t\n\r", Blanks),
            'S' => Many(@"\u0000-\u0008\u000B\u000C\u000E-\u001F\u0021-\uFFFF", () => Blanks().Complement()),
            'd' => Many(@"\d", () => CodePoints.Category("Nd")!),
            'D' => Many(@"\D", () => CodePoints.Category("Nd")!.Complement()),
            // XML Schema: \w is everything but punctuation, separators and others.
            'w' => Many(@"\p{L}\p{M}\p{N}\p{S}", () => NoWord().Complement()),
            'W' => Many(@"\p{P}\p{Z}\p{C}", NoWord),
            'i' => Many(Units(NameStart), () => CodePoints.Of(NameStart)),
            'c' => Many(Units(NamePart), () => CodePoints.Of(NamePart)),
            'I' => Many(Units(CodePoints.Of(NameStart).Complement().Ranges), () => CodePoints.Of(NameStart).Complement()),
            'C' => Many(Units(CodePoints.Of(NamePart).Complement().Ranges), () => CodePoints.Of(NamePart).Complement()),
            'p' or 'P' => Category(c == 'P'),
            _ => @"\|.-^?*+{}()[]$".Contains(c) ? One(c, "\\" + c) : null,
        };
    }

    private static CodePoints Blanks() => CodePoints.Of((' ', ' '), ('\t', '\n'), ('\r', '\r'));

    private static CodePoints NoWord() =>
        CodePoints.Union([CodePoints.Category("P")!, CodePoints.Category("Z")!, CodePoints.Category("C")!]);

    private static string Units(IEnumerable<(int From, int To)> ranges) => string.Concat(ranges
        .Where(r => r.From <= char.MaxValue)
        .Select(r => $"\\u{r.From:X4}-\\u{Math.Min(r.To, char.MaxValue):X4}"));

    /// <summary>Reads the rest of <c>\p{Lu}</c> or <c>\p{IsGreek}</c>.</summary>
    private Part? Category(bool negated)
    {
        var end = _pattern.IndexOf('}', _at);
        if (end < _at + 2 || _pattern[_at] != '{')
        {
            return null;
        }
        var name = _pattern[(_at + 1)..end];
        _at = end + 1;
        if (name.StartsWith("Is", StringComparison.Ordinal))
        {
            // Blocks are written as code points only, see NeedsCodePoints.
            return UnicodeBlocks.Find(name[2..]) is { } block
                ? Many("", () => negated ? CodePoints.Of(block).Complement() : CodePoints.Of(block))
                : null;
        }
        return CodePoints.Category(name) is not { } set ? null
            : Many($"\\{(negated ? 'P' : 'p')}{{{name}}}", () => negated ? set.Complement() : set);
    }
}
