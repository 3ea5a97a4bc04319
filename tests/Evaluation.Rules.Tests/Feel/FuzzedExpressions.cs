using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Tests.Feel;

/// <summary>Random expressions made after the grammar: every form, and every built-in function with arguments of every
/// kind, by position and by name.</summary>
internal static class FuzzedExpressions
{
    private static readonly string[] Functions = [.. Builtins.Names.Order(StringComparer.Ordinal)];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "2", "1.5", "79228162514264337593543950335", "1e-28", "\"\"", "\"ab😀\"",
        "\"[a-c]+\"", "\"(a)\\1\"", "\"$1\"", "\"i\"", "\"1.000,5\"", "\",\"", "\"2020-02-29\"", "\"P1Y\"", "\"[1..)\"",
        "@\"2020-02-29\"", "@\"24:00:00\"", "@\"10:00:00.5+05:30\"", "@\"2020-02-29T10:00:00@Europe/Paris\"",
        "@\"-999999999-01-01\"", "@\"P1Y2M\"", "@\"-PT36H0.5S\"", "[]", "[1, null, \"a\"]", "[[1], [2, [3]]]", "{}",
        "{a: 1, \"b c\": [2]}", "[1..5]", "(\"a\"..\"c\")", "(> 5)", "(<= @\"2020-01-01\")", "hours", "list", "units",
        "units.hours", "name", "flag", "x", "(function(p, q) p < q)", "(function(n: number) n + 1)", "count", "item",
    ];

    private static readonly string[] Operators =
        [" + ", " - ", " * ", " / ", " ** ", " = ", " != ", " < ", " <= ", " > ", " >= ", " and ", " or "];

    private static readonly string[] Types =
    [
        "number", "string", "date and time", "list<number>", "range<Any>", "context<a: number>",
        "function<number> -> Any", "years and months duration",
    ];

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    public static string Any(Random random, int depth)
    {
        if (depth == 0)
        {
            return Pick(random, Values);
        }
        string Part() => Any(random, depth - 1);
        return random.Next(14) switch
        {
            0 => Pick(random, Values),
            1 => $"({Part()}{Pick(random, Operators)}{Part()})",
            2 => $"(if {Part()} then {Part()} else {Part()})",
            3 => $"(for i in {Part()}, j in 1..3 return {Part()})",
            4 => $"({(random.Next(2) == 0 ? "some" : "every")} i in {Part()} satisfies {Part()})",
            5 => $"({Part()})[{Part()}]",
            6 => $"({Part()}).{Pick(random, ["a", "hours", "year", "time offset", "start included"])}",
            7 => $"({Part()} in ({Part()}, < {Part()}, [1..2]))",
            8 => $"({Part()} between {Part()} and {Part()})",
            9 => $"(({Part()}) instance of {Pick(random, Types)})",
            10 => $"{{f: function(n, m: {Pick(random, Types)}) {Part()}, r: f({Part()}, {Part()})}}",
            11 => $"[{Part()}, -({Part()})]",
            _ => Call(random, depth),
        };
    }

    private static string Call(Random random, int depth)
    {
        var name = Pick(random, Functions);
        var form = Builtins.Find(name)!.Signatures[random.Next(Builtins.Find(name)!.Signatures.Count)];
        var count = form.Variadic ? random.Next(4) : random.Next(form.Required, form.Names.Length + 1);
        var named = !form.Variadic && random.Next(3) == 0;
        var arguments = Enumerable.Range(0, count).Select(i =>
            (named ? form.Names[i] + ": " : "") + Argument(random, form.KindsAt(i), depth - 1));
        return $"{name}({string.Join(", ", arguments)})";
    }

    // Mostly something the parameter takes, so that the function itself is reached.
    private static string Argument(Random random, ParameterKinds kinds, int depth)
    {
        if (random.Next(4) == 0)
        {
            return Any(random, depth);
        }
        var fitting = Kinds.Where(v => kinds.Take(v.Value)).Select(v => v.Key).ToArray();
        return fitting.Length == 0 ? Any(random, depth) : Pick(random, fitting);
    }

    private static readonly Dictionary<string, FeelKind> Kinds = Values
        .Where(v => v is not ("hours" or "list" or "units" or "units.hours" or "name" or "flag" or "x" or "item"))
        .ToDictionary(v => v, v => FeelExpression.Parse(v).Evaluate(FeelContext.Empty).Kind, StringComparer.Ordinal);
}
