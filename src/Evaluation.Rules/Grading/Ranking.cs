using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Grading;

/// <summary>One unit on its way to a card: what was scored, what was judged, and the keys it is ordered by.</summary>
internal sealed record Candidate(UnitFacts Facts, ScoreSheet Sheet, Judged Judged, IReadOnlyList<FeelValue> Keys)
{
    public bool TakesPart => Sheet.Complete && Judged.Excluded is null;

    public bool RanksLast => Judged.SetGrade is not null;
}

/// <summary>A candidate with its rank.</summary>
/// <param name="Candidate">The unit.</param>
/// <param name="Rank">From 1; equal units share it.</param>
/// <param name="Tied">Other units with the same rank.</param>
/// <param name="KeyThatTold">Index of the tie key that separated it from a unit with the same total, or null.</param>
internal sealed record Placed(Candidate Candidate, int Rank, int Tied, int? KeyThatTold);

/// <summary>
/// The order of units: greatest unrounded total first, then the tie keys; units whose grade a judgement sets come after
/// all others. Equal units share a rank (1, 2, 2, 4) and stand in ordinal order of their ids.
/// </summary>
internal static class Ranking
{
    public static IReadOnlyList<Placed> Of(IEnumerable<Candidate> candidates, GradeTable? grades) =>
        Place(InOrder(candidates, grades), grades, tellKeys: true);

    /// <summary>The candidates in order, without their ranks.</summary>
    public static List<Candidate> InOrder(IEnumerable<Candidate> candidates, GradeTable? grades)
    {
        var ordered = candidates.ToList();
        ordered.Sort(new ByRank(grades?.TieKeys ?? []));
        return ordered;
    }

    /// <summary>The ranking of candidates that are in order already, with one more among them; which key told equal
    /// totals apart is left out.</summary>
    public static IReadOnlyList<Placed> With(IReadOnlyList<Candidate> ordered, Candidate own, GradeTable grades)
    {
        var all = new List<Candidate>(ordered.Count + 1);
        all.AddRange(ordered);
        var at = all.BinarySearch(own, new ByRank(grades.TieKeys));
        all.Insert(at < 0 ? ~at : at, own);
        return Place(all, grades, tellKeys: false);
    }

    private sealed class ByRank(IReadOnlyList<TieKey> keys) : IComparer<Candidate>
    {
        public int Compare(Candidate? left, Candidate? right)
        {
            var order = Ranking.Compare(left!, right!, keys);
            return order != 0 ? order : string.CompareOrdinal(left!.Sheet.Unit, right!.Sheet.Unit);
        }
    }

    private static List<Placed> Place(List<Candidate> ordered, GradeTable? grades, bool tellKeys)
    {
        var keys = grades?.TieKeys ?? [];
        var placed = new List<Placed>(ordered.Count);
        for (var first = 0; first < ordered.Count;)
        {
            var after = first + 1;
            while (after < ordered.Count && Compare(ordered[first], ordered[after], keys) == 0) after++;
            var told = tellKeys ? KeyThatTold(ordered, first, after, keys) : null;
            for (var i = first; i < after; i++) placed.Add(new Placed(ordered[i], first + 1, after - first - 1, told));
            first = after;
        }

        return placed;
    }

    private static int? KeyThatTold(List<Candidate> ordered, int first, int after, IReadOnlyList<TieKey> keys)
    {
        int? told = null;
        foreach (var neighbour in new[] { first - 1, after })
        {
            if (neighbour < 0 || neighbour >= ordered.Count) continue;
            var (one, other) = (ordered[first], ordered[neighbour]);
            if (one.RanksLast != other.RanksLast || one.Judged.Points != other.Judged.Points) continue;
            for (var key = 0; key < keys.Count; key++)
            {
                if (CompareKey(one.Keys[key], other.Keys[key], keys[key].Descending) == 0) continue;
                told = Math.Max(told ?? 0, key);
                break;
            }
        }

        return told;
    }

    private static int Compare(Candidate left, Candidate right, IReadOnlyList<TieKey> keys)
    {
        var order = left.RanksLast.CompareTo(right.RanksLast);
        if (order == 0) order = right.Judged.Points.CompareTo(left.Judged.Points);
        for (var key = 0; order == 0 && key < keys.Count; key++)
        {
            order = CompareKey(left.Keys[key], right.Keys[key], keys[key].Descending);
        }

        return order;
    }

    // What cannot be computed comes last in either direction.
    private static int CompareKey(FeelValue left, FeelValue right, bool descending)
    {
        var (hasLeft, hasRight) = (left.TryNumber(out var a), right.TryNumber(out var b));
        if (!hasLeft || !hasRight) return hasRight.CompareTo(hasLeft);
        return descending ? b.CompareTo(a) : a.CompareTo(b);
    }
}
