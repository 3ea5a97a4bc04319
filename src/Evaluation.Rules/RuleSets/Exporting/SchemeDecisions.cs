using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>Every decision of a scheme, in the order in which they are made.</summary>
internal static class SchemeDecisions
{
    public static IReadOnlyList<ModelDecision> Of(RuleSet rules, Scheme scheme)
    {
        var texts = new FormulaTexts(scheme, rules.Metrics);
        var logics = scheme.Indicators.Select(indicator => new IndicatorLogic(scheme, rules.Metrics, indicator)).ToList();
        var judgements = new JudgementDecisions(scheme, texts);
        List<ModelDecision> decisions =
        [
            .. scheme.Indicators.Zip(logics).SelectMany(pair => OfIndicator(pair.First, pair.Second)),
            .. new CardDecisions(scheme, logics, texts).All,
            .. judgements.All(),
            .. scheme.Grades is { } table
                ? new GradeDecisions(scheme, table, judgements, texts).All() : Array.Empty<ModelDecision>(),
            .. new AwardDecisions(scheme, texts).All(),
        ];
        var read = decisions.SelectMany(decision => decision.Needs).Distinct().Where(scheme.Parameters.ContainsKey).ToList();
        return [.. read.Select(code => OfParameter(scheme.Parameters[code])), .. decisions];
    }

    /// <summary>The body of the function that orders units; for a scheme with grades.</summary>
    public static string PrecedesOf(RuleSet rules, Scheme scheme)
    {
        var texts = new FormulaTexts(scheme, rules.Metrics);
        return new GradeDecisions(scheme, scheme.Grades!, new JudgementDecisions(scheme, texts), texts).PrecedesText;
    }

    // The latest value that is in force on the day; before the first one there is none.
    private static ModelDecision OfParameter(Parameter parameter) => new(
        parameter.Code, parameter.Name, parameter.Values[0].Value.IsNumber ? "number" : "string", [DmnExport.AsOf])
    {
        Sources = [parameter.Source],
        Table = new TableLogic("FIRST", [DmnExport.AsOf], [.. parameter.Values.Reverse().Select(dated =>
            ((IReadOnlyList<string>)[$">= @\"{dated.From:yyyy-MM-dd}\""], dated.Value.ToString()))]),
    };

    private static IEnumerable<ModelDecision> OfIndicator(Indicator indicator, IndicatorLogic logic) =>
    [
        new ModelDecision(logic.ValueName, indicator.Name, null, logic.Inputs)
        {
            Question = indicator.Question,
            Sources = [indicator.Source],
            Text = logic.Value,
        },
        new ModelDecision(logic.PointsName, indicator.Name, "number", [logic.ValueName, .. logic.Inputs])
        {
            AllowedAnswers = $"0 … {NumberSet.Text(indicator.Max)}",
            Sources = [indicator.Source],
            Table = logic.Table,
            Before = logic.Before,
            Text = logic.Table is null ? logic.Expression : null,
        },
    ];
}
