using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>Formulas of a scheme as an exported model says them: what they read, and under which names.</summary>
internal sealed class FormulaTexts(Scheme scheme, IReadOnlyDictionary<string, Metric> metrics)
{
    private readonly RuleNames _names = new(metrics, scheme.Parameters);

    /// <summary>The text with every use of a name from outside put otherwise.</summary>
    public string Renamed(string text, FeelNode root, string name, string by)
    {
        var uses = FormulaNames.Of(root, _names).Where(use => !use.Called && use.Path is [var one] && one == name);
        foreach (var use in uses.Reverse())
        {
            text = string.Concat(text.AsSpan(0, use.Offset), by, text.AsSpan(use.Offset + name.Length));
        }

        return text.Trim();
    }

    /// <summary>The formula, with the score card under another name.</summary>
    public string WithCard(Formula formula, string card) =>
        Renamed(formula.Text, formula.Expression.Root, NameScope.CardName, card);

    /// <summary>Metrics, resource lists, parameters and figures that formulas read, each once.</summary>
    public IReadOnlyList<string> Needs(params IEnumerable<Formula?> formulas) => [.. formulas.OfType<Formula>()
        .SelectMany(formula => FormulaNames.Of(formula.Expression.Root, _names))
        .Select(use => use.Name)
        .Where(IsKnown)
        .Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a formula reads the score card.</summary>
    public bool ReadsCard(Formula formula) =>
        FormulaNames.Of(formula.Expression.Root, _names).Any(use => use.Name == NameScope.CardName);

    private bool IsKnown(string name) =>
        _names.IsKnown(name) || scheme.Figures.Any(figure => figure.Id == name);
}
