using Evaluation.Rules.Index;

namespace Evaluation.Rules.Tests.Index;

/// <summary>Steps of a composite index, each against figures worked out by hand.</summary>
public sealed class PipelineTests
{
    [Fact]
    public void One_outlier_takes_the_value_of_its_neighbour()
    {
        var treated = OutlierTreatment.Apply([1, 2, 3, 4, 5, 6, 7, 8, 9, 1000, double.NaN], OutlierRule.Usual);

        treated.Values[9].ShouldBe(9);
        treated.Values[10].ShouldBe(double.NaN);
        treated.Winsorised.ShouldBe(1);
        treated.Before.Pass.ShouldBeFalse();
        treated.AfterWinsorising!.Pass.ShouldBeTrue();
        treated.AfterLogarithm.ShouldBeNull();
    }

    [Fact]
    public void Where_five_points_are_not_enough_the_untreated_column_becomes_logarithms()
    {
        var column = Enumerable.Range(0, 80).Select(power => Math.Pow(2, power)).ToArray();

        var treated = OutlierTreatment.Apply(column, OutlierRule.Usual);

        treated.AfterWinsorising!.Pass.ShouldBeFalse();
        treated.AfterLogarithm.ShouldNotBeNull();
        treated.Values[79].ShouldBe(Math.Log((column[79] - 1) * 1.01), 1e-12);
        treated.Values[0].ShouldBe(Math.Log(0.01 * (column[79] - 1)), 1e-12);
    }

    [Fact]
    public void A_column_without_spread_has_no_outliers() =>
        OutlierTreatment.Apply([3, 3, 3, 3, 3], OutlierRule.Usual).Before.Pass.ShouldBeTrue();

    [Theory]
    [InlineData(NormalisationMethod.MinMax, new[] { 0.0, 50, 50, 100 })]
    [InlineData(NormalisationMethod.Rank, new[] { 1.0, 2, 2, 4 })]
    [InlineData(NormalisationMethod.Borda, new[] { 0.0, 1, 1, 3 })]
    [InlineData(NormalisationMethod.PercentileRank, new[] { 0.0, 1 / 3.0, 1 / 3.0, 1 })]
    [InlineData(NormalisationMethod.DistanceToMaximum, new[] { 0.0, 0.5, 0.5, 1 })]
    [InlineData(NormalisationMethod.FractionOfMaximum, new[] { 1 / 3.0, 2 / 3.0, 2 / 3.0, 1 })]
    public void A_column_is_brought_to_one_scale(NormalisationMethod method, double[] expected)
    {
        var found = Normalisation.Apply([2, 4, 4, 6], 1, method, new Interval(0, 100));
        for (var unit = 0; unit < 4; unit++) found[unit].ShouldBe(expected[unit], 1e-15);
    }

    [Fact]
    public void Z_scores_are_distances_from_the_mean_in_sample_standard_deviations()
    {
        // Mean 4, sum of squares 8, standard deviation √(8 / 3).
        var found = Normalisation.Apply([2, 4, 4, 6, double.NaN], -1, NormalisationMethod.ZScore, new Interval(0, 1));
        found[0].ShouldBe(2 / Math.Sqrt(8 / 3.0), 1e-15);
        found[1].ShouldBe(0);
        found[4].ShouldBe(double.NaN);
    }

    [Fact]
    public void Where_less_is_better_the_smallest_value_gets_most() =>
        Normalisation.Apply([2, 4, 6], -1, NormalisationMethod.MinMax, new Interval(0, 100)).ShouldBe([100, 50, 0]);

    [Fact]
    public void Missing_values_are_filled_from_their_group_and_stay_missing_where_the_group_has_none()
    {
        var table = new IndexTable(
            ["p", "q", "r", "s", "t"],
            [new("a", [1, double.NaN, 3, double.NaN, double.NaN])]);

        Imputation.Apply(table, ImputationMethod.GroupMean, ["n", "n", "n", "m", null])["a"].ToArray()
            .ShouldBe([1, 2, 3, double.NaN, double.NaN]);
        Imputation.Apply(table, ImputationMethod.Median, null)["a"].ToArray().ShouldBe([1, 2, 3, 2, 2]);
        Imputation.Apply(table, ImputationMethod.None, null).ShouldBeSameAs(table);
        Should.Throw<IndexSpecificationException>(() => Imputation.Apply(table, ImputationMethod.GroupMean, null));
    }

