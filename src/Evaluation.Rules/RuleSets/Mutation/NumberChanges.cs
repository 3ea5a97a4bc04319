using Evaluation.Rules.RuleSets.Checks;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>The numbers a slip of the pen could make of a number: a tenth more and less, or one for small whole
/// ones.</summary>
internal static class NumberChanges
{
    private const int Parts = 10;

    /// <summary>The neighbours of a number, as rule files write them.</summary>
    public static IEnumerable<string> Of(decimal number)
    {
        if (number == 0m) return ["1"];
        var step = Math.Abs(number) / Parts;
        if (decimal.IsInteger(number)) step = Math.Max(1m, decimal.Floor(step));
        return [NumberSet.Text(number + step), NumberSet.Text(number - step)];
    }
}
