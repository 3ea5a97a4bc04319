namespace Evaluation.Rules.RuleSets;

/// <summary>How grave a problem in a rule folder is.</summary>
public enum ProblemSeverity
{
    /// <summary>The rule set may not be used.</summary>
    Error,

    /// <summary>The rule set may be used; a person should look.</summary>
    Warning,
}

/// <summary>Something wrong in a rule folder: where, what, and how to mend it.</summary>
/// <param name="Location">File and line.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Mend">What to do about it.</param>
/// <param name="Severity">Errors forbid use.</param>
public sealed record RuleProblem(
    FileLocation Location,
    string Message,
    string Mend,
    ProblemSeverity Severity = ProblemSeverity.Error)
{
    /// <summary><c>path:line: error: message (mend)</c>, the form the command line prints.</summary>
    public override string ToString() =>
        $"{Location}: {(Severity == ProblemSeverity.Error ? "error" : "warning")}: {Message} — {Mend}";
}

/// <summary>Thrown when a rule folder cannot be loaded; carries every problem found, not only the first.</summary>
public sealed class RuleSetException(IReadOnlyList<RuleProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All problems, in file order.</summary>
    public IReadOnlyList<RuleProblem> Problems { get; } = problems;
}
