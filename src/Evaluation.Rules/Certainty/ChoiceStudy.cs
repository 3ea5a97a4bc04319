using Evaluation.Rules.Index;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// Varies the choices of the method together: every ranking of a Saltelli design is made with its own weights, form of
/// aggregation, scale and treatment of gaps, and the Sobol indices say which choice the changes of rank go back to.
/// </summary>
internal sealed class ChoiceStudy(Contest contest, UnitTable table, WeightNoise noise, Robustness spec)
{
    private const int Decimals = 6;

    // A study of one choice has nothing to apportion.
    private const int FewestChoices = 2;

    private readonly ChoiceSpec _choices = spec.Choices!;
    private readonly int[] _nominal = [.. Enumerable.Repeat(0, contest.Units)];

    /// <summary>The study.</summary>
    public ChoiceUncertainty Run(CancellationToken cancel)
    {
        var leftOut = _choices.Vary.Select(choice => (Choice: choice, Reason: WhyNot(choice)))
            .Where(left => left.Reason is not null).Select(left => (left.Choice, left.Reason!)).ToList();
        var varied = _choices.Vary.Except(leftOut.Select(left => left.Choice)).ToList();
        if (varied.Count < FewestChoices) return new ChoiceUncertainty(_choices, 0, 0m, [], leftOut);

        contest.Play(new double[contest.Units], contest.InProportion).Ranks.CopyTo(_nominal, 0);
        var random = CounterRandom.Seeded(spec.Seed).For("choices");
        var design = new SaltelliDesign(varied.Count, _choices.Sample, random);
        var changes = new double[design.Rows];
        Parallel.For(0, design.Rows, new ParallelOptions { CancellationToken = cancel }, row =>
        {
            changes[row] = MeanChange(choice =>
            {
                var factor = varied.IndexOf(choice);
                return factor < 0 ? 0.0 : design[row, factor];
            });
        });
        return new ChoiceUncertainty(
            _choices, design.Rows, Rounded(changes.Average()), Factors(changes, varied), leftOut);
    }

    private List<ChoiceFactor> Factors(double[] changes, List<Choice> varied)
    {
        var base2 = changes.AsSpan(0, 2 * _choices.Sample);
        if (base2.IndexOfAnyExcept(changes[0]) < 0) return [];
        var random = CounterRandom.Seeded(spec.Seed).For("bootstrap");
        return [.. SobolIndices.Estimate(changes, varied.Count, _choices.Bootstrap, random)
            .Select((index, place) => new ChoiceFactor(
                varied[place], EstimateOf(index.First, index.FirstInterval), EstimateOf(index.Total, index.TotalInterval)))];
    }

    private static Estimate EstimateOf(double value, Interval? interval) => new(
        Rounded(value),
        interval is null ? null : Rounded(interval.Low),
        interval is null ? null : Rounded(interval.High));

    private static decimal Rounded(double value) => Math.Round((decimal)value, Decimals, MidpointRounding.ToEven);

    /// <summary>Mean absolute change of rank with some choices; a value below a half leaves a choice as declared.</summary>
    private double MeanChange(Func<Choice, double> value)
    {
        bool Other(Choice choice) => value(choice) >= 0.5;

        // The weights are the one choice with many ways: the value tells which draw it is.
        var draw = (int)(value(Choice.Weights) * spec.Draws);
        var weights = _choices.Vary.Contains(Choice.Weights) && WhyNot(Choice.Weights) is null
            ? noise.Draw(draw)
            : table.AsDeclared.Weights;
        var shares = table.With(Other(Choice.Scaling), Other(Choice.Missing));
        var rescale = !Other(Choice.Rescaling);
        var (now, before) = (new double[contest.Units], new double[contest.Units]);
        if (Other(Choice.Aggregation))
        {
            shares.Multiply(weights, ShareTable.Number(_choices.GeometricFloor), now, rescale);
        }
        else
        {
            shares.Sum(weights, now, rescale);
        }

        table.AsDeclared.Sum(table.AsDeclared.Weights, before);
        for (var unit = 0; unit < now.Length; unit++) now[unit] -= before[unit];
        var ranks = contest.Play(now, contest.InProportion).Ranks;
        return RankChange.Mean(_nominal, ranks);
    }

    private Bilingual? WhyNot(Choice choice) => choice switch
    {
        Choice.Weights when spec.Noise == 0m => new(
            "规则没有给权重留出变动幅度", "the rules let the weights vary by nothing"),
        Choice.Aggregation when table.AsDeclared.Blocks.Length < FewestChoices => new(
            "本方案只有一个一级指标，无从汇总", "the scheme has one block only, so there is nothing to aggregate"),
        Choice.Scaling when !table.AnyRawScale => new(
            "没有可按最小值与最大值换算的数值指标", "no indicator has raw values to put between a least and a greatest"),
        Choice.Missing when !table.AnyMissing => new(
            "没有因缺数据而记零或不计的得分行", "no line is zero or left out for lack of data"),
        Choice.Rescaling when !table.AsDeclared.AnyNotApplicable => new(
            "所有指标对所有单位都适用，没有折算", "every indicator applies to every unit, so nothing is re-scaled"),
        _ => null,
    };
}
