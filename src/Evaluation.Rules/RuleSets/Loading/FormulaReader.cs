using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Parses formulas and conditions and proves that every name in them is known and listed.</summary>
internal sealed class FormulaReader(ProblemList problems)
{
    private static readonly FeelExpression NoExpression = FeelExpression.Parse("null");
    private static readonly FeelUnaryTests NoTests = FeelUnaryTests.Parse("-");

    private static readonly HashSet<string> Clocks = ["now", "today"];

    /// <summary>Every use of a metric, list or parameter found so far, by code; for "listed but not used".</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>The formula of a node; a missing node was reported already.</summary>
    public Formula Formula(YamlNode? node, string what, NameScope scope)
    {
        if (TextOf(node, what) is not { } text) return new Formula(NoExpression, PlaceOf(node));
        try
        {
            var expression = FeelExpression.Parse(text.Text, scope.ForParser);
            Check(expression.Root, text, what, scope);
            return new Formula(expression, text.Location);
        }
        catch (FeelSyntaxException broken)
        {
            Refuse(text, what, broken);
        }
        catch (FeelLimitException limit)
        {
            problems.Add(text.Location,
                $"{what} is too long or too deep: {limit.Message}", "split it into several indicators");
        }

        return new Formula(NoExpression, text.Location);
    }

    /// <summary>The unary tests of a node; a missing node was reported already.</summary>
    public Condition Condition(YamlNode? node, string what, NameScope scope)
    {
        if (TextOf(node, what) is not { } text) return new Condition(NoTests, PlaceOf(node));
        try
        {
            var tests = FeelUnaryTests.Parse(text.Text, scope.ForParser);
            Check(tests.Root, text, what, scope);
            return new Condition(tests, text.Location);
        }
        catch (FeelSyntaxException broken)
        {
            Refuse(text, what, broken);
        }
        catch (FeelLimitException limit)
        {
            problems.Add(text.Location,
                $"{what} is too long or too deep: {limit.Message}", "split it into several bands");
        }

        return new Condition(NoTests, text.Location);
    }

    private YamlText? TextOf(YamlNode? node, string what)
    {
        if (node is null or YamlText) return node as YamlText;

        problems.Add(node.Location, $"{what} is {node.Kind}, but a formula is expected",
            "put the formula in quotes: YAML reads [ and { as the beginning of a list or a mapping");
        return null;
    }

    private static FileLocation PlaceOf(YamlNode? node) => node?.Location ?? new FileLocation("", 1);

    private void Refuse(YamlText text, string what, FeelSyntaxException broken)
    {
        var position = text.Origin is null ? $" (position {broken.Offset + 1} of the formula)" : "";
        problems.Add(text.At(broken.Line, broken.Column),
            $"{what} is not FEEL: {broken.Problem.TrimEnd('.')}{position}",
            $"mend the formula: {OneLine(text.Text)}");
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 120 ? line : line[..117] + "...";
    }

    private void Check(FeelNode root, YamlText text, string what, NameScope scope)
    {
        CheckLiterals(root, text, what);
        foreach (var use in FormulaNames.Of(root, scope.Names))
        {
            if (ProblemOf(use, scope) is not var (message, mend)) continue;
            problems.Add(PlaceIn(text, use.Offset), $"{what} {message}", mend);
        }
    }

    private void CheckLiterals(FeelNode node, YamlText text, string what)
    {
        if (node is FeelLiteral { Problem: { } problem })
        {
            problems.Add(PlaceIn(text, node.Offset),
                $"{what} holds a value that is none: {problem}", "write a value FEEL knows");
        }

        foreach (var child in node.Children) CheckLiterals(child, text, what);
    }

    private static FileLocation PlaceIn(YamlText text, int offset)
    {
        var before = text.Text.AsSpan(0, Math.Min(offset, text.Text.Length));
        var lineStart = before.LastIndexOf('\n') + 1;
        return text.At(before.Count('\n') + 1, before.Length - lineStart + 1);
    }

