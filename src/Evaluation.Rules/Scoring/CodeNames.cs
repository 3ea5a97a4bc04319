using System.Text.RegularExpressions;

namespace Evaluation.Rules.Scoring;

/// <summary>Puts names for the codes that FEEL's reasons quote.</summary>
internal static partial class CodeNames
{
    /// <summary>The text with every known code in back quotes replaced by its name in quotes.</summary>
    public static Bilingual In(CompiledScheme scheme, Bilingual text) =>
        new(In(scheme, text.Zh, Language.Zh), In(scheme, text.En, Language.En));

    /// <summary>The text with every known code in back quotes replaced by its name in quotes.</summary>
    public static string In(CompiledScheme scheme, string text, Language language) =>
        Quoted().Replace(text, match =>
        {
            var names = Codes().Replace(
                match.Groups[1].Value, code => scheme.Named(code.Value)?.Name.In(language) ?? code.Value);
            return language == Language.Zh ? $"“{names}”" : $"\"{names}\"";
        }).Replace("” ", "”", StringComparison.Ordinal);

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[A-Za-z_]\w*(\.[A-Za-z_]\w*)?")]
    private static partial Regex Codes();
}
