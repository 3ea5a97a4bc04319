namespace Evaluation.Rules;

/// <summary>A text in both languages of the house. Both are always complete; neither is a caption of the other.</summary>
/// <param name="Zh">Simplified Chinese, official wording where a regulation has one.</param>
/// <param name="En">English.</param>
public sealed record Bilingual(string Zh, string En)
{
    /// <summary>The text in the language asked for.</summary>
    public string In(Language language) => language == Language.Zh ? Zh : En;
}

/// <summary>The two languages of screens, reports and sentences.</summary>
public enum Language
{
    /// <summary>Simplified Chinese (zh-CN), shown first.</summary>
    Zh,

    /// <summary>English.</summary>
    En,
}
