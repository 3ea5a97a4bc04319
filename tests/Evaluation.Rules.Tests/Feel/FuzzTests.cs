using System.Diagnostics;
using Evaluation.Rules.Feel;
using Xunit.Abstractions;

namespace Evaluation.Rules.Tests.Feel;

/// <summary>Random and mutated expressions over random contexts: every one gives a value, a syntax error or a limit
/// error, quickly. FEEL_FUZZ=n runs n thousand instead of the usual twenty.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Seeds =
    [
        "min(20, 20 * hours / quota)", "if hours > quota then \"full\" else null", "[1, 2, 3][item > 1]",
        "for i in 1..5, j in list return i * j + partial[-1]", "some x in list satisfies x > 2 and x != null",
        "{a: 1, f: function(n) if n < 1 then a else f(n - 1)}.f(3)", "hours in (< 5, [7..9), ]1..2[, \"a\")",
        "date(\"2001-02-28\") + duration(\"P1M\") > @\"2001-03-01\"", "sort(list, function(a, b) a > b)",
        "substring(name, -3, 2) + string(hours / 7)", "matches(name, \"^[a-z]+(b|c)*$\", \"i\")",
        "replace(name, \"(.)(.)\", \"$2$1\")", "units[grade = \"A\"].hours[1]",
            "not(flag) or x instance of list<number>",
        "context put({}, [\"a\", \"b\"], list)", "hours between 1 and 2 ** 3", "-hours ** 2 - -3", "mean(units.hours)",
        "@\"2020-01-01T10:00:00@Europe/Paris\" - @\"P1Y2M\"", "flatten([[list], [1, [2]]])",
            "count(distinct values(list))",
        "decimal(hours / 3, 2)", "overlaps([1..5], (3..9])", "/* c */ 1 // d", "number(\"1 000,5\", \" \", \",\")",
    ];

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "+", "-", "*", "/", "**", "=", "!=", "<", ">=", "@", "\"",
            "?",
        " and ", " or ", " in ", " if ", " then ", " else ", " for ", " return ", " some ", " satisfies ", " between ",
        "null", "true", "1", "0", "1e28", "-1", ".5", "item", "list", "hours", "units", "\"a\"", "函数", "\\", "\u0000",
        "\uD83D", " instance of ", "function(x) ", "not(", "date(", "string join(", "@\"P1D\"", "//", "/*", "'", "%",
            "；",
    ];

    [Fact]
    public void No_text_crashes_or_hangs()
    {
        var thousands = int.TryParse(Environment.GetEnvironmentVariable("FEEL_FUZZ"), out var asked) ? asked : 20;
        var random = new Random(20_000);
        var limits = new FeelLimits { Steps = 20_000, ListSize = 2_000, StringLength = 20_000 };
        int values = 0, nulls = 0, refused = 0, stopped = 0;
        for (var i = 0; i < thousands * 1000; i++)
        {
            var text = (i % 8) switch
            {
                0 => Noise(random),
                1 or 2 => FuzzedExpressions.Any(random, 4),
                3 => Mutate(random, FuzzedExpressions.Any(random, 2)),
                _ => Mutate(random, Seeds[random.Next(Seeds.Length)]),
            };
            var started = Stopwatch.GetTimestamp();
            try
            {
                var expression = FeelExpression.Parse(text, null, limits);
                _ = expression.FreePaths.Count + expression.FreeNames.Count;
                var context = Context(random);
                var value = expression.Evaluate(context, new FeelTrace());
                _ = value.IsNull ? nulls++ : values++;
                _ = value.ToString().Length;
                var layout = new FeelLayout(context.Names);
                var slots = layout.Fill(context);
                var compiled = expression.Compile(layout);
                for (var again = 0; i % 10 == 0 && again < 15; again++)
                {
                    if (compiled.TryNumber(slots, out var number))
                    {
                        value.ShouldBe((FeelValue)number, text);
                    }
                    compiled.Evaluate(slots).ToString().ShouldBe(value.ToString(), text);
                }
                FeelUnaryTests.Parse(text, null, limits).Compile(layout).Test(value, slots);
            }
            catch (FeelSyntaxException)
            {
                refused++;
            }
            catch (FeelLimitException)
            {
                stopped++;
            }
            // A case takes a fraction of a millisecond; the machine may be busy, but not this busy.
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20), text);
        }
        output.WriteLine($"{values} values, {nulls} nulls, {refused} refused, {stopped} stopped");
        values.ShouldBeGreaterThan(thousands * 50);
        refused.ShouldBeGreaterThan(thousands * 50);
    }

    [Fact]
    public void Every_built_in_function_and_every_form_of_expression_is_tried()
    {
        var random = new Random(7);
        var (called, forms) = (new HashSet<string>(), new HashSet<string>());
        for (var i = 0; i < 20_000; i++)
        {
            Collect(FeelExpression.Parse(FuzzedExpressions.Any(random, 4)).Root);
        }
        Builtins.Names.Except(called).ShouldBeEmpty();
        var known = typeof(FeelNode).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FeelNode)) && !t.IsAbstract);
        known.Select(t => t.Name).Except(forms).ShouldBe([nameof(FeelTests)]);

        void Collect(FeelNode node)
        {
            forms.Add(node.GetType().Name);
            if (node is FeelCall { Function: FeelName function })
            {
                called.Add(function.Name);
            }
            foreach (var child in node.Children)
            {
                Collect(child);
            }
        }
    }

    private static string Noise(Random random) => string.Concat(
        Enumerable.Range(0, random.Next(1, 25)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Mutate(Random random, string seed)
    {
        var text = seed;
        for (var n = random.Next(0, 3); n > 0; n--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(0, 4), text.Length - at);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]),
                _ => $"({text}){Pieces[random.Next(Pieces.Length)]}({Seeds[random.Next(Seeds.Length)]})",
            };
        }
        return text;
    }

    private static FeelContext Context(Random random)
    {
        FeelValue Number() => random.Next(6) switch
        {
            0 => FeelValue.Null,
            1 => 0m,
            2 => -random.Next(),
            3 => decimal.MaxValue,
            4 => 0.0000000000000000000000000001m,
            _ => random.Next(2000) / 7m,
        };
        FeelValue Unit() => FeelValue.Context(new FeelContext(
            [new("hours", Number()), new("grade", random.Next(2) == 0 ? "A" : "B")]));
        return new FeelContext(
        [
            new("hours", Number()), new("quota", Number()), new("name", random.Next(3) == 0 ? FeelValue.Null : "ab😀c"),
            new("list", FeelValue.List([.. Enumerable.Range(0, random.Next(5)).Select(_ => Number())])),
            new("units", FeelValue.List([.. Enumerable.Range(0, random.Next(4)).Select(_ => Unit())])),
            new("flag", random.Next(2) == 0), new("x", random.Next(2) == 0 ? Number() : FeelValue.ListOf(Number())),
        ]);
    }
}
