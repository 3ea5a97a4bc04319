using Evaluation.Rules.Feel;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>The condition of a band in words: at least 0.9; from 0.5 to below 0.9.</summary>
internal static class TestWords
{
    /// <summary>The condition in both languages; what has no plain words stands as it is written.</summary>
    public static Bilingual Of(Condition condition)
    {
        if (condition.Tests.Root is not { Negated: false, Tests: { Count: > 0 } tests })
        {
            return DifferenceList.Quoted(condition.Text);
        }

        if (tests.All(test => test is FeelLiteral { Value.Kind: FeelKind.String }))
        {
            return Answers([.. tests.Cast<FeelLiteral>()]);
        }

        return (tests.Count == 1 ? Of(tests[0], condition.Text) : null) ?? DifferenceList.Quoted(condition.Text);
    }

    private static Bilingual Answers(IReadOnlyList<FeelLiteral> answers) => new(
        string.Join("、", answers.Select(answer => $"“{answer.Value.AsString()}”")),
        string.Join(" or ", answers.Select(answer => $"\"{answer.Value.AsString()}\"")));

    private static Bilingual? Of(FeelNode test, string text) => test switch
    {
        FeelComparisonTest comparison => Compared(comparison.Operator,
            FormulaTokens.Of(comparison.Endpoint.TextIn(text))),
        FeelInterval interval => Between(interval, FormulaTokens.Of(interval.Low.TextIn(text)),
            FormulaTokens.Of(interval.High.TextIn(text))),
        _ => null,
    };

    private static Bilingual? Compared(FeelOperator comparison, string end) => comparison switch
    {
        FeelOperator.GreaterOrEqual => new($"不低于 {end} ", $"at least {end}"),
        FeelOperator.Greater => new($"高于 {end} ", $"above {end}"),
        FeelOperator.LessOrEqual => new($"不高于 {end} ", $"at most {end}"),
        FeelOperator.Less => new($"低于 {end} ", $"below {end}"),
        _ => null,
    };

    private static Bilingual Between(FeelInterval interval, string low, string high) => new(
        $"{(interval.LowClosed ? "不低于" : "高于")} {low} 且{(interval.HighClosed ? "不高于" : "低于")} {high} ",
        $"{(interval.LowClosed ? "from" : "above")} {low} to {(interval.HighClosed ? "" : "below ")}{high}");
}
