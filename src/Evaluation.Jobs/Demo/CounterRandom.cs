using System.Text;

namespace Evaluation.Jobs.Demo;

/// <summary>
/// Random draws by position: the same key and index give the same number on every machine, in any order and on any
/// number of threads. (SplitMix64's finaliser over a counter; nothing here needs to be secret.)
/// </summary>
internal readonly struct CounterRandom(ulong key)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private readonly ulong key = key;

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

    public ulong Bits(long index) => Mix(unchecked(key + Golden * (ulong)index));

    /// <summary>A whole number from 0 up to, not including, the bound.</summary>
    public int Below(long index, int bound) => (int)Math.BigMul(Bits(index), (ulong)bound, out _);

    /// <summary>A share from 0 up to, not including, 1, in steps of one millionth.</summary>
    public decimal Share(long index) => Below(index, 1_000_000) / 1_000_000m;

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
