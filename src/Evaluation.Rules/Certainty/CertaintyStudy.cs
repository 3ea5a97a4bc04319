using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// Examines how certain the results of a category are: weight noise, drop-one, other choices of the method, the distance
/// to the next grade, attribution, and a cross-check that adds nothing up. A pure function of rules and facts: the same
/// in every culture and on any number of threads, whatever the order of the units.
/// </summary>
public sealed class CertaintyStudy
{
    /// <summary>Name of the random number generator, as the manifest gives it.</summary>
    public const string Generator = "splitmix64 by place";

    private readonly Scorer _scorer;
    private readonly CompiledScheme _scheme;
    private readonly Robustness _spec;
    private readonly IReadOnlyList<Pool> _pools;
    private readonly List<(UnitFacts Facts, ScoreCard Card)> _units;
    private readonly Contest _contest;
    private readonly UnitTable _table;
    private readonly WeightNoise _noise;
    private readonly DrawRun _draws;

    private CertaintyStudy(Scorer scorer, Robustness spec, IReadOnlyList<Pool> pools, IReadOnlyList<UnitFacts> facts)
    {
        (_scorer, _scheme, _spec, _pools) = (scorer, scorer.Compiled, spec, pools);
        var ordered = facts.OrderBy(unit => unit.Unit, StringComparer.Ordinal).ToList();
        var sheets = ordered.ConvertAll(unit => (Facts: unit, Sheet: _scorer.Score(unit)));
        var cards = Grader.Grade(_scheme, sheets).ToDictionary(card => card.Unit, StringComparer.Ordinal);
        _units = ordered.ConvertAll(unit => (unit, cards[unit.Unit]));
        var complete = sheets.FindAll(unit => unit.Sheet.Complete);
        _contest = new Contest(scorer, complete);
        _table = new UnitTable(_scheme, complete.ConvertAll(unit => unit.Facts));
        _noise = new WeightNoise(_table.AsDeclared, spec.Seed, spec.Noise);
        _draws = new DrawRun(_contest, _table, _noise, _scheme, _units, pools);
    }

    /// <summary>The study of one category.</summary>
    /// <param name="scorer">The scorer of the category.</param>
    /// <param name="spec">What is to be examined.</param>
    /// <param name="pools">The pots of the cycle; those that the scheme's awards name are shared out.</param>
    /// <param name="facts">Facts of every unit of the category, in any order.</param>
    /// <param name="progress">Told the number of draws done.</param>
    /// <param name="cancel">Ends the study.</param>
    /// <exception cref="EdgeTieException">The ranking itself waits for a decision.</exception>
    /// <exception cref="AllocationException">The pot itself cannot be shared.</exception>
    /// <exception cref="ArgumentException">A total is too great to be compared in draws.</exception>
    public static CategoryCertainty Of(
        Scorer scorer, Robustness spec, IReadOnlyList<Pool> pools, IReadOnlyList<UnitFacts> facts, Action<int>? progress = null,
        CancellationToken cancel = default) =>
        new CertaintyStudy(scorer, spec, pools, facts).Run(progress ?? (_ => { }), cancel);

    private CategoryCertainty Run(Action<int> progress, CancellationToken cancel)
    {
        var awards = _scheme.Scheme.Awards.Count == 0 ? null : Allocator.SumOfAll(_scheme, _pools, _units)
            .Zip(_units).ToDictionary(pair => pair.Second.Card.Unit, pair => pair.First, StringComparer.Ordinal);
        var draws = _draws.Run(_spec.Draws, progress, cancel);
        var without = WithoutEach();
        var pairs = new PairComparison(_scheme, _table);
        var copeland = pairs.Copeland(cancel);
        var units = new UnitResults(this, draws, without, copeland, awards).All(cancel);
        return new CategoryCertainty(
            _scheme.Scheme.Category, _scheme.Scheme.Id, ManifestOf(draws), units, Influences(without),
            _spec.Choices is null ? null : new ChoiceStudy(_contest, _table, _noise, _spec).Run(cancel),
            CheckOf(pairs, copeland, cancel));
    }

    private CertaintyManifest ManifestOf(DrawResults draws) => new(
        _spec.Seed, _spec.Draws, _spec.Noise, _spec.FragileBelow, Generator, Contest.PointDecimals, _units.Count,
        _contest.Units, draws.Undecided.Count(undecided => undecided),
        draws.Infeasible.Count(infeasible => infeasible));

    /// <summary>Ranks without each block and each indicator, in scheme order, a block before its indicators.</summary>
    private List<LeftOut> WithoutEach()
    {
        var all = new List<LeftOut>();
        for (var block = 0; block < _table.AsDeclared.Blocks.Length; block++)
        {
            var own = _scheme.Scheme.Blocks[block];
            if (_table.AsDeclared.Blocks.Length > 1)
            {
                all.Add(new LeftOut(own.Id, true, own.Name, _draws.Play(_noise.WithoutBlock(block)).Ranks));
            }

            var (first, after) = _table.AsDeclared.Blocks[block];
            for (var i = first; i < after && _table.Indicators > 1; i++)
            {
                var indicator = _scheme.Indicators[i].Indicator;
                all.Add(new LeftOut(
                    indicator.Id, false, indicator.Name, _draws.Play(_noise.WithoutIndicator(i)).Ranks));
            }
        }

        return all;
    }

