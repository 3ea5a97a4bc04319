namespace Evaluation.Rules.Index;

/// <summary>When a column has outliers, and how far winsorising may go.</summary>
/// <param name="Skewness">A column has outliers when its skewness is beyond this, either way, …</param>
/// <param name="Kurtosis">… and its kurtosis above this.</param>
/// <param name="Points">Winsorising stops at so many points; a logarithm takes over then.</param>
public sealed record OutlierRule(double Skewness, double Kurtosis, int Points)
{
    /// <summary>The usual rule of composite indices (OECD and JRC 2008; COINr): 2, 3.5, five points.</summary>
    public static OutlierRule Usual { get; } = new(2, 3.5, 5);
}

/// <summary>Skewness and kurtosis at one point of the treatment.</summary>
/// <param name="Pass">Whether there are no outliers by the rule.</param>
/// <param name="Skewness">Skewness.</param>
/// <param name="Kurtosis">Kurtosis.</param>
public sealed record OutlierCheck(bool Pass, double Skewness, double Kurtosis);

/// <summary>What was done to one column.</summary>
/// <param name="Values">The values afterwards.</param>
/// <param name="Before">The check before.</param>
/// <param name="Winsorised">Points winsorised, tied ones included; 0 where the column passed, or a logarithm took over.</param>
/// <param name="AfterWinsorising">The check after winsorising; null where there was none.</param>
/// <param name="AfterLogarithm">The check after the logarithm; null where there was none.</param>
public sealed record TreatedColumn(
    double[] Values, OutlierCheck Before, int Winsorised, OutlierCheck? AfterWinsorising, OutlierCheck? AfterLogarithm);

/// <summary>
/// Tames outliers as COINr does: a column beyond both thresholds is winsorised point by point at the end its skewness
/// shows (the extreme takes the value of its neighbour) until it passes or the points are used up; if it still fails, the
/// untreated column is taken as ln(x − min + 0.01 (max − min)).
/// </summary>
public static class OutlierTreatment
{
    private const double LogarithmShift = 0.01;

    /// <summary>Treats one column; missing values stay missing.</summary>
    public static TreatedColumn Apply(double[] column, OutlierRule rule)
    {
        var before = Check(column, rule);
        if (before.Pass) return new(column, before, 0, null, null);
        var (winsorised, points) = Winsorise(column, rule);
        var after = Check(winsorised, rule);
        if (after.Pass) return new(winsorised, before, points, after, null);
        var logarithm = Logarithm(column);
        return new(logarithm, before, points, after, Check(logarithm, rule));
    }

    // A column that does not vary, or has too few values, has no skewness (NaN): it passes.
    private static OutlierCheck Check(ReadOnlySpan<double> column, OutlierRule rule)
    {
        var moments = Moments.Of(ColumnStatistics.Present(column));
        var outliers = Math.Abs(moments.Skewness) > rule.Skewness && moments.Kurtosis > rule.Kurtosis;
        return new(!outliers, moments.Skewness, moments.Kurtosis);
    }

    private static (double[] Values, int Points) Winsorise(double[] column, OutlierRule rule)
    {
        var values = column.ToArray();
        var (high, low) = (0, 0);
        for (var check = Check(values, rule); !check.Pass && high + low < rule.Points; check = Check(values, rule))
        {
            // The points of a round are all that share the extreme, so those of earlier rounds count again, once.
            if (check.Skewness >= 0) high = Move(values, ColumnStatistics.Present(values).Max(), above: true);
            else low = Move(values, ColumnStatistics.Present(values).Min(), above: false);
        }

        return (values, high + low);
    }

    private static int Move(double[] values, double extreme, bool above)
    {
        var others = values.Where(value => !double.IsNaN(value) && value != extreme);
        var neighbour = above ? others.Max() : others.Min();
        var moved = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (values[row] != extreme) continue;
            values[row] = neighbour;
            moved++;
        }

        return moved;
    }

    private static double[] Logarithm(double[] column)
    {
        var present = ColumnStatistics.Present(column);
        var (least, most) = (present.Min(), present.Max());
        var shift = LogarithmShift * (most - least);
        return Array.ConvertAll(column, value => double.IsNaN(value) ? value : StableMath.Log(value - least + shift));
    }
}
