using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>One scheme on the bench: what the checks look at, and the list of what they found.</summary>
internal sealed class CheckBench(RuleSet rules, Scheme scheme)
{
    private readonly List<CheckResult> _results = [];

    public RuleSet Rules { get; } = rules;

    public Scheme Scheme { get; } = scheme;

    /// <summary>Values that are fixed on the rule set's day.</summary>
    public Constants Constants { get; } = new(scheme, rules.AsOf);

    /// <summary>What has been found so far.</summary>
    public IReadOnlyList<CheckResult> Results => _results;

    /// <summary>Asks one question about one thing.</summary>
    public void Ask(string question, FileLocation location, Action<ProblemList> answer)
    {
        var problems = new ProblemList();
        answer(problems);
        _results.Add(new CheckResult(question, location, problems.InOrder()));
    }
}
