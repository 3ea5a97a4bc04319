using System.Globalization;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.RuleSets;

/// <summary>A formula without what changes nothing: blanks, line ends, comments, noughts at the end of a
/// number.</summary>
internal static class FormulaTokens
{
    /// <summary>Whether two formulas are written with the same words, numbers and signs.</summary>
    public static bool Same(string? one, string? other) => one == other
        || (one is not null && other is not null && Of(one) == Of(other));

    /// <summary>The formula in one way of writing; the same for two that differ in nothing but their looks.</summary>
    public static string Of(string text) => string.Join(' ',
        Lexer.Read(text).Where(token => token.Kind != TokenKind.End).Select(Written));

    private static string Written(Token token) => token.Kind switch
    {
        TokenKind.String => $"\"{token.Text}\"",
        TokenKind.Number when decimal.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture,
            out var number) =>
            FeelValue.NumberText(number),
        _ => token.Text,
    };
}
