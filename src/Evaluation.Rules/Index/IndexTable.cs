namespace Evaluation.Rules.Index;

/// <summary>A table of numbers: one row a unit, one column an indicator or aggregate; a missing value is NaN.</summary>
public sealed class IndexTable
{
    private readonly Dictionary<string, double[]> byCode;

    /// <summary>A table.</summary>
    /// <param name="units">Codes of the units, one a row.</param>
    /// <param name="columns">Code and values of every column; each has one value a unit.</param>
    /// <exception cref="ArgumentException">A column has another number of values than there are units.</exception>
    public IndexTable(IReadOnlyList<string> units, IReadOnlyList<KeyValuePair<string, double[]>> columns)
    {
        if (columns.FirstOrDefault(column => column.Value.Length != units.Count) is { Key: { } code })
        {
            throw new ArgumentException($"The column {code} does not have one value a unit.", nameof(columns));
        }

        Units = units;
        Columns = [.. columns.Select(column => column.Key)];
        byCode = columns.ToDictionary(column => column.Key, column => column.Value, StringComparer.Ordinal);
    }

    /// <summary>Codes of the units, one a row.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>Codes of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The values of a column, one a unit.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public ReadOnlySpan<double> this[string column] => byCode[column];

    /// <summary>The table with every column changed.</summary>
    /// <param name="change">Gives the new values of a column; it must not write into the old ones.</param>
    public IndexTable Map(Func<string, double[], double[]> change) =>
        new(Units, [.. Columns.Select(code => KeyValuePair.Create(code, change(code, byCode[code])))]);

    /// <summary>The table with some of its units, in their order.</summary>
    /// <param name="rows">Numbers of the rows to keep, ascending.</param>
    public IndexTable Only(IReadOnlyList<int> rows) => new(
        [.. rows.Select(row => Units[row])],
        [.. Columns.Select(code => KeyValuePair.Create(code, rows.Select(row => byCode[code][row]).ToArray()))]);

    /// <summary>The values in the order of the columns: the table itself, not a copy.</summary>
    internal double[][] Values() => [.. Columns.Select(code => byCode[code])];
}
