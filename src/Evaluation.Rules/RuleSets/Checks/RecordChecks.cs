using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets.Loading;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Every rule about records and resources does what its worked cases say, both ways.</summary>
internal static class RecordChecks
{
    public static IReadOnlyList<CheckResult> Run(RuleSet rules)
    {
        var results = new List<CheckResult>();
        foreach (var rule in rules.Records.Records)
        {
            results.Add(Check(rules, RecordRules.OfRecords, $"the exclusion {rule.Id}", rule.When, rule.Cases, rule.Location));
        }

        foreach (var rule in rules.Records.Resources)
        {
            results.Add(Check(rules, RecordRules.OfResources, $"the scope rule {rule.Id}", rule.When, rule.Cases, rule.Location));
        }

        return results;
    }

    private static CheckResult Check(
        RuleSet rules, IReadOnlyList<string> names, string what, Formula when, IReadOnlyList<RuleCase> cases,
        FileLocation location)
    {
        var problems = new ProblemList();
        if (!cases.Any(one => one.Holds) || cases.All(one => one.Holds))
        {
            problems.Add(location, $"{what} lacks a case in which it holds, or one in which it does not",
                "add both: cases: [ { given: { … }, holds: true }, { given: { … }, holds: false } ]");
        }

        var layout = RuleValues.Layout(names, rules.Records.Parameters);
        var condition = when.Expression.Compile(layout);
        foreach (var one in cases)
        {
            var slots = RuleValues.Slots(names, rules.Records.Parameters, rules.AsOf);
            foreach (var (name, value) in one.Given) slots[layout.IndexOf(name)] = value;
            var holds = condition.Evaluate(slots);
            if (holds.IsTrue == one.Holds) continue;
            problems.Add(one.Location, $"{what} gives {holds} for this case", "mend the rule or the case");
        }

        return new CheckResult($"{what} does what its cases say", location, problems.InOrder());
    }
}
