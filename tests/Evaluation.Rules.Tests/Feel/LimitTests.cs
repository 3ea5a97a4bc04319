using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Tests.Feel;

/// <summary>Nothing that somebody can write in a rule file may hang or exhaust the program.</summary>
public sealed class LimitTests
{
    private static readonly FeelLimits Small = new() { Steps = 100_000, ListSize = 50_000, StringLength = 100_000 };

    [Theory]
    [InlineData("(", "1", ")", "deep")]
    [InlineData("[", "1", "]", "deep")]
    [InlineData("-", "1", "", "deep")]
    [InlineData("{a: ", "1", "}", "deep")]
    [InlineData("if true then ", "1", " else 2", "deep")]
    [InlineData("function() ", "1", "", "deep")]
    [InlineData("abs(", "1", ")", "deep")]
    public void Deep_nesting_is_refused(string open, string middle, string close, string says)
    {
        var text = string.Concat(Enumerable.Repeat(open, 5000)) + middle + string.Concat(Enumerable.Repeat(close,
            5000));
        var limits = new FeelLimits { TextLength = 1_000_000 };
        Should.Throw<FeelLimitException>(() => FeelExpression.Parse(text, null, limits)).Message.ShouldContain(says);
    }

    [Fact]
    public void A_chain_of_operators_ends_before_the_stack_does()
    {
        var text = string.Join("+", Enumerable.Repeat("1", 900));
        FeelExpression.Parse(text).Evaluate(FeelContext.Empty).AsNumber().ShouldBe(900m);
        Should.Throw<FeelLimitException>(() => FeelExpression.Parse(string.Join("+", Enumerable.Repeat("1", 20_000))));
        Should.Throw<FeelLimitException>(() => FeelExpression.Parse(new string('1', 200_000)));
    }

    [Theory]
    [InlineData("{f: function(n) f(n - 1)" + Sum + ", x: f(1)}.x")]
    [InlineData("{x: for i in 1..4000 return if i = 1 then [] else [partial[-1]], y: x = x}.y")]
    [InlineData("count(flatten(for i in 1..4000 return if i = 1 then [] else [partial[-1]]))")]
    [InlineData("not(" + Sum + Sum + Sum + ")")]
    public void A_small_stack_does_not_end_the_program(string expression)
    {
        expression = expression.Replace(Sum, string.Concat(Enumerable.Repeat(" + 1", 240)), StringComparison.Ordinal);
        Exception? ended = null;
        var thread = new Thread(
            () => ended = Record.Exception(() =>
            {
                var parsed = FeelExpression.Parse(expression);
                _ = parsed.FreeNames.Count;
                parsed.Evaluate(FeelContext.Empty);
            }),
            maxStackSize: 400_000);
        thread.Start();
        thread.Join();
        (ended is null or FeelLimitException or FeelSyntaxException).ShouldBeTrue(ended?.ToString());
    }

    private const string Sum = "SUM";

    [Theory]
    [InlineData("for i in 1..40000, j in 1..40000 return i", "items")]
    [InlineData("for i in 1..1000000000000 return i", "items")]
    [InlineData("count(for i in 1..20000 return for j in 1..20000 return j)", "steps")]
    [InlineData("{f: function(n) f(n + 1), x: f(1)}.x", "levels")]
    [InlineData("{f: function(n) [f(n - 1), f(n - 1)], x: f(200)}.x", "levels")]
    [InlineData("(for i in 1..40 return if i = 1 then \"ab\" else partial[-1] + partial[-1])", "characters")]
    [InlineData("some i in 1..20000, j in 1..20000 satisfies false", "steps")]
    [InlineData("for i in 1..20000 return partial", "steps")]
    public void Work_without_end_is_stopped(string expression, string says) =>
        Should.Throw<FeelLimitException>(() =>
            FeelExpression.Parse(expression, null, Small).Evaluate(FeelContext.Empty))
            .Message.ShouldContain(says);

    [Fact]
    public void A_pattern_cannot_hang()
    {
        var text = "matches(\"" + new string('a', 5000) + "!\", \"^(a+)+$\")";
        FeelExpression.Parse(text).Evaluate(FeelContext.Empty).ShouldBe(FeelValue.False);
    }

    [Theory]
    [InlineData("79228162514264337593543950335 + 1")]
    [InlineData("10 ** 29")]
    [InlineData("1e-20 * 1e-20")]
    [InlineData("1 / 1e28 / 10")]
    [InlineData("1e400")]
    [InlineData("exp(100)")]
    [InlineData("sum(79228162514264337593543950335, 1)")]
    public void Where_decimal_ends_the_value_is_null_with_a_reason(string expression)
    {
        var trace = new FeelTrace();
        FeelExpression.Parse(expression).Evaluate(FeelContext.Empty, trace).IsNull.ShouldBeTrue();
        trace.Reasons.ShouldNotBeEmpty();
    }
}
