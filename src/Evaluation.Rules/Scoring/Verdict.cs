using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>What became of an indicator.</summary>
internal enum Finding
{
    /// <summary>Scored by its value.</summary>
    Scored,

    /// <summary>Scored 0 because data are missing and the rule says zero.</summary>
    ZeroForLackOfData,

    /// <summary>Data are missing and the rule withholds.</summary>
    MissingData,

    /// <summary>A parameter has no value on the day.</summary>
    MissingParameter,

    /// <summary>The condition of applicability has no answer.</summary>
    UnknownApplicability,

    /// <summary>The value is FEEL null.</summary>
    NullValue,

    /// <summary>No band holds.</summary>
    NoBand,

    /// <summary>The points formula or a checklist gives no number, or the value has no use for the points
    /// rule.</summary>
    NoPoints,

    /// <summary>No rule of the decision table matches, or an input is none of its values.</summary>
    NoRule,

    /// <summary>Rules of the decision table match together that may not.</summary>
    RulesDisagree,

    /// <summary>The points lie below 0 or above the maximum.</summary>
    OutOfRange,

    /// <summary>The panel gave no scores.</summary>
    NotEnoughScores,

    /// <summary>Data are missing and the rule excludes.</summary>
    ExcludedForLackOfData,

    /// <summary>The condition of applicability says no.</summary>
    NotApplicable,
}

/// <summary>
/// The outcome of one indicator before any words are made of it: what the fast path and the ledger have in common, so
/// that both do the same arithmetic.
/// </summary>
/// <param name="Finding">What became of it.</param>
/// <param name="Points">Points earned; also the offending points of <see cref="Finding.OutOfRange"/>.</param>
/// <param name="Value">The value found, or FEEL null.</param>
/// <param name="Decided">Index of the deciding band or rule of a table, or -1.</param>
/// <param name="Missing">Code of the first metric or parameter missing, or null.</param>
/// <param name="Met">Of a checklist, which of the first <see cref="ItemsNoted"/> items are met: a bit each.</param>
internal readonly record struct Verdict(
    Finding Finding, decimal Points, FeelValue Value, int Decided = -1, string? Missing = null, ulong Met = 0)
{
    /// <summary>Items of a checklist of which the verdict keeps whether they are met.</summary>
    public const int ItemsNoted = 64;

    public bool IsScored => Finding is Finding.Scored or Finding.ZeroForLackOfData;

    public bool Applies => Finding is not (Finding.NotApplicable or Finding.ExcludedForLackOfData);

    public bool IsWithheld => Applies && !IsScored;
}
