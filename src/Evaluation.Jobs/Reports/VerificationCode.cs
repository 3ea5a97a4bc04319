using System.Globalization;

namespace Evaluation.Jobs.Reports;

/// <summary>
/// A short code people can read out over the telephone: the first sixty bits of the score card's SHA-256.
/// </summary>
public static class VerificationCode
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: without I, L, O, U
    private const int Groups = 3;
    private const int GroupLength = 4;
    private const int BitsALetter = 5;

    /// <summary>The code of a card, in the form <c>XXXX-XXXX-XXXX</c>.</summary>
    /// <param name="sha256">SHA-256 of the card in hex.</param>
    /// <exception cref="FormatException">The text is not a SHA-256 in hex.</exception>
    public static string Of(string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit))
        {
            throw new FormatException($"'{sha256}' is not a SHA-256: 64 hexadecimal digits are needed");
        }

        const int letters = Groups * GroupLength;
        var bits = ulong.Parse(sha256.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var code = Enumerable.Range(0, letters)
            .Select(place => Letters[(int)((bits >> (64 - (BitsALetter * (place + 1)))) & 31)])
            .Chunk(GroupLength)
            .Select(group => new string(group));
        return string.Join('-', code);
    }
}
