using Evaluation.Rules.Grading;

namespace Evaluation.Rules.Certainty;

/// <summary>What became of every unit of a contest with other points. Who only wants ranks pays for nothing else.</summary>
/// <param name="ranks">Rank by unit; 0 where the unit took no part.</param>
/// <param name="entrants">The units that took part, in order.</param>
/// <param name="judged">A unit as it was judged.</param>
internal sealed class Played(int[] ranks, int[] entrants, Func<int, Candidate> judged)
{
    private IReadOnlyList<Placed>? _placed;

    /// <summary>Rank by unit; 0 where the unit took no part.</summary>
    public int[] Ranks => ranks;

    /// <summary>The units that took part, in order.</summary>
    public int[] Entrants => entrants;

    /// <summary>The ranking, in the order of the entrants.</summary>
    public IReadOnlyList<Placed> Placed =>
        _placed ??= [.. entrants.Select(unit => new Placed(judged(unit), ranks[unit], 0, null))];
}
