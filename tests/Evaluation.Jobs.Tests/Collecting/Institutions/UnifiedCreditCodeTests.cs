using Evaluation.Jobs.Collecting.Institutions;

namespace Evaluation.Jobs.Tests.Collecting.Institutions;

public sealed class UnifiedCreditCodeTests
{
    // Codes made up after the standard's rule: their check characters follow from their other characters.
    [Theory]
    [InlineData("121000000000000013")]
    [InlineData("91350200776049653A")]
    public void The_check_character_of_a_code_follows_from_the_others(string code)
    {
        var mended = code[..^1] + UnifiedCreditCode.CheckCharacter(code);
        UnifiedCreditCode.Warnings(mended).Select(warning => warning.En)
            .ShouldNotContain(warning => warning.Contains("its check character", StringComparison.Ordinal));
    }

    [Fact]
    public void A_code_whose_two_check_characters_hold_gives_no_warning() =>
        UnifiedCreditCode.Warnings("91350200776049653A").ShouldBeEmpty();

    [Fact]
    public void A_code_of_the_pilot_years_is_legal_and_only_warns()
    {
        var warnings = UnifiedCreditCode.Warnings("91350203M0001QAY9B");
        warnings.ShouldNotBeEmpty();
        warnings[0].Zh.ShouldContain("仍按此代码使用");
    }

    [Fact]
    public void Any_other_character_in_one_place_is_noticed()
    {
        const string good = "91350200776049653A";
        for (var at = 0; at < good.Length; at++)
        {
            foreach (var other in "0123456789ABCDEFGHJKLMNPQRTUWXY".Where(one => one != good[at]))
            {
                UnifiedCreditCode.Warnings(good[..at] + other + good[(at + 1)..]).ShouldNotBeEmpty($"{other} at {at}");
            }
        }
    }

    [Theory]
    [InlineData("9135020077604965", "16")]
    [InlineData("9135020077604965IA", "'I'")]
    public void A_code_of_another_length_or_with_a_letter_that_is_never_used_is_told_so(string code, string told) =>
        UnifiedCreditCode.Warnings(code).ShouldHaveSingleItem().En.ShouldContain(told);

    [Fact]
    public void The_vectors_of_public_code_agree()
    {
        var file = OutsideData.Find("sources/codes/uscc_vectors.csv");
        if (file is null) return;
        var rows = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).ToList();
        rows.Count.ShouldBe(20);
        foreach (var row in rows)
        {
            var warnings = UnifiedCreditCode.Warnings(row[0]).Select(warning => warning.En).ToList();
            warnings.Any(warning => warning.Contains("its check character", StringComparison.Ordinal))
                .ShouldBe(row[1] == "False", row[0]);
            warnings.Any(warning => warning.Contains("organisation code", StringComparison.Ordinal))
                .ShouldBe(row[2] == "False", row[0]);
        }
    }
}
