using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Tests.Feel;

/// <summary>What expressions give, as FEEL text: the left column is evaluated, the right one is what must come
/// out.</summary>
public sealed class ExpressionTests
{
    private static readonly FeelContext Facts = FeelJson.Parse("""
        {
          "hours": 973, "quota": 1400, "nothing": null, "name": "质谱仪", "gross-net ratio": 0.8,
          "instruments": [
            { "id": "A", "effective_hours": 1200, "quota_hours": 1400, "tags": ["x", "y"] },
            { "id": "B", "effective_hours": 700, "quota_hours": 1400, "tags": [] },
            { "id": "C", "effective_hours": 300, "quota_hours": 600, "tags": ["y"] }
          ]
        }
        """).AsContext();

    private static string Give(string expression) =>
        FeelExpression.Parse(expression, Facts.Names.ToList()).Evaluate(Facts).ToString();

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("2 ** 3 ** 2", "64")]
    [InlineData("-2 ** 2", "4")]
    [InlineData("2 * -3", "-6")]
    [InlineData("7 / 2 / 2", "1.75")]
    [InlineData("1 + 2 = 3 and 2 < 3", "true")]
    [InlineData("true or false and false", "true")]
    [InlineData("1 < 2 or nothing > 3", "true")]
    [InlineData("0.1 + 0.2 = 0.3", "true")]
    [InlineData("1.50", "1.5")]
    [InlineData("1e3", "1000")]
    public void Operators_bind_as_the_grammar_says(string expression, string value) => Give(expression).ShouldBe(value);

    [Theory]
    [InlineData("true and true", "true")]
    [InlineData("true and null", "null")]
    [InlineData("null and false", "false")]
    [InlineData("false and 1", "false")]
    [InlineData("1 and true", "null")]
    [InlineData("null or true", "true")]
    [InlineData("false or null", "null")]
    [InlineData("null or null", "null")]
    [InlineData("not(null)", "null")]
    [InlineData("not(true)", "false")]
    [InlineData("null = null", "true")]
    [InlineData("null != 1", "true")]
    [InlineData("nothing < 1", "null")]
    [InlineData("1 = \"1\"", "null")]
    [InlineData("if null then 1 else 2", "2")]
    public void Unknown_stays_unknown_until_something_decides(string expression, string value) =>
        Give(expression).ShouldBe(value);

    [Theory]
    [InlineData("hours / quota", "0.695")]
    [InlineData("hours + nothing", "null")]
    [InlineData("hours / 0", "null")]
    [InlineData("gross-net ratio * 10", "8")]
    [InlineData("hours between 900 and 1000", "true")]
    [InlineData("hours in [973..1400)", "true")]
    [InlineData("hours in (973..1400]", "false")]
    [InlineData("hours in ]973..1400[", "false")]
    [InlineData("hours in (< 500, > 900)", "true")]
    [InlineData("hours in >= 973", "true")]
    [InlineData("hours in (1, 2, 973)", "true")]
    [InlineData("name in (\"a\", \"质谱仪\")", "true")]
    [InlineData("nothing in [1..2]", "null")]
    [InlineData("if hours > quota then \"full\" else \"part\"", "\"part\"")]
    public void Variables_are_read_by_name(string expression, string value) => Give(expression).ShouldBe(value);

    [Theory]
    [InlineData("instruments.id", "[\"A\", \"B\", \"C\"]")]
    [InlineData("instruments[2].id", "\"B\"")]
    [InlineData("instruments[-1].id", "\"C\"")]
    [InlineData("instruments[4]", "null")]
    [InlineData("instruments[effective_hours / quota_hours >= 0.5].id", "[\"A\", \"B\", \"C\"]")]
    [InlineData("instruments[item.effective_hours > hours].id", "[\"A\"]")]
    [InlineData("instruments[effective_hours > hours][1].id", "\"A\"")]
    [InlineData("[1, 2, 3, 4][item > 2]", "[3, 4]")]
    [InlineData("[1, 2, 3][true]", "[1, 2, 3]")]
    [InlineData("5[1]", "5")]
    [InlineData("count(nothing[hours > 1])", "null")]
    [InlineData("count([][hours > 1])", "0")]
    [InlineData("count(instruments[list contains(tags, \"y\")])", "2")]
    [InlineData("decimal(mean(for i in instruments return i.effective_hours / i.quota_hours), 20)",
        "0.61904761904761904762")]
    [InlineData("for i in 1..3, j in 1..i return i * j", "[1, 2, 4, 3, 6, 9]")]
    [InlineData("for i in 3..1 return i", "[3, 2, 1]")]
    [InlineData("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]")]
    [InlineData("some i in instruments satisfies i.effective_hours > 1000", "true")]
    [InlineData("every i in instruments satisfies i.effective_hours > 1000", "false")]
    [InlineData("every i in [] satisfies false", "true")]
    [InlineData("{a: 1, b: a + 1}.b", "2")]
    [InlineData("{\"a b\": 1}", "{\"a b\": 1}")]
    [InlineData("{f: function(n) if n <= 1 then 1 else n * f(n - 1), x: f(5)}.x", "120")]
    [InlineData("(function(a, b) a - b)(b: 1, a: 5)", "4")]
    [InlineData("sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]")]
    [InlineData("{low: 1}.low in [1..2]", "true")]
    public void Lists_contexts_and_functions(string expression, string value) => Give(expression).ShouldBe(value);

    [Theory]
    [InlineData("decimal(1.115, 2)", "1.12")]
    [InlineData("decimal(2.5, 0)", "2")]
    [InlineData("decimal(3.5, 0)", "4")]
    [InlineData("round half up(2.5, 0)", "3")]
    [InlineData("round half down(-2.5, 0)", "-2")]
    [InlineData("round up(1.121, 2)", "1.13")]
    [InlineData("round down(-1.129, 2)", "-1.12")]
    [InlineData("floor(-1.5)", "-2")]
    [InlineData("ceiling(1.21, 1)", "1.3")]
    [InlineData("modulo(-12, 5)", "3")]
    [InlineData("min(20, 20 * 0.5)", "10")]
    [InlineData("max([1, 5, 3])", "5")]
    [InlineData("sum([])", "null")]
    [InlineData("median(8, 2, 5, 3)", "4")]
    [InlineData("decimal(stddev(2, 4, 7, 5), 20)", "2.08166599946613273528")]
    [InlineData("sqrt(16)", "4")]
    [InlineData("exp(0)", "1")]
    [InlineData("string length(\"质谱仪\")", "3")]
    [InlineData("substring(string: \"foobar\", start position: 3, length: 2)", "\"ob\"")]
    [InlineData("split(\"a;b;c\", \";\")", "[\"a\", \"b\", \"c\"]")]
    [InlineData("date(\"2025-11-22\") + duration(\"P1M\")", "@\"2025-12-22\"")]
    [InlineData("@\"2025-11-22\".weekday", "6")]
    [InlineData("date(2025, 2, 29)", "null")]
    [InlineData("years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\"))", "@\"P1Y8M\"")]
    [InlineData("date and time(\"2025-11-22T08:00:00+08:00\") = date and time(\"2025-11-22T00:00:00Z\")", "true")]
    [InlineData("abs(\"x\")", "null")]
    public void Built_in_functions(string expression, string value) => Give(expression).ShouldBe(value);

    [Fact]
    public void The_trace_names_what_has_no_value()
    {
        var trace = new FeelTrace();
        FeelExpression.Parse("mean(for i in instruments return i.effective_hours / i.missing)").Evaluate(Facts, trace);
        trace.Reasons.ShouldContain(r => r.En.Contains("`missing`", StringComparison.Ordinal));
        trace.Clear();
        FeelExpression.Parse("quota / (hours - 973)").Evaluate(Facts, trace).IsNull.ShouldBeTrue();
        trace.Reasons.ShouldHaveSingleItem().En.ShouldBe("division by zero in `quota / (hours - 973)`");
    }

    [Fact]
    public void Free_names_and_paths_are_found_inside_loops_and_filters()
    {
        var expression = FeelExpression.Parse(
            "mean(for i in instruments[effective_hours > quota] return i.quota_hours) * min(1, hours / year.days)",
            ["instruments", "quota", "hours", "year"]);
        expression.FreeNames.ShouldBe(["instruments", "quota", "hours", "year"], ignoreOrder: true);
        expression.FreePaths.ShouldBe(
            ["instruments.effective_hours", "quota", "instruments.quota_hours", "hours", "year.days"],
                ignoreOrder: true);
    }

    [Theory]
    [InlineData("min(20, 20 * hours / quota)", FeelKind.Number)]
    [InlineData("if hours > 1 then 5 else null", FeelKind.Number)]
    [InlineData("if hours > 1 then 5 else \"none\"", null)]
    [InlineData("hours > quota and true", FeelKind.Boolean)]
    [InlineData("name + \"x\"", FeelKind.String)]
    [InlineData("hours + name", null)]
    [InlineData("unknown", null)]
    [InlineData("for i in list return i", FeelKind.List)]
    [InlineData("mean(for i in list return i)", null)]
    [InlineData("max(hours, 0)", FeelKind.Number)]
    public void The_kind_of_a_formula_is_known_where_its_text_tells(string expression, FeelKind? kind) =>
        FeelExpression.Parse(expression)
            .KindIn(FeelLayout.Of(("hours", FeelKind.Number), ("quota", FeelKind.Number), ("name", FeelKind.String)))
            .ShouldBe(kind);

    [Fact]
    public void Every_kind_that_is_foretold_is_what_a_built_in_function_gives()
    {
        (string Call, FeelKind Kind)[] calls =
        [
            ("week of year(@\"2000-02-01\")", FeelKind.Number), ("split(\"a\", \"b\")", FeelKind.List),
            ("today()", FeelKind.Date), ("range(\"[1..2]\")", FeelKind.Range),
                ("context put({}, \"a\", 1)", FeelKind.Context),
            ("distinct values([1, 1])", FeelKind.List), ("is(1, 1)", FeelKind.Boolean), ("string(1)", FeelKind.String),
        ];
        foreach (var (call, kind) in calls)
        {
            var expression = FeelExpression.Parse(call);
            expression.KindIn(FeelLayout.Empty).ShouldBe(kind, call);
            expression.Evaluate(FeelContext.Empty, null, DateTimeOffset.UnixEpoch).Kind.ShouldBe(kind, call);
        }
    }

    [Theory]
    [InlineData("1 +", 1, 4, "end of the text")]
    [InlineData("if a then b", 1, 12, "else")]
    [InlineData("a == 1", 1, 4, "one =")]
    [InlineData("x\n  and )", 2, 7, "')'")]
    [InlineData("\"abc", 1, 1, "closing")]
    [InlineData("5 % of x", 1, 3, "percent")]
    public void A_syntax_error_says_where_and_what(string text, int line, int column, string says)
    {
        var error = Should.Throw<FeelSyntaxException>(() => FeelExpression.Parse(text));
        (error.Line, error.Column).ShouldBe((line, column));
        error.Message.ShouldContain(says);
    }
}
