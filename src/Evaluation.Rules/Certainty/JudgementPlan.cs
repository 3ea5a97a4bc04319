using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// The judgements of a scheme, prepared for being applied to the same unit with other points again and again. Conditions
/// that do not look at the card are answered once; those that compare the total with a figure become that comparison;
/// where one looks deeper into the card, all of them are evaluated anew on a sheet with the new points.
/// </summary>
internal sealed class JudgementPlan
{
    private static readonly IReadOnlyList<LedgerLine> NoLines = [];

    private readonly CompiledScheme _scheme;
    private readonly UnitFacts _facts;
    private readonly List<Step> _steps = [];
    private readonly Judged? _always;

    public JudgementPlan(CompiledScheme scheme, UnitFacts facts, ScoreSheet sheet)
    {
        (_scheme, _facts) = (scheme, facts);
        ReadsParts = scheme.Scheme.Judgements.Any(judgement => !CanBePrepared(scheme, judgement));
        if (ReadsParts) return;
        var slots = scheme.Slots(facts);
        var card = new CardContext(sheet.Lines, sheet.Blocks, null) { Figures = sheet.Figures };
        scheme.SetCard(slots, card.ToFeel(), sheet.Figures);
        _steps.AddRange(scheme.Scheme.Judgements.Select(judgement => StepOf(judgement, slots)).OfType<Step>());
        if (_steps.TrueForAll(step => step is { Line: null, Effect: not CapTotal, Change: 0m }))
        {
            _always = Apply(0m);
        }
    }

    /// <summary>Whether a judgement looks at lines, blocks or figures: then it needs a sheet.</summary>
    public bool ReadsParts { get; }

    /// <summary>Whether the judgements come out the same whatever the points, and leave the points alone.</summary>
    public bool IsConstant => _always is not null;

    /// <summary>Totals at which a judgement begins or ceases to hold.</summary>
    public IEnumerable<decimal> Lines => _steps.Select(step => step.Line).OfType<decimal>();

    /// <summary>What the judgements leave of so many points.</summary>
    /// <param name="points">Points before judgements.</param>
    /// <param name="sheet">Gives a sheet with those points, where one is needed.</param>
    public Judged Of(decimal points, Func<ScoreSheet> sheet)
    {
        if (ReadsParts) return JudgementLedger.Apply(_scheme, _facts, sheet());
        return _always is not null ? _always with { Points = points } : Apply(points);
    }

    private static bool CanBePrepared(CompiledScheme scheme, Judgement judgement)
    {
        if (judgement.Effect is AdjustPoints adjust
            && CardReadings.Of(scheme.Scheme, adjust.Points) > CardReading.Nothing)
        {
            return false;
        }

        return CardReadings.Of(scheme.Scheme, judgement.When) == CardReading.Nothing
            || LineOf(scheme, judgement) is not null;
    }

    // card.total < line, where the line does not look at the card.
    private static FeelBinary? LineOf(CompiledScheme scheme, Judgement judgement) =>
        judgement.When.Expression.Root is FeelBinary
        {
            Operator: FeelOperator.Less or FeelOperator.LessOrEqual or FeelOperator.Greater
                or FeelOperator.GreaterOrEqual,
            Left: FeelPath { Source: FeelName { Name: CompiledScheme.CardName }, Member: "total" },
        } line && CardReadings.Of(scheme.Scheme, line.Right) == CardReading.Nothing ? line : null;

    private Step? StepOf(Judgement judgement, FeelValue[] slots)
    {
        var change = 0m;
        if (judgement.Effect is AdjustPoints adjust)
        {
            if (!_scheme.Formula(adjust.Points).Evaluate(slots).TryNumber(out change)) return null;
            change = Math.Round(change, CompiledPoints.Decimals, MidpointRounding.ToEven);
        }

        if (LineOf(_scheme, judgement) is { } binary)
        {
            var text = binary.Right.TextIn(judgement.When.Text);
            return _scheme.Part(text).Evaluate(slots).TryNumber(out var line)
                ? new Step(judgement, binary.Operator, line, change)
                : null;
        }

        return _scheme.Formula(judgement.When).Evaluate(slots).IsTrue
            ? new Step(judgement, FeelOperator.Equal, null, change)
            : null;
    }

    private Judged Apply(decimal points)
    {
        Judgement? cap = null, set = null, excluded = null;
        foreach (var step in _steps)
        {
            if (!step.Holds(points)) continue;
            switch (step.Effect)
            {
                case CapGrade effect: cap = JudgementLedger.Worse(_scheme, cap, step.Judgement, effect.Grade); break;
                case SetGrade effect: set = JudgementLedger.Worse(_scheme, set, step.Judgement, effect.Grade); break;
                case ExcludeUnit: excluded ??= step.Judgement; break;
                case CapTotal effect: points = Math.Min(points, effect.Points); break;
                default: points += step.Change; break;
            }
        }

        return new Judged(NoLines, points, cap, set, excluded, []);
    }

    /// <summary>A judgement that holds for the unit, or holds on one side of a line.</summary>
    private sealed record Step(Judgement Judgement, FeelOperator Operator, decimal? Line, decimal Change)
    {
        public JudgementEffect Effect => Judgement.Effect;

        public bool Holds(decimal total) => Line is not { } line || Operator switch
        {
            FeelOperator.Less => total < line,
            FeelOperator.LessOrEqual => total <= line,
            FeelOperator.Greater => total > line,
            _ => total >= line,
        };
    }
}
