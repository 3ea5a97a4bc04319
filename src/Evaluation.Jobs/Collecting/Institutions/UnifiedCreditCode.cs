using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Institutions;

/// <summary>
/// The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, the last a check character; characters 9
/// to 17 are the organisation code of GB 11714 with a check character of its own. A code that fails is told as a warning
/// and used: codes of the pilot years (…M000…) are legal and fail.
/// </summary>
public static class UnifiedCreditCode
{
    public const int Length = 18;

    // No I, O, S, V, Z: they look like digits.
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const string OrganisationAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int OrganisationAt = 8;
    private const int OrganisationLength = 9;

    // Weights of the organisation code's eight characters; those of the credit code are the powers of 3 modulo 31.
    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Whether a text could be meant as such a code.</summary>
    public static bool LooksLikeOne(string text) =>
        text.Length == Length && text.All(one => char.IsAsciiDigit(one) || char.IsAsciiLetterUpper(one))
        && text.Any(char.IsAsciiDigit);

    /// <summary>What does not hold of a unit known by its code; empty where all does or its id is no code.</summary>
    public static IReadOnlyList<Bilingual> WarningsOfUnit(string unit) => LooksLikeOne(unit) ? Warnings(unit) : [];

    /// <summary>What does not hold of a code; empty when all does.</summary>
    public static IReadOnlyList<Bilingual> Warnings(string code)
    {
        var given = code.Trim().ToUpperInvariant();
        if (given.Length != Length)
        {
            return [new Bilingual(
                $"{given}：统一社会信用代码应为 {Length} 位，实为 {given.Length} 位",
                $"{given}: a unified social credit code has {Length} characters, this one has {given.Length}")];
        }

        if (given.FirstOrDefault(one => !Alphabet.Contains(one, StringComparison.Ordinal)) is var stray and not '\0')
        {
            return [new Bilingual(
                $"{given}：含有统一社会信用代码不使用的字符“{stray}”",
                $"{given}: the character '{stray}' is never used in a unified social credit code")];
        }

        var warnings = new List<Bilingual>();
        if (CheckCharacter(given) is var expected && expected != given[^1])
        {
            warnings.Add(new Bilingual(
                $"{given}：校验位应为 {expected}，实为 {given[^1]}，请与原件核对（仍按此代码使用）",
                $"{given}: its check character should be {expected} and is {given[^1]}; compare it with the original (it is "
                + "used as it is)"));
        }

        var organisation = given.Substring(OrganisationAt, OrganisationLength);
        if (OrganisationCheckCharacter(organisation) is var inner && inner != organisation[^1])
        {
            warnings.Add(new Bilingual(
                $"{given}：其中的组织机构代码 {organisation} 的校验位应为 {inner}，实为 {organisation[^1]}",
                $"{given}: the check character of the organisation code {organisation} in it should be {inner} and is "
                + $"{organisation[^1]}"));
        }

        return warnings;
    }

    /// <summary>GB 32100-2015: weights 3^i mod 31, check = (31 − Σ mod 31) mod 31.</summary>
    internal static char CheckCharacter(string code)
    {
        var (sum, weight) = (0, 1);
        foreach (var one in code.AsSpan(0, Length - 1))
        {
            sum += Alphabet.IndexOf(one, StringComparison.Ordinal) * weight;
            weight = weight * 3 % Alphabet.Length;
        }

        return Alphabet[(Alphabet.Length - (sum % Alphabet.Length)) % Alphabet.Length];
    }

    /// <summary>GB 11714: modulo 11; 10 is written X.</summary>
    internal static char OrganisationCheckCharacter(string organisation)
    {
        var sum = OrganisationWeights.Select(
            (weight, at) => weight * OrganisationAlphabet.IndexOf(organisation[at], StringComparison.Ordinal)).Sum();
        return (11 - (sum % 11)) switch
        {
            10 => 'X',
            11 => '0',
            var digit => (char)('0' + digit),
        };
    }
}
