using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Grading;

/// <summary>
/// What would lift the grade of a unit: for every metric the nearest value that does, found by walking along the values
/// at which its points change course (<see cref="Pieces"/>) and, on the straight line between two of them, by halving.
/// Each step is tried by scoring, judging, ranking and grading anew with the facts of all others as they are.
/// </summary>
public sealed class LiftSearch
{
    private const int MostDecimals = 6;

    private readonly Scorer _scorer;
    private readonly CompiledScheme _scheme;
    private readonly List<Candidate> _candidates;
    private readonly Dictionary<string, string?> _grades = new(StringComparer.Ordinal);

    /// <summary>A search among the units of one category.</summary>
    /// <param name="scorer">The scorer the sheets were made by.</param>
    /// <param name="units">Facts and sheet of every unit.</param>
    /// <exception cref="EdgeTieException">Their grading waits for a decision.</exception>
    public LiftSearch(Scorer scorer, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet)> units)
    {
        (_scorer, _scheme) = (scorer, scorer.Compiled);
        _candidates = [.. units.Select(unit => Grader.CandidateOf(_scheme, unit.Facts, unit.Sheet))];
        foreach (var card in Grader.Grade(_scheme, units)) _grades.Add(card.Unit, card.Grade);
    }

    /// <summary>A change for each metric that can lift the grade by itself, the smallest (next to the value now) first;
    /// empty at the best grade, without a grade, and where no single metric does it.</summary>
    /// <remarks>Passed over are metrics of single resources, metrics that a judgement or a figure among the tie keys
    /// reads, and metrics whose effect on the points is no straight line.</remarks>
    /// <exception cref="KeyNotFoundException">There is no such unit.</exception>
    public IReadOnlyList<Lift> Of(string unit)
    {
        var own = _candidates.Find(candidate => candidate.Sheet.Unit == unit)
            ?? throw new KeyNotFoundException($"The category has no unit '{unit}'.");
        if (_scheme.Scheme.Grades is not { } table || _grades[unit] is not { } grade) return [];
        var place = PlaceOf(table, grade);
        if (place <= 0 || (own.Judged.SetGrade is { } set && !ReadsCard(set)) || !RisesWithPoints()) return [];

        var trial = new Trial(this, own, table, place);
        return [.. own.Facts.Values.Keys
            .Order(StringComparer.Ordinal)
            .Select(code => _scheme.Rules.Metrics.GetValueOrDefault(code))
            .OfType<Metric>()
            .Where(metric => metric.ResourceList is null && IsUsed(metric.Code) && !ReadElsewhere(table, metric.Code))
            .Select(metric => trial.Smallest(metric))
            .OfType<Lift>()
            .OrderBy(lift => lift.Relative)
            .ThenBy(lift => lift.Metric.Code, StringComparer.Ordinal)];
    }

    private static int PlaceOf(GradeTable table, string? grade)
    {
        for (var i = 0; i < table.Grades.Count; i++)
        {
            if (table.Grades[i].Id == grade) return i;
        }

        return int.MaxValue;
    }

    private bool IsUsed(string code) => _scheme.Indicators.Any(indicator =>
        indicator.InputCodes.Contains(code) || indicator.Indicator.Applies?.When.Expression.FreeNames.Contains(code) == true);

    // A judgement that looks at the score may turn more points into fewer, except one on those below a line.
    private bool RisesWithPoints() =>
        _scheme.Scheme.Judgements.All(judgement => !ReadsCard(judgement) || IsBelowLine(judgement));

    private bool ReadsCard(Judgements.Judgement judgement) => Formulas(judgement).Any(formula =>
        formula.Expression.FreeNames.Contains(CompiledScheme.CardName)
        || _scheme.Scheme.Figures.Any(figure => formula.Expression.FreeNames.Contains(figure.Id)));

    private bool IsBelowLine(Judgements.Judgement judgement) =>
        judgement.Effect is Judgements.SetGrade or Judgements.CapGrade or Judgements.ExcludeUnit
        && judgement.When.Expression.Root is FeelBinary
        {
            Operator: FeelOperator.Less or FeelOperator.LessOrEqual,
            Left: FeelPath { Source: FeelName { Name: CompiledScheme.CardName }, Member: "total" },
        } line
        && (line.Right is FeelLiteral || (line.Right is FeelName name && _scheme.Parameters.ContainsKey(name.Name)));

    private bool ReadElsewhere(GradeTable table, string code)
    {
        var figures = _scheme.Scheme.Figures.Where(figure => figure.Value.Expression.FreeNames.Contains(code)).ToList();
        return _scheme.Scheme.Judgements.SelectMany(Formulas).Any(formula =>
                formula.Expression.FreeNames.Contains(code))
            || table.TieKeys.Any(key => key.By.Expression.FreeNames.Contains(code)
                || figures.Exists(figure => key.By.Text.Contains(figure.Id, StringComparison.Ordinal)));
    }

    private static IEnumerable<RuleSets.Formula> Formulas(Judgements.Judgement judgement) =>
        judgement.Effect is Judgements.AdjustPoints adjust ? [judgement.When, adjust.Points] : [judgement.When];

    /// <summary>Tries of one unit.</summary>
    private sealed class Trial(LiftSearch search, Candidate own, GradeTable table, int place)
    {
        private readonly List<Candidate> _others = [.. search._candidates
            .Where(candidate => candidate.TakesPart && candidate.Sheet.Unit != own.Sheet.Unit)];

        private readonly Dictionary<decimal, string?> _tried = [];

        public Lift? Smallest(Metric metric)
        {
            _tried.Clear();
            if (metric.Kind == MetricKind.Answer) return OtherAnswer(metric);
            if (!own.Facts.Values[metric.Code].TryNumber(out var from)) return null;
            if (Pieces.Of(search._scheme, search._scheme.Slots(own.Facts), metric.Code) is not { Count: > 0 } turns)
            {
                return null;
            }

            var decimals = Math.Max(metric.Unit.Decimals, Math.Min(MostDecimals, NumberText.DecimalsOf(from)));
            var step = new decimal(1, 0, 0, false, (byte)decimals);
            var (least, most) = (metric.Minimum ?? 0m, metric.Maximum ?? decimal.MaxValue);
            var stops = Stops(turns, decimals, step).Where(stop => stop > least && stop < most).Prepend(least).ToList();
            if (metric.Maximum is { } end) stops.Add(end);
            var up = Walk(metric, [from, .. stops.Where(stop => stop > from)], step);
            var down = Walk(metric, [from, .. stops.Where(stop => stop < from).Reverse()], step);
            var to = up is null || (down is not null && from - down < up - from) ? down : up;
            if (to is not { } target) return null;
            var relative = from == 0m ? 1m : Math.Abs((target - from) / from);
            return Told(metric, from, target, _tried[target]!, relative, decimals);
        }

        /// <summary>Every turn, and the nearest values on both sides of it that can be reported.</summary>
        private static SortedSet<decimal> Stops(SortedSet<decimal> turns, int decimals, decimal step)
        {
            var stops = new SortedSet<decimal>();
            foreach (var turn in turns)
            {
                // Division leaves dust in the last digits.
                var clean = Math.Round(turn, 12, MidpointRounding.ToEven);
                var below = Math.Round(clean, decimals, MidpointRounding.ToNegativeInfinity);
                stops.UnionWith([below - step, below, below + step, below + step + step]);
            }

            return stops;
        }

        /// <summary>The first value on the way, from the first stop outwards, that lifts the grade.</summary>
        private decimal? Walk(Metric metric, List<decimal> stops, decimal step)
        {
            for (var i = 1; i < stops.Count; i++)
            {
                if (!Lifts(metric, stops[i])) continue;
                return Nearest(metric, stops[i - 1], stops[i], step);
            }

            return null;
        }

        /// <summary>Between a value that does not lift and one that does: the first that does.</summary>
        private decimal Nearest(Metric metric, decimal not, decimal does, decimal step)
        {
            var way = Math.Sign(does - not);
            while (Math.Abs(does - not) > step)
            {
                var steps = decimal.Floor(Math.Abs(does - not) / step / 2m);
                var middle = does - (way * Math.Max(1m, steps) * step);
                if (middle == not) break;
                if (Lifts(metric, middle)) does = middle;
                else not = middle;
            }

            return does;
        }

        private Lift? OtherAnswer(Metric metric)
        {
            var now = own.Facts.Values[metric.Code];
            foreach (var answer in metric.Answers)
            {
                if (now.Kind == FeelKind.String && now.AsString() == answer) continue;
                if (GradeWith(metric.Code, answer) is { } grade && PlaceOf(table, grade) < place)
                {
                    return new Lift(metric, now, answer, grade, Sentence(metric, now, answer, grade, 0)) { Relative = 1m };
                }
            }

            return null;
        }

        private bool Lifts(Metric metric, decimal value)
        {
            if (!_tried.TryGetValue(value, out var grade))
            {
                grade = GradeWith(metric.Code, value);
                _tried.Add(value, grade);
            }

            return PlaceOf(table, grade) < place;
        }

        /// <summary>The grade in a run with this value, or null where there is none or the run would stop.</summary>
        private string? GradeWith(string metric, FeelValue value)
        {
            var values = new Dictionary<string, FeelValue>(own.Facts.Values, StringComparer.Ordinal) { [metric] = value };
            var facts = own.Facts with { Values = values };
            var candidate = Grader.CandidateOf(search._scheme, facts, search._scorer.Score(facts));
            if (!candidate.TakesPart || candidate.Judged.Points < own.Judged.Points) return null;
            var placed = Ranking.Of(_others.Append(candidate), table);
            try
            {
                var decisions = new GradeAssignment(search._scheme, table, placed).Of();
                for (var i = 0; i < placed.Count; i++)
                {
                    if (ReferenceEquals(placed[i].Candidate, candidate)) return decisions[i].Grade;
                }
            }
            catch (EdgeTieException)
            {
                // Equal units across the edge stop such a run for a decision: that is no lift.
                return null;
            }

            return null;
        }

        private Lift Told(Metric metric, decimal from, decimal to, string grade, decimal relative, int decimals) =>
            new(metric, from, to, grade, Sentence(metric, from, to, grade, decimals)) { Relative = relative };

        private Bilingual Sentence(Metric metric, FeelValue from, FeelValue to, string grade, int decimals)
        {
            var (name, now) = (search._scheme.GradeName(grade), search._scheme.GradeName(table.Grades[place].Id));
            string Shown(FeelValue value, Language language) => value.TryNumber(out var number)
                ? NumberText.With(NumberText.Plain(number, 0, Math.Max(decimals, MostDecimals)), metric.Unit, language)
                : search._scheme.AnswerName(value.AsString(), language);
            if (from.TryNumber(out var old) && to.TryNumber(out var target))
            {
                var (less, change) = (target < old, FeelValue.Number(Math.Abs(target - old)));
                return new Bilingual(
                    $"其他情况不变，“{metric.Name.Zh}”由 {Shown(from, Language.Zh)}{(less ? "降" : "增")}到 "
                    + $"{NumberText.Then(Shown(to, Language.Zh), $"（{(less ? "减少" : "增加")} {Shown(change, Language.Zh)}）")}，"
                    + $"等次即由{now.Zh}升为{name.Zh}。",
                    $"All else equal, {(less ? "lowering" : "raising")} \"{metric.Name.En}\" from {Shown(from, Language.En)} to "
                    + $"{Shown(to, Language.En)} ({Shown(change, Language.En)} {(less ? "less" : "more")}) would lift the grade "
                    + $"from {now.En} to {name.En}.");
            }

            return new Bilingual(
                $"其他情况不变，“{metric.Name.Zh}”的答复若由{Shown(from, Language.Zh)}改为{Shown(to, Language.Zh)}，"
                + $"等次即由{now.Zh}升为{name.Zh}。",
                $"All else equal, an answer of {Shown(to, Language.En)} instead of {Shown(from, Language.En)} for "
                + $"\"{metric.Name.En}\" would lift the grade from {now.En} to {name.En}.");
        }
    }
}
