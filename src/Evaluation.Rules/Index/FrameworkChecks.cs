using System.Globalization;

namespace Evaluation.Rules.Index;

/// <summary>What makes the rows of a framework a proper tree.</summary>
internal static class FrameworkChecks
{
    public static IReadOnlyList<IndexProblem> Of(IReadOnlyList<FrameworkRow> rows)
    {
        var problems = new List<IndexProblem>();
        var byCode = new Dictionary<string, FrameworkRow>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Code.Length == 0) problems.Add(new(row.Line, "iCode", "the row has no code", "name the column it describes"));
            else if (!byCode.TryAdd(row.Code, row))
            {
                problems.Add(new(row.Line, "iCode", $"the code {row.Code} stands twice", "keep one of the two rows"));
            }
        }

        foreach (var row in rows.Where(InTree)) CheckInTree(row, byCode, problems);
        foreach (var row in rows.Where(row => row.Denominator is not null)) CheckDenominator(row, byCode, problems);
        CheckShape(rows, problems);
        return [.. problems.OrderBy(problem => problem.Line)];
    }

    private static bool InTree(FrameworkRow row) => row.Type is FrameworkRowType.Indicator or FrameworkRowType.Aggregate;

    private static void CheckInTree(FrameworkRow row, Dictionary<string, FrameworkRow> byCode, List<IndexProblem> problems)
    {
        if (row.Type == FrameworkRowType.Indicator ? row.Level != 1 : row.Level < 2)
        {
            problems.Add(new(row.Line, "Level",
                string.Create(CultureInfo.InvariantCulture, $"{row.Code} is an {row.Type} at level {row.Level}"),
                "indicators stand at level 1, aggregates at level 2 and above"));
        }

        if (row.Direction is not (1 or -1))
        {
            problems.Add(new(row.Line, "Direction", $"the direction of {row.Code} is neither 1 nor -1",
                "write 1 where more is better, -1 where less is better"));
        }

        if (!double.IsFinite(row.Weight) || row.Weight < 0)
        {
            problems.Add(new(row.Line, "Weight", $"the weight of {row.Code} is not a number from 0 up", "correct the weight"));
        }

        if (row.Parent is not { } parent) return;
        if (!byCode.TryGetValue(parent, out var above) || above.Type != FrameworkRowType.Aggregate)
        {
            problems.Add(new(row.Line, "Parent", $"the parent {parent} of {row.Code} is no aggregate of this framework",
                "add a row of type Aggregate for it, or correct the name"));
        }
        else if (above.Level != row.Level + 1)
        {
            problems.Add(new(row.Line, "Parent",
                string.Create(CultureInfo.InvariantCulture,
                    $"{row.Code} at level {row.Level} has the parent {parent} at level {above.Level}"),
                "a parent stands one level above"));
        }
    }

    private static void CheckDenominator(FrameworkRow row, Dictionary<string, FrameworkRow> byCode, List<IndexProblem> problems)
    {
        if (row.Type != FrameworkRowType.Indicator)
        {
            problems.Add(new(row.Line, "Denominator", $"{row.Code} is no indicator, so it cannot be divided", "leave it empty"));
        }
        else if (!byCode.TryGetValue(row.Denominator!, out var by)
            || by.Type is not (FrameworkRowType.Denominator or FrameworkRowType.Other))
        {
            problems.Add(new(row.Line, "Denominator", $"{row.Denominator} is no denominator of this framework",
                "add a row of type Denominator for it, or correct the name"));
        }
    }

    private static void CheckShape(IReadOnlyList<FrameworkRow> rows, List<IndexProblem> problems)
    {
        if (!rows.Any(row => row.Type == FrameworkRowType.Indicator))
        {
            problems.Add(new(0, "Type", "the framework has no indicator", "add rows of type Indicator"));
        }

        var tops = rows.Where(row => InTree(row) && row.Parent is null).ToList();
        if (tops is not [{ Type: FrameworkRowType.Aggregate }])
        {
            problems.Add(new(tops.Skip(1).FirstOrDefault()?.Line ?? 0, "Parent",
                $"{tops.Count} rows have no parent ({string.Join(", ", tops.Select(row => row.Code))})",
                "exactly one aggregate, the index itself, has none"));
        }

        foreach (var aggregate in rows.Where(row => row.Type == FrameworkRowType.Aggregate && row.Code.Length > 0))
        {
            var below = rows.Where(row => row.Parent == aggregate.Code).ToList();
            if (below.Count == 0)
            {
                problems.Add(new(aggregate.Line, "iCode", $"nothing belongs to the aggregate {aggregate.Code}",
                    "give it children, or delete the row"));
            }
            else if (below.TrueForAll(row => row.Weight == 0))
            {
                problems.Add(new(aggregate.Line, "Weight", $"all weights below {aggregate.Code} are 0", "give one of them a weight"));
            }
        }
    }
}