    [Fact]
    public void Geometric_and_harmonic_means_are_those_of_the_school_book()
    {
        var (framework, table) = TwoIndicators([4, 9], [16, 4]);
        double[] weights = [1, 1, 1];

        new Aggregation(framework, [AggregationMethod.GeometricMean]).Apply(table, weights)["Index"].ToArray()
            .ShouldBe([8, 6], 1e-13);
        new Aggregation(framework, [AggregationMethod.HarmonicMean]).Apply(table, weights)["Index"].ToArray()
            .ShouldBe([2 / (1 / 4.0 + 1 / 16.0), 2 / (1 / 9.0 + 1 / 4.0)], 1e-13);
    }

    [Fact]
    public void A_missing_part_leaves_its_weight_to_the_others()
    {
        var (framework, table) = TwoIndicators([4, double.NaN], [16, 5]);
        var aggregation = new Aggregation(framework, [AggregationMethod.ArithmeticMean]);

        aggregation.Apply(table, [3, 1, 1])["Index"].ToArray().ShouldBe([7, 5]);
        aggregation.EffectiveWeights([3, 1, 1]).ShouldBe([0.75, 0.25, 1]);
    }

    [Fact]
    public void A_zero_has_no_geometric_mean_and_the_unit_and_indicator_are_named()
    {
        var (framework, table) = TwoIndicators([4, 0], [16, 5]);
        Should.Throw<IndexSpecificationException>(
                () => new Aggregation(framework, [AggregationMethod.GeometricMean]).Apply(table, [1, 1, 1]))
            .Message.ShouldContain("a of the unit q");
    }

    [Fact]
    public void Equal_scores_share_the_better_rank_and_missing_ones_have_none()
    {
        Ranking.Of([5, 7, double.NaN, 5, 1]).ShouldBe([2, 1, 0, 2, 4]);
        Ranking.MeanChange([1, 2, 0, 3], [3, 2, 1, 0]).ShouldBe(1);
    }

    [Fact]
    public void Attribution_sums_to_the_score_less_the_mean_also_where_values_are_missing()
    {
        var (framework, table) = TwoIndicators([0, 50, 100, double.NaN], [100, 0, 50, 25]);
        var index = CompositeIndex.Build(
            framework, new IndexData(table, table.Units, new Dictionary<string, double[]>(), new Dictionary<string, string?[]>()),
            IndexSpecification.Normalised);

        var parts = Attribution.Of(index);

        var mean = index.Scores.Average();
        for (var unit = 0; unit < 4; unit++)
        {
            (parts["a"][unit] + parts["b"][unit]).ShouldBe(index.Scores[unit] - mean, 1e-12);
        }
    }

    [Fact]
    public void Pairs_whose_order_is_not_confirmed_are_listed()
    {
        // q leads by one great advantage; p is better in two of three.
        var framework = IndexFramework.Of("by hand",
        [
            Indicator("a"), Indicator("b"), Indicator("c"),
            new FrameworkRow("Index", "Index", FrameworkRowType.Aggregate) { Level = 2 },
        ]);
        var table = new IndexTable(["p", "q"], [new("a", [60, 50]), new("b", [60, 50]), new("c", [0, 100])]);
        var index = CompositeIndex.Build(
            framework, new IndexData(table, table.Units, new Dictionary<string, double[]>(), new Dictionary<string, string?[]>()),
            IndexSpecification.Normalised);

        var check = OrderCheck.Of(index);

        check.Copeland.ShouldBe([1, -1]);
        OrderCheck.Disagreements(index).ShouldBe(1);
        var pair = check.Pairs.ShouldHaveSingleItem();
        (pair.Better, pair.Worse).ShouldBe(("q", "p"));
        pair.Outranking.ShouldBe(2 / 3.0, 1e-12);
        pair.ScoreLead.ShouldBe(80 / 3.0, 1e-12);
    }

