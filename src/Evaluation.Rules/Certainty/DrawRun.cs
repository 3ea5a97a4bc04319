using System.Collections.Concurrent;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// Runs the weight draws: totals, judgements, ranks, grades by the real grade table, awards by the real allocator. Each
/// draw writes to places of its own, so that the number of threads and their order change nothing.
/// </summary>
internal sealed class DrawRun
{
    private const decimal FenAYuan = 100m;

    private readonly Contest _contest;
    private readonly UnitTable _table;
    private readonly WeightNoise _noise;
    private readonly CompiledScheme _scheme;
    private readonly Regrading? _regrading;
    private readonly IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> _units;
    private readonly Dictionary<string, int> _places;
    private readonly IReadOnlyList<Pool> _pools;
    private readonly bool _awardsReadParts;
    private readonly bool _awardsFollowGrades;
    private readonly ClaimsByGrade? _claims;
    private readonly double[] _nominal;
    private readonly ConcurrentDictionary<string, Lazy<long[]?>> _allocated = new(StringComparer.Ordinal);

    /// <summary>A run of draws.</summary>
    /// <param name="contest">The units with a complete sheet.</param>
    /// <param name="table">What they earned.</param>
    /// <param name="noise">Draws the weights.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="units">Facts and card of every unit of the category: those without a total get no award, but are
    /// there when the pot is shared.</param>
    /// <param name="pools">The pots of the cycle.</param>
    public DrawRun(
        Contest contest, UnitTable table, WeightNoise noise, CompiledScheme scheme,
        IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> units, IReadOnlyList<Pool> pools)
    {
        (_contest, _table, _noise, _scheme, _units, _pools) = (contest, table, noise, scheme, units, pools);
        _regrading = scheme.Scheme.Grades is { } grades ? new Regrading(scheme, grades) : null;
        var index = units.Select((unit, place) => (unit.Card.Unit, place))
            .ToDictionary(pair => pair.Unit, pair => pair.place, StringComparer.Ordinal);
        _places = Enumerable.Range(0, contest.Units)
            .Select(unit => contest.Of(unit).Sheet.Unit)
            .ToDictionary(unit => unit, unit => index[unit], StringComparer.Ordinal);
        var reading = scheme.Scheme.Awards.SelectMany(policy => policy.Formulas)
            .Select(part => CardReadings.Of(scheme.Scheme, part.Formula))
            .DefaultIfEmpty(CardReading.Nothing).Max();
        _awardsReadParts = reading == CardReading.Parts;
        _awardsFollowGrades = reading == CardReading.Nothing;
        _claims = _awardsFollowGrades ? new ClaimsByGrade() : null;
        _nominal = new double[table.AsDeclared.Units];
        table.AsDeclared.Sum(table.AsDeclared.Weights, _nominal);
    }

    /// <summary>Draws so many times.</summary>
    public DrawResults Run(int draws, Action<int> progress, CancellationToken cancel)
    {
        var results = new DrawResults(_contest.Units, draws);
        var done = 0;
        Parallel.For(0, draws, new ParallelOptions { CancellationToken = cancel }, draw =>
        {
            Draw(draw, results);
            progress(Interlocked.Increment(ref done));
        });
        return results;
    }

    /// <summary>The ranking under some weights.</summary>
    public Played Play(double[] weights)
    {
        var shifts = new double[_nominal.Length];
        _table.AsDeclared.Sum(weights, shifts);
        for (var unit = 0; unit < shifts.Length; unit++) shifts[unit] -= _nominal[unit];
        return _contest.Play(shifts, (unit, _) => _contest.WithPoints(unit, PointsOf(unit, weights)));
    }

