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
public sealed partial class LiftSearch
{
    private readonly Scorer _scorer;
    private readonly CompiledScheme _scheme;
    private readonly Dictionary<string, Candidate> _candidates;
    private readonly Dictionary<string, string?> _grades;
    private readonly IReadOnlyList<Candidate> _ranked;
    private readonly decimal[] _edges;
    private readonly int[] _likely;
    private readonly bool _pointsStand;

    /// <summary>A search among the units of one category.</summary>
    /// <param name="scorer">The scorer the sheets were made by.</param>
    /// <param name="units">Facts and sheet of every unit.</param>
    /// <exception cref="EdgeTieException">Their grading waits for a decision.</exception>
    public LiftSearch(Scorer scorer, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet)> units)
        : this(scorer, units, Grader.Grade(scorer.Compiled, units))
    {
    }

    /// <summary>The same where the units are graded already.</summary>
    internal LiftSearch(
        Scorer scorer, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet)> units, IReadOnlyList<ScoreCard> cards)
    {
        (_scorer, _scheme) = (scorer, scorer.Compiled);
        _candidates = units.Select(unit => Grader.CandidateOf(_scheme, unit.Facts, unit.Sheet))
            .ToDictionary(candidate => candidate.Sheet.Unit, StringComparer.Ordinal);
        _grades = cards.ToDictionary(card => card.Unit, card => card.Grade, StringComparer.Ordinal);
        _ranked = Ranking.InOrder(_candidates.Values.Where(candidate => candidate.TakesPart), scorer.Compiled.Scheme.Grades);
        _edges = EdgesOf(_ranked);
        _likely = new int[scorer.Compiled.Scheme.Grades?.Grades.Count ?? 0];
        _pointsStand = scorer.Compiled.Scheme.Judgements.All(judgement =>
            judgement.Effect is not (Judgements.CapTotal or Judgements.AdjustPoints));
    }

    // The totals at which a grade may change: those of units where grades go by rank, the ends of bands and least totals
    // of quotas, and the lines below which a judgement holds.
    private decimal[] EdgesOf(IEnumerable<Candidate> ranked)
    {
        if (_scheme.Scheme.Grades is not { } table) return [];
        var slots = _scheme.EmptySlots();
        return
        [
            .. (table.Quotas.Count > 0 ? ranked : []).Select(candidate => candidate.Judged.Points)
                .Concat(table.Bands.SelectMany(band => ConditionWords.Thresholds(_scheme, slots, band.When)))
                .Concat(table.Quotas.Select(quota => quota.AtLeast).OfType<decimal>())
                .Concat(_scheme.Scheme.Judgements.Where(IsBelowLine).Select(judgement => ConditionWords.Number(
                    _scheme, slots, ((FeelBinary)judgement.When.Expression.Root).Right, judgement.When.Text)).OfType<decimal>())
                .Distinct().Order(),
        ];
    }

    /// <summary>A change for each metric that can lift the grade by itself, the smallest (next to the value now) first;
    /// empty at the best grade, without a grade, and where no single metric does it.</summary>
    /// <remarks>Passed over are metrics of single resources, metrics that a judgement or a figure among the tie keys
    /// reads, and metrics whose effect on the points is no straight line.</remarks>
    /// <exception cref="KeyNotFoundException">There is no such unit.</exception>
    public IReadOnlyList<Lift> Of(string unit)
    {
        var own = _candidates.GetValueOrDefault(unit)
            ?? throw new KeyNotFoundException($"The category has no unit '{unit}'.");
        if (_scheme.Scheme.Grades is not { } table || _grades[unit] is not { } grade) return [];
        if (TrialOf(own, table, grade) is not { } trial) return [];
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

    /// <summary>The total with which the grade would be better, all others as they are; null where no total does it, or
    /// where judgements leave open what one would do.</summary>
    /// <exception cref="KeyNotFoundException">There is no such unit.</exception>
    public LiftLine? PointsOf(string unit)
    {
        var own = _candidates.GetValueOrDefault(unit)
            ?? throw new KeyNotFoundException($"The category has no unit '{unit}'.");
        if (_scheme.Scheme.Grades is not { } table || _grades[unit] is not { } grade) return null;
        return TrialOf(own, table, grade)?.Points();
    }

    private Trial? TrialOf(Candidate own, GradeTable table, string grade)
    {
        var place = PlaceOf(table, grade);
        var isSet = own.Judged.SetGrade is { } set && !ReadsCard(set);
        return place <= 0 || isSet || !RisesWithPoints() ? null : new Trial(this, own, table, place);
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

    /// <summary>Whether a judgement that holds now would still hold with another total.</summary>
    private bool HoldsAt(Judgements.Judgement judgement, decimal total)
    {
        if (!IsBelowLine(judgement)) return true;
        var line = (FeelBinary)judgement.When.Expression.Root;
        var end = ConditionWords.Number(_scheme, _scheme.EmptySlots(), line.Right, judgement.When.Text);
        return end is null || total < end || (total == end && line.Operator == FeelOperator.LessOrEqual);
    }

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
}
