namespace Evaluation.Rules.Allocation;

/// <summary>A pot cannot be shared as the policy says: nothing is fudged, the run stops and names the units that
/// bind.</summary>
/// <param name="pool">The pool.</param>
/// <param name="reason">Why, and what to do, in both languages.</param>
/// <param name="units">The units that bind, in ordinal order.</param>
public sealed class AllocationException(string pool, Bilingual reason, IReadOnlyList<string> units)
    : Exception($"The pool {pool} cannot be shared: {reason.En}")
{
    /// <summary>The pool.</summary>
    public string Pool { get; } = pool;

    /// <summary>Why, and what to do, in both languages.</summary>
    public Bilingual Reason { get; } = reason;

    /// <summary>The units that bind, in ordinal order.</summary>
    public IReadOnlyList<string> Units { get; } = units;
}
