using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>
/// Proves a rule folder before money hangs on it: bands cover their range, weights add up, maxima can be reached,
/// points follow their direction, every threshold has its cases; and every worked case is run through the scorer.
/// </summary>
public static class RuleSetCheck
{
    /// <summary>Checks a rule folder. What is wrong is in the report; nothing is thrown for it.</summary>
    public static RuleCheckReport Run(RuleFolder folder)
    {
        RuleSet rules;
        try
        {
            rules = RuleSetLoader.Load(folder);
        }
        catch (RuleSetException refused)
        {
            return new RuleCheckReport(folder.Name, refused.Problems, [], []);
        }

        var checks = new List<CheckResult>();
        var cases = new List<CaseResult>();
        var awardCases = new List<AwardCaseResult>();
        foreach (var scheme in rules.Schemes)
        {
            var bench = new CheckBench(rules, scheme);
            Check(bench, cases);
            var run = AwardCaseRunner.Run(rules, scheme);
            AwardChecks.OfScheme(bench, run);
            awardCases.AddRange(run.Select(one => one.Result));
            checks.AddRange(bench.Results);
        }

        foreach (var policy in rules.Policies)
        {
            var bench = new CheckBench(policy.Rules, policy.Scheme);
            var run = AwardCaseRunner.Run(policy);
            AwardChecks.OfPolicy(bench, policy, run);
            awardCases.AddRange(run.Select(one => one.Result));
            checks.AddRange(bench.Results);
        }

        checks.AddRange(ImportChecks.Run(rules));
        checks.AddRange(DataCheckChecks.Run(rules));
        checks.AddRange(RecordChecks.Run(rules));
        return new RuleCheckReport(folder.Name, rules.Warnings, checks, cases) { AwardCases = awardCases };
    }

    /// <summary>The checks that look at the rules alone: of the scheme, and of some of its indicators.</summary>
    internal static void Structure(CheckBench bench, IEnumerable<Indicator> indicators)
    {
        OfScheme(bench);
        foreach (var indicator in indicators) OfIndicator(bench, indicator);
    }

    private static void OfScheme(CheckBench bench)
    {
        WeightChecks.Run(bench);
        SchemeChecks.Parameters(bench);
        SchemeChecks.GradesAndAwards(bench);
        SchemeChecks.AnswersExist(bench);
        SourceChecks.Run(bench);
        FactChecks.Run(bench);
        FiringChecks.OfScheme(bench);
        ContradictionChecks.Run(bench);
        UnitChecks.OfScheme(bench);
    }

    private static void OfIndicator(CheckBench bench, Indicator indicator)
    {
        BandChecks.Run(bench, indicator);
        TableChecks.Run(bench, indicator);
        ComputedPoints.FollowDirection(bench, indicator);
        FiringChecks.OfIndicator(bench, indicator);
        UnitChecks.OfIndicator(bench, indicator);
    }

    private static void Check(CheckBench bench, List<CaseResult> cases)
    {
        OfScheme(bench);
        var runner = new CaseRunner(bench.Rules, bench.Scheme);
        foreach (var indicator in bench.Scheme.Indicators)
        {
            var run = runner.Run(indicator);
            cases.AddRange(run.Select(one => one.Result));
            SchemeChecks.HasCases(bench, indicator);
            OfIndicator(bench, indicator);
            MaximumChecks.Run(bench, indicator, run);
            if (run.Count > 0) ThresholdChecks.Run(bench, indicator, run);
        }

        var whole = runner.RunWhole();
        cases.AddRange(whole.Select(one => one.Result));
        ThresholdChecks.RunGrades(bench, whole);
        ThresholdChecks.RunJudgements(bench, whole);
    }
}
