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
            text = IsNumber(item) || item[0] == '第' || item.StartsWith("附", StringComparison.Ordinal)
                ? NumberText.Then(text, IsNumber(item) ? $"第{item}项" : item)
                : text + "，" + item;
        }

        return source.Ours && !text.Contains("自定", StringComparison.Ordinal) ? text + "，本平台自定" : text;
    }

    private static string English(Source source)
    {
        var text = source.DocumentEn ?? source.Document;
        var ownTitle = source.Ours && source.DocumentEn is null && text.Contains("自定", StringComparison.Ordinal);
        if (ownTitle) return "our own rule";
        if ((source.ItemEn ?? source.Item) is { Length: > 0 } item)
        {
            text += ", " + (IsNumber(item) ? "item " + item : item);
        }

        return source.Ours ? "our own rule; " + text : text;
    }

    private static bool IsNumber(string item) =>
        item.Length <= 6 && item.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '(' or ')')
        && item.Any(char.IsAsciiDigit);
}