    private void Draw(int draw, DrawResults results)
    {
        var weights = _noise.Draw(draw);
        var played = Play(weights);
        for (var unit = 0; unit < played.Ranks.Length; unit++)
        {
            results.Ranks[unit][draw] = played.Ranks[unit];
            results.Grades[unit][draw] = -1;
        }

        var grades = _regrading?.Of(played.Placed, out results.Undecided[draw]);
        if (grades is not null)
        {
            for (var place = 0; place < grades.Count; place++)
            {
                results.Grades[played.Entrants[place]][draw] = DrawResults.PlaceOf(_scheme.Scheme.Grades, grades[place]);
            }
        }

        if (_scheme.Scheme.Awards.Count == 0) return;
        var fen = Awards(weights, played, grades);
        results.Infeasible[draw] = fen is null;
        for (var unit = 0; unit < played.Ranks.Length; unit++)
        {
            results.Fen[unit][draw] = fen is null ? DrawResults.NoAward : fen[unit];
        }
    }

    /// <summary>Awards in fen by unit; null where the pot cannot be shared.</summary>
    private long[]? Awards(double[] weights, Played played, IReadOnlyList<string?>? grades)
    {
        if (!_awardsFollowGrades) return Allocate(weights, played, grades);

        // The same grades give the same awards: nothing else of the card has a part in them.
        var key = new char[_contest.Units];
        for (var place = 0; place < played.Entrants.Length; place++)
        {
            key[played.Entrants[place]] = (char)(2 + DrawResults.PlaceOf(_scheme.Scheme.Grades, grades?[place]));
        }

        return _allocated.GetOrAdd(new string(key), _ => new(() => Allocate(weights, played, grades))).Value;
    }

    private long[]? Allocate(double[] weights, Played played, IReadOnlyList<string?>? grades)
    {
        var units = _units.Select(unit => unit.Card.Rank is null ? unit : unit with { Card = Unranked(unit.Card) }).ToList();
        for (var place = 0; place < played.Entrants.Length; place++)
        {
            var unit = played.Entrants[place];
            var at = _places[_contest.Of(unit).Sheet.Unit];
            units[at] = (units[at].Facts, CardOf(unit, units[at].Card, played, place, grades?[place], weights));
        }

        try
        {
            var amounts = Allocator.SumOfAll(_scheme, _pools, units, _claims);
            return [.. Enumerable.Range(0, _contest.Units)
                .Select(unit => (long)(amounts[_places[_contest.Of(unit).Sheet.Unit]] * FenAYuan))];
        }
        catch (AllocationException)
        {
            // Such a draw is counted and told: it has no awards that could enter an interval.
            return null;
        }
    }

    private static ScoreCard Unranked(ScoreCard card) => card with { Total = null, Rank = null, Grade = null };

    private ScoreCard CardOf(
        int unit, ScoreCard card, Played played, int place, string? grade, double[] weights)
    {
        var points = played.Placed[place].Candidate.Judged.Points;
        var own = card with
        {
            Points = points,
            Total = points,
            Rank = played.Placed[place].Rank,
            Ranked = played.Entrants.Length,
            Grade = grade,
        };
        if (!_awardsReadParts) return own;
        var sheet = _contest.WithPoints(unit, PointsOf(unit, weights));
        return own with
        {
            Lines = [.. sheet.Lines, .. card.Lines.Where(line => line.Kind == LedgerLineKind.Judgement)],
            Blocks = sheet.Blocks,
            Figures = sheet.Figures,
        };
    }

    /// <summary>Points of every line of a unit under some weights: those it has, and the change.</summary>
    private decimal[] PointsOf(int unit, double[] weights)
    {
        var (then, now) = (LinePoints(unit, weights), LinePoints(unit, _table.AsDeclared.Weights));
        var lines = _contest.Of(unit).Sheet.Lines;
        return [.. lines.Select((line, i) => line.Points + Contest.Exactly(then[i] - now[i]))];
    }

    private double[] LinePoints(int unit, double[] weights)
    {
        var (points, applicable) = (new double[weights.Length], 0.0);
        for (var i = 0; i < points.Length; i++)
        {
            if (!_table.AsDeclared.Applies(i, unit)) continue;
            applicable += weights[i];
            points[i] = weights[i] * _table.AsDeclared.Share(i, unit);
        }

        var factor = applicable > 0.0 ? ShareTable.Number(_scheme.Scheme.OutOf) / applicable : 0.0;
        return Array.ConvertAll(points, point => point * factor);
    }
}
