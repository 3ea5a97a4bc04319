using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>Every small change of a formula: numbers, answers, operators, ends of intervals, functions, conditions,
/// names.</summary>
internal sealed class FormulaChanges(string text, RuleNames names, IReadOnlyCollection<string>? given)
{
    private static readonly Dictionary<FeelOperator, string[]> Slips = new()
    {
        [FeelOperator.GreaterOrEqual] = [">", "<"],
        [FeelOperator.Greater] = [">=", "<="],
        [FeelOperator.LessOrEqual] = ["<", ">"],
        [FeelOperator.Less] = ["<=", ">="],
        [FeelOperator.Equal] = ["!="],
        [FeelOperator.NotEqual] = ["="],
        [FeelOperator.Add] = ["-"],
        [FeelOperator.Subtract] = ["+"],
        [FeelOperator.Multiply] = ["/"],
        [FeelOperator.Divide] = ["*"],
        [FeelOperator.And] = ["or"],
        [FeelOperator.Or] = ["and"],
    };

    private static readonly Dictionary<FeelOperator, string> Written = new()
    {
        [FeelOperator.GreaterOrEqual] = ">=",
        [FeelOperator.Greater] = ">",
        [FeelOperator.LessOrEqual] = "<=",
        [FeelOperator.Less] = "<",
        [FeelOperator.Equal] = "=",
        [FeelOperator.NotEqual] = "!=",
        [FeelOperator.Add] = "+",
        [FeelOperator.Subtract] = "-",
        [FeelOperator.Multiply] = "*",
        [FeelOperator.Divide] = "/",
        [FeelOperator.And] = "and",
        [FeelOperator.Or] = "or",
    };

    private static readonly Dictionary<string, string> Functions = new(StringComparer.Ordinal)
    {
        ["min"] = "max",
        ["max"] = "min",
        ["sum"] = "max",
        ["mean"] = "max",
        ["median"] = "max",
        ["floor"] = "ceiling",
        ["ceiling"] = "floor",
    };

    /// <summary>The changes of a parsed formula or condition, in the order of its text.</summary>
    public IReadOnlyList<FormulaEdit> Of(FeelNode root)
    {
        var swaps = new NameChanges(names, given);
        return
        [
            .. Inside(root).Concat(Answers(root))
                .Concat(FormulaNames.Of(root, names).Select(use => swaps.Of(use, text)).OfType<FormulaEdit>())
                .Distinct()
                .OrderBy(edit => edit.Offset),
        ];
    }

    private IEnumerable<FormulaEdit> Inside(FeelNode node) => At(node).Concat(node.Children.SelectMany(Inside));

    private IEnumerable<FormulaEdit> At(FeelNode node)
    {
        switch (node)
        {
            case FeelLiteral { Value.IsNumber: true } number:
                return NumberChanges.Of(number.Value.AsNumber())
                    .Select(by => new FormulaEdit(number.Offset, number.Length, by));
            case FeelBinary binary:
                return Operator(binary.Operator, End(binary.Left), binary.Right.Offset);
            case FeelComparisonTest test:
                return Operator(test.Operator, test.Offset, test.Endpoint.Offset);
            case FeelInterval interval:
                return
                [
                    new FormulaEdit(interval.Offset, 1, interval.LowClosed ? "(" : "["),
                    new FormulaEdit(End(interval) - 1, 1, interval.HighClosed ? ")" : "]"),
                ];
            case FeelQuantified quantified:
                return [quantified.Every ? new(quantified.Offset, "every".Length, "some")
                    : new(quantified.Offset, "some".Length, "every")];
            case FeelCall { Function: FeelName name } when Functions.TryGetValue(name.Name, out var other):
                return [new FormulaEdit(name.Offset, name.Length, other)];
            case FeelIf { Condition: not FeelBinary } choice:
                var condition = choice.Condition;
                return [new FormulaEdit(condition.Offset, condition.Length, $"not({condition.TextIn(text)})")];
            default:
                return [];
        }
    }

    /// <summary>An answer becomes its neighbour in the list of the metric that the formula, or the indicator,
    /// asks.</summary>
    private IEnumerable<FormulaEdit> Answers(FeelNode root)
    {
        var asked = FormulaNames.Of(root, names).Select(use => string.Join('.', use.Path)).Concat(given ?? [])
            .Select(code => names.Metrics.GetValueOrDefault(code)).OfType<Metric>()
            .Where(metric => metric.Answers.Count > 1).ToList();
        return from literal in Literals(root)
               let text = literal.Value.AsString()
               let answers = asked.Find(metric => metric.Answers.Contains(text))?.Answers.ToList() ?? []
               let at = answers.IndexOf(text)
               from near in new[] { at - 1, at + 1 }
               where at >= 0 && near >= 0 && near < answers.Count
               select new FormulaEdit(literal.Offset, literal.Length, FeelValue.String(answers[near]).ToString());
    }

    private static IEnumerable<FeelLiteral> Literals(FeelNode node) =>
        (node is FeelLiteral { Value.Kind: FeelKind.String } literal ? [literal] : Array.Empty<FeelLiteral>())
        .Concat(node.Children.SelectMany(Literals));

    // Between the operands stand the operator, blanks, and perhaps brackets and a comment.
    private IEnumerable<FormulaEdit> Operator(FeelOperator found, int from, int to)
    {
        if (!Written.TryGetValue(found, out var written)) return [];
        var at = text.IndexOf(written, from, Math.Max(0, to - from), StringComparison.Ordinal);
        return at < 0 ? [] : Slips[found].Select(by => new FormulaEdit(at, written.Length, by));
    }

    private static int End(FeelNode node) => node.Offset + node.Length;
}
