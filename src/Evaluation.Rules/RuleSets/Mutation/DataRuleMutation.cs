using Evaluation.Rules.DataChecks;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>
/// Changes the rules about data, one thing at a time, and runs their worked cases each time: which service records and
/// resources count at all (<c>records.yaml</c>), and what is wrong with data before they are scored (<c>checks.yaml</c>).
/// </summary>
internal static class DataRuleMutation
{
    private static readonly Bilingual Nothing = new("", "");

    /// <summary>What became of every mutant of both files.</summary>
    /// <exception cref="RuleSetException">A worked case fails as it is.</exception>
    public static IEnumerable<MutantResult> Of(RuleSet rules, RuleFiles files)
    {
        if (files.Take(RecordsFile.Path) is { } records)
        {
            RefuseFailing(RecordChecks.Run(rules));
            foreach (var mutant in OfRecords(records, rules.Records.Parameters))
            {
                yield return Try(mutant, problems => RecordChecks.Run(rules with
                {
                    Records = new RecordsFile(problems, rules.Cycle).Read(mutant.In(records)),
                }));
            }
        }

        if (files.Take(ChecksFile.Path) is not { } checks) yield break;
        RefuseFailing(DataCheckChecks.Run(rules));
        foreach (var mutant in OfChecks(checks, rules.Metrics))
        {
            yield return Try(mutant, problems => DataCheckChecks.Run(rules with
            {
                DataChecks = new ChecksFile(rules.Metrics, rules.Cycle, problems).Read(mutant.In(checks)),
            }));
        }
    }

    private static IEnumerable<Mutant> OfRecords(YamlMap records, IReadOnlyDictionary<string, Parameter> parameters) =>
    [
        .. Rules(records, "exclude").SelectMany(rule => MutantSource.OfDataRule(
            rule, "exclude", Names(RecordRules.OfRecords.ToDictionary(name => name, Unknown), parameters))),
        .. Rules(records, "leave_out").SelectMany(rule => MutantSource.OfDataRule(
            rule, "leave_out", Names(RecordRules.OfResources.ToDictionary(name => name, Unknown), parameters))),
        .. (records["parameters"] as YamlMap)?.Entries.SelectMany(parameter => MutantSource.OfParameter(
            parameter, Names(new Dictionary<string, Metric>(), parameters))) ?? [],
    ];

    private static IEnumerable<Mutant> OfChecks(YamlMap checks, IReadOnlyDictionary<string, Metric> metrics) =>
        Rules(checks, "checks").SelectMany(check => MutantSource.OfDataRule(
            check, "check", Names(NamesOver(metrics, (check["over"] as YamlText)?.Text ?? ""), new Dictionary<string, Parameter>())));

    // A check of resources calls their metrics by their short codes; one of units reaches them through their lists.
    private static Dictionary<string, Metric> NamesOver(IReadOnlyDictionary<string, Metric> metrics, string over)
    {
        var scope = CheckScope.Of(metrics, over);
        var names = over == CheckScope.Unit
            ? metrics.Values.Where(metric => metric.ResourceList is not null).ToDictionary(metric => metric.Code, StringComparer.Ordinal)
            : new Dictionary<string, Metric>(StringComparer.Ordinal);
        foreach (var name in scope.Names.Except(scope.Lists))
        {
            var metric = metrics.GetValueOrDefault(over + "." + name) ?? metrics.GetValueOrDefault(name) ?? Unknown(name);
            names.Add(name, metric with { Code = name });
        }

        return names;
    }

    private static RuleNames Names(
        IReadOnlyDictionary<string, Metric> names, IReadOnlyDictionary<string, Parameter> parameters) => new(names, parameters);

    // What is no metric is told from the others by its name alone.
    private static Metric Unknown(string name) => new(
        name, Nothing, UnitOfMeasure.All["answer"], MetricKind.Answer, null, null, [], new Dictionary<string, string>(),
        Nothing, new FileLocation("", 0));

    private static IEnumerable<YamlMap> Rules(YamlMap file, string key) =>
        (file[key] as YamlList)?.Items.OfType<YamlMap>() ?? [];

    private static MutantResult Try(Mutant mutant, Func<ProblemList, IEnumerable<CheckResult>> run)
    {
        var problems = new ProblemList();
        var noticed = run(problems).FirstOrDefault(check => !check.Passed);
        var place = mutant.Location with { Column = 0 };
        if (problems.AnyError) return new(place, mutant.Change, MutantFate.Refused, problems.InOrder()[0].Message);
        return noticed is null
            ? new(place, mutant.Change, MutantFate.Survived, "")
            : new(place, mutant.Change, MutantFate.Killed, noticed.Question);
    }

    private static void RefuseFailing(IEnumerable<CheckResult> checks)
    {
        var failing = checks.SelectMany(check => check.Problems).ToList();
        if (failing.Count > 0) throw new RuleSetException(failing);
    }
}
