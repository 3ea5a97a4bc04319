using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>
/// Asks of every number, operator, weight and name of a rule folder: if it were wrong, would a worked case notice?
/// What no worked case shows (figures) is left alone.
/// </summary>
public static class RuleSetMutation
{
    /// <summary>Changes the rules one by one and runs the worked cases each time.</summary>
    /// <exception cref="RuleSetException">The folder does not load, or a worked case fails as it is.</exception>
    public static MutationReport Run(RuleFolder folder)
    {
        var rules = RuleSetLoader.Load(folder);
        var files = new RuleFiles(folder, new ProblemList());
        var results = rules.Schemes.SelectMany(scheme => OfScheme(rules, scheme, files))
            .Concat(rules.Policies.SelectMany(policy => PolicyMutation.Of(policy, files, folder)))
            .Concat(DataRuleMutation.Of(rules, files)).ToList();
        var equivalents = files.Take(EquivalentMutants.Path) is { } root
            ? EquivalentMutants.Read(root, new ProblemList())
            : [];
        var problems = equivalents.Where(entry => !results.Exists(result => Answers(result, entry)))
            .Select(entry => new RuleProblem(
            entry.Location, $"no surviving mutant of {entry.File} is '{entry.Change}'",
            "delete the entry, or copy the change as rules mutate prints it"));
        return new MutationReport(
            folder.Name,
            [.. results.Select(result => Explained(result, equivalents))
                .OrderBy(result => result.Location.Path, StringComparer.Ordinal)
                    .ThenBy(result => result.Location.Line)],
            [.. problems]);
    }

    private static bool Answers(MutantResult result, EquivalentMutant entry) =>
        result.Fate == MutantFate.Survived && result.Location.Path == entry.File && result.Change == entry.Change;

    private static MutantResult Explained(MutantResult result, IReadOnlyList<EquivalentMutant> equivalents) =>
        equivalents.FirstOrDefault(entry => Answers(result, entry)) is { } entry
            ? result with { Fate = MutantFate.Equivalent, By = entry.Because.En }
            : result;

    private static IEnumerable<MutantResult> OfScheme(RuleSet rules, Scheme scheme, RuleFiles files)
    {
        RefuseFailing(rules, scheme);
        var trial = new MutantTrial(rules, scheme, files);
        var root = files.Take(scheme.Location.Path)!;
        var maps = IndicatorMaps(root, files).ToDictionary(map => map.Location);
        foreach (var indicator in scheme.Indicators)
        {
            var map = maps[indicator.Location];
            foreach (var mutant in MutantSource.OfIndicator(map, trial.Names))
            {
                yield return trial.OfIndicator(mutant, map, indicator);
            }

            foreach (var mutant in TableMutants.Of(indicator, trial.Names)) yield return trial.OfTable(mutant);
        }

        foreach (var mutant in MutantSource.OfScheme(root, trial.Names))
        {
            yield return trial.OfScheme(mutant, root, _ => false);
        }

        foreach (var mutant in MutantSource.OfFigures(root, FiguresRead(scheme), trial.Names))
        {
            yield return trial.OfScheme(mutant, root, _ => false);
        }

        if (root["awards"] is { } awards)
        {
            foreach (var mutant in MutantSource.OfAwards(awards, trial.Names))
            {
                yield return trial.OfScheme(mutant, root, _ => false);
            }
        }

        if (root["parameters"] is not YamlMap parameters) yield break;
        foreach (var parameter in parameters.Entries.Where(entry => IsScored(scheme, entry.Key.Text)))
        {
            foreach (var mutant in MutantSource.OfParameter(parameter, trial.Names))
            {
                yield return trial.OfScheme(mutant, root, indicator => indicator.Given.Contains(parameter.Key.Text));
            }
        }
    }

    private static IEnumerable<YamlMap> IndicatorMaps(YamlMap scheme, RuleFiles files) =>
        files.Under("").Select(path => files.Take(path)!)
            .Concat((scheme["blocks"] as YamlList)?.Items.OfType<YamlMap>()
                .SelectMany(block => (block["indicators"] as YamlList)?.Items.OfType<YamlMap>() ?? []) ?? [])
            .Where(map => map["indicator"] is not null);

    // A parameter of figures alone changes nothing that a worked case states.
    private static bool IsScored(Scheme scheme, string parameter) =>
        scheme.Indicators.Any(indicator => indicator.Given.Contains(parameter))
        || BesideIndicators(scheme).Any(formula => formula.Expression.FreeNames.Contains(parameter))
        || scheme.Figures.Any(figure =>
            FiguresRead(scheme).Contains(figure.Id) && figure.Value.Expression.FreeNames.Contains(parameter))
        || (scheme.Grades?.Bands.Any(band => band.When.Tests.FreeNames.Contains(parameter)) ?? false)
        || (scheme.Grades?.Quotas.Any(quota => (quota.Count ?? quota.Percent)!.Expression.FreeNames.Contains(parameter)) ?? false);

    // A figure that a judgement, a tie key or an award reads is more than shown.
    private static HashSet<string> FiguresRead(Scheme scheme) =>
    [
        .. scheme.Figures.Select(figure => figure.Id).Where(id => BesideIndicators(scheme)
            .Any(formula => formula.Expression.FreePaths.Contains($"{NameScope.CardName}.figures.{id}")
                || formula.Expression.FreeNames.Contains(id))),
    ];

    private static IEnumerable<Formula> BesideIndicators(Scheme scheme) =>
    [
        .. scheme.Judgements.Select(judgement => judgement.When),
        .. scheme.Judgements.Select(judgement => judgement.Effect).OfType<AdjustPoints>().Select(effect =>
            effect.Points),
        .. scheme.Grades?.TieKeys.Select(key => key.By) ?? [],
        .. scheme.Awards.SelectMany(policy => policy.Formulas).Select(part => part.Formula),
    ];

    private static void RefuseFailing(RuleSet rules, Scheme scheme)
    {
        var runner = new CaseRunner(rules, scheme);
        var failed = scheme.Indicators.SelectMany(runner.Run).Concat(runner.RunWholeLazily())
            .SelectMany(one => one.Result.Problems)
            .Concat(AwardCaseRunner.Run(rules, scheme).SelectMany(one => one.Result.Problems)).ToList();
        if (failed.Count > 0) throw new RuleSetException(failed);
    }
}
