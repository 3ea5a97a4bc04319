using System.Globalization;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Scoring;

/// <summary>Numbers in sentences are written as the invariant culture writes them, whichever way they go.</summary>
public sealed class NumberLawTests
{
    // What the culture says, without any shorter way.
    private static string Written(decimal value, int least, int most)
    {
        var rounded = Math.Round(value, Math.Min(most, 28), MidpointRounding.ToEven);
        var has = rounded.ToString("0.############################", CultureInfo.InvariantCulture);
        var decimals = has.Contains('.') ? has.Length - has.IndexOf('.') - 1 : 0;
        return rounded.ToString(
            $"N{Math.Clamp(decimals, least, Math.Max(least, most))}", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_hundred_thousand_numbers_of_every_length_are_written_as_the_culture_writes_them()
    {
        var random = new Random(28);
        for (var i = 0; i < 100_000; i++)
        {
            var value = new decimal(
                random.Next(), i % 3 == 0 ? random.Next() : 0, i % 7 == 0 ? random.Next() : 0, i % 11 == 0, (byte)random.Next(0, 29));
            if (i % 5 == 0) value = Math.Round(value, random.Next(0, 5));
            var (least, most) = (random.Next(0, 4), random.Next(0, 29));
            NumberText.Plain(value, least, most).ShouldBe(Written(value, least, most), $"{value} {least} {most}");
        }
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("100", "100")]
    [InlineData("1000", "1,000")]
    [InlineData("1234567.8900", "1,234,567.89")]
    [InlineData("-1234.5", "-1,234.5")]
    [InlineData("18446744073709551615", "18,446,744,073,709,551,615")]
    [InlineData("79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void Every_digit_stands(string number, string written) =>
        NumberText.Plain(decimal.Parse(number, CultureInfo.InvariantCulture), 0, 28).ShouldBe(written);
}
