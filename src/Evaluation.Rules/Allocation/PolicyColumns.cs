using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Allocation;

/// <summary>What the columns of a policy say where a file of units says nothing.</summary>
public static class PolicyColumns
{
    /// <summary>The facts with what missing cells stand for.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="facts">What is known of a unit.</param>
    /// <param name="units">Number of units of the file.</param>
    public static UnitFacts Complete(PolicyFile policy, UnitFacts facts, int units)
    {
        var values = new Dictionary<string, FeelValue>(facts.Values, StringComparer.Ordinal);
        foreach (var (code, column) in policy.Columns.Where(column => column.Value.Metric.ResourceList is null))
        {
            if (values.ContainsKey(code)) continue;
            if (column.Missing == MissingCell.NumberOfUnits) values[code] = FeelValue.Number(units);
            else if (column.Missing == MissingCell.Value) values[code] = column.Usual;
        }

        return facts with { Values = values };
    }

    /// <summary>Whether a value lies in the range its column declares.</summary>
    public static bool InRange(Metric metric, FeelValue value) =>
        !value.TryNumber(out var number)
        || ((metric.Minimum is not { } least || number >= least) && (metric.Maximum is not { } most || number <= most));
}
