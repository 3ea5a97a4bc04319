using Evaluation.Rules.RuleSets.Loading;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>What must add up: indicators to their block, blocks to the total.</summary>
internal static class WeightChecks
{
    public static void Run(CheckBench bench)
    {
        foreach (var block in bench.Scheme.Blocks)
        {
            bench.Ask($"the indicators of the block {block.Id} add up to its weight", block.Location, problems =>
                AddUp(problems, block.Location, $"the block {block.Id} weighs", block.Weight,
                    [.. block.Indicators.Select(indicator => (indicator.Id, indicator.Max))],
                    "correct the weight or a max"));
        }

        var scheme = bench.Scheme;
        bench.Ask("the blocks add up to the total", scheme.Location, problems =>
        {
            AddUp(problems, scheme.Location, "the total is", scheme.Total,
                [.. scheme.Blocks.Select(block => (block.Id, block.Weight))], "correct the total or a weight");
            if (scheme.OutOf <= 0m)
            {
                problems.Add(scheme.Location, $"out_of is {NumberSet.Text(scheme.OutOf)}", "write a number above 0");
            }
        });
    }

    private static void AddUp(
        ProblemList problems, FileLocation place, string what, decimal whole, IReadOnlyList<(string Id, decimal Part)> parts, string mend)
    {
        var sum = parts.Sum(part => part.Part);
        if (sum == whole) return;
        var words = string.Join(" + ", parts.Select(part => $"{part.Id} {NumberSet.Text(part.Part)}"));
        problems.Add(place, $"{what} {NumberSet.Text(whole)}, but {words} = {NumberSet.Text(sum)}", mend);
    }
}
