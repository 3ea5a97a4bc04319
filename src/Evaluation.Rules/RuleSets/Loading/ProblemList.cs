namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Collects every problem of a rule folder, so that a person mends them in one go.</summary>
internal sealed class ProblemList
{
    private readonly List<RuleProblem> _problems = [];
    private readonly HashSet<RuleProblem> _known = [];

    /// <summary>Whether any of them forbids use.</summary>
    public bool AnyError => Errors > 0;

    /// <summary>How many of them forbid use.</summary>
    public int Errors => _problems.Count(problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>How many there are.</summary>
    public int Count => _problems.Count;

    public void Add(FileLocation location, string message, string mend) =>
        Add(new RuleProblem(location, message, mend));

    public void Warn(FileLocation location, string message, string mend) =>
        Add(new RuleProblem(location, message, mend, ProblemSeverity.Warning));

    public void Add(RuleProblem problem)
    {
        if (_known.Add(problem)) _problems.Add(problem);
    }

    /// <summary>All of them, by file, line and column.</summary>
    public IReadOnlyList<RuleProblem> InOrder() =>
    [
        .. _problems
            .OrderBy(problem => problem.Location.Path, StringComparer.Ordinal)
            .ThenBy(problem => problem.Location.Line)
            .ThenBy(problem => problem.Location.Column),
    ];
}
