using System.Globalization;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>What became of a mutant.</summary>
public enum MutantFate
{
    /// <summary>A worked case came out otherwise than it expects.</summary>
    Killed,

    /// <summary>No case noticed, but the changed rule set does not load or fails a static check: nobody could use
    /// it.</summary>
    Refused,

    /// <summary>No case can notice, and <c>mutants.yaml</c> says why.</summary>
    Equivalent,

    /// <summary>Nothing noticed.</summary>
    Survived,
}

/// <summary>One changed rule and what became of it.</summary>
/// <param name="Location">File and line of the change.</param>
/// <param name="Change">What was changed, e.g. <c>R1 band 1: &gt;= 0.5 → &gt; 0.5</c>.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="By">The case or check that noticed, or the reason why none can; empty for a survivor.</param>
public sealed record MutantResult(FileLocation Location, string Change, MutantFate Fate, string By);

/// <summary>
/// What <c>rules mutate</c> found. Mutants that the static checks refuse are counted apart: they can never come into
/// use, so that no case has to notice them. Equivalent ones count as not killed.
/// </summary>
/// <param name="Folder">The folder as it was named.</param>
/// <param name="Results">Every mutant, by file and line.</param>
/// <param name="Problems">Entries of <c>mutants.yaml</c> that no surviving mutant answers to.</param>
public sealed record MutationReport(
    string Folder, IReadOnlyList<MutantResult> Results, IReadOnlyList<RuleProblem> Problems)
{
    private const int Percent = 100;
    private const int Enough = 95;

    /// <summary>Mutants that a worked case noticed.</summary>
    public int Killed => Results.Count(result => result.Fate == MutantFate.Killed);

    /// <summary>Mutants that could come into use.</summary>
    public int Total => Results.Count(result => result.Fate != MutantFate.Refused);

    /// <summary>Mutants that only a static check noticed.</summary>
    public int Refused => Results.Count(result => result.Fate == MutantFate.Refused);

    /// <summary>At least 95 in 100 are killed, and <c>mutants.yaml</c> names no mutant that is dead or gone.</summary>
    public bool Passed => Killed * Percent >= Total * Enough && Total > 0 && Problems.Count == 0;

    /// <summary>One line for each survivor, each equivalent mutant and each problem, and the counts last.</summary>
    public IEnumerable<string> Lines =>
    [
        .. Problems.Select(problem => (problem with { Location = Seen(problem.Location) }).ToString()),
        .. Results.Where(result => result.Fate is MutantFate.Survived or MutantFate.Equivalent).Select(Line),
        string.Create(CultureInfo.InvariantCulture, $"static checks refuse {Refused} more; {Equivalents} equivalent"),
        Summary(Killed, Total),
    ];

    private int Equivalents => Results.Count(result => result.Fate == MutantFate.Equivalent);

    /// <summary><c>killed K of N (P %)</c>.</summary>
    public static string Summary(int killed, int total) => string.Create(
        CultureInfo.InvariantCulture,
            $"killed {killed} of {total} ({(total == 0 ? 0m : (decimal)Percent * killed / total):0.0} %)");

    private string Line(MutantResult result) => $"{Seen(result.Location)}: " + (result.Fate == MutantFate.Survived
        ? $"survived: {result.Change}"
        : $"equivalent: {result.Change} ({result.By})");

    private FileLocation Seen(FileLocation location) =>
        location with { Path = $"{Folder.Replace('\\', '/').TrimEnd('/')}/{location.Path}" };
}