    [Fact]
    public void Noise_keeps_the_sum_of_a_group_and_stays_near_its_weight()
    {
        var (framework, _) = TwoIndicators([1], [2]);

        var sets = WeightNoise.Draw(framework, 0.25, 500, 7);

        sets.Count.ShouldBe(500);
        sets.ShouldAllBe(set => Math.Abs(set.Weights["a"] + set.Weights["b"] - 2) < 1e-12);
        // Renormalised, a weight of 1 lies between 2 × 0.75 / 2 and 2 × 1.25 / 2.
        sets.ShouldAllBe(set => set.Weights["a"] > 0.74 && set.Weights["a"] < 1.26);
        sets.Select(set => set.Weights["a"]).Distinct().Count().ShouldBe(500);
        WeightNoise.Draw(framework, 0.25, 500, 7).Select(set => set.Weights["a"]).ShouldBe(sets.Select(set => set.Weights["a"]));
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Noise_that_is_no_share_is_refused(double noise) =>
        Should.Throw<IndexSpecificationException>(() => WeightNoise.Draw(TwoIndicators([1], [2]).Framework, noise, 10, 1));

    [Fact]
    public void A_framework_that_is_no_tree_is_refused_with_every_problem()
    {
        var problems = Should.Throw<IndexInputException>(() => IndexFramework.Of("by hand",
        [
            Indicator("a") with { Parent = "nowhere", Line = 2 },
            Indicator("a") with { Line = 3 },
            Indicator("b") with { Level = 2, Line = 4 },
            Indicator("c") with { Direction = 0, Weight = -1, Denominator = "people", Line = 5 },
            new FrameworkRow("Index", "Index", FrameworkRowType.Aggregate) { Level = 2, Line = 6 },
            new FrameworkRow("Other", "Other", FrameworkRowType.Aggregate) { Level = 2, Line = 7 },
        ])).Problems;

        problems.Select(problem => problem.Line).ShouldBe([2, 3, 4, 4, 5, 5, 5, 7, 7], ignoreOrder: true);
        problems.ShouldAllBe(problem => problem.Mend.Length > 0);
    }

    [Fact]
    public void Logarithms_and_exponentials_are_those_of_the_machine_to_the_last_digits()
    {
        var random = CounterRandom.Seeded(3);
        for (var index = 0; index < 20_000; index++)
        {
            var value = Math.Pow(10, 60 * random.Fraction(index) - 30);
            StableMath.Log(value).ShouldBe(Math.Log(value), 4e-16 * Math.Max(1, Math.Abs(Math.Log(value))));
            var power = 200 * random.Fraction(index) - 100;
            StableMath.Exp(power).ShouldBe(Math.Exp(power), 1e-15 * Math.Exp(power));
        }

        StableMath.Log(1).ShouldBe(0);
        StableMath.Exp(0).ShouldBe(1);
        Should.Throw<ArgumentOutOfRangeException>(() => StableMath.Log(0));
        Should.Throw<ArgumentOutOfRangeException>(() => StableMath.Exp(1000));
    }

    [Fact]
    public void The_choice_that_alone_moves_the_ranks_explains_them()
    {
        // One indicator with an outlier that reverses nothing, two that trade places when the mean is geometric.
        var (framework, table) = TwoIndicators(
            [1, 20, 30, 40, 50, 60, 70, 99], [99, 55, 52, 48, 44, 41, 36, 2]);
        var index = CompositeIndex.Build(
            framework, new IndexData(table, table.Units, new Dictionary<string, double[]>(), new Dictionary<string, string?[]>()),
            new IndexSpecification { Denominate = false, Outliers = null });

        var found = ChoiceUncertainty.Of(
            index,
            new IndexChoices
            {
                Normalise = [NormalisationMethod.MinMax], Impute = [ImputationMethod.None], TreatOutliers = [true, false], WeightNoise = 0,
            },
            64, 50, 1);

        found.Runs.ShouldBe(64 * 4);
        found.Influences.Select(one => one.Factor).ShouldBe(["aggregate", "outliers"]);
        found.Influences[0].Index.Total.ShouldBeGreaterThan(0.9);
        found.Influences[1].Index.Total.ShouldBe(0, 1e-12);
        ChoiceUncertainty.Of(index, new IndexChoices { Impute = [ImputationMethod.None] }, 32, 20, 4).Influences[0].Index.First
            .ShouldBe(ChoiceUncertainty.Of(index, new IndexChoices { Impute = [ImputationMethod.None] }, 32, 20, 4).Influences[0].Index.First);
    }

    private static FrameworkRow Indicator(string code) =>
        new(code, code, FrameworkRowType.Indicator) { Level = 1, Parent = "Index" };

    private static (IndexFramework Framework, IndexTable Table) TwoIndicators(double[] a, double[] b) => (
        IndexFramework.Of("by hand",
        [
            Indicator("a"), Indicator("b"), new FrameworkRow("Index", "Index", FrameworkRowType.Aggregate) { Level = 2 },
        ]),
        new IndexTable([.. Enumerable.Range(0, a.Length).Select(unit => ((char)('p' + unit)).ToString())], [new("a", a), new("b", b)]));
}
