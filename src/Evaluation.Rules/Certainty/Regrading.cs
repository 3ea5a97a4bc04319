using Evaluation.Rules.Grading;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>Grades a ranking by the scheme's real grade table.</summary>
internal sealed class Regrading
{
    private readonly CompiledScheme _scheme;
    private readonly GradeTable _table;
    private readonly GradeTable _decided;

    public Regrading(CompiledScheme scheme, GradeTable table)
    {
        (_scheme, _table) = (scheme, table);
        _decided = table with { EdgeTies = EdgeTies.AllOut };
    }

    /// <summary>A grade for every placed unit, in their order.</summary>
    /// <param name="placed">The ranking.</param>
    /// <param name="undecided">True where equal units stand across the edge of a quota and the rule leaves it to
    /// people: then none of them gets the better grade.</param>
    public IReadOnlyList<string?> Of(IReadOnlyList<Placed> placed, out bool undecided)
    {
        undecided = false;
        try
        {
            return Grades(_table, placed);
        }
        catch (EdgeTieException)
        {
            undecided = true;
            return Grades(_decided, placed);
        }
    }

    private List<string?> Grades(GradeTable table, IReadOnlyList<Placed> placed) =>
        new GradeAssignment(_scheme, table, placed).Of().ConvertAll(decision => decision.Grade);
}
