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

    // A text of half a million characters, a list of a million items, and forty lists each of which holds the one before
    // twice: short to write, endless to read, copy or compare.
    private const string Long = "s: string(for i in 1..80000 return i)";
    private const string Many = "l: for i in 1..1000000 return i";
    private static readonly string Shared =
        "a0: [1], " + string.Join(", ", Enumerable.Range(1, 40).Select(i => $"a{i}: [a{i - 1}, a{i - 1}]"));

    private static readonly string[] Endless =
    [
        $"{{{Long}, r: for i in 1..1000000 return s + \"x\"}}.r",
        $"{{{Long}, r: for i in 1..1000000 return string length(s)}}.r",
        $"{{{Long}, r: for i in 1..1000000 return upper case(s)}}.r",
        $"{{{Long}, r: for i in 1..1000000 return matches(s, \"zzz\")}}.r",
        $"{{{Long}, r: for i in 1..1000000 return s < (s + \"\")}}.r",
        $"{{{Long}, r: for i in 1..100000 return number(s, null, null)}}.r",
        $"{{{Long}, r: replace(s, \"[0-9]\", s)}}.r",
        $"{{{Long}, g: string join(for i in 1..300000 return \"$1\"), r: replace(s, \"(.+)\", g)}}.r",
        "{g: string join(for i in 1..300000 return \"$1\"), r: replace(string join(for i in 1..300000 return \"a\"), "
            + "\"a(b?)\", g)}.r",
        $"{{{Long}, r: string(for i in 1..10000 return s)}}.r",
        $"{{{Many}, r: for i in 1..1000000 return l = l}}.r",
        $"{{{Many}, r: for i in 1..1000000 return l instance of list<number>}}.r",
        $"{{{Many}, f: function(x: list<number>) 1, r: for i in 1..1000000 return f(l)}}.r",
        $"{{{Many}, r: concatenate({string.Join(", ", Enumerable.Repeat("l", 20_000))})}}.r",
        $"{{{Shared}, r: a40 = [a39, [a38, [a37, a37]]]}}.r",
        $"{{{Shared}, r: string(a40)}}.r",
        $"{{{Shared}, r: list contains([a40], [a39, [a38, a38]])}}.r",
        $"{{{Shared}, r: distinct values([a40, [a39, [a38, a38]]])}}.r",
        "distinct values(for i in 1..100000 return [0, 0, 0, 0, 0, 0, 0, 0, i])",
        "{c: context(for i in 1..50000 return {key: string(i), value: i}), "
            + "r: for i in 1..100000 return context put(c, \"x\", i)}.r",
        "for i in 1..100000 return matches(\"a\", \"a\" + string(i) + \"[a-z]{3,50}\")",
        "for i in 1..1000 return matches(\"aaaaaaaaaaaaaaaaaaaaab\", \"^(a+)+\\1c$\")",
        "for i in 1..1000000 return exp(20.5)",
        $"count(for i in 1..1000000 return [{string.Join(", ", Enumerable.Repeat("i + 1", 10_000))}])",
    ];

    public static TheoryData<int> EndlessPlaces => [.. Enumerable.Range(0, Endless.Length)];

    [Theory]
    [MemberData(nameof(EndlessPlaces))]
    public void Work_is_counted_by_what_is_read_and_made(int place) =>
        Should.Throw<FeelLimitException>(() => FeelExpression.Parse(Endless[place]).Evaluate(FeelContext.Empty));

    [Fact]
    public void What_ordinary_rules_do_with_texts_and_lists_stays_far_below_the_limits()
    {
        var value = FeelExpression.Parse("{codes: for i in 1..50000 return \"SY-\" + string(i), "
            + "good: codes[matches(item, \"^SY-[0-9]{1,4}$\")], kinds: distinct values(for c in codes return "
            + "substring(c, -1)), r: [count(good), count(kinds), count(codes[contains(item, \"77\")])]}.r")
            .Evaluate(FeelContext.Empty);
        value.ToString().ShouldBe("[9999, 10, 1400]");
    }

    [Fact]
    public void A_value_that_is_endless_to_write_is_cut()
    {
        var text = FeelExpression.Parse($"{{{Shared}}}.a40").Evaluate(FeelContext.Empty).ToString();
        text.Length.ShouldBeLessThan(21_000_000);
        text.Contains('…', StringComparison.Ordinal).ShouldBeTrue();
    }

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
