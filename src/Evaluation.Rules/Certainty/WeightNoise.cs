using Evaluation.Rules.Index;

namespace Evaluation.Rules.Certainty;

/// <summary>
/// Weights drawn around the declared ones: every indicator's within its block, every block's within the whole, each
/// weight × (1 ± noise) evenly and then re-scaled so that the indicators fill their block and the blocks the total.
/// </summary>
internal sealed class WeightNoise
{
    private readonly ShareTable _table;
    private readonly CounterRandom _random;
    private readonly double _noise;
    private readonly double[] _blockWeights;
    private readonly double _whole;

    public WeightNoise(ShareTable table, long seed, decimal noise)
    {
        (_table, _random, _noise) = (table, CounterRandom.Seeded(seed).For("weights"), ShareTable.Number(noise));
        _blockWeights = Array.ConvertAll(table.Blocks, block => Sum(table.Weights, block));
        _whole = _blockWeights.Sum();
    }

    /// <summary>The weights of a draw. Without noise they are the declared ones, bit by bit.</summary>
    public double[] Draw(int draw)
    {
        var own = _random.For(draw);
        var factors = new double[_table.Weights.Length];
        for (var i = 0; i < factors.Length; i++) factors[i] = Factor(own, i);
        var blockFactors = new double[_table.Blocks.Length];
        var blocks = 0.0;
        for (var b = 0; b < blockFactors.Length; b++)
        {
            blockFactors[b] = Factor(own, factors.Length + b);
            blocks += _blockWeights[b] * blockFactors[b];
        }

        var weights = new double[factors.Length];
        for (var b = 0; b < blockFactors.Length; b++)
        {
            var drawn = 0.0;
            for (var i = _table.Blocks[b].First; i < _table.Blocks[b].After; i++)
            {
                drawn += _table.Weights[i] * factors[i];
            }

            // Ratios of equal sums are exactly 1.
            var scale = _blockWeights[b] / drawn * (blockFactors[b] * (_whole / blocks));
            for (var i = _table.Blocks[b].First; i < _table.Blocks[b].After; i++)
            {
                weights[i] = _table.Weights[i] * (factors[i] * scale);
            }
        }

        return weights;
    }

    /// <summary>The declared weights without one indicator: the others of its block fill the block; where it had none,
    /// the block is left out.</summary>
    public double[] WithoutIndicator(int indicator)
    {
        var weights = (double[])_table.Weights.Clone();
        var (first, after) = Array.Find(_table.Blocks, block => block.First <= indicator && indicator < block.After);
        weights[indicator] = 0.0;
        var left = Sum(weights, (first, after));
        if (left <= 0.0) return weights;
        var scale = (left + _table.Weights[indicator]) / left;
        for (var i = first; i < after; i++) weights[i] *= scale;
        return weights;
    }

    /// <summary>The declared weights without a block.</summary>
    public double[] WithoutBlock(int block)
    {
        var weights = (double[])_table.Weights.Clone();
        for (var i = _table.Blocks[block].First; i < _table.Blocks[block].After; i++) weights[i] = 0.0;
        return weights;
    }

    private double Factor(CounterRandom own, int place) => 1.0 + (_noise * ((2.0 * own.Fraction(place)) - 1.0));

    private static double Sum(double[] weights, (int First, int After) block)
    {
        var sum = 0.0;
        for (var i = block.First; i < block.After; i++) sum += weights[i];
        return sum;
    }
}
