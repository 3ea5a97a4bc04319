using Evaluation.Rules.Feel;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>Whether a unit shares in a pot, and if not, why.</summary>
internal enum ClaimState
{
    TakesPart,
    NotRanked,
    OtherPool,
    NotEligible,
    NoGrade,
    NoAmount,
}

/// <summary>What one unit claims from a pot, before anything is shared.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Grade">Grade id, or null.</param>
/// <param name="State">Whether it takes part.</param>
/// <param name="Slots">Facts and parameters, for the sentence.</param>
internal sealed record Claim(string Unit, string? Grade, ClaimState State, FeelValue[] Slots)
{
    /// <summary>Why it may not take part, where a condition says so.</summary>
    public Bilingual? Reason { get; init; }

    /// <summary>Keys into the table of amounts, outermost first.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Figures of the unit.</summary>
    public IReadOnlyList<FigureValue> Figures { get; init; } = [];

    /// <summary>Base amount, or the value of the basis formula.</summary>
    public decimal Base { get; init; }

    public decimal Coefficient { get; init; } = 1m;

    /// <summary>Base × coefficient, through the scale.</summary>
    public decimal Basis { get; init; }

    public decimal First { get; init; }

    public decimal Exit { get; init; }

    public decimal? Floor { get; init; }

    public decimal? Guarantee { get; init; }

    public decimal? BandLow { get; init; }

    public decimal? Cap { get; init; }

    public decimal? BandHigh { get; init; }

    /// <summary>The earlier award of the band.</summary>
    public decimal Previous { get; init; }

    public bool TakesPart => State == ClaimState.TakesPart;

    /// <summary>The greatest of the lower bounds and its name. A floor is for units that have a basis.</summary>
    public (decimal Amount, string Name) Low
    {
        get
        {
            var (amount, name) = (Basis > 0m ? Floor ?? 0m : 0m, "floor");
            if (Guarantee > amount) (amount, name) = (Guarantee.Value, "guarantee");
            if (BandLow > amount) (amount, name) = (BandLow.Value, "band_low");
            return (amount, name);
        }
    }

    /// <summary>The least of the upper bounds and its name, or no amount.</summary>
    public (decimal? Amount, string Name) High =>
        BandHigh is { } band && !(Cap <= band) ? (band, "band_high") : (Cap, "cap");

    /// <summary>The claim in numbers.</summary>
    public PotClaim InNumbers => TakesPart
        ? new PotClaim(Basis, First, Low.Amount, High.Amount)
        : new PotClaim(0m, Exit, 0m, null);
}
