using System.Collections.Concurrent;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>What sharing a pot asks of a claim, without what its sentence may speak of.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Numbers">The same in numbers.</param>
/// <param name="Keys">What it is ordered by among equal remainders; null for what cannot be computed.</param>
internal sealed record ClaimRead(Claim Claim, PotClaim Numbers, decimal?[] Keys);

/// <summary>
/// Claims kept from one share of the pots to the next, for schemes no award formula of which looks at the card: there
/// a unit claims the same whenever it has the same grade.
/// </summary>
internal sealed class ClaimsByGrade
{
    private readonly ConcurrentDictionary<(int Policy, string Unit, bool Ranked, string? Grade), ClaimRead> _read =
        new();

    /// <summary>The claim, read once.</summary>
    /// <param name="policy">Place of the policy in the scheme.</param>
    /// <param name="card">Gives unit and grade.</param>
    /// <param name="read">Reads the claim; what it throws is not kept.</param>
    public ClaimRead Of(int policy, ScoreCard card, Func<ClaimRead> read)
    {
        var key = (policy, card.Unit, card.Rank is not null, card.Grade);
        return _read.TryGetValue(key, out var known) ? known : _read.GetOrAdd(key, read());
    }
}
