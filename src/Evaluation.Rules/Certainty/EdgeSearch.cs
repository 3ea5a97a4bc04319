using Evaluation.Rules.Grading;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// How many points separate a unit from another grade, the points of all others held. The grade is tried by judging,
/// ranking and grading anew at every place where it can change: at another unit's total, at a band, at a line a
/// judgement draws; between two of them nothing changes. The search halves, as more points never lead to a worse grade.
/// </summary>
internal sealed class EdgeSearch
{
    private static readonly decimal Smallest = new(1, 0, 0, false, Contest.PointDecimals);

    private readonly Contest _contest;
    private readonly CompiledScheme _scheme;
    private readonly GradeTable _table;
    private readonly Regrading _regrading;
    private readonly List<Candidate> _others;
    private readonly decimal[] _lines;
    private readonly Dictionary<string, sbyte> _places;

    /// <summary>A search among the units of a contest.</summary>
    /// <param name="contest">The units.</param>
    /// <param name="scheme">Their scheme.</param>
    /// <param name="table">Its grade table.</param>
    /// <param name="cards">The cards of the run, for their grades.</param>
    public EdgeSearch(Contest contest, CompiledScheme scheme, GradeTable table, IEnumerable<ScoreCard> cards)
    {
        (_contest, _scheme, _table, _regrading) = (contest, scheme, table, new Regrading(scheme, table));
        _others = Ranking.InOrder(
            Enumerable.Range(0, contest.Units).Select(contest.Of).Where(candidate => candidate.TakesPart), table);
        var slots = scheme.EmptySlots();
        _lines = [.. table.Bands.SelectMany(band => ConditionWords.Thresholds(scheme, slots, band.When))
            .Concat(table.Quotas.Select(quota => quota.AtLeast).OfType<decimal>())];
        _places = cards.ToDictionary(
            card => card.Unit, card => DrawResults.PlaceOf(table, card.Grade), StringComparer.Ordinal);
    }

    /// <summary>The edges of a unit that takes part.</summary>
    public UnitEdges Of(int unit)
    {
        var own = _contest.Of(unit);
        if (_places[own.Sheet.Unit] < 0) return new UnitEdges(null, null);
        var trial = new Trial(this, unit);
        return new UnitEdges(trial.Edge(up: true), trial.Edge(up: false));
    }

    /// <summary>Tries of one unit.</summary>
    private sealed class Trial(EdgeSearch search, int unit)
    {
        private readonly Candidate _own = search._contest.Of(unit);
        private readonly List<Candidate> _others =
            [.. search._others.Where(candidate => !ReferenceEquals(candidate, search._contest.Of(unit)))];

        private readonly Dictionary<decimal, sbyte> _tried = [];

        private sbyte Now => search._places[_own.Sheet.Unit];

        public GradeEdge? Edge(bool up)
        {
            var beyondAll = up ? Now == 0 : Now == search._table.Grades.Count - 1;
            if (beyondAll || (_own.Judged.SetGrade is not null && search._contest.Plans[unit].IsConstant)) return null;
            var distances = Distances(up);
            if (distances.Length == 0 || First(distances, up) is not { } place) return null;
            var distance = distances[place];
            var reached = distance > 0m && Counts(GradeAt(Signed(distance, up)), up);
            var grade = GradeAt(Signed(reached ? distance : distance + Smallest, up));
            return new GradeEdge(search._table.Grades[grade].Id, distance, !reached);
        }

        /// <summary>The first place at which the grade is another, or null where there is none.</summary>
        private int? First(decimal[] distances, bool up)
        {
            // Most units have the edge where the next better or worse unit stands: two tries then show it.
            var near = Neighbour(distances, up);
            if (near >= 0 && Changes(distances[near], up) && (near == 0 || !Changes(distances[near - 1], up))) return near;
            var (not, does) = (-1, distances.Length - 1);
            if (!Changes(distances[does], up)) return null;
            while (does - not > 1)
            {
                var middle = not + ((does - not) / 2);
                if (Changes(distances[middle], up)) does = middle;
                else not = middle;
            }

            return does;
        }

        private int Neighbour(decimal[] distances, bool up)
        {
            decimal? nearest = null;
            foreach (var other in _others)
            {
                var place = search._places[other.Sheet.Unit];
                if (up ? place >= Now : place <= Now) continue;
                var distance = Signed(other.Judged.Points - _own.Judged.Points, up);
                if (distance >= 0m && (nearest is null || distance < nearest)) nearest = distance;
            }

            return nearest is { } found ? Array.BinarySearch(distances, found) : -1;
        }

        /// <summary>Where the grade can change, nearest first, as far as points can go.</summary>
        private decimal[] Distances(bool up)
        {
            var most = up ? search._scheme.Scheme.OutOf - _own.Sheet.Points : _own.Sheet.Points;
            var judged = _others.Select(other => other.Judged.Points).Concat(search._lines)
                .Select(level => level - _own.Judged.Points);
            var before = search._contest.Plans[unit].Lines.Select(level => level - _own.Sheet.Points);
            return [.. judged.Concat(before)
                .Select(distance => up ? distance : -distance)
                .Where(distance => distance >= 0m && distance <= most)
                .Distinct().Order()];
        }

        /// <summary>Whether the grade is another once so many points are reached and passed.</summary>
        private bool Changes(decimal distance, bool up) => Counts(GradeAt(Signed(distance + Smallest, up)), up);

        private bool Counts(sbyte grade, bool up) => grade >= 0 && (up ? grade < Now : grade > Now);

        private static decimal Signed(decimal distance, bool up) => up ? distance : -distance;

        private sbyte GradeAt(decimal shift)
        {
            if (_tried.TryGetValue(shift, out var known)) return known;
            var candidate = search._contest.Judge(unit, shift, search._contest.InProportion);
            sbyte grade = -1;
            if (candidate.TakesPart)
            {
                var placed = Ranking.With(_others, candidate, search._table);
                var grades = search._regrading.Of(placed, out _);
                for (var i = 0; i < placed.Count; i++)
                {
                    if (ReferenceEquals(placed[i].Candidate, candidate)) grade = DrawResults.PlaceOf(search._table, grades[i]);
                }
            }

            _tried.Add(shift, grade);
            return grade;
        }
    }
}
