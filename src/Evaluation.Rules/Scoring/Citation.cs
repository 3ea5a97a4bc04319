using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>A source as a sentence cites it: document and item, and that a rule is our own where it is.</summary>
internal static class Citation
{
    /// <summary>Without brackets, in both languages.</summary>
    public static Bilingual Of(Source source) => new(Chinese(source), English(source));

    private static string Chinese(Source source)
    {
        var text = source.Document;
        if (source.Item is { Length: > 0 } item)
        {
            var numbered = IsNumber(item) ? $"第{item}项" : item;
            text += IsHan(text[^1]) && IsHan(numbered[0]) ? numbered : " " + numbered;
        }

        return source.Ours && !text.Contains("自定", StringComparison.Ordinal) ? text + "，本平台自定" : text;
    }

    private static string English(Source source)
    {
        var text = source.DocumentEn ?? source.Document;
        if ((source.ItemEn ?? source.Item) is { Length: > 0 } item) text += ", " + (IsNumber(item) ? "item " + item : item);
        return source.Ours ? "our own rule; " + text : text;
    }

    private static bool IsNumber(string item) =>
        item.Length <= 6 && item.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '(' or ')')
        && item.Any(char.IsAsciiDigit);

    // Han letters and the brackets that go with them need no space between document and item.
    private static bool IsHan(char c) => c is >= '\u2E80' and <= '\uFFEF';
}
