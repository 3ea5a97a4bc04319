using System.Globalization;

namespace Evaluation.Rules.Index;

/// <summary>Something wrong in what an index is built from: where, what, and how to mend it.</summary>
/// <param name="Line">Line from 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">Name of the column or key; empty where the line as a whole is meant.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Mend">What to do about it.</param>
public sealed record IndexProblem(int Line, string Column, string Message, string Mend);

/// <summary>A framework or a data table cannot be used; carries every problem found, not only the first.</summary>
/// <param name="file">The file as people know it.</param>
/// <param name="problems">The problems, in file order.</param>
public sealed class IndexInputException(string file, IReadOnlyList<IndexProblem> problems) : Exception(
    string.Join(Environment.NewLine, problems.Select(problem => Said(file, problem))))
{
    /// <summary>The problems, in file order.</summary>
    public IReadOnlyList<IndexProblem> Problems { get; } = problems;

    private static string Said(string file, IndexProblem problem)
    {
        var line = problem.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $":{problem.Line}") : "";
        var column = problem.Column.Length > 0 ? $" (column {problem.Column})" : "";
        return $"{file}{line}{column}: error: {problem.Message} — {problem.Mend}";
    }
}
