namespace Evaluation.Rules.Index;

/// <summary>What stands in for a missing value.</summary>
public enum ImputationMethod
{
    /// <summary>Nothing: the value stays missing, and the weights of the others are taken as shares of what is there.</summary>
    None,

    /// <summary>The mean of the units of the same group.</summary>
    GroupMean,

    /// <summary>The median of the units of the same group.</summary>
    GroupMedian,

    /// <summary>The mean of all units.</summary>
    Mean,

    /// <summary>The median of all units.</summary>
    Median,
}

/// <summary>Fills in missing values, indicator by indicator.</summary>
public static class Imputation
{
    /// <summary>
    /// The table with missing values filled in. A value stays missing where there is nothing to fill it from: no unit of the
    /// group has one, or the unit has no group.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="method">What stands in.</param>
    /// <param name="groups">The group of each unit, for the methods by group; null: not known.</param>
    /// <exception cref="IndexSpecificationException">Values are missing, and a method by group is asked for without groups.</exception>
    public static IndexTable Apply(IndexTable table, ImputationMethod method, IReadOnlyList<string?>? groups)
    {
        if (method == ImputationMethod.None || IsComplete(table)) return table;
        var byGroup = method is ImputationMethod.GroupMean or ImputationMethod.GroupMedian;
        if (byGroup && groups is null)
        {
            throw new IndexSpecificationException(
                "Imputation by group needs a group column: name one that the framework lists with type Group, or choose mean, median or none.");
        }

        var rows = Enumerable.Range(0, table.Units.Count);
        var together = byGroup
            ? rows.Where(row => groups![row] is not null).GroupBy(row => groups![row], StringComparer.Ordinal).Select(Rows).ToList()
            : [Rows(rows)];
        return table.Map((_, column) => Fill(column, together, method));

        static int[] Rows(IEnumerable<int> some) => [.. some];
    }

    /// <summary>Whether no value is missing.</summary>
    public static bool IsComplete(IndexTable table) => !table.Values().Any(column => column.Any(double.IsNaN));

    /// <summary>
    /// The group column that is used when none is named: the one with the fewest groups (at least two), because its means
    /// rest on the most units; the first of the framework among equals. Null where no column divides the units.
    /// </summary>
    public static string? CoarsestGroup(IndexFramework framework, IndexData data) => framework.Of(FrameworkRowType.Group)
        .Where(row => data.Groups.ContainsKey(row.Code))
        .Select(row => (row.Code, Groups: data.Groups[row.Code].Where(group => group is not null).Distinct().Count()))
        .Where(column => column.Groups > 1)
        .OrderBy(column => column.Groups)
        .Select(column => column.Code)
        .FirstOrDefault();

    private static double[] Fill(double[] column, List<int[]> together, ImputationMethod method)
    {
        if (!column.Any(double.IsNaN)) return column;
        var filled = column.ToArray();
        foreach (var rows in together)
        {
            var known = rows.Select(row => column[row]).Where(value => !double.IsNaN(value)).ToArray();
            if (known.Length == 0 || known.Length == rows.Length) continue;
            var stand = method is ImputationMethod.GroupMean or ImputationMethod.Mean
                ? Moments.Of(known).Mean
                : Quantile.Of(known, 0.5);
            foreach (var row in rows)
            {
                if (double.IsNaN(filled[row])) filled[row] = stand;
            }
        }

        return filled;
    }
}
