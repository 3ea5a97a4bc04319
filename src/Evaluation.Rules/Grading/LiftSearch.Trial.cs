using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Grading;

/// <content>What is tried of one unit: points, judgements, place and grade with one value changed.</content>
public sealed partial class LiftSearch
{
    private const int MostDecimals = 6;

    /// <summary>Tries of one unit.</summary>
    private sealed class Trial(LiftSearch search, Candidate own, GradeTable table, int place)
    {
        // Where grades go by score alone, the others have no part in it.
        private readonly List<Candidate> _others = table.Quotas.Count == 0
            ? []
            : [.. search._ranked.Where(candidate => candidate.Sheet.Unit != own.Sheet.Unit)];

        private readonly Dictionary<decimal, bool> _tried = [];
        private readonly Dictionary<int, string?> _gradeAt = [];
        private readonly FeelValue[] _slots = search._scheme.Slots(own.Facts);

        // Between two neighbouring edges the total decides nothing, and more points never give less: what is known of one
        // total holds for all below or above it. Places are counted 0 below the first edge, 1 on it, 2 above it, …: the
        // highest that is known not to lift, and the lowest that is known to.
        private int _not = -1;
        private int _does = int.MaxValue;
        private bool _each;

        public Lift? Smallest(Metric metric)
        {
            _tried.Clear();
            _each = false;
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
            if (Nearest(metric, from, stops, step) is not { } target) return null;
            if (GradeWith(metric.Code, target) is not { } grade || !IsBetter(grade))
            {
                // Ties across an edge may take away what more points give: then every try is graded by itself.
                _each = true;
                _tried.Clear();
                if (Nearest(metric, from, stops, step) is not { } other) return null;
                (target, grade) = (other, GradeWith(metric.Code, other)!);
            }

            var relative = from == 0m ? 1m : Math.Abs((target - from) / from);
            return Told(metric, from, target, grade, relative, decimals);
        }

        private decimal? Nearest(Metric metric, decimal from, List<decimal> stops, decimal step)
        {
            var up = Walk(metric, [from, .. stops.Where(stop => stop > from)], step);
            var down = Walk(metric, [from, .. stops.Where(stop => stop < from).Reverse()], step);
            return up is null || (down is not null && from - down < up - from) ? down : up;
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
                if (Lifts(metric.Code, answer) && GradeWith(metric.Code, answer) is { } grade && IsBetter(grade))
                {
                    return new Lift(metric, now, answer, grade, Sentence(metric, now, answer, grade, 0)) { Relative = 1m };
                }
            }

            return null;
        }

        private bool Lifts(Metric metric, decimal value)
        {
            if (!_tried.TryGetValue(value, out var lifts)) _tried.Add(value, lifts = Lifts(metric.Code, value));
            return lifts;
        }

        private bool Lifts(string metric, FeelValue value)
        {
            // Most tries are settled by the points alone.
            if (_each) return With(metric, value) is { } one && IsBetter(GradeOf(one));
            if (search._pointsStand && Known(PointsWith(metric, value)) is { } known) return known;
            if (With(metric, value) is not { } candidate) return false;
            return Known(candidate.Judged.Points) ?? Learn(candidate);
        }

        private decimal? PointsWith(string metric, FeelValue value)
        {
            var slot = search._scheme.Layout.IndexOf(metric);
            var now = _slots[slot];
            _slots[slot] = value;
            var points = search._scorer.ScorePoints(_slots);
            _slots[slot] = now;
            return points;
        }

        private int PlaceAmongEdges(decimal points)
        {
            var at = Array.BinarySearch(search._edges, points);
            return at < 0 ? 2 * ~at : (2 * at) + 1;
        }

        /// <summary>Whether a total lifts the grade, as far as other tries have told; null where they have not.</summary>
        private bool? Known(decimal? points)
        {
            if (points is not { } total || total < own.Judged.Points) return false;
            if (_does == int.MaxValue && _not < 0) FindEdge();
            var at = PlaceAmongEdges(total);
            return at <= _not ? false : at >= _does ? true : null;
        }

        // On an edge equal units and tie keys decide: what they say holds for that try, and for totals off the edge.
        private bool Learn(Candidate candidate)
        {
            var lifts = IsBetter(GradeOf(candidate));
            var at = PlaceAmongEdges(candidate.Judged.Points);
            if (lifts) _does = Math.Min(_does, at % 2 == 0 ? at : at + 1);
            else _not = Math.Max(_not, at % 2 == 0 ? at : at - 1);
            return lifts;
        }

        /// <summary>
        /// The place at which more points begin to lift, found by halving; it is nearly the same for all units of a grade,
        /// so that the search begins where the last one ended.
        /// </summary>
        private void FindEdge()
        {
            _not = 0;
            if (!CanSuppose) return;
            var (low, high) = (PlaceAmongEdges(own.Judged.Points) / 2, search._edges.Length + 1);
            var at = search._likely[place];
            for (var width = 1; low + 1 < high; width *= 2)
            {
                at = at > low && at < high ? at : low + ((high - low) / 2);
                if (LiftsBetween(at)) (high, at) = (at, at - width);
                else (low, at) = (at, at + width);
            }

            (_not, search._likely[place]) = (2 * low, high);
            if (high <= search._edges.Length) _does = 2 * high;
        }

        /// <summary>Whether a total between two edges lifts: below the first, above the last, or in the middle.</summary>
        private bool LiftsBetween(int interval) => IsBetter(GradeOf(Supposed(MiddleOf(interval))));

