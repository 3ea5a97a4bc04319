using System.Globalization;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Tests.Feel;

/// <summary>Examples after the tables of DMN 1.5, chapter 10: what each built-in function and expression form
/// gives.</summary>
public sealed class StandardTests
{
    private static readonly DateTimeOffset Now = new(1999, 12, 31, 23, 30, 0, TimeSpan.FromHours(8));

    private static void Gives(string expression, string value) =>
        FeelExpression.Parse(expression).Evaluate(FeelContext.Empty, null, Now).ToString().ShouldBe(value, expression);

    [Theory]
    [InlineData("date(\"2012-12-25\") - date(\"2012-12-24\")", "@\"P1D\"")]
    [InlineData("date(date and time(\"2012-12-25T11:00:00Z\"))", "@\"2012-12-25\"")]
    [InlineData("date and time(date(\"2012-12-24\"), time(\"23:59:00\"))", "@\"2012-12-24T23:59:00\"")]
    [InlineData("date and time(\"2012-12-24\")", "@\"2012-12-24T00:00:00\"")]
    [InlineData("time(\"23:59:00z\") + duration(\"PT2M\")", "@\"00:01:00Z\"")]
    [InlineData("time(\"00:01:00@Etc/UTC\").timezone", "\"Etc/UTC\"")]
    [InlineData("time(hour: 11, minute: 45, second: 30.5)", "@\"11:45:30.5\"")]
    [InlineData("number(\"1 000,0\", \" \", \",\")", "1000")]
    [InlineData("number(from: \"1,000.5\", grouping separator: \",\", decimal separator: \".\")", "1000.5")]
    [InlineData("string(1.1)", "\"1.1\"")]
    [InlineData("string(null)", "null")]
    [InlineData("duration(\"P20Y14M\") = duration(\"P21Y2M\")", "true")]
    [InlineData("years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\")) = duration(\"P1Y8M\")", "true")]
    [InlineData("@\"999999999-12-31\".year", "999999999")]
    [InlineData("date(\"-0044-03-15\") < date(\"0001-01-01\")", "true")]
    [InlineData("date(\"2019-02-29\")", "null")]
    [InlineData("time(\"25:00:00\")", "null")]
    [InlineData("time(\"10:00:00@Nowhere/Town\")", "null")]
    public void Conversion(string expression, string value) => Gives(expression, value);

    [Fact]
    public void Arguments_are_given_all_by_name_or_all_by_position() =>
        Should.Throw<FeelSyntaxException>(() => FeelExpression.Parse("number(\"1,5\", decimal separator: \",\")"))
            .Message.ShouldContain("all by name");

