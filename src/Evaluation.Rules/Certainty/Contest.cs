using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// The units of a category that have a total, judged, ranked and graded anew with points a little other than their own.
/// A shift of nothing gives the ranking of the run exactly: shifts are added to the exact points, and units whose totals
/// are equal to nine decimals stand in the order of the run and share a rank where they share it there.
/// </summary>
internal sealed class Contest
{
    /// <summary>Shifts are whole billionths of a point.</summary>
    public const int PointDecimals = 9;

    private const double UnitsAPoint = 1e9;
    private const long RanksLast = long.MaxValue / 2;

    // The greatest total whose billionths leave room for those who rank last.
    private const long GreatestTotal = 1_000_000_000;

    private readonly CompiledScheme _scheme;
    private readonly Scorer _scorer;
    private readonly Candidate[] _candidates;
    private readonly int[] _position;
    private readonly int[] _nominalRank;
    private readonly long[] _keys;

    /// <summary>A contest among the units of one category.</summary>
    /// <param name="scorer">The scorer of the category.</param>
    /// <param name="units">Facts and sheet of every unit with a complete sheet.</param>
    public Contest(Scorer scorer, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet)> units)
    {
        (_scorer, _scheme) = (scorer, scorer.Compiled);
        _candidates = [.. units.Select(unit => Grader.CandidateOf(_scheme, unit.Facts, unit.Sheet))];
        Plans = [.. units.Select(unit => new JudgementPlan(_scheme, unit.Facts, unit.Sheet))];
        var unfit = Array.Find(_candidates, candidate => Math.Abs(candidate.Judged.Points) > GreatestTotal);
        if (unfit is not null)
        {
            throw new ArgumentException(
                $"The total of {unfit.Sheet.Unit} is too great for weight draws; a total may have nine digits.");
        }

        _keys = Array.ConvertAll(_candidates, KeyOf);

        // Excluded units stand behind the others: a draw may bring them in.
        var index = Enumerable.Range(0, units.Count)
            .ToDictionary(i => _candidates[i].Sheet.Unit, StringComparer.Ordinal);
        (_position, _nominalRank) = (new int[units.Count], new int[units.Count]);
        foreach (var taking in (bool[])[true, false])
        {
            var placed = Ranking.Of(
                _candidates.Where(candidate => candidate.TakesPart == taking), _scheme.Scheme.Grades);
            var before = taking ? 0 : _candidates.Count(candidate => candidate.TakesPart);
            for (var place = 0; place < placed.Count; place++)
            {
                var unit = index[placed[place].Candidate.Sheet.Unit];
                _position[unit] = before + place;
                _nominalRank[unit] = before + placed[place].Rank;
            }
        }
    }

    /// <summary>Number of units.</summary>
    public int Units => _candidates.Length;

    /// <summary>The judgements of every unit, prepared.</summary>
    public JudgementPlan[] Plans { get; }

    /// <summary>A unit as it stands in the run.</summary>
    public Candidate Of(int unit) => _candidates[unit];

    /// <summary>Ranks with points shifted.</summary>
    /// <param name="shifts">Change of every unit's points before judgements.</param>
    /// <param name="sheets">Gives a unit's sheet with its points shifted; needed where a judgement looks into the
    /// card.</param>
    public Played Play(ReadOnlySpan<double> shifts, Func<int, decimal, ScoreSheet> sheets)
    {
        var judged = new Candidate?[_candidates.Length];
        var billionths = new long[_candidates.Length];
        var keys = new long[_candidates.Length];
        var entrants = new int[_candidates.Length];
        var count = 0;
        for (var unit = 0; unit < _candidates.Length; unit++)
        {
            billionths[unit] = Billionths(shifts[unit]);
            if (!Plans[unit].IsConstant) judged[unit] = Judge(unit, Exactly(billionths[unit]), sheets);
            if (!(judged[unit] ?? _candidates[unit]).TakesPart) continue;
            keys[count] = judged[unit] is { } own ? KeyOf(own) : _keys[unit] - billionths[unit];
            entrants[count++] = unit;
        }

        Array.Resize(ref entrants, count);
        Array.Sort(keys, entrants, 0, count);
        PutTiesInOrder(keys, entrants);
        return new Played(
            RanksOf(keys, entrants), entrants,
            unit => judged[unit] ?? Judge(unit, Exactly(billionths[unit]), sheets));
    }

    /// <summary>A shift as a decimal of whole billionths of a point.</summary>
    public static decimal Exactly(double shift) => Exactly(Billionths(shift));

    /// <summary>A unit judged with its points shifted.</summary>
    public Candidate Judge(int unit, decimal shift, Func<int, decimal, ScoreSheet> sheets)
    {
        var own = _candidates[unit];
        var judged = Plans[unit].Of(own.Sheet.Points + shift, () => sheets(unit, shift));
        return own with { Judged = judged };
    }

    /// <summary>A sheet whose lines are shifted in proportion, for a shift that has no weights behind it.</summary>
    public ScoreSheet InProportion(int unit, decimal shift)
    {
        var (facts, sheet) = (_candidates[unit].Facts, _candidates[unit].Sheet);
        if (sheet.Points == 0m) return sheet with { Points = shift };
        var shifted = sheet.Lines.Select(line => Math.Round(
            line.Points + (line.Points * shift / sheet.Points), CompiledPoints.Decimals, MidpointRounding.ToEven));
        return _scorer.WithPoints(facts, sheet, [.. shifted]);
    }

    /// <summary>A sheet whose lines have other points, for weights that are drawn.</summary>
    public ScoreSheet WithPoints(int unit, decimal[] points) =>
        _scorer.WithPoints(_candidates[unit].Facts, _candidates[unit].Sheet, points);

    private static long Billionths(double shift) => (long)Math.Round(shift * UnitsAPoint);

    private static decimal Exactly(long billionths)
    {
        var size = Math.Abs(billionths);
        return new decimal(unchecked((int)size), (int)(size >> 32), 0, billionths < 0, PointDecimals);
    }

    // Least key first: greatest total first, and those whose grade a judgement sets after all others.
    private static long KeyOf(Candidate candidate)
    {
        var total = (long)Math.Round(candidate.Judged.Points * (long)UnitsAPoint, MidpointRounding.ToEven);
        return (candidate.RanksLast ? RanksLast : 0) - total;
    }

    private void PutTiesInOrder(long[] keys, int[] entrants)
    {
        for (var first = 0; first < entrants.Length;)
        {
            var after = first + 1;
            while (after < entrants.Length && keys[after] == keys[first]) after++;
            if (after - first > 1)
            {
                Array.Sort(
                    entrants, first, after - first,
                    Comparer<int>.Create((left, right) => _position[left].CompareTo(_position[right])));
            }

            first = after;
        }
    }

    private int[] RanksOf(long[] keys, int[] entrants)
    {
        var ranks = new int[_candidates.Length];
        for (var place = 0; place < entrants.Length; place++)
        {
            var unit = entrants[place];
            var shares = place > 0 && keys[place] == keys[place - 1]
                && _nominalRank[unit] == _nominalRank[entrants[place - 1]];
            ranks[unit] = shares ? ranks[entrants[place - 1]] : place + 1;
        }

        return ranks;
    }
}
