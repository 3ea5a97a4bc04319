using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// How a value earns points, ready to run; one form each. Points that are computed are kept to twenty decimals
/// (half-even):
/// lines then add up exactly in any order, here and in any other program that reads them.
/// </summary>
internal abstract class CompiledPoints
{
    /// <summary>Decimals of computed points.</summary>
    public const int Decimals = 20;

    public static CompiledPoints Of(CompiledScheme scheme, Indicator indicator) => indicator.Points switch
    {
        BandPoints bands => new BandsForm(scheme, bands),
        FormulaPoints formula => new FormulaForm(scheme, formula, indicator.Max),
        GoalpostPoints goalposts => new GoalpostsForm(goalposts, indicator.Max),
        ChecklistPoints checklist => new ChecklistForm(scheme, checklist, indicator.Max),
        PanelPoints panel => new PanelForm(panel, indicator.Max),
        TablePoints table => new TableForm(scheme, table, indicator.Max),
        _ => throw new NotSupportedException($"{indicator.Location}: the form of points {indicator.Points} is unknown"),
    };

    /// <summary>The points of a value that is not null.</summary>
    public abstract Verdict Judge(in FeelValue value, FeelValue[] slots);

    /// <summary>Collects why no points came out.</summary>
    public virtual void Trace(FeelValue[] slots, FeelTrace trace)
    {
    }

    protected static decimal Kept(decimal points) =>
        points.Scale <= Decimals ? points : Math.Round(points, Decimals, MidpointRounding.ToEven);

    private sealed class BandsForm(CompiledScheme scheme, BandPoints rule) : CompiledPoints
    {
        private readonly CompiledUnaryTests[] _tests = [.. rule.Bands.Select(band => scheme.Tests(band.When))];
        private readonly decimal[] _points = [.. rule.Bands.Select(band => band.Points)];
        private readonly NumberSteps? _steps = NumberSteps.Of(scheme, rule);

        public override Verdict Judge(in FeelValue value, FeelValue[] slots)
        {
            if (_steps is not null && value.TryNumber(out var number))
            {
                var band = _steps.BandOf(number);
                return band < 0
                    ? new Verdict(Finding.NoBand, 0m, value)
                    : new Verdict(Finding.Scored, _points[band], value, band);
            }

            for (var i = 0; i < _tests.Length; i++)
            {
                if (_tests[i].Test(value, slots) == true) return new Verdict(Finding.Scored, _points[i], value, i);
            }

            return new Verdict(Finding.NoBand, 0m, value);
        }
    }

    private sealed class FormulaForm(CompiledScheme scheme, FormulaPoints rule, decimal max) : CompiledPoints
    {
        private readonly CompiledFeel _formula = rule.Formula.Expression.Compile(scheme.Layout);

        public override Verdict Judge(in FeelValue value, FeelValue[] slots)
        {
            if (!_formula.TryNumber(slots, out var points)) return new Verdict(Finding.NoPoints, 0m, value);
            points = Kept(points);
            return new Verdict(points < 0m || points > max ? Finding.OutOfRange : Finding.Scored, points, value);
        }

        public override void Trace(FeelValue[] slots, FeelTrace trace) => _formula.Evaluate(slots, trace);
    }

    private sealed class GoalpostsForm(GoalpostPoints rule, decimal max) : CompiledPoints
    {
        private readonly decimal _span = rule.Full - rule.Zero;

        public override Verdict Judge(in FeelValue value, FeelValue[] slots)
        {
            if (!value.TryNumber(out var number)) return new Verdict(Finding.NoPoints, 0m, value);
            var way = _span > 0m ? number - rule.Zero : rule.Zero - number;
            var whole = Math.Abs(_span);
            var points = way <= 0m ? 0m : way >= whole ? max : Kept(max * way / whole);
            return new Verdict(Finding.Scored, points, value);
        }
    }

    internal sealed class ChecklistForm(CompiledScheme scheme, ChecklistPoints rule, decimal max) : CompiledPoints
    {
        private readonly CompiledFeel[] _items = [
            .. rule.Items.Select(item => item.When.Expression.Compile(scheme.Layout))];

        /// <summary>Whether an item is fulfilled.</summary>
        public bool Meets(int item, FeelValue[] slots) => _items[item].Evaluate(slots).IsTrue;

        public override Verdict Judge(in FeelValue value, FeelValue[] slots)
        {
            var (points, noted) = (0m, 0UL);
            for (var i = 0; i < _items.Length; i++)
            {
                var met = _items[i].Evaluate(slots);
                if (met.IsTrue)
                {
                    points += rule.Items[i].Points;
                    if (i < Verdict.ItemsNoted) noted |= 1UL << i;
                }
                else if (!met.IsFalse)
                {
                    return new Verdict(Finding.NoPoints, 0m, value, i);
                }
            }

            // Items may exclude one another, so only what one unit earns shows whether they exceed the maximum.
            return new Verdict(
                points < 0m || points > max ? Finding.OutOfRange : Finding.Scored, points, value, Met: noted);
        }

        public override void Trace(FeelValue[] slots, FeelTrace trace)
        {
            foreach (var item in _items) item.Evaluate(slots, trace);
        }
    }

    private sealed class PanelForm(PanelPoints rule, decimal max) : CompiledPoints
    {
        public override Verdict Judge(in FeelValue value, FeelValue[] slots)
        {
            var scores = value.Kind == FeelKind.List ? value.AsList() : [value];
            if (scores.Count == 0) return new Verdict(Finding.NotEnoughScores, 0m, value);
            var numbers = new decimal[scores.Count];
            for (var i = 0; i < numbers.Length; i++)
            {
                if (!scores[i].TryNumber(out numbers[i])) return new Verdict(Finding.NoPoints, 0m, value);
                if (numbers[i] < rule.Minimum || numbers[i] > rule.Maximum)
                {
                    return new Verdict(Finding.OutOfRange, numbers[i], value, i);
                }
            }

            var combined = Panel.Combine(numbers, rule.Combine);
            var points = Kept(max * (combined - rule.Minimum) / (rule.Maximum - rule.Minimum));
            return new Verdict(Finding.Scored, points, value);
        }
    }
}
