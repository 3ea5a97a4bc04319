using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Evaluates the parts of formulas that are fixed on a day: literals, parameters, and arithmetic over them.</summary>
internal sealed class Constants
{
    private readonly FeelContext _parameters;

    public Constants(Scheme scheme, DateOnly day) => _parameters = new FeelContext(scheme.Parameters.Values
        .Select(parameter => KeyValuePair.Create(parameter.Code, parameter.On(day)))
        .Where(pair => pair.Value is not null)
        .Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.Value)));

    /// <summary>The fixed value of a part of a formula, or null when it depends on anything else.</summary>
    public FeelValue? Of(FeelNode node, string text)
    {
        if (node is FeelLiteral literal) return literal.Value;
        if (UsesInput(node)) return null;
        var expression = FeelExpression.Parse(node.TextIn(text), _parameters.Names);
        return expression.FreeNames.All(_parameters.Contains) ? expression.Evaluate(_parameters) : (FeelValue?)null;
    }

    /// <summary>The fixed number of a part of a formula, or null.</summary>
    public decimal? NumberOf(FeelNode node, string text) =>
        Of(node, text) is { IsNumber: true } value ? value.AsNumber() : null;

    /// <summary>The number an expression has for the facts of a case, or null.</summary>
    public decimal? NumberIn(FeelExpression expression, IReadOnlyDictionary<string, FeelValue> facts) =>
        NumberOf(expression, Beside(facts));

    /// <summary>The number an expression has in a context, or null: also where it takes too many steps to
    /// tell.</summary>
    public static decimal? NumberOf(FeelExpression expression, FeelContext context) =>
        ValueOf(expression, context).TryNumber(out var number) ? number : null;

    /// <summary>The value of an expression in a context; null also where it takes too many steps to tell.</summary>
    public static FeelValue ValueOf(FeelExpression expression, FeelContext context)
    {
        try
        {
            return expression.Evaluate(context);
        }
        catch (FeelLimitException)
        {
            return FeelValue.Null;
        }
    }

    /// <summary>The parameters together with facts.</summary>
    public FeelContext Beside(IEnumerable<KeyValuePair<string, FeelValue>> facts) =>
        facts.Aggregate(_parameters, (context, fact) => context.With(fact.Key, fact.Value));

    /// <summary>The number of a parameter on the day, or null where the name is none.</summary>
    public decimal? ParameterOf(string name) =>
        _parameters.TryGet(name, out var value) && value.TryNumber(out var number) ? number : null;

    /// <summary>Whether a name is a parameter with a value on the day.</summary>
    public bool Fixes(string name) => _parameters.Contains(name);

    private static bool UsesInput(FeelNode node) =>
        node is FeelName { Name: "?" } or FeelComparisonTest || node.Children.Any(UsesInput);
}
