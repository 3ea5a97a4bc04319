using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Demo;

/// <summary>Draws as the generated population takes them.</summary>
internal static class DemoDraws
{
    /// <summary>A share from 0 up to, not including, 1, in steps of one millionth.</summary>
    public static decimal Share(this CounterRandom random, long index) => random.Below(index, 1_000_000) / 1_000_000m;
}
