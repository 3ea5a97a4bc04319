using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>One question that a static check asked about one thing in a rule folder.</summary>
/// <param name="Question">What was asked: <c>the bands of R1 cover its range once</c>.</param>
/// <param name="Location">The thing it was asked about.</param>
/// <param name="Problems">What was found; the check passed when none of it is an error.</param>
public sealed record CheckResult(string Question, FileLocation Location, IReadOnlyList<RuleProblem> Problems)
{
    /// <summary>Whether nothing found forbids use.</summary>
    public bool Passed => Problems.All(problem => problem.Severity != ProblemSeverity.Error);
}

/// <summary>What became of one worked case.</summary>
/// <param name="Indicator">Indicator id, or null for a case of the whole scheme.</param>
/// <param name="Case">The case.</param>
/// <param name="Problems">Where the outcome differs from what the case expects; empty when it came out right.</param>
public sealed record CaseResult(string? Indicator, WorkedCase Case, IReadOnlyList<RuleProblem> Problems)
{
    /// <summary>Whether the case came out as it expects.</summary>
    public bool Passed => Problems.Count == 0;
}

/// <summary>
/// What <c>rules check</c> found in one rule folder. Counted are static checks (one question about one thing each) and
/// worked cases; a folder that does not load has failed once for each error and passed nothing.
/// </summary>
/// <param name="Folder">The folder as it was named.</param>
/// <param name="LoadProblems">Errors that kept the folder from loading, or the warnings of one that did.</param>
/// <param name="Checks">The static checks.</param>
/// <param name="Cases">The worked cases.</param>
public sealed record RuleCheckReport(
    string Folder,
    IReadOnlyList<RuleProblem> LoadProblems,
    IReadOnlyList<CheckResult> Checks,
    IReadOnlyList<CaseResult> Cases)
{
    /// <summary>The worked cases of awards.</summary>
    public IReadOnlyList<AwardCaseResult> AwardCases { get; init; } = [];

    /// <summary>Checks and cases that passed.</summary>
    public int Passed =>
        Checks.Count(check => check.Passed) + Cases.Count(one => one.Passed) + AwardCases.Count(one => one.Passed);

    /// <summary>Checks and cases that failed, and errors that kept the folder from loading.</summary>
    public int Failed => LoadProblems.Count(problem => problem.Severity == ProblemSeverity.Error)
        + Checks.Count(check => !check.Passed) + Cases.Count(one => !one.Passed) + AwardCases.Count(one => !one.Passed);

    /// <summary>Every problem, by file, line and column.</summary>
    public IReadOnlyList<RuleProblem> Problems =>
    [
        .. LoadProblems
            .Concat(Checks.SelectMany(check => check.Problems))
            .Concat(Cases.SelectMany(one => one.Problems))
            .Concat(AwardCases.SelectMany(one => one.Problems))
            .Distinct()
            .OrderBy(problem => problem.Location.Path, StringComparer.Ordinal)
            .ThenBy(problem => problem.Location.Line)
            .ThenBy(problem => problem.Location.Column),
    ];

    /// <summary>One line for each problem, with the path as seen from where the folder was named.</summary>
    public IEnumerable<string> Lines => Problems.Select(problem =>
        (problem with { Location = problem.Location with { Path = PathOf(problem.Location.Path) } }).ToString());

    private string PathOf(string path)
    {
        var folder = Folder.Replace('\\', '/').TrimEnd('/');
        return path == Folder ? path : $"{folder}/{path}";
    }
}
