using Evaluation.Rules.DataChecks;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Every data check has a worked case that fires and one that does not, and all of them come out.</summary>
internal static class DataCheckChecks
{
    public static IEnumerable<CheckResult> Run(RuleSet rules)
    {
        foreach (var check in rules.DataChecks)
        {
            var problems = new ProblemList();
            foreach (var fires in new[] { true, false }.Where(fires => check.Cases.All(one => one.Fires != fires)))
            {
                problems.Add(check.Location,
                    $"no case of the check {check.Id} shows that it {(fires ? "finds something" : "finds nothing")}",
                    $"add {{ case: …, given: {{ … }}, fires: {(fires ? "true" : "false")} }}");
            }

            yield return new CheckResult($"the check {check.Id} has cases", check.Location, problems.InOrder());
            foreach (var one in check.Cases) yield return new CheckResult($"the case '{one.Name}'", one.Location, CaseOf(rules, check, one));
        }
    }

    private static IReadOnlyList<RuleProblem> CaseOf(RuleSet rules, DataCheck check, DataCheckCase one)
    {
        var problems = new ProblemList();
        try
        {
            if (DataCheckRunner.Fires(rules, check, one.Given) != one.Fires)
            {
                problems.Add(one.Location,
                    $"the check {check.Id} finds {(one.Fires ? "nothing" : "something")} in the case '{one.Name}'",
                    "correct 'when' of the check, or the case");
            }
        }
        catch (FeelLimitException limit)
        {
            problems.Add(one.Location, $"the check {check.Id} cannot be computed: {limit.Message}", "simplify 'when'");
        }

        return problems.InOrder();
    }
}
