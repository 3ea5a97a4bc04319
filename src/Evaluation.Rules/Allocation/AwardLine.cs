namespace Evaluation.Rules.Allocation;

/// <summary>What a line of an award's ledger records.</summary>
public enum AwardLineKind
{
    /// <summary>Taken from the pot first and paid besides the share.</summary>
    First,

    /// <summary>Paid from the pot first to a unit that may not take part.</summary>
    Exit,

    /// <summary>What the formula gives: basis × the rate if nobody had bounds.</summary>
    Formula,

    /// <summary>The formula amount is below the threshold and returns to the pot.</summary>
    Threshold,

    /// <summary>The share of what others' bounds and thresholds leave, or take.</summary>
    Redistribution,

    /// <summary>What a floor, cap, guarantee or band adds or takes.</summary>
    Bound,

    /// <summary>What rounding adds or takes.</summary>
    Rounding,
}

/// <summary>One line of an award's ledger. The amounts of all lines add up to the award, in decimal, always.</summary>
/// <param name="Kind">What it records.</param>
/// <param name="Amount">In yuan, to twelve decimals.</param>
/// <param name="Because">How it came about, in a few words.</param>
public sealed record AwardLine(AwardLineKind Kind, decimal Amount, Bilingual Because);
