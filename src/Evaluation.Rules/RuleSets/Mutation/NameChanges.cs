using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>Which other name an author could have written by mistake: the likeliest one first.</summary>
internal sealed class NameChanges(RuleNames names, IReadOnlyCollection<string>? given)
{
    /// <summary>The change of one use of a name, or null where nothing else would fit.</summary>
    public FormulaEdit? Of(NameUse use, string text)
    {
        if (use.Called) return null;
        var written = use.Path[^1];
        if (string.CompareOrdinal(text, use.Offset, written, 0, written.Length) != 0) return null;
        return use.Path switch
        {
            [var code] when names.Parameters.TryGetValue(code, out var parameter) => Replace(use, Parameter(parameter)),
            [var code] when names.Metrics.TryGetValue(code, out var metric) => Replace(use, Metric(metric)),
            [var list, var member] when names.Metrics.TryGetValue($"{list}.{member}", out var metric) =>
                Replace(use, Metric(metric)),
            [NameScope.CardName, "points", var id] => Replace(use, Other(names.Indicators, id)),
            [NameScope.CardName, "blocks", var id] => Replace(use, Other(names.Blocks, id)),
            _ => null,
        };
    }

    private FormulaEdit? Replace(NameUse use, string? code)
    {
        if (code is null) return null;
        var written = code[(use.Path.Count == 2 ? code.IndexOf('.', StringComparison.Ordinal) + 1 : 0)..];
        var needs = names.IsKnown(code) && given?.Contains(code) == false ? code : null;
        return new FormulaEdit(use.Offset, use.Path[^1].Length, written, needs);
    }

    private string? Parameter(Parameter parameter) => names.Parameters.Values
        .Where(other => other.Code != parameter.Code && other.Values[0].Value.Kind == parameter.Values[0].Value.Kind)
        .OrderBy(other => given?.Contains(other.Code) == false)
        .ThenBy(other => other.Unit.Code != parameter.Unit.Code)
        .FirstOrDefault()?.Code;

    // One the formula has at hand already is the likeliest slip; after it, one that counts the same thing.
    private string? Metric(Metric metric) => names.Metrics.Values
        .Where(other => other.Code != metric.Code && other.ResourceList == metric.ResourceList)
        .Where(other => (other.Kind == MetricKind.Answer) == (metric.Kind == MetricKind.Answer))
        .Where(other => metric.Kind != MetricKind.Answer || other.Answers.SequenceEqual(metric.Answers))
        .OrderBy(other => given?.Contains(other.Code) == false)
        .ThenBy(other => other.Unit.Code != metric.Unit.Code)
        .FirstOrDefault()?.Code;

    private static string? Other(IReadOnlyCollection<string> ids, string id) =>
        ids.FirstOrDefault(other => other != id);
}