        private decimal MiddleOf(int interval)
        {
            var (edges, last) = (search._edges, search._edges.Length);
            return interval == 0 ? edges[0] - 1m
                : interval == last ? edges[^1] + 1m
                : edges[interval - 1] + ((edges[interval] - edges[interval - 1]) / 2m);
        }

        // Of several judgements on the grade only the one that counts is known: without it another may come forward.
        private bool CanSuppose => search._scheme.Scheme.Judgements.Count(judgement =>
            judgement.Effect is Judgements.SetGrade or Judgements.CapGrade
            && own.Judged.Lines.Any(line => line.Id == judgement.Id)) < 2;

        /// <summary>The unit with another total; a judgement on totals below a line may fall away.</summary>
        private Candidate Supposed(decimal total) => own with
        {
            Judged = own.Judged with
            {
                Points = total,
                SetGrade = own.Judged.SetGrade is { } set && search.HoldsAt(set, total) ? set : null,
                CapGrade = own.Judged.CapGrade is { } cap && search.HoldsAt(cap, total) ? cap : null,
            },
        };

        /// <summary>The least total that lifts the grade.</summary>
        public LiftLine? Points()
        {
            if (_does == int.MaxValue && _not < 0) FindEdge();
            if (_does == int.MaxValue || _does == 0) return null;
            var edge = search._edges[(_does / 2) - 1];
            var closed = IsBetter(GradeOf(Supposed(edge)));
            var now = own.Judged.Points;
            if (edge < now || (edge == now && closed) || (!closed && edge >= search._scheme.Scheme.OutOf)) return null;
            return GradeOf(Supposed(closed ? edge : MiddleOf(_does / 2))) is { } grade && IsBetter(grade)
                ? PointsLine(now, edge, closed, grade)
                : null;
        }

        private LiftLine PointsLine(decimal now, decimal edge, bool closed, string grade)
        {
            var point = UnitOfMeasure.All["point"];
            var (name, from) = (search._scheme.GradeName(grade), search._scheme.GradeName(table.Grades[place].Id));
            var decimals = NumberText.DecimalsOfDistance(edge - now, point);
            var gap = NumberText.Plain(NumberText.Up(edge - now, decimals), 0, decimals);
            var (shown, target) = (NumberText.Points(now, [edge]).ToString(), NumberText.Points(edge, [now]).ToString());
            return new LiftLine(
                CompiledScheme.CardName + ".total", new("总分", "Total"), now, edge, point, grade,
                new Bilingual(
                    $"总分还差 {gap} 分{(closed ? "" : "以上")}（由 {shown} 分到{(closed ? " " : "超过 ")}{target} 分）"
                    + $"即可由{from.Zh}升为{name.Zh}（其他单位维持现状）。",
                    $"The total needs {(closed ? "" : "over ")}{gap} {(gap == "1" ? "point" : "points")} more (from {shown} "
                    + $"to {(closed ? "" : "above ")}{target}) to lift the grade from {from.En} to {name.En}, the other "
                    + "units as they are."));
        }

        private bool IsBetter(string? grade) => PlaceOf(table, grade) < place;

        private string? GradeWith(string metric, FeelValue value)
        {
            if (With(metric, value) is not { } candidate) return null;
            var at = PlaceAmongEdges(candidate.Judged.Points);
            if (at % 2 != 0) return GradeOf(candidate);
            if (!_gradeAt.TryGetValue(at, out var grade)) _gradeAt.Add(at, grade = GradeOf(candidate));
            return grade;
        }

        /// <summary>The unit with this value, or null where it takes no part or has fewer points than now.</summary>
        private Candidate? With(string metric, FeelValue value)
        {
            var values = new Dictionary<string, FeelValue>(own.Facts.Values, StringComparer.Ordinal) { [metric] = value };
            var facts = own.Facts with { Values = values };
            var candidate = Grader.CandidateOf(search._scheme, facts, search._scorer.Score(facts));
            return candidate.TakesPart && candidate.Judged.Points >= own.Judged.Points ? candidate : null;
        }

        /// <summary>The grade in a run with this unit among the others, or null where there is none or the run would
        /// stop.</summary>
        private string? GradeOf(Candidate candidate)
        {
            var placed = Ranking.With(_others, candidate, table);
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
                var way = NumberText.Then(Shown(from, Language.Zh), less ? "降到" : "增到");
                return new Bilingual(
                    $"“{metric.Name.Zh}”{(less ? "再减少" : "还差")} {Shown(change, Language.Zh)}（由 {way} "
                    + $"{Shown(to, Language.Zh)}）即可由{now.Zh}升为{name.Zh}（其他情况不变，其他单位维持现状）。",
                    $"\"{metric.Name.En}\" needs {Shown(change, Language.En)} {(less ? "less" : "more")} "
                    + $"(from {Shown(from, Language.En)} to {Shown(to, Language.En)}) to lift the grade from {now.En} to "
                    + $"{name.En}, all else equal and the other units as they are.");
            }

            return new Bilingual(
                $"“{metric.Name.Zh}”若由{Shown(from, Language.Zh)}变为{Shown(to, Language.Zh)}，即可由{now.Zh}升为{name.Zh}"
                + "（其他情况不变，其他单位维持现状）。",
                $"{Shown(to, Language.En)} instead of {Shown(from, Language.En)} for \"{metric.Name.En}\" would lift the "
                + $"grade from {now.En} to {name.En}, all else equal and the other units as they are.");
        }
    }
}
