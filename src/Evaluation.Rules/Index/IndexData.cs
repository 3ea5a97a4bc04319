namespace Evaluation.Rules.Index;

/// <summary>The data an index is built from.</summary>
/// <param name="Indicators">Raw values of the framework's indicators, in its order.</param>
/// <param name="Names">Names of the units, in the table's order; the code where the source gives no name.</param>
/// <param name="Denominators">Values of denominator columns by code.</param>
/// <param name="Groups">Words of group columns by code; null where the source says nothing.</param>
public sealed record IndexData(
    IndexTable Indicators,
    IReadOnlyList<string> Names,
    IReadOnlyDictionary<string, double[]> Denominators,
    IReadOnlyDictionary<string, string?[]> Groups)
{
    /// <summary>The data of some of the units.</summary>
    /// <param name="rows">Numbers of the rows to keep, ascending.</param>
    public IndexData Only(IReadOnlyList<int> rows) => new(
        Indicators.Only(rows),
        [.. rows.Select(row => Names[row])],
        Denominators.ToDictionary(column => column.Key, column => rows.Select(row => column.Value[row]).ToArray()),
        Groups.ToDictionary(column => column.Key, column => rows.Select(row => column.Value[row]).ToArray()));
}
