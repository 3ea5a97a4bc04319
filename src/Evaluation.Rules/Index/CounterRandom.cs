using System.Text;

namespace Evaluation.Rules.Index;

/// <summary>
/// Random draws by position: the same seed, stream and index give the same number on every machine, in any order and on
/// any number of threads. The bits are those of SplitMix64: its finaliser over <c>key + index × 0x9E3779B97F4A7C15</c>;
/// nothing here needs to be secret.
/// </summary>
public readonly struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const int DiscardedBits = 64 - 53;
    private const double Step = 1.0 / (1UL << 53);

    private readonly ulong key;

    private CounterRandom(ulong key) => this.key = key;

    /// <summary>The draws of a seed.</summary>
    public static CounterRandom Seeded(long seed) => new(Mix(unchecked((ulong)seed)));

    /// <summary>An independent stream for a purpose.</summary>
    public CounterRandom For(string purpose)
    {
        var mixed = key;
        foreach (var unit in Encoding.UTF8.GetBytes(purpose)) mixed = Mix(mixed ^ unit);
        return new(mixed);
    }

    /// <summary>An independent stream for a numbered thing.</summary>
    public CounterRandom For(long number) => new(Mix(key ^ Mix(unchecked((ulong)number))));

    /// <summary>Sixty-four random bits.</summary>
    public ulong Bits(long index) => Mix(unchecked(key + Golden * (ulong)index));

    /// <summary>A whole number from 0 up to, not including, the bound.</summary>
    public int Below(long index, int bound) => (int)Math.BigMul(Bits(index), (ulong)bound, out _);

    /// <summary>A fraction from 0 up to, not including, 1: the upper 53 bits, so that every fraction is exact.</summary>
    public double Fraction(long index) => (Bits(index) >> DiscardedBits) * Step;

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += Golden;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
