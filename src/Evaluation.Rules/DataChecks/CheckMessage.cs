using System.Text;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.DataChecks;

/// <summary>A message with FEEL in braces: <c>{effective_hours} 小时</c>. One text a language.</summary>
public sealed class CheckMessage
{
    private const int MostDecimals = 6;

    private readonly IReadOnlyList<Part> _zh;
    private readonly IReadOnlyList<Part> _en;

    private CheckMessage(IReadOnlyList<Part> zh, IReadOnlyList<Part> en) => (_zh, _en) = (zh, en);

    private sealed record Part(string Text, FeelExpression? Value);

    /// <summary>The text as the rule file has it.</summary>
    public required Bilingual Template { get; init; }

    /// <summary>The expressions in the braces.</summary>
    public IEnumerable<FeelExpression> Expressions => _zh.Concat(_en).Select(part => part.Value).OfType<FeelExpression>();

    /// <summary>Reads a message.</summary>
    /// <param name="template">The text in both languages; <c>{{</c> is a brace.</param>
    /// <param name="names">Names in scope.</param>
    /// <exception cref="FeelSyntaxException">What stands in braces is not FEEL.</exception>
    public static CheckMessage Parse(Bilingual template, IReadOnlyCollection<string> names) =>
        new(Parts(template.Zh, names), Parts(template.En, names)) { Template = template };

    /// <summary>The message about one thing.</summary>
    public Bilingual Of(FeelContext about) => new(Text(_zh, about), Text(_en, about));

    private static List<Part> Parts(string text, IReadOnlyCollection<string> names)
    {
        var parts = new List<Part>();
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var doubled = i + 1 < text.Length && text[i + 1] == text[i];
            if (text[i] is '{' or '}' && doubled) plain.Append(text[i++]);
            else if (text[i] == '{' && text.IndexOf('}', i) is var end and > 0)
            {
                parts.Add(new Part(plain.ToString(), null));
                plain.Clear();
                parts.Add(new Part("", FeelExpression.Parse(text[(i + 1)..end], names)));
                i = end;
            }
            else plain.Append(text[i]);
        }

        parts.Add(new Part(plain.ToString(), null));
        return parts;
    }

    private static string Text(IReadOnlyList<Part> parts, FeelContext about) =>
        string.Concat(parts.Select(part => part.Value is { } value ? Shown(value.Evaluate(about)) : part.Text));

    private static string Shown(FeelValue value) => value switch
    {
        { IsNull: true } => "—",
        { Kind: FeelKind.String } => value.AsString(),
        _ when value.TryNumber(out var number) => NumberText.Plain(number, 0, MostDecimals),
        _ => value.ToString(),
    };
}
