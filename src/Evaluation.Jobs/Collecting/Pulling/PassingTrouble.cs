using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>What may be over when one asks again: too many requests, a server that fails, an answer that was cut.</summary>
internal sealed class PassingTrouble(Bilingual what, TimeSpan? wait = null, Exception? inner = null)
    : Exception(what.En, inner)
{
    public Bilingual What { get; } = what;

    /// <summary>How long the source asks to wait, or null.</summary>
    public TimeSpan? Wait { get; } = wait;
}
