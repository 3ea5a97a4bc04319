using Evaluation.Rules.Allocation;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>Changes an award policy that stands alone, one thing at a time, and runs its worked cases each time.</summary>
internal static class PolicyMutation
{
    /// <summary>What became of every mutant of a policy.</summary>
    /// <exception cref="RuleSetException">A worked case fails as it is.</exception>
    public static IEnumerable<MutantResult> Of(PolicyFile policy, RuleFiles files, RuleFolder folder)
    {
        var failing = AwardCaseRunner.Run(policy).SelectMany(one => one.Result.Problems).ToList();
        if (failing.Count > 0) throw new RuleSetException(failing);
        var root = files.Take(policy.Location.Path)!;
        var cases = files.Take(policy.Location.Path[..^".yaml".Length] + ".cases.yaml");
        var names = new RuleNames(policy.Rules.Metrics, policy.Scheme.Parameters)
        {
            Figures = [.. policy.Scheme.Figures.Select(figure => figure.Id)],
        };
        return Mutants(root, names).Select(mutant => Try(mutant, root, cases, folder));
    }

    private static IEnumerable<Mutant> Mutants(YamlMap root, RuleNames names) =>
    [
        .. root["awards"] is { } awards ? MutantSource.OfAwards(awards, names) : [],
        .. MutantSource.OfPolicy(root, names),
        .. (root["parameters"] as YamlMap)?.Entries.SelectMany(parameter => MutantSource.OfParameter(parameter, names)) ?? [],
    ];

    private static MutantResult Try(Mutant mutant, YamlMap root, YamlMap? cases, RuleFolder folder)
    {
        var problems = new ProblemList();
        var changed = new PolicyReader(problems).Read(mutant.In(root), cases, folder);
        var place = mutant.Location with { Column = 0 };
        if (problems.AnyError) return new(place, mutant.Change, MutantFate.Refused, problems.InOrder()[0].Message);
        var noticed = AwardCaseRunner.Run(changed).FirstOrDefault(one => !one.Result.Passed);
        return noticed is null
            ? new(place, mutant.Change, MutantFate.Survived, "")
            : new(place, mutant.Change, MutantFate.Killed, noticed.Result.Case.Name);
    }
}
