using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Records;

/// <summary>The scope rules of a category, ready to be asked about resources. Not for use by two threads at once.</summary>
public sealed class ScopeConditions
{
    private readonly List<(ResourceExclusion Rule, CompiledFeel Condition)> _rules;
    private readonly FeelValue[] _slots;
    private readonly Period _period;
    private readonly DateOnly _asOf;

    /// <summary>The rules of a category over a period, with the parameters that are in force on a day.</summary>
    public ScopeConditions(RecordRules rules, string category, Period period, DateOnly asOf)
    {
        var layout = RuleValues.Layout(RecordRules.OfResources, rules.Parameters);
        (_period, _asOf) = (period, asOf);
        _slots = RuleValues.Slots(RecordRules.OfResources, rules.Parameters, asOf);
        _rules =
        [
            .. rules.Resources.Where(rule => rule.Category == category)
                .Select(rule => (rule, rule.When.Expression.Compile(layout))),
        ];
    }

    /// <summary>The first rule that leaves a resource out, or null: it counts.</summary>
    public ResourceExclusion? Of(RegisteredResource resource)
    {
        FeelValue[] values =
        [
            RuleValues.Of(resource.OriginalValue), resource.Class, resource.Status, resource.ShareMode,
            RuleValues.Of(resource.Registered), RuleValues.Of(resource.Included), RuleValues.Of(resource.InServiceFrom),
            RuleValues.Of(resource.BookedOn), RuleValues.Of(resource.RegisteredOn), RuleValues.Of(resource.RetiredOn),
            _period.From, _period.To, _asOf,
        ];
        values.CopyTo(_slots, 0);
        foreach (var (rule, condition) in _rules)
        {
            if (condition.Evaluate(_slots).IsTrue) return rule;
        }

        return null;
    }
}
