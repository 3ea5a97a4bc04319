using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Records;

/// <summary>
/// The exclusion rules of a cycle, ready to be asked about one record after the other. Not for use by two threads at
/// once. Where the rules ask for nothing that differs from record to record (hours, fee, day), the answer for the same
/// user, purpose and way is remembered.
/// </summary>
public sealed class RecordConditions
{
    // So many different answers are remembered before all are forgotten.
    private const int Remembered = 100_000;

    private static readonly string[] Changing = ["hours", "quantity", "fee", "start"];

    private readonly List<(RecordExclusion Rule, CompiledFeel Condition)> _rules = [];
    private readonly Dictionary<(string, string, ServiceScope, RecordKind, string?, string?, string?, bool?), RecordExclusion?>
        _answers = [];

    private readonly FeelValue[] _slots;
    private readonly bool _steady = true;
    private readonly bool _byResource;

    /// <summary>The rules with the parameters that are in force on a day.</summary>
    public RecordConditions(RecordRules rules, DateOnly asOf)
    {
        var layout = RuleValues.Layout(RecordRules.OfRecords, rules.Parameters);
        _slots = RuleValues.Slots(RecordRules.OfRecords, rules.Parameters, asOf);
        foreach (var rule in rules.Records)
        {
            var names = rule.When.Expression.FreeNames;
            _steady &= !Changing.Any(names.Contains);
            _byResource |= names.Contains("resource");
            _rules.Add((rule, rule.When.Expression.Compile(layout)));
        }
    }

    /// <summary>The first rule that excludes a record of a unit's resource, or null.</summary>
    public RecordExclusion? Of(string unit, string resource, ServiceUse use)
    {
        if (_rules.Count == 0) return null;
        if (!_steady) return Ask(unit, resource, use);
        var key = (unit, _byResource ? resource : "", use.Scope, use.Kind, use.User, use.Purpose, use.Way, use.Related);
        if (_answers.TryGetValue(key, out var known)) return known;
        if (_answers.Count >= Remembered) _answers.Clear();
        return _answers[key] = Ask(unit, resource, use);
    }

    private RecordExclusion? Ask(string unit, string resource, ServiceUse use)
    {
        var hours = use.End is { } end ? decimal.Divide((end - use.Start).Ticks, TimeSpan.TicksPerHour) : (decimal?)null;
        FeelValue[] values =
        [
            unit, resource, use.User, NameOf(use.Scope), RuleValues.Of(use.Related), use.Purpose, use.Way, NameOf(use.Kind),
            RuleValues.Of(hours), RuleValues.Of(use.Quantity), RuleValues.Of(use.Fee), DateOnly.FromDateTime(use.Start),
        ];
        values.CopyTo(_slots, 0);
        foreach (var (rule, condition) in _rules)
        {
            if (condition.Evaluate(_slots).IsTrue) return rule;
        }

        return null;
    }

    private static string NameOf(ServiceScope scope) => scope switch
    {
        ServiceScope.Internal => "internal",
        ServiceScope.External => "external",
        _ => "unknown",
    };

    private static string NameOf(RecordKind kind) => kind switch
    {
        RecordKind.Hours => "hours",
        RecordKind.Samples => "samples",
        _ => "count",
    };
}
