using System.Globalization;

namespace Evaluation.Rules.Feel;

/// <summary>Decimal numbers as text.</summary>
internal static class NumberSyntax
{
    private const NumberStyles Styles =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The number, or null when the text is none or a decimal can't hold it (too large, or not zero but
    /// smaller than 1e-28).</summary>
    public static decimal? Parse(ReadOnlySpan<char> text)
    {
        if (!decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        return number == 0 && HasNonZeroDigit(text) ? null : number;
    }

    private static bool HasNonZeroDigit(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is 'e' or 'E')
            {
                return false;
            }
            if (c is >= '1' and <= '9')
            {
                return true;
            }
        }
        return false;
    }
}
