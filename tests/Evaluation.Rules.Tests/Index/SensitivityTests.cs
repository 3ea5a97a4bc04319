using System.Globalization;
using Evaluation.Rules.Index;
using Evaluation.Rules.Tests.Content;
using Xunit.Abstractions;

namespace Evaluation.Rules.Tests.Index;

/// <summary>Quantiles, Sobol indices and outranking against values worked out by hand or known in closed form.</summary>
public sealed class SensitivityTests(ITestOutputHelper output)
{
    // The Ishigami function with a = 7, b = 0.1: Ishigami and Homma (1990); its indices are known in closed form.
    private static readonly (double First, double Total)[] Ishigami =
        [(0.31390519, 0.55758886), (0.44241114, 0.44241114), (0, 0.24368366)];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.05, 1.15)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.95, 8.95)]
    [InlineData(1, 10)]
    public void Quantiles_interpolate_between_neighbours_as_R_does_by_default(double probability, double expected) =>
        Quantile.Of([10, 1, 2, 3], probability).ShouldBe(expected, 1e-12);

    [Fact]
    public void A_quantile_of_nothing_is_refused() =>
        Should.Throw<ArgumentException>(() => Quantile.Of([], 0.5));

    [Fact]
    public void A_design_takes_one_column_of_B_at_a_time_into_A()
    {
        var design = new SaltelliDesign(3, 4, CounterRandom.Seeded(9));

        design.Rows.ShouldBe(20);
        for (var row = 0; row < 4; row++)
        {
            for (var factor = 0; factor < 3; factor++)
            {
                for (var taken = 0; taken < 3; taken++)
                {
                    design[(taken + 2) * 4 + row, factor].ShouldBe(factor == taken ? design[4 + row, factor] : design[row, factor]);
                }
            }
        }
    }

    [Fact]
    public void The_indices_of_the_Ishigami_function_come_out_of_a_design_of_our_own()
    {
        var design = new SaltelliDesign(3, 8192, CounterRandom.Seeded(1));
        var outputs = Enumerable.Range(0, design.Rows)
            .Select(row => IshigamiOf(design[row, 0], design[row, 1], design[row, 2])).ToArray();

        var indices = SobolIndices.Estimate(outputs, 3, 200, CounterRandom.Seeded(2));

        for (var factor = 0; factor < 3; factor++)
        {
            indices[factor].First.ShouldBe(Ishigami[factor].First, 0.04);
            indices[factor].Total.ShouldBe(Ishigami[factor].Total, 0.04);
            indices[factor].TotalInterval!.Low.ShouldBeLessThan(indices[factor].Total);
            indices[factor].TotalInterval!.High.ShouldBeGreaterThan(indices[factor].Total);
            indices[factor].FirstInterval!.Low.ShouldBeLessThan(indices[factor].First);
            indices[factor].FirstInterval!.High.ShouldBeGreaterThan(indices[factor].First);
        }
    }

    [Fact]
    public void The_published_Ishigami_design_has_the_indices_of_its_closed_form()
    {
        if (Shipped.Published("coinr-asem/46_sobol_ishigami_design_and_output.csv", output) is not { } path) return;
        var rows = File.ReadLines(path).Skip(1)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToList();
        foreach (var row in rows) IshigamiOf(row[0], row[1], row[2]).ShouldBe(row[3], 1e-10);

        var indices = SobolIndices.Estimate(rows.Select(row => row[3]).ToArray(), 3);

        for (var factor = 0; factor < 3; factor++)
        {
            indices[factor].First.ShouldBe(Ishigami[factor].First, 0.15);
            indices[factor].Total.ShouldBe(Ishigami[factor].Total, 0.15);
        }
    }

    [Fact]
    public void Sobol_estimates_are_those_worked_out_by_hand()
    {
        // Two factors, N = 2; A: 1, 3; B: 5, 7; AB₁: 2, 5; AB₂: 1, 4. V = (9 + 1 + 1 + 9) / 3 = 20 / 3.
        var indices = SobolIndices.Estimate([1, 3, 5, 7, 2, 5, 1, 4], 2);

        // S₁ = ((5·1 + 7·2) / 2) / V, T₁ = (1 + 4) / (4 V); S₂ = ((5·0 + 7·1) / 2) / V, T₂ = (0 + 1) / (4 V).
        indices[0].First.ShouldBe(9.5 / (20 / 3.0), 1e-15);
        indices[0].Total.ShouldBe(5 / (4 * 20 / 3.0), 1e-15);
        indices[1].First.ShouldBe(3.5 / (20 / 3.0), 1e-15);
        indices[1].Total.ShouldBe(1 / (4 * 20 / 3.0), 1e-15);
    }

    [Theory]
    [InlineData(7, 2)]
    [InlineData(4, 2)]
    [InlineData(8, 0)]
    public void Outputs_that_do_not_fit_the_factors_are_refused(int outputs, int factors) =>
        Should.Throw<ArgumentException>(() => SobolIndices.Estimate(Enumerable.Range(0, outputs).Select(i => (double)i).ToArray(), factors));

    [Fact]
    public void Outputs_that_never_change_have_nothing_to_apportion() =>
        Should.Throw<ArgumentException>(() => SobolIndices.Estimate(new double[8], 2));

    [Fact]
    public void A_unit_outranks_another_by_the_weight_of_what_it_does_better()
    {
        // Weights 2, 1, 1. a beats b in the first, ties in the second, loses the third: (2 + 0.5) / 4.
        double[][] values = [[3, 1, 0], [2, 1, 5], [1, 9, double.NaN]];

        var matrix = Outranking.Matrix(values, [2, 1, 1]);

        matrix[0, 1].ShouldBe(0.625);
        matrix[1, 0].ShouldBe(0.375);
        // What one of them lacks counts for neither: 2 of 3.
        matrix[0, 2].ShouldBe(2 / 3.0);
        matrix[2, 0].ShouldBe(1 / 3.0, 1e-15);
        matrix[1, 2].ShouldBe(2 / 3.0);
        matrix[0, 0].ShouldBe(0);
        Outranking.Copeland(matrix).ShouldBe([2, 0, -2]);
    }

    private static double IshigamiOf(double first, double second, double third)
    {
        var (one, two, three) = (Angle(first), Angle(second), Angle(third));
        return Math.Sin(one) + 7 * Math.Pow(Math.Sin(two), 2) + 0.1 * Math.Pow(three, 4) * Math.Sin(one);
    }

    private static double Angle(double share) => -Math.PI + 2 * Math.PI * share;
}
