using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Tests.Feel;

public sealed class UnaryTestsTests
{
    private static readonly FeelLayout Layout = new(["limit", "names"]);
    private static readonly FeelValue[] Slots = [10m, FeelValue.ListOf("a", "b")];

    private static bool? Test(string tests, FeelValue input) =>
        FeelUnaryTests.Parse(tests, Layout.Names.ToList()).Compile(Layout).Test(input, Slots);

    [Theory]
    [InlineData(">= 1", "1", true)]
    [InlineData(">= 1", "0.9999", false)]
    [InlineData("[0.5..1)", "0.5", true)]
    [InlineData("[0.5..1)", "1", false)]
    [InlineData("(0.5..1]", "0.5", false)]
    [InlineData("< 0.5, > 0.9", "0.95", true)]
    [InlineData("not(1, 2)", "3", true)]
    [InlineData("not([1..2])", "1.5", false)]
    [InlineData("-", "null", true)]
    [InlineData("null", "null", true)]
    [InlineData("null", "1", false)]
    [InlineData("not(null)", "1", true)]
    [InlineData("> limit", "11", true)]
    [InlineData("[limit..limit * 2]", "20", true)]
    [InlineData("\"a\", \"b\"", "\"b\"", true)]
    [InlineData("names", "\"b\"", true)]
    [InlineData("names", "\"c\"", false)]
    [InlineData("? > limit and ? < 2 * limit", "15", true)]
    [InlineData("modulo(?, 2) = 0", "3", false)]
    [InlineData("!= 3", "4", true)]
    [InlineData("= 3", "3", true)]
    public void A_test_is_passed_or_not(string tests, string input, bool passes) =>
        Test(tests, FeelExpression.Parse(input).Evaluate(FeelContext.Empty)).ShouldBe(passes);

    [Theory]
    [InlineData(">= 1", "null")]
    [InlineData("[1..2]", "null")]
    [InlineData(">= 1", "\"a\"")]
    public void What_cannot_be_compared_is_neither_passed_nor_failed(string tests, string input) =>
        Test(tests, FeelExpression.Parse(input).Evaluate(FeelContext.Empty)).ShouldBeNull();

    [Fact]
    public void A_band_can_be_read_from_the_tree()
    {
        var band = FeelUnaryTests.Parse("[0.5..1)").Root.Tests.ShouldHaveSingleItem().ShouldBeOfType<FeelInterval>();
        band.LowClosed.ShouldBeTrue();
        band.HighClosed.ShouldBeFalse();
        band.Low.ShouldBeOfType<FeelLiteral>().Value.AsNumber().ShouldBe(0.5m);
    }
}
