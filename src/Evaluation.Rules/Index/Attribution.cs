namespace Evaluation.Rules.Index;

/// <summary>
/// Why a score is above or below the mean of all units, indicator by indicator: w_i x_i less its mean over the units. Where
/// no value is missing this is w_i (x_i − x̄_i) with the effective weights; a missing value shifts its weight to the
/// others, and the parts of a unit still sum to its score less the mean score.
/// </summary>
public static class Attribution
{
    /// <summary>Whether scores can be taken apart exactly: every level is an arithmetic mean.</summary>
    public static bool IsExact(IndexSpecification specification) =>
        specification.Aggregate.All(method => method == AggregationMethod.ArithmeticMean);

    /// <summary>The parts: one row a unit, one column an indicator. Units without a score have missing parts.</summary>
    /// <exception cref="InvalidOperationException">The index is no weighted arithmetic mean: see <see cref="IsExact"/>.</exception>
    public static IndexTable Of(CompositeIndex index)
    {
        if (!IsExact(index.Specification))
        {
            throw new InvalidOperationException("Only weighted arithmetic means fall apart into a part an indicator.");
        }

        var weights = index.Aggregation.WeightsOfUnits(index.Aggregated, index.Weights);
        var scored = index.Scores.Count(score => !double.IsNaN(score));
        var place = 0;
        return index.Counted.Map((_, column) =>
        {
            var ofUnits = weights[place++];
            var parts = column.Select((value, unit) =>
                double.IsNaN(index.Scores[unit]) ? double.NaN : double.IsNaN(value) ? 0 : ofUnits[unit] * value).ToArray();
            var mean = parts.Where(part => !double.IsNaN(part)).Sum() / scored;
            return Array.ConvertAll(parts, part => part - mean);
        });
    }
}