    [Theory]
    [InlineData("substring(\"foobar\", 3)", "\"obar\"")]
    [InlineData("substring(\"foobar\", -2, 1)", "\"a\"")]
    [InlineData("substring(\"\\U01F40Eab\", 2)", "\"ab\"")]
    [InlineData("string length(\"\\uD83D\\uDC0Eab\")", "3")]
    [InlineData("upper case(\"aBc4ß\")", "\"ABC4ß\"")]
    [InlineData("substring before(\"foobar\", \"bar\")", "\"foo\"")]
    [InlineData("substring before(\"foobar\", \"xyz\")", "\"\"")]
    [InlineData("substring after(\"foobar\", \"ob\")", "\"ar\"")]
    [InlineData("replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")", "\"[1=ab][2=]cd\"")]
    [InlineData("replace(\"abracadabra\", \"bra\", \"*\")", "\"a*cada*\"")]
    [InlineData("replace(\"reluctant\", \"r.*?t\", \"X\")", "\"Xant\"")]
    [InlineData("replace(\"a.b\", \"[.]\", \"\\\\$\")", "\"a$b\"")]
    [InlineData("matches(\"foobar\", \"^fo*b\")", "true")]
    [InlineData("matches(\"foobar\", \"^Fo*bar\", \"i\")", "true")]
    [InlineData("matches(\"a\\nb\", \"a.b\")", "false")]
    [InlineData("matches(\"a\\nb\", \"a.b\", \"s\")", "true")]
    [InlineData("matches(\"abab\", \"^(ab)\\\\1$\")", "true")]
    [InlineData("matches(\"x\", \"(?=x)\")", "null")]
    [InlineData("matches(\"x\", \"[a-z-[x]]\")", "false")]
    [InlineData("matches(\"x\", \"x\", \"q\")", "null")]
    [InlineData("split(\"John Doe\", \"\\\\s\")", "[\"John\", \"Doe\"]")]
    [InlineData("string join([\"a\", null, \"c\"], \"-\")", "\"a-c\"")]
    [InlineData("string join([\"a\", 1])", "null")]
    [InlineData("contains(\"foobar\", \"of\")", "false")]
    public void Strings(string expression, string value) => Gives(expression, value);

    [Theory]
    [InlineData("list contains([1, 2, null], null)", "true")]
    [InlineData("count([])", "0")]
    [InlineData("min(1, 2, 3)", "1")]
    [InlineData("max(\"a\", \"c\", \"b\")", "\"c\"")]
    [InlineData("max([@\"2020-01-01\", @\"2021-01-01\"])", "@\"2021-01-01\"")]
    [InlineData("sum([1, null])", "null")]
    [InlineData("mean([1, 2, 3])", "2")]
    [InlineData("all([true, null, false])", "false")]
    [InlineData("all([])", "true")]
    [InlineData("any([false, null])", "null")]
    [InlineData("all()", "null")]
    [InlineData("sublist([4, 5, 6], -2)", "[5, 6]")]
    [InlineData("append([1], 2, 3)", "[1, 2, 3]")]
    [InlineData("concatenate([1, 2], 3, [4])", "[1, 2, 3, 4]")]
    [InlineData("insert before([1, 3], -1, 2)", "[1, 2, 3]")]
    [InlineData("insert before([1, 3], 3, 2)", "null")]
    [InlineData("remove([1, 2, 3], 2)", "[1, 3]")]
    [InlineData("list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]")]
    [InlineData("list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]")]
    [InlineData("list replace([1], function(item, newItem) \"x\", 5)", "null")]
    [InlineData("reverse([1, 2, 3])", "[3, 2, 1]")]
    [InlineData("index of([1, 2, 3, 2], 2)", "[2, 4]")]
    [InlineData("union([1, 2], [2, 3])", "[1, 2, 3]")]
    [InlineData("distinct values([1, 2, null, 1, null])", "[1, 2, null]")]
    [InlineData("flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]")]
    [InlineData("product([2, 3, 4])", "24")]
    [InlineData("median([6, 1, 2, 3])", "2.5")]
    [InlineData("stddev([47])", "null")]
    [InlineData("mode([6, 3, 9, 6, 6])", "[6]")]
    [InlineData("mode([6, 1, 9, 6, 1])", "[1, 6]")]
    [InlineData("sort([{a: 2, b: 1}, {a: 1, b: 2}, {a: 1, b: 3}], function(x, y) x.a < y.a).b", "[2, 3, 1]")]
    public void Lists(string expression, string value) => Gives(expression, value);

    [Theory]
    [InlineData("decimal(1/3, 2)", "0.33")]
    [InlineData("decimal(1.5, 0)", "2")]
    [InlineData("decimal(2.5, 0)", "2")]
    [InlineData("decimal(1234.5, -2)", "1200")]
    [InlineData("round up(-5.5, 0)", "-6")]
    [InlineData("round down(5.5, 0)", "5")]
    [InlineData("round half up(-5.5, 0)", "-6")]
    [InlineData("round half up(1.125, 2)", "1.13")]
    [InlineData("round half down(5.5, 0)", "5")]
    [InlineData("round half down(1.126, 2)", "1.13")]
    [InlineData("round up(1, 6177)", "null")]
    [InlineData("abs(@\"-PT5H\")", "@\"PT5H\"")]
    [InlineData("modulo(-10, 4)", "2")]
    [InlineData("modulo(10.1, -4.5)", "-3.4")]
    [InlineData("modulo(1, 0)", "null")]
    [InlineData("sqrt(-1)", "null")]
    [InlineData("decimal(log(10), 8)", "2.30258509")]
    [InlineData("decimal(exp(5), 8)", "148.41315910")]
    [InlineData("decimal(exp(log(1234.5)), 15)", "1234.5")]
    [InlineData("odd(5)", "true")]
    [InlineData("even(-2)", "true")]
    [InlineData("0.1 + 0.2 - 0.3", "0")]
    [InlineData("27 ** (1 / 3)", "3")]
    public void Numbers(string expression, string value)
    {
        var expected = FeelExpression.Parse(value).Evaluate(FeelContext.Empty);
        FeelExpression.Parse(expression).Evaluate(FeelContext.Empty).ShouldBe(expected, expression);
    }

    [Theory]
    [InlineData("before([1..5), [5..10])", "true")]
    [InlineData("before([1..5], [5..10])", "false")]
    [InlineData("before(1, (1..10])", "true")]
    [InlineData("after((5..10], [1..5])", "true")]
    [InlineData("meets([1..5], [5..10])", "true")]
    [InlineData("meets([1..5), [5..10])", "false")]
    [InlineData("met by([5..10], [1..5])", "true")]
    [InlineData("overlaps([1..5], [5..8])", "true")]
    [InlineData("overlaps([1..5], (5..8])", "false")]
    [InlineData("overlaps before([1..5], [3..8])", "true")]
    [InlineData("overlaps before([1..5], (1..5))", "false")]
    [InlineData("overlaps after([3..8], [1..5])", "true")]
    [InlineData("finishes(10, [1..10])", "true")]
    [InlineData("finishes([5..10), [1..10])", "false")]
    [InlineData("finished by([1..10], [5..10])", "true")]
    [InlineData("includes([1..10], 10)", "true")]
    [InlineData("includes((1..10], [1..10])", "false")]
    [InlineData("during(5, [1..10])", "true")]
    [InlineData("during([1..10), [1..10])", "true")]
    [InlineData("starts(1, (1..10])", "false")]
    [InlineData("starts([1..5], [1..10])", "true")]
    [InlineData("started by([1..10], 1)", "true")]
    [InlineData("coincides([1..5], [1..5))", "false")]
    [InlineData("before(1, \"a\")", "null")]
    [InlineData("range(\"(1..5]\") = (1..5]", "true")]
    [InlineData("range(\"[5..1]\")", "null")]
    [InlineData("(> 5).start", "5")]
    [InlineData("[1..5).end included", "false")]
    public void Ranges(string expression, string value) => Gives(expression, value);

    [Theory]
    [InlineData("now()", "@\"1999-12-31T23:30:00+08:00\"")]
    [InlineData("today()", "@\"1999-12-31\"")]
    [InlineData("day of year(date(2019, 9, 17))", "260")]
    [InlineData("day of week(date(2019, 9, 17))", "\"Tuesday\"")]
    [InlineData("month of year(date(2019, 9, 17))", "\"September\"")]
    [InlineData("week of year(date(2003, 12, 29))", "1")]
    [InlineData("week of year(date(2005, 1, 1))", "53")]
    [InlineData("@\"2021-03-28T01:30:00@Europe/Paris\" + @\"PT1H\"", "@\"2021-03-28T03:30:00@Europe/Paris\"")]
    [InlineData("@\"2020-01-31\" + @\"P1M\"", "@\"2020-02-29\"")]
    [InlineData("@\"10:00:00Z\" = @\"11:00:00+01:00\"", "true")]
    [InlineData("is(@\"10:00:00Z\", @\"11:00:00+01:00\")", "false")]
    [InlineData("@\"10:00:00\" < @\"11:00:00Z\"", "true")]
    [InlineData("-@\"P1Y2M\"", "@\"-P1Y2M\"")]
    [InlineData("@\"PT1H\" * 1.5", "@\"PT1H30M\"")]
    [InlineData("@\"P1Y\" / @\"P3M\"", "4")]
    [InlineData("@\"-P1DT3H4M5S\".hours", "-3")]
    public void Times(string expression, string value) => Gives(expression, value);

    [Theory]
    [InlineData("get value({a: 1}, \"a\")", "1")]
    [InlineData("get entries({a: 1})", "[{key: \"a\", value: 1}]")]
    [InlineData("context([{key: \"a\", value: 1}, {key: \"b\", value: null}])", "{a: 1, b: null}")]
    [InlineData("context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])", "null")]
    [InlineData("context put({a: 1}, \"b\", 2)", "{a: 1, b: 2}")]
    [InlineData("context put({a: {b: 1}}, [\"a\", \"b\"], 2)", "{a: {b: 2}}")]
    [InlineData("context put({a: 1}, [], 2)", "null")]
    [InlineData("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}")]
    [InlineData("{a: 1, b: {c: a + 1}}.b.c", "2")]
    [InlineData("{a: b, b: 1}.a", "null")]
    public void Contexts(string expression, string value) => Gives(expression, value);

    [Theory]
    [InlineData("[1, 2, 3] instance of list<number>", "true")]
    [InlineData("[1, \"a\"] instance of list<number>", "false")]
    [InlineData("{a: 1, b: \"x\"} instance of context<a: number>", "true")]
    [InlineData("{} instance of context<a: number>", "false")]
    [InlineData("[1..5] instance of range<number>", "true")]
    [InlineData("(function(a: string) a) instance of function<number> -> number", "false")]
    [InlineData("null instance of number", "false")]
    [InlineData("@\"P1Y\" instance of years and months duration", "true")]
    public void Types(string expression, string value) => Gives(expression, value);

    [Theory]
    [InlineData("1 /* a */ + // b\n 2", "3")]
    [InlineData("{\"a b\": 1, c: a b + 1}.c", "2")]
    [InlineData("{a+b: 1, c: a+b * 2}.c", "2")]
    [InlineData("{years in use: 3, x: years in use + 1}.x", "4")]
    [InlineData("[{item: 1}, {item: 2}][item >= 2]", "[{item: 2}]")]
    [InlineData("[{x: 1, y: 2}, {x: 2, y: 3}][x = 1].y", "[2]")]
    [InlineData("{f: function(x, y) x + y}.f(y: 1, x: \"a\")", "null")]
    [InlineData("(function(f, x) f(f(x)))(function(y) y * 2, 3)", "12")]
    [InlineData("if 1 > 2 then 3 else if true then 4 else 5", "4")]
    [InlineData("for x in [1, 2], y in [x, 10 * x] return x * y", "[1, 10, 4, 40]")]
    [InlineData("5 in ]1..5[", "false")]
    [InlineData("5 in ]1..5]", "true")]
    [InlineData("\"\\u0041\\n\\t\\\"\"", "\"A\\n\\t\\\"\"")]
    [InlineData("质谱 仪", "null")]
    public void Forms(string expression, string value) => Gives(expression, value);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    public void Results_do_not_depend_on_the_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Gives("string(-1234.5) + string(@\"-P1DT0.5S\") + upper case(\"i\")", "\"-1234.5-P1DT0.5SI\"");
            Gives("number(\"1,234.5\", \",\", \".\") + 0.25", "1234.75");
            Gives("[@\"-0044-03-15\", @\"08:05:09.25-03:30\", {a: -0.5}]",
                "[@\"-0044-03-15\", @\"08:05:09.25-03:30\", {a: -0.5}]");
            Gives("replace(\"a1\", \"([a-z])(\\d)\", \"$2$1\")", "\"1a\"");
            Gives("\"a\" < \"B\"", "false");
            Gives("matches(\"I\", \"i\", \"i\")", "true");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
