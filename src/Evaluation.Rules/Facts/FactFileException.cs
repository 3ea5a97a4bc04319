using System.Globalization;

namespace Evaluation.Rules.Facts;

/// <summary>Something wrong in a file of facts: where, what, and how to mend it.</summary>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1, in characters; in a table the number of the field.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Mend">What to do about it.</param>
public sealed record FactProblem(int Line, int Column, string Message, string Mend);

/// <summary>A file of facts cannot be used; carries every problem found, not only the first.</summary>
/// <param name="file">The file as people know it.</param>
/// <param name="problems">The problems, in file order.</param>
public sealed class FactFileException(string file, IReadOnlyList<FactProblem> problems) : Exception(
    string.Join(Environment.NewLine, problems.Select(problem => string.Create(
        CultureInfo.InvariantCulture,
        $"{file}:{problem.Line}:{problem.Column}: error: {problem.Message} — {problem.Mend}"))))
{
    /// <summary>The problems, in file order.</summary>
    public IReadOnlyList<FactProblem> Problems { get; } = problems;
}
