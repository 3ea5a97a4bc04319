using System.Globalization;
using System.Text;

namespace Evaluation.Rules.Feel;

/// <summary>A set of Unicode code points, as ranges in order that neither touch nor overlap: what a character class of
/// a pattern stands for. .NET's patterns know UTF-16 units only.</summary>
internal sealed class CodePoints
{
    public const int Last = 0x10FFFF;

    private static readonly Lazy<Dictionary<UnicodeCategory, CodePoints>> Categories = new(ByCategory);

    // Pairs of letters that differ in case only.
    private static readonly Lazy<List<(int Lower, int Upper)>> Cases = new(CasePairs);

    private readonly List<(int From, int To)> _ranges = [];

    /// <summary>The ranges, in order.</summary>
    public IReadOnlyList<(int From, int To)> Ranges => _ranges;

    public static CodePoints Of(params ReadOnlySpan<(int From, int To)> ranges)
    {
        var set = new CodePoints();
        set._ranges.AddRange(ranges);
        set.Tidy();
        return set;
    }

    public static CodePoints Union(IEnumerable<CodePoints> sets) => Of([.. sets.SelectMany(s => s._ranges)]);

    private void Tidy()
    {
        _ranges.Sort();
        var kept = 0;
        foreach (var range in _ranges.ToArray())
        {
            if (kept > 0 && range.From <= _ranges[kept - 1].To + 1)
            {
                _ranges[kept - 1] = (_ranges[kept - 1].From, Math.Max(_ranges[kept - 1].To, range.To));
            }
            else
            {
                _ranges[kept++] = range;
            }
        }
        _ranges.RemoveRange(kept, _ranges.Count - kept);
    }

    public CodePoints Complement()
    {
        var set = new CodePoints();
        var next = 0;
        foreach (var (from, to) in _ranges)
        {
            if (from > next)
            {
                set._ranges.Add((next, from - 1));
            }
            next = to + 1;
        }
        if (next <= Last)
        {
            set._ranges.Add((next, Last));
        }
        return set;
    }

    public CodePoints Except(CodePoints other) => Union([Complement(), other]).Complement();

    private bool Contains(int point)
    {
        var at = _ranges.BinarySearch((point, int.MaxValue));
        return at >= 0 || (~at > 0 && _ranges[~at - 1].To >= point);
    }

    /// <summary>The set with both cases of every letter in it.</summary>
    public CodePoints InBothCases()
    {
        var added = new List<(int, int)>(_ranges);
        foreach (var (lower, upper) in Cases.Value)
        {
            if (Contains(lower) || Contains(upper))
            {
                added.Add((lower, lower));
                added.Add((upper, upper));
            }
        }
        return Of([.. added]);
    }

    /// <summary>The code points of a category such as L or Lu, or null where there is none of that name.</summary>
    public static CodePoints? Category(string name)
    {
        var found = Categories.Value.Where(c => Short(c.Key).StartsWith(name, StringComparison.Ordinal)).ToList();
        return name.Length is 1 or 2 && found.Count > 0 ? Union(found.Select(f => f.Value)) : null;
    }

    private static Dictionary<UnicodeCategory, CodePoints> ByCategory()
    {
        var sets = Enum.GetValues<UnicodeCategory>().ToDictionary(c => c, _ => new CodePoints());
        var from = 0;
        for (var point = 1; point <= Last + 1; point++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(from);
            if (point > Last || CharUnicodeInfo.GetUnicodeCategory(point) != category)
            {
                sets[category]._ranges.Add((from, point - 1));
                from = point;
            }
        }
        return sets;
    }

    private static List<(int, int)> CasePairs()
    {
        var pairs = new List<(int, int)>();
        for (var point = 0; point <= Last; point++)
        {
            if (Rune.IsValid(point) && Rune.ToUpperInvariant(new Rune(point)).Value is var upper && upper != point)
            {
                pairs.Add((point, upper));
            }
        }
        return pairs;
    }

    private static string Short(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu",
        UnicodeCategory.LowercaseLetter => "Ll",
        UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm",
        UnicodeCategory.OtherLetter => "Lo",
        UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc",
        UnicodeCategory.EnclosingMark => "Me",
        UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl",
        UnicodeCategory.OtherNumber => "No",
        UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl",
        UnicodeCategory.ParagraphSeparator => "Zp",
        UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf",
        UnicodeCategory.Surrogate => "Cs",
        UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc",
        UnicodeCategory.DashPunctuation => "Pd",
        UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe",
        UnicodeCategory.InitialQuotePunctuation => "Pi",
        UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po",
        UnicodeCategory.MathSymbol => "Sm",
        UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk",
        UnicodeCategory.OtherSymbol => "So",
        _ => "Cn",
    };

    /// <summary>The set as a group of .NET's patterns: one UTF-16 unit, or a pair of surrogates.</summary>
    public string Written()
    {
        var single = new StringBuilder();
        var alternatives = new List<string>();
        foreach (var (from, to) in _ranges)
        {
            // A surrogate that stands alone is no character, so nothing matches it.
            Units(single, from, Math.Min(to, 0xD7FF));
            Units(single, Math.Max(from, 0xE000), Math.Min(to, 0xFFFF));
            if (to > 0xFFFF)
            {
                Pairs(alternatives, Math.Max(from, 0x10000), to);
            }
        }
        if (single.Length > 0)
        {
            alternatives.Insert(0, $"[{single}]");
        }
        // Cases are in the set already. An empty set matches nothing.
        return alternatives.Count == 0 ? "[^\\s\\S]" : $"(?-i:{string.Join('|', alternatives)})";
    }

    private static void Units(StringBuilder text, int from, int to)
    {
        if (from <= to)
        {
            text.Append(Unit(from)).Append(from == to ? "" : "-" + Unit(to));
        }
    }

    private static string Unit(int unit) => "\\u" + unit.ToString("X4", CultureInfo.InvariantCulture);

    private static void Pairs(List<string> alternatives, int from, int to)
    {
        static int High(int point) => 0xD800 + ((point - 0x10000) >> 10);
        static int Low(int point) => 0xDC00 + ((point - 0x10000) & 0x3FF);
        while (from <= to)
        {
            // Either the rest of one high surrogate's points, or as many whole ones as there are.
            var whole = (from & 0x3FF) == 0 && (from | 0x3FF) <= to;
            var end = whole ? ((to + 1) & ~0x3FF) - 1 : Math.Min(to, from | 0x3FF);
            alternatives.Add($"[{Unit(High(from))}-{Unit(High(end))}]" +
                $"[{Unit(whole ? 0xDC00 : Low(from))}-{Unit(whole ? 0xDFFF : Low(end))}]");
            from = end + 1;
        }
    }
}
