namespace Evaluation.Rules.Index;

/// <summary>Divides indicators by the columns their framework names, so that large and small units can be compared.</summary>
public static class Denomination
{
    /// <summary>The table with every indicator that names a denominator divided by it; a missing one leaves a missing value.</summary>
    /// <exception cref="IndexSpecificationException">A denominator is 0, or its column is not in the data.</exception>
    public static IndexTable Apply(IndexFramework framework, IndexData data) => data.Indicators.Map((code, column) =>
    {
        if (framework[code].Denominator is not { } name) return column;
        if (!data.Denominators.TryGetValue(name, out var by))
        {
            throw new IndexSpecificationException(
                $"The indicator {code} is to be divided by {name}, but the data have no such column: add it, or build without denominators.");
        }

        var divided = new double[column.Length];
        for (var row = 0; row < column.Length; row++)
        {
            if (by[row] == 0)
            {
                throw new IndexSpecificationException(
                    $"The unit {data.Indicators.Units[row]} has 0 in the denominator {name} of the indicator {code}: "
                    + "leave the cell empty if the figure is not known.");
            }

            divided[row] = column[row] / by[row];
        }

        return divided;
    });
}
