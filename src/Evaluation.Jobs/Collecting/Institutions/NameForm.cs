using System.Text;

namespace Evaluation.Jobs.Collecting.Institutions;

/// <summary>The form of an institution's name in which spelling does not matter.</summary>
/// <param name="Whole">
/// Letters and digits only: full-width forms narrowed, spaces (also no-break ones) and punctuation gone, lower case.
/// </param>
/// <param name="Outside">The same without what stands in brackets.</param>
/// <param name="Inside">What stands in brackets; empty where nothing does.</param>
internal sealed record NameForm(string Whole, string Outside, string Inside)
{
    public static NameForm Of(string name)
    {
        var (whole, outside, inside) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        var depth = 0;
        foreach (var one in name.Normalize(NormalizationForm.FormKC))
        {
            if (one is '(' or '[' or '【' or '〔') depth++;
            else if (one is ')' or ']' or '】' or '〕') depth = Math.Max(0, depth - 1);
            if (!char.IsLetterOrDigit(one)) continue;
            var plain = char.ToLowerInvariant(one);
            whole.Append(plain);
            (depth > 0 ? inside : outside).Append(plain);
        }

        return new NameForm(whole.ToString(), outside.ToString(), inside.ToString());
    }
}