    private List<WeightInfluence> Influences(List<LeftOut> without)
    {
        var nominal = _draws.Play(_table.AsDeclared.Weights).Ranks;
        return [.. without
            .Select(left => new WeightInfluence(
                left.Id, left.IsBlock, left.Name, RankChange.MeanExact(nominal, left.Ranks)))
            .OrderByDescending(influence => influence.MeanRankChange)];
    }

    private CrossCheck CheckOf(PairComparison pairs, int[] copeland, CancellationToken cancel)
    {
        var points = Enumerable.Range(0, _contest.Units).Select(unit => _contest.Of(unit).Sheet.Points).ToArray();
        string IdOf(int unit) => _contest.Of(unit).Sheet.Unit;
        return new CrossCheck(
            (long)_contest.Units * (_contest.Units - 1) / 2,
            [.. pairs.Disagreeing(points, copeland, cancel)
                .Select(pair => new DisagreeingPair(IdOf(pair.Above), IdOf(pair.Below), pair.Weight))]);
    }

    /// <summary>A ranking without an indicator or a block.</summary>
    private sealed record LeftOut(string Id, bool IsBlock, Bilingual Name, int[] Ranks);

    /// <summary>Puts together what is known of each unit.</summary>
    private sealed class UnitResults(
        CertaintyStudy study, DrawResults draws, List<LeftOut> without, int[] copeland,
        IReadOnlyDictionary<string, decimal>? awards)
    {
        private const int Decimals = 6;
        private const decimal FenAYuan = 100m;

        private readonly GradeTable? _table = study._scheme.Scheme.Grades;
        private readonly Attribution _attribution = new(
            study._units.ConvertAll(unit => unit.Card).FindAll(card => card.Rank is not null), study._table.Indicators);

        private readonly EdgeSearch? _edges = study._scheme.Scheme.Grades is { } table
            ? new EdgeSearch(study._contest, study._scheme, table, study._units.Select(unit => unit.Card))
            : null;

        public IReadOnlyList<UnitCertainty> All(CancellationToken cancel)
        {
            var places = Enumerable.Range(0, study._contest.Units)
                .ToDictionary(unit => study._contest.Of(unit).Sheet.Unit, unit => unit, StringComparer.Ordinal);
            var words = new CertaintyWords(study._scheme, study._spec);
            return [.. study._units.AsParallel().AsOrdered().WithCancellation(cancel).Select(unit =>
                words.Put(places.TryGetValue(unit.Card.Unit, out var place)
                    ? Of(unit.Card, place)
                    : WithoutTotal(unit.Card)))];
        }

        private UnitCertainty WithoutTotal(ScoreCard card) => new(
            card.Unit, card.Total, card.Rank, card.Grade, awards?[card.Unit], null, null, [], null, null, null, null,
            false, [], null, [], null, new Bilingual("", ""), null, null);

        private UnitCertainty Of(ScoreCard card, int unit)
        {
            var ranks = draws.Ranks[unit].Where(rank => rank > 0).Select(rank => (long)rank).ToArray();
            var fen = draws.Fen[unit].Where(amount => amount != DrawResults.NoAward).ToArray();
            var holds = card.Grade is null
                ? (decimal?)null
                : Share(draws.Grades[unit].Count(grade => grade == DrawResults.PlaceOf(_table, card.Grade)), study._spec.Draws);
            var edges = _edges is not null && card.Rank is not null ? _edges.Of(unit) : new UnitEdges(null, null);
            return WithoutTotal(card) with
            {
                Ranks = Quantiles.Of(ranks, 1m),
                GradeHolds = holds,
                Grades = GradesOf(unit),
                Paid = awards is null || fen.Length == 0 ? null : Share(fen.Count(amount => amount > 0), fen.Length),
                Awards = awards is null ? null : Quantiles.Of(fen, FenAYuan),
                Better = edges.Better,
                Worse = edges.Worse,
                Fragile = holds < study._spec.FragileBelow,
                Without = [.. without.Select(left =>
                    new RankWithout(left.Id, left.IsBlock, left.Ranks[unit] == 0 ? null : left.Ranks[unit]))],
                Mean = card.Rank is null ? null : _attribution.Mean,
                Parts = card.Rank is null ? [] : _attribution.Of(card),
                Copeland = copeland[unit],
            };
        }

        private List<GradeChance> GradesOf(int unit) =>
        [
            .. (_table?.Grades ?? [])
                .Select((grade, place) => new GradeChance(
                    grade.Id, Share(draws.Grades[unit].Count(found => found == place), study._spec.Draws)))
                .Where(chance => chance.Share > 0m),
        ];

        private static decimal Share(int count, int of) => Math.Round((decimal)count / of, Decimals, MidpointRounding.ToEven);
    }
}
