using System.Text;

namespace Evaluation.Rules.Feel;

/// <content>String functions (table 73). Positions and lengths count Unicode code points.</content>
internal static partial class Builtins
{
    private static void AddStrings(Registry r)
    {
        r.Add("substring", "string: s, start position: n, length: n?", Substring);
        r.Add("string length", "string: s", (_, a) => (decimal)CodePointCount(a[0].AsString()));
        r.Add("upper case", "string: s", (_, a) => a[0].AsString().ToUpperInvariant());
        r.Add("lower case", "string: s", (_, a) => a[0].AsString().ToLowerInvariant());
        r.Add("substring before", "string: s, match: s", SubstringBefore);
        r.Add("substring after", "string: s, match: s", SubstringAfter);
        r.Add("contains", "string: s, match: s", (_, a) =>
            a[0].AsString().Contains(a[1].AsString(), StringComparison.Ordinal));
        r.Add("starts with", "string: s, match: s", (_, a) =>
            a[0].AsString().StartsWith(a[1].AsString(), StringComparison.Ordinal));
        r.Add("ends with", "string: s, match: s", (_, a) =>
            a[0].AsString().EndsWith(a[1].AsString(), StringComparison.Ordinal));
        r.Add("matches", "input: s, pattern: s, flags: s!?", (c, a) =>
            Pattern.Read(c, a[1].AsString(), Flags(a, 2)) is { } pattern
                ? pattern.Matches(c, a[0].AsString())
                : FeelValue.Null);
        r.Add("replace", "input: s, pattern: s, replacement: s, flags: s!?", (c, a) =>
            Pattern.Read(c, a[1].AsString(), Flags(a, 3)) is { } pattern
                ? pattern.Replace(c, a[0].AsString(), a[2].AsString())
                : FeelValue.Null);
        r.Add("split", "string: s, delimiter: s", (c, a) => Pattern.Read(c, a[1].AsString(), "") is { } pattern
            ? List(c, [.. pattern.Split(c, a[0].AsString()).Select(FeelValue.String)])
            : FeelValue.Null);
        r.Add("string join", "list: l, delimiter: s!?", (c, a) =>
            Join(c, a[0].AsList(), a.Length > 1 ? a[1].StringOrNull : null));
    }

    private static string Flags(FeelValue[] a, int at) => a.Length > at ? a[at].StringOrNull ?? "" : "";

    private static int CodePointCount(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                count--;
                i++;
            }
        }
        return count;
    }

    /// <summary>Where the code point with the given number begins in UTF-16.</summary>
    private static int UnitOf(string text, int codePoint)
    {
        var at = 0;
        for (var i = 0; i < codePoint && at < text.Length; i++)
        {
            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        }
        return at;
    }

    private static FeelValue Substring(BuiltinCall call, FeelValue[] a)
    {
        var text = a[0].AsString();
        var count = CodePointCount(text);
        var start = PlaceOf(a[1].Amount, count);
        if (start < 0)
        {
            return call.Null($"the text has no position {FeelValue.NumberText(a[1].Amount)}",
                $"文本没有位置 {FeelValue.NumberText(a[1].Amount)}");
        }
        var length = a.Length > 2 ? decimal.Truncate(a[2].Amount) : count;
        if (length < 1)
        {
            return call.Null("the length must be 1 or more", "长度须不小于 1");
        }
        var end = (int)Math.Min(count, start + length);
        var from = UnitOf(text, start);
        return text[from..UnitOf(text, end)];
    }

    private static FeelValue SubstringBefore(BuiltinCall call, FeelValue[] a)
    {
        var at = a[0].AsString().IndexOf(a[1].AsString(), StringComparison.Ordinal);
        return at < 0 ? "" : a[0].AsString()[..at];
    }

    private static FeelValue SubstringAfter(BuiltinCall call, FeelValue[] a)
    {
        var at = a[0].AsString().IndexOf(a[1].AsString(), StringComparison.Ordinal);
        return at < 0 ? "" : a[0].AsString()[(at + a[1].AsString().Length)..];
    }

    // Null items are left out; anything else that is no string makes the whole null.
    private static FeelValue Join(BuiltinCall call, IReadOnlyList<FeelValue> items, string? delimiter)
    {
        var text = new StringBuilder();
        var first = true;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].IsNull)
            {
                continue;
            }
            if (items[i].StringOrNull is not { } part)
            {
                return Unfit(call, items[i], i);
            }
            text.Append(first ? "" : delimiter).Append(part);
            first = false;
            call.Run.Step();
            call.Run.CheckString(text.Length);
        }
        return text.ToString();
    }
}