    private (string Message, string Mend)? ProblemOf(NameUse use, NameScope scope)
    {
        if (use.Called)
        {
            if (Clocks.Contains(use.Name))
            {
                return ($"asks for {use.Name}(), but a score must not depend on the day it is computed on",
                    "declare a dated parameter, or use a date among the metrics");
            }

            return Builtins.Names.Contains(use.Name)
                ? null
                : ($"calls '{use.Name}', which is no function of FEEL", NearestWord.Mend(use.Name, [.. Builtins.Names]));
        }

        if (use.Name == NameScope.CardName && scope.Card) return CardProblem(use, scope.Names);
        if (use.Name == NameScope.ValueName && scope.Value) return null;
        if (scope.Card && scope.Names.Figures.Contains(use.Name)) return null;
        if (scope.Names.Parameters.ContainsKey(use.Name)) return Listed(use.Name, use.Name, scope);
        if (!scope.Names.IsFact(use.Name)) return Unknown(use, scope);
        if (!scope.Facts)
        {
            return ($"uses the metric '{use.Name}', but here only parameters are at hand",
                "write a number, or declare a parameter in scheme.yaml");
        }

        return use.Path.Count == 1 ? Listed(use.Name, use.Name, scope) : MemberProblem(use, scope);
    }

    private (string, string)? MemberProblem(NameUse use, NameScope scope)
    {
        var (list, member) = (use.Name, use.Path[1]);
        if (member == RuleNames.ResourceId) return Listed(list, list, scope);
        var members = scope.Names.Lists[list];
        if (members.Contains(member)) return Listed(list, $"{list}.{member}", scope);
        var near = NearestWord.Of(member, members);
        return ($"asks for '{list}.{member}', which is no metric",
            near is null ? $"declare {list}.{member} in metrics.yaml" : $"write '{near}', or declare {list}.{member} in metrics.yaml");
    }

    // A list's metric is covered by itself or by the list; the list by itself or by any of its metrics.
    private (string, string)? Listed(string name, string code, NameScope scope)
    {
        Used.Add(code);
        if (scope.Given is not { } given || given.Contains(code) || given.Contains(name)) return null;
        if (code == name && given.Any(listed => listed.StartsWith(name + ".", StringComparison.Ordinal))) return null;
        return ($"uses '{code}', but 'given' does not list it", $"add {code} to given");
    }

    private static (string, string)? Unknown(NameUse use, NameScope scope)
    {
        // Reported where 'given' lists it.
        if (scope.Given?.Contains(use.Name) == true) return null;
        var known = scope.Names.Metrics.Keys.Where(code => !code.Contains('.'))
            .Concat(scope.Names.Lists.Keys).Concat(scope.Names.Parameters.Keys)
            .Concat(scope.Card ? scope.Names.Figures : []);
        var near = NearestWord.Of(use.Name, known);
        var declare = "declare it in metrics.yaml or under parameters in scheme.yaml";
        return ($"uses '{use.Name}', which is no metric and no parameter",
            near is null ? declare : $"write '{near}', or {declare}");
    }

    private static (string, string)? CardProblem(NameUse use, RuleNames names)
    {
        IReadOnlyCollection<string> members = use.Path switch
        {
            [_, "points", _, ..] => names.Indicators,
            [_, "blocks", _, ..] => names.Blocks,
            [_, "figures", _, ..] => names.Figures,
            _ => ["total", "points", "blocks", "figures", "grade", "rank"],
        };
        var asked = use.Path.Count == 1 ? "" : use.Path[Math.Min(2, use.Path.Count - 1)];
        return asked.Length == 0 || members.Contains(asked)
            ? null
            : ($"asks for '{string.Join('.', use.Path)}', which the score card does not have", NearestWord.Mend(asked, members));
    }
}
