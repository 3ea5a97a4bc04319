using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>Tries mutants of one scheme: first by the cases of the indicators they touch, then by whole cases, then by
/// the static checks. Only what a mutant touches is read and compiled again.</summary>
internal sealed class MutantTrial
{
    private readonly RuleSet _rules;
    private readonly Scheme _scheme;
    private readonly RuleFiles _files;
    private readonly HashSet<string> _failedBefore;

    public MutantTrial(RuleSet rules, Scheme scheme, RuleFiles files)
    {
        (_rules, _scheme, _files) = (rules, scheme, files);
        Names = new RuleNames(rules.Metrics, scheme.Parameters)
        {
            Indicators = [.. scheme.Indicators.Select(indicator => indicator.Id)],
            Blocks = [.. scheme.Blocks.Select(block => block.Id)],
            Figures = [.. scheme.Figures.Select(figure => figure.Id)],
        };
        _failedBefore = FailedChecks(scheme, [.. scheme.Indicators]).ToHashSet(StringComparer.Ordinal);
    }

    public RuleNames Names { get; }

    private string Folder => _scheme.Location.Path[..^"scheme.yaml".Length];

    /// <summary>A mutant of one indicator.</summary>
    public MutantResult OfIndicator(Mutant mutant, YamlMap map, Indicator indicator)
    {
        var problems = new ProblemList();
        var names = new RuleNames(_rules.Metrics, _scheme.Parameters);
        var inline = map["cases"] is not null;
        var changed = new IndicatorReader(problems, names, _files).Read(mutant.In(map), inline ? null : indicator.Cases);
        return problems.AnyError
            ? Result(mutant.Location, mutant.Change, MutantFate.Refused, problems.InOrder()[0].Message)
            : Judge(mutant.Location, mutant.Change, With(changed), [changed]);
    }

    private Scheme With(Indicator changed) => _scheme with
    {
        Blocks = [.. _scheme.Blocks.Select(block => block with
        {
            Indicators = [.. block.Indicators.Select(one => one.Id == changed.Id ? changed : one)],
        })],
    };

    /// <summary>A mutant of the decision table of one indicator.</summary>
    public MutantResult OfTable(TableMutant mutant)
    {
        var scheme = With(mutant.Indicator);
        return Judge(mutant.Location, mutant.Change, scheme, [mutant.Indicator]);
    }

    /// <summary>A mutant of the scheme; the indicators are those it touches.</summary>
    public MutantResult OfScheme(Mutant mutant, YamlMap root, Func<Indicator, bool> touched)
    {
        var problems = new ProblemList();
        var files = _files.With(_scheme.Location.Path, mutant.In(root));
        var scheme = new SchemeReader(files, _rules.Metrics, problems).Read(Folder);
        return problems.AnyError
            ? Result(mutant.Location, mutant.Change, MutantFate.Refused, problems.InOrder()[0].Message)
            : Judge(mutant.Location, mutant.Change, scheme, [.. scheme.Indicators.Where(touched)]);
    }

    private MutantResult Judge(
        FileLocation place, string change, Scheme scheme, IReadOnlyList<Indicator> touched)
    {
        var fewer = Only(scheme, touched);
        var runner = new CaseRunner(_rules, fewer);
        var noticed = touched.SelectMany(runner.Run).Concat(new CaseRunner(_rules, scheme).RunWholeLazily())
            .FirstOrDefault(one => !one.Result.Passed);
        if (noticed is not null) return Result(place, change, MutantFate.Killed, noticed.Case.Name);
        var award = AwardCaseRunner.Run(_rules, scheme).FirstOrDefault(one => !one.Result.Passed);
        if (award is not null) return Result(place, change, MutantFate.Killed, award.Result.Case.Name);
        var failed = FailedChecks(scheme, touched).FirstOrDefault(check => !_failedBefore.Contains(check));
        return failed is null
            ? Result(place, change, MutantFate.Survived, "")
            : Result(place, change, MutantFate.Refused, failed);
    }

    // The cases of an indicator need nothing but that indicator: the others need not be compiled for them.
    private static Scheme Only(Scheme scheme, IReadOnlyList<Indicator> indicators) => scheme with
    {
        Blocks = [.. scheme.Blocks
            .Select(block => block with { Indicators = [.. block.Indicators.Where(indicators.Contains)] })
            .Where(block => block.Indicators.Count > 0)],
    };

    private IEnumerable<string> FailedChecks(Scheme scheme, IReadOnlyList<Indicator> indicators)
    {
        var bench = new CheckBench(_rules, scheme);
        RuleSetCheck.Structure(bench, indicators);
        return bench.Results.Where(check => !check.Passed).Select(check => check.Question);
    }

    private static MutantResult Result(FileLocation place, string change, MutantFate fate, string by) =>
        new(place with { Column = 0 }, change, fate, by);
}
