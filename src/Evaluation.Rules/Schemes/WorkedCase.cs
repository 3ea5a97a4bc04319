using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Schemes;

/// <summary>The outcomes a worked case may expect besides points.</summary>
public enum ExpectedOutcome
{
    /// <summary>Scored, with points.</summary>
    Scored,

    /// <summary>Withheld.</summary>
    Withheld,

    /// <summary>Not applicable.</summary>
    NotApplicable,
}

/// <summary>A worked case: these facts, this outcome. For a whole scheme it may expect a total and a grade.</summary>
/// <param name="Name">What the case shows.</param>
/// <param name="Given">Facts by metric code; resource lists are FEEL lists of contexts. Missing metrics stay missing.</param>
/// <param name="Expect">The outcome expected.</param>
/// <param name="Points">Points expected of one indicator, or the total of a scheme case.</param>
/// <param name="Value">Value expected, if the case says one.</param>
/// <param name="Grade">Grade expected of a scheme case, if it says one.</param>
/// <param name="PointsByIndicator">Points expected by indicator id of a scheme case; empty otherwise.</param>
/// <param name="AsOf">Date for dated parameters; null means the cycle's date.</param>
/// <param name="Location">File and line.</param>
public sealed record WorkedCase(
    string Name,
    IReadOnlyDictionary<string, FeelValue> Given,
    ExpectedOutcome Expect,
    decimal? Points,
    FeelValue? Value,
    string? Grade,
    IReadOnlyDictionary<string, decimal> PointsByIndicator,
    DateOnly? AsOf,
    FileLocation Location)
{
    /// <summary>A small table of units that are ranked and graded together; null for a case of one unit.</summary>
    public WorkedUnits? Units { get; init; }
}

/// <summary>Units of a worked case that are ranked and graded together, and what is to become of them.</summary>
/// <param name="Facts">Facts by unit, in file order; those all share are in each.</param>
/// <param name="Totals">Totals expected, by unit.</param>
/// <param name="Ranks">Ranks expected, by unit.</param>
/// <param name="Grades">Grades expected, by unit.</param>
/// <param name="Refused">Whether grading is expected to stop for a decision.</param>
public sealed record WorkedUnits(
    IReadOnlyList<UnitFacts> Facts,
    IReadOnlyDictionary<string, decimal> Totals,
    IReadOnlyDictionary<string, decimal> Ranks,
    IReadOnlyDictionary<string, string> Grades,
    bool Refused);
