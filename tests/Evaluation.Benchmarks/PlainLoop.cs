using Evaluation.Rules.Index;

namespace Evaluation.Benchmarks;

/// <summary>
/// The runs of a Sobol analysis written down as anybody would: every run fills in, treats, normalises and aggregates the
/// whole table again, and nothing is remembered.
/// </summary>
internal static class PlainLoop
{
    public static double[] Outputs(CompositeIndex index, IndexChoices choices, int size)
    {
        var design = new SaltelliDesign(5, size, CounterRandom.Seeded(1).For("design"));
        var sets = WeightNoise.Draw(index.Framework, choices.WeightNoise, choices.WeightSets, 1);
        var outputs = new double[design.Rows];
        for (var run = 0; run < design.Rows; run++)
        {
            var specification = new IndexSpecification
            {
                Screen = 0,
                Normalise = Pick(choices.Normalise, design[run, 0]) is NormalisationMethod.Rank
                    ? NormalisationMethod.Rank
                    : NormalisationMethod.MinMax,
                Range = new Interval(1, 100),
                Aggregate = [Pick(choices.Aggregate, design[run, 1])],
                Outliers = Pick(choices.TreatOutliers, design[run, 2]) ? OutlierRule.Usual : null,
                Impute = Pick(choices.Impute, design[run, 3]),
            };
            var again = CompositeIndex.Build(index.Framework, index.Data, specification);
            var set = sets[(int)(design[run, 4] * sets.Count)];
            var scores = RankRobustness.Of(again, [set])[0];
            outputs[run] = Ranking.MeanChange(index.Ranks, scores.Ranks);
        }

        return outputs;
    }

    private static T Pick<T>(IReadOnlyList<T> alternatives, double fraction) => alternatives[(int)(fraction * alternatives.Count)];
}
