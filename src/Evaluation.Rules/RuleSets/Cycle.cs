using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;

namespace Evaluation.Rules.RuleSets;

/// <summary>A half-open period: <see cref="From"/> counts, <see cref="To"/> does not.</summary>
/// <param name="From">First day.</param>
/// <param name="To">First day after.</param>
public sealed record Period(DateOnly From, DateOnly To)
{
    /// <summary>Whether the other period lies wholly inside this one.</summary>
    public bool Covers(Period other) => From <= other.From && other.To <= To;

    /// <summary>Whether the two share a day.</summary>
    public bool Overlaps(Period other) => From < other.To && other.From < To;

    /// <summary><c>2025-01-01/2025-12-31</c>-like text with the last day inclusive.</summary>
    public override string ToString() => $"{From:O}/{To.AddDays(-1):O}";
}

/// <summary>A category of a cycle: which units, which periods of data, which pool.</summary>
/// <param name="Id">Category code; also the folder of its scheme.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Periods">Observations count only when their period lies inside one of these.</param>
/// <param name="PeriodNote">Why the periods are what they are, when they differ from the cycle's; shown in reports.</param>
/// <param name="AcceptPartial">Whether a period that its source marks as partial may be scored (it stays flagged).</param>
/// <param name="PartialNote">Why; shown in reports.</param>
public sealed record CycleCategory(
    string Id,
    Bilingual Name,
    IReadOnlyList<Period> Periods,
    Bilingual? PeriodNote,
    bool AcceptPartial,
    Bilingual? PartialNote)
{
    /// <summary>What tells how large a unit is: a metric, or a resource list (then the number of its resources); null
    /// where the cycle says nothing.</summary>
    public string? Size { get; init; }
}

/// <summary>A pool of money of a cycle.</summary>
/// <param name="Id">Code named by award policies.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Pot">Amount to spend.</param>
public sealed record Pool(string Id, Bilingual Name, Money Pot);

/// <summary>A step of the year with its deadline, as shown on the year's page.</summary>
/// <param name="Step">Step code: collect, confirm, notice, object, final, publish, pay, rectify.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="By">Last day.</param>
public sealed record Deadline(string Step, Bilingual Name, DateOnly By);

/// <summary>One yearly evaluation: <c>cycle.yaml</c>.</summary>
/// <param name="Id">Folder name of the cycle, e.g. the year.</param>
/// <param name="Name">Title in both languages.</param>
/// <param name="Period">The evaluated period.</param>
/// <param name="AsOf">Dated parameters are taken as in force on this day.</param>
/// <param name="Categories">In order.</param>
/// <param name="Pools">Pots of money; may be empty.</param>
/// <param name="Deadlines">In order of date; may be empty.</param>
/// <param name="ObjectionWorkingDays">Working days of the objection window.</param>
/// <param name="ObjectionHow">How to object, in both languages; printed in the report.</param>
/// <param name="Publisher">Who publishes the report, in both languages.</param>
/// <param name="LegalBasis">Documents the evaluation rests on, in both languages.</param>
/// <param name="Location">File and line.</param>
public sealed record Cycle(
    string Id,
    Bilingual Name,
    Period Period,
    DateOnly AsOf,
    IReadOnlyList<CycleCategory> Categories,
    IReadOnlyList<Pool> Pools,
    IReadOnlyList<Deadline> Deadlines,
    int ObjectionWorkingDays,
    Bilingual ObjectionHow,
    Bilingual Publisher,
    IReadOnlyList<Bilingual> LegalBasis,
    FileLocation Location)
{
    /// <summary>How the certainty of the results is examined, or null where the cycle declares nothing.</summary>
    public Robustness? Robustness { get; init; }
}
