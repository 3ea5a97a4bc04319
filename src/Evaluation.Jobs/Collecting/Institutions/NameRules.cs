using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Institutions;

/// <summary>Why two names may be one institution's.</summary>
/// <param name="Rule">Code of the rule.</param>
/// <param name="Because">In words, for the person who decides.</param>
internal sealed record NameLikeness(string Rule, Bilingual Because);

/// <summary>
/// The rules by which two names are proposed as one institution's, in this order, the surest first. Deterministic: the
/// same names give the same proposals.
/// </summary>
internal static class NameRules
{
    // Chinese names are short and differ by one character often (东海、南海), so the rules are narrow. A person decides.
    private const int ShortestPart = 6;
    private const int LongestPrefix = 8;

    private static readonly (string One, string Other)[] Endings =
        [("研究所", "研究院"), ("学院", "大学"), ("分院", "研究院"), ("中心", "研究中心")];

    /// <summary>The first rule by which the names may be the same; null when none does.</summary>
    public static NameLikeness? Of(string one, string other) => Of(NameForm.Of(one), NameForm.Of(other));

    public static NameLikeness? Of(NameForm one, NameForm other)
    {
        if (one.Whole == other.Whole)
        {
            return new("same-form", new Bilingual(
                "两个名称只在空格、标点、全角半角或大小写上不同",
                "the names differ only in spaces, punctuation, width or letter case"));
        }

        return Bracket(one, other) ?? Ending(one, other) ?? Contained(one, other) ?? Superior(one, other)
            ?? Spelling(one, other);
    }

    private static NameLikeness? Bracket(NameForm one, NameForm other)
    {
        // 石油大学（北京） and 石油大学（华东） are two.
        if (one.Inside.Length > 0 == other.Inside.Length > 0) return null;
        var (plain, bracketed) = one.Inside.Length > 0 ? (other, one) : (one, other);
        if (plain.Whole != bracketed.Outside && plain.Whole != bracketed.Inside.TrimStart('原')) return null;
        return new("bracket", new Bilingual(
            $"一个名称是另一个去掉括号内容“{bracketed.Inside}”后的名称或括号中的名称",
            $"one name is the other without what stands in brackets (\"{bracketed.Inside}\"), or is what stands there"));
    }

    private static NameLikeness? Ending(NameForm one, NameForm other)
    {
        foreach (var (first, second) in Endings)
        {
            if (Swapped(one.Whole, other.Whole, first, second) || Swapped(other.Whole, one.Whole, first, second))
            {
                return new("ending", new Bilingual(
                    $"两个名称只在结尾不同：“{first}”与“{second}”，可能是更名",
                    $"the names differ only in their ending (\"{first}\" and \"{second}\"): it may have been renamed"));
            }
        }

        return null;
    }

    private static bool Swapped(string one, string other, string first, string second) =>
        one.EndsWith(first, StringComparison.Ordinal) && other.EndsWith(second, StringComparison.Ordinal)
        && one[..^first.Length] == other[..^second.Length] && one.Length > first.Length;

    private static NameLikeness? Contained(NameForm one, NameForm other)
    {
        var (shorter, longer) = one.Whole.Length < other.Whole.Length ? (one.Whole, other.Whole) : (other.Whole, one.Whole);
        if (shorter.Length < ShortestPart) return null;
        if (!longer.StartsWith(shorter, StringComparison.Ordinal) && !longer.EndsWith(shorter, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = longer.Replace(shorter, "", StringComparison.Ordinal);
        return new("contained", new Bilingual(
            $"一个名称包含另一个，多出“{rest}”（主管部门、并列名称或合并后的名称）",
            $"one name contains the other and adds \"{rest}\" (a superior body, a second name, or a merger)"));
    }

    private static NameLikeness? Superior(NameForm one, NameForm other)
    {
        var common = CommonEnding(one.Whole, other.Whole);
        if (common < ShortestPart) return null;
        var (first, second) = (one.Whole[..^common], other.Whole[..^common]);
        if (!IsSuperior(first) || !IsSuperior(second)) return null;
        return new("superior", new Bilingual(
            $"两个名称只在主管部门上不同：“{first}”与“{second}”，可能随机构改革更名",
            $"the names differ only in the superior body (\"{first}\" and \"{second}\"): it may have moved in a reform"));
    }

    private static bool IsSuperior(string prefix) =>
        prefix.Length is > 2 and <= LongestPrefix && prefix[^1] is '部' or '局' or '委' or '署' or '会';

    private static NameLikeness? Spelling(NameForm one, NameForm other)
    {
        if (Math.Min(one.Whole.Length, other.Whole.Length) < 2 * ShortestPart) return null;
        if (Distance(one.Whole, other.Whole) != 1) return null;
        return new("one-character", new Bilingual(
            "两个名称只差一个字，可能是录入错误", "the names differ in one character: it may be a slip of the pen"));
    }

    private static int CommonEnding(string one, string other)
    {
        var length = 0;
        while (length < one.Length && length < other.Length && one[^(length + 1)] == other[^(length + 1)]) length++;
        return length;
    }

    /// <summary>Edit distance: insertions, deletions and replacements.</summary>
    internal static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[^1];
    }
}
