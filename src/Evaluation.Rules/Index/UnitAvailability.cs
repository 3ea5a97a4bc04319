namespace Evaluation.Rules.Index;

/// <summary>How much of a unit's data is there.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Indicators">Indicators of the framework.</param>
/// <param name="Missing">Values that are missing.</param>
/// <param name="Zero">Values that are 0.</param>
public sealed record UnitAvailability(string Unit, int Indicators, int Missing, int Zero)
{
    /// <summary>Share of values that are there.</summary>
    public double Available => 1 - (double)Missing / Indicators;

    /// <summary>Share of the values that are there which are not 0; NaN where there is none.</summary>
    public double NonZero => 1 - (double)Zero / (Indicators - Missing);

    /// <summary>The availability of every unit of a table.</summary>
    public static IReadOnlyList<UnitAvailability> Of(IndexTable table)
    {
        var columns = table.Values();
        return [.. table.Units.Select((unit, row) => new UnitAvailability(
            unit,
            columns.Length,
            columns.Count(column => double.IsNaN(column[row])),
            columns.Count(column => column[row] == 0)))];
    }
}
