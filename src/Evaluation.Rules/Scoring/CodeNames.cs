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
        Codes().Replace(text, match =>
        {
            var code = match.Groups[1].Value;
            var name = scheme.Named(code)?.Name.In(language) ?? code;
            return language == Language.Zh ? $"“{name}”" : $"\"{name}\"";
        });

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Codes();
}
