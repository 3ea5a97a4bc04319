using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Tests.Feel;

/// <summary>An expression over numbers runs in two forms, as general code and as machine code; nobody may be able to
/// tell which.</summary>
public sealed class MachineCodeTests
{
    private static readonly FeelLayout Layout = FeelLayout.Of(
        ("a", FeelKind.Number), ("b", FeelKind.Number), ("c", null), ("flag", FeelKind.Boolean),
            ("kind", FeelKind.String));

    [Fact]
    public void Both_forms_give_the_same_for_any_formula_and_any_facts()
    {
        var random = new Random(42);
        for (var i = 0; i < 250; i++)
        {
            var text = i % 4 == 0 ? Condition(random, 3) : Number(random, 4);
            var expression = FeelExpression.Parse(text, Layout.Names.ToList());
            var warm = expression.Compile(Layout);
            for (var use = 0; use < 20; use++)
            {
                warm.Evaluate([1m, 1m, 1m, true, "A"]);
            }
            for (var row = 0; row < 40; row++)
            {
                var slots = Facts(random);
                var general = expression.Compile(Layout).Evaluate(slots);
                var shown = $"{text} over {string.Join(", ", slots)}";
                warm.Evaluate(slots).ToString().ShouldBe(general.ToString(), shown);
                warm.TryNumber(slots, out var number).ShouldBe(general.IsNumber, shown);
                if (general.IsNumber)
                {
                    number.ShouldBe(general.AsNumber(), shown);
                }
            }
        }
    }

    [Fact]
    public void A_formula_over_numbers_allocates_nothing()
    {
        var formula = FeelExpression.Parse("if a >= b then 20 else round half up(min(20, 20 * a / b), 2)").Compile(Layout);
        FeelValue[] slots = [973m, 1400m, FeelValue.Null, FeelValue.Null, FeelValue.Null];
        for (var use = 0; use < 50; use++)
        {
            formula.TryNumber(slots, out _).ShouldBeTrue();
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        decimal sum = 0;
        for (var use = 0; use < 1000; use++)
        {
            formula.TryNumber(slots, out var points);
            sum += points;
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBe(13_900m);
    }

    private static string Number(Random random, int depth) => depth == 0 ? Leaf(random) : random.Next(14) switch
    {
        0 or 1 => Leaf(random),
        2 => $"({Number(random, depth - 1)} + {Number(random, depth - 1)})",
        3 => $"({Number(random, depth - 1)} - {Number(random, depth - 1)})",
        4 or 5 => $"({Number(random, depth - 1)} * {Number(random, depth - 1)})",
        6 or 7 => $"({Number(random, depth - 1)} / {Number(random, depth - 1)})",
        8 => $"{Leaf(random)} ** {random.Next(-2, 4)}",
        9 => $"-{Leaf(random)}",
        10 => $"min({Number(random, depth - 1)}, {Number(random, depth - 1)}, 20)",
        11 => $"max([{Number(random, depth - 1)}, 0])",
        12 => $"{Rounding[random.Next(Rounding.Length)]}({Number(random, depth - 1)}, {random.Next(4)})",
        _ => $"(if {Condition(random, depth - 1)} then {Number(random, depth - 1)} else {Other(random, depth - 1)})",
    };

    private static readonly string[] Rounding =
        ["decimal", "round up", "round down", "round half up", "round half down", "floor", "ceiling"];

    private static string Other(Random random, int depth) => random.Next(5) == 0 ? "null" : Number(random, depth);

    private static string Leaf(Random random) => random.Next(6) switch
    {
        0 => "a",
        1 => "b",
        2 => "c",
        3 => $"abs({(random.Next(2) == 0 ? "a" : "b")})",
        _ => FeelValue.Number(random.Next(-300, 300) / 100m).ToString(),
    };

    private static string Condition(Random random, int depth) => depth == 0 ? "flag" : random.Next(9) switch
    {
        0 => $"({Condition(random, depth - 1)} and {Condition(random, depth - 1)})",
        1 => $"({Condition(random, depth - 1)} or {Condition(random, depth - 1)})",
        2 => $"not({Condition(random, depth - 1)})",
        3 => $"{Leaf(random)} between {Leaf(random)} and {Leaf(random)}",
        4 => $"a in [{random.Next(-3, 1)}..{random.Next(1, 4)})",
        5 => "b in (< 0, > 1, 0.5)",
        6 => $"kind {(random.Next(2) == 0 ? "=" : "!=")} \"A\"",
        7 => "flag",
        _ => $"{Number(random, depth - 1)} {Comparisons[random.Next(Comparisons.Length)]} {Number(random, depth - 1)}",
    };

    private static readonly string[] Comparisons = ["<", "<=", ">", ">=", "=", "!="];

    private static FeelValue[] Facts(Random random)
    {
        FeelValue One() => random.Next(12) switch
        {
            0 => FeelValue.Null,
            1 => 0m,
            2 => decimal.MaxValue,
            3 => 0.0000000000000000000000000001m,
            4 => -1m,
            _ => random.Next(-2000, 2000) / 7m,
        };
        FeelValue kind = random.Next(4) switch { 0 => FeelValue.Null, 1 => "B", _ => "A" };
        FeelValue flag = random.Next(5) switch { 0 => FeelValue.Null, 1 or 2 => true, _ => false };
        return [One(), One(), random.Next(8) == 0 ? "text" : One(), flag, kind];
    }
}
