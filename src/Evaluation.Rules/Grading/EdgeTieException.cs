namespace Evaluation.Rules.Grading;

/// <summary>Units that are equal in every key stand across the edge of a quota, and the rule says that people
/// decide.</summary>
/// <param name="grade">The grade whose quota ends among them.</param>
/// <param name="places">Places of that grade still free for them.</param>
/// <param name="units">The tied units, in ordinal order.</param>
public sealed class EdgeTieException(Grade grade, int places, IReadOnlyList<string> units) : Exception(
    $"The units {string.Join(", ", units)} are equal in total and in every tie key, but {grade.Name.En} has only "
    + $"{places} place(s) left for them. Add a key under grades.ties.then, or set at_edge to all_in or all_out.")
{
    /// <summary>The grade whose quota ends among them.</summary>
    public Grade Grade { get; } = grade;

    /// <summary>Places of that grade still free for them.</summary>
    public int Places { get; } = places;

    /// <summary>The tied units, in ordinal order.</summary>
    public IReadOnlyList<string> Units { get; } = units;
}
